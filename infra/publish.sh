#!/usr/bin/env bash
# Publishes the function app: infra/publish.sh APP_ZIP. Run it after `az login` and, in infra/, `terraform init`.
#
# APP_ZIP is from `infra/package.py APP_ZIP`. On Functions Premium (function_plan = EP1), it must contain the Python
# packages: `infra/package.py --with-packages APP_ZIP`.
#
# Not `az functionapp deployment source config-zip`: at its end it calls the app directly and waits for success, but this
# app rejects direct calls (github.com/Azure/azure-cli/issues/30870).
set -euo pipefail

package=$(realpath "${1:?usage: publish.sh APP_ZIP}")
cd "$(dirname "$0")"
output() { terraform output -raw "$1"; }

if [ "$(output function_plan)" = EP1 ]; then
    az storage blob upload --auth-mode login --account-name "$(output storage_account_name)" --container-name deployments \
        --name app.zip --file "$package" --overwrite --only-show-errors --output none
    az functionapp restart --resource-group "$(output resource_group_name)" --name "$(output function_app_name)"
    echo "Published. The app restarts with the new package."
    exit
fi

service=$(output function_app_publish_url)
call() { # path, curl's further arguments; prints the body and, on the last line, the status
    local token
    token=$(az account get-access-token --resource https://management.azure.com/ --query accessToken --output tsv)
    # From standard input, so that the token is in no list of processes.
    curl --silent --show-error --max-time 300 --config - --write-out '\n%{http_code}' "${@:2}" "$service$1" \
        <<<"header = \"Authorization: Bearer $token\"" || true
}

# New role assignments take a few minutes to propagate, and a new app's deployment service takes as long to start.
for attempt in {1..10}; do
    answer=$(call '/api/publish?RemoteBuild=true&Deployer=poke-queue' --request POST \
        --header 'Content-Type: application/zip' --data-binary "@$package")
    status=$(tail -n 1 <<<"$answer")
    case $status in
    200 | 202) break ;;
    000 | 401 | 403 | 404 | 409 | 5??) echo "Attempt $attempt of 10: the deployment service returned $status." ;;
    *) attempt=10 ;;
    esac
    if [ "$attempt" -eq 10 ]; then
        echo "FAILED: the package was not accepted. The last response:"
        echo "$answer"
        exit 1
    fi
    sleep "${PAUSE:-30}"
done

echo "Accepted. Azure installs the Python packages ..."
# 4 is success and 3 is failure; smaller numbers are the phases before.
for _ in {1..90}; do
    answer=$(call /api/deployments/latest)
    phase=$(head -n -1 <<<"$answer" | python3 -c 'import json, sys; print(json.load(sys.stdin)["status"])' 2>/dev/null || true)
    case $phase in
    4)
        echo "Published."
        exit
        ;;
    3)
        echo "FAILED: the deployment failed. Its log: $service/api/deployments/latest/log"
        echo "$answer"
        exit 1
        ;;
    esac
    sleep "${PAUSE:-10}"
done
echo "FAILED: the deployment has not ended after 15 minutes. The last response:"
echo "$answer"
exit 1
