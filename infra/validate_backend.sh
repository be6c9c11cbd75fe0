#!/usr/bin/env bash
# Checks, before a first deployment, that Static Web Apps accepts the app as the site's backend:
# infra/validate_backend.sh ENVIRONMENT. Run it after `az login` and, in infra/, `terraform init`.
#
# Microsoft's list of plans that can be a backend does not contain Flex Consumption. The check needs the site and the app,
# so Terraform creates these first. Once they are linked, there is nothing to check.
set -euo pipefail

environment=${1:?usage: validate_backend.sh ENVIRONMENT}
cd "$(dirname "$0")"

if terraform state list azapi_resource.linked_backend 2>/dev/null | grep -q .; then
    echo "The site and the app are linked."
    exit
fi
plan=$(mktemp)
trap 'rm -f "$plan"' EXIT
terraform plan -out="$plan" -var-file="environments/$environment.tfvars" \
    -target=azapi_resource.function_app -target=azurerm_static_web_app.this
terraform show -json "$plan" | python3 data_loss.py
terraform apply "$plan"
output() { terraform output -raw "$1"; }
if ! az staticwebapp backends validate --resource-group "$(output resource_group_name)" --name "$(output site_name)" \
    --backend-resource-id "$(output function_app_id)" --backend-region "$(output location)"; then
    echo "FAILED: the site does not accept the app as its backend. Set function_plan = \"EP1\" in" \
        "environments/$environment.tfvars: docs/deployment.md, 'Plan of the app'."
    exit 1
fi
echo "The site accepts the app as its backend."
