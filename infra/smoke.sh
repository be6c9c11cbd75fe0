#!/usr/bin/env bash
# Checks that a deployment works: infra/smoke.sh SITE_URL FUNCTION_APP_URL
#
# Through the site, it checks the health, creates a report, downloads its CSV and deletes it. Then it checks that the
# app rejects direct calls. Needs curl and the dependencies of `poke` (cli/).
set -euo pipefail

site=${1:?usage: smoke.sh SITE_URL FUNCTION_APP_URL}
app=${2:?usage: smoke.sh SITE_URL FUNCTION_APP_URL}
python=$(command -v "${PYTHON:-python3}")
cd "$(dirname "$0")/.."

export POKE_URL=$site
poke() { "$python" -m cli "$@"; }
csv=$(mktemp)
trap 'rm -f "$csv"' EXIT

echo "== health of $site"
# The first instance may still be starting.
poke --retry-timeout "${RETRY_TIMEOUT:-180}" health

echo "== report"
id=$(poke report --type electric --sample 5 --seed 7 --no-wait)
trap 'rm -f "$csv"; poke delete --yes "$id" >/dev/null 2>&1 || true' EXIT
poke show --wait "$id" >/dev/null
poke download --out "$csv" --force "$id"
rows=$(($(wc -l <"$csv") - 1))
if [ "$rows" -ne 5 ]; then
    echo "FAILED: expected 5 rows in the CSV; got $rows. Trace report $id: docs/operations.md, 'Trace one report'."
    exit 1
fi
poke delete --yes "$id"
trap 'rm -f "$csv"' EXIT
echo "created, downloaded (5 rows) and deleted"

echo "== direct call to $app"
status=$(curl --silent --output /dev/null --max-time 60 --write-out '%{http_code}' "$app/api/reports")
case $status in
401 | 403) echo "rejected with status $status, as expected" ;;
*)
    echo "FAILED: expected status 401 or 403 for a direct call; got $status."
    echo "Anyone can call the API without the site. See docs/deployment.md, 'The app accepts direct calls'."
    exit 1
    ;;
esac
