#!/usr/bin/env bash
# Checks that a deployment works: infra/smoke.sh [--private] SITE_URL FUNCTION_APP_URL
#
# Through the site, it checks the health and an error, creates a report, downloads its CSV and deletes it. Then it checks
# that the app rejects direct calls. With --private, for private_network = true, it checks that the storage account
# refuses the download instead: run it outside of the network. Needs curl and the dependencies of `poke` (cli/).
set -euo pipefail

private=
if [ "${1:-}" = --private ]; then
    private=yes
    shift
fi
usage="usage: smoke.sh [--private] SITE_URL FUNCTION_APP_URL"
site=${1:?$usage}
app=${2:?$usage}
python=$(command -v "${PYTHON:-python3}")
cd "$(dirname "$0")/.."

export POKE_URL=$site
poke() { "$python" -m cli "$@"; }
status_of() { curl --silent --output /dev/null --max-time 60 --write-out "$1" "$2"; }
csv=$(mktemp)
trap 'rm -f "$csv"' EXIT

echo "== health of $site"
# The first instance may still be starting.
poke --retry-timeout "${RETRY_TIMEOUT:-180}" health

echo "== error"
answer=$(status_of '%{http_code} %{content_type}' "$site/api/reports/does-not-exist")
case $answer in
"404 application/problem+json"*) echo "a report that does not exist: $answer" ;;
*)
    echo "FAILED: expected 404 application/problem+json for a report that does not exist; got $answer."
    echo "The site replaces the API's errors: check responseOverrides in web/scripts/site-config.mjs."
    exit 1
    ;;
esac

echo "== report"
id=$(poke report --type electric --sample 5 --seed 7 --no-wait)
trap 'rm -f "$csv"; poke delete --yes "$id" >/dev/null 2>&1 || true' EXIT
poke show --wait "$id" >/dev/null
if [ -n "$private" ]; then
    # The message contains the signed link, so it is not printed.
    message=$(poke download --out "$csv" --force "$id" 2>&1) && status=0 || status=$?
    if [ "$status" -eq 0 ]; then
        echo "FAILED: the CSV can be downloaded outside of the private network. Run terraform plan to find manual changes."
        exit 1
    elif ! grep -q 'returned 403' <<<"$message"; then
        echo "FAILED: expected the storage account to refuse the download with status 403. Trace report $id:" \
            "docs/operations.md, 'Trace one report'."
        exit 1
    fi
    did="created, refused by the storage account"
else
    poke download --out "$csv" --force "$id"
    rows=$(($(wc -l <"$csv") - 1))
    if [ "$rows" -ne 5 ]; then
        echo "FAILED: expected 5 rows in the CSV; got $rows. Trace report $id: docs/operations.md, 'Trace one report'."
        exit 1
    fi
    did="created, downloaded (5 rows)"
fi
poke delete --yes "$id"
trap 'rm -f "$csv"' EXIT
echo "$did and deleted"

echo "== direct call to $app"
status=$(status_of '%{http_code}' "$app/api/reports")
case $status in
401 | 403) echo "rejected with status $status, as expected" ;;
*)
    echo "FAILED: expected status 401 or 403 for a direct call; got $status."
    echo "Anyone can call the API without the site. See docs/deployment.md, 'The app accepts direct calls'."
    exit 1
    ;;
esac
