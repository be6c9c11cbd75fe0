#!/usr/bin/env bash
# Whether a deployment works: infra/smoke.sh SITE_URL FUNCTION_APP_URL
#
# Health, one real report end to end and its deletion, all through the site; and that the app refuses
# whoever comes to it directly. Needs curl and what `poke` needs (cli/).
set -euo pipefail

site=${1:?usage: smoke.sh SITE_URL FUNCTION_APP_URL}
app=${2:?usage: smoke.sh SITE_URL FUNCTION_APP_URL}
python=$(command -v "${PYTHON:-python3}")
cd "$(dirname "$0")/.."

export POKE_URL=$site
poke() { "$python" -m cli "$@"; }
csv=$(mktemp)
trap 'rm -f "$csv"' EXIT

echo "== health, through $site"
# The first instance may still be starting.
poke --retry-timeout "${PATIENCE:-180}" health

echo "== a report"
id=$(poke report --type electric --sample 5 --seed 7 --no-wait)
trap 'rm -f "$csv"; poke delete --yes "$id" >/dev/null 2>&1 || true' EXIT
poke show --wait "$id" >/dev/null
poke download --out "$csv" --force "$id"
rows=$(($(wc -l <"$csv") - 1))
if [ "$rows" -ne 5 ]; then
    echo "FAILED: the CSV has $rows rows instead of 5"
    exit 1
fi
poke delete --yes "$id"
trap 'rm -f "$csv"' EXIT
echo "5 rows, and it is deleted"

echo "== a direct call, to $app"
status=$(curl --silent --output /dev/null --max-time 60 --write-out '%{http_code}' "$app/api/reports")
case $status in
401 | 403) echo "refused with $status, as it must be" ;;
*)
    echo "FAILED: the app answered $status to a caller that did not come through the site."
    echo "Anybody can call it, and claim to be anybody. See docs/operations.md, 'The app answers direct calls'."
    exit 1
    ;;
esac
