#!/usr/bin/env bash
# Prepares an environment: creates its resource group, the storage of Terraform's state, and GitHub's identities in Azure.
#
#   infra/bootstrap.sh OWNER/REPOSITORY ENVIRONMENT [LOCATION]
#
# If the Terraform variable `prefix` is not the default, pass it as PREFIX.
#
# Each environment has two Entra applications, which its workflows sign in as with federated credentials, so there is no
# secret. One deploys. The other reads: it plans, and publishes the site. Their roles are on the resource group and on the
# environment's own container of the state. In the subscription, the first may list deleted workspaces, and no more.
#
# Writes infra/environments/ENVIRONMENT.backend.hcl and prints the variables to set in GitHub. Run it as an Owner of the
# subscription, after `az login`. It can be run again: existing resources are not changed.
set -euo pipefail

usage="usage: bootstrap.sh OWNER/REPOSITORY ENVIRONMENT [LOCATION]"
repository=${1:?$usage}
environment=${2:?$usage}
location=${3:-westeurope}

subscription=$(az account show --query id --output tsv)
tenant=$(az account show --query tenantId --output tsv)
group=rg-${PREFIX:-poke-queue}-$environment # local.names.resource_group
state_group=rg-poke-queue-state
account=stpokestate$(printf '%s' "$subscription" | sha256sum | cut -c 1-8)
container=tfstate-$environment

# What the deploying identity may not do, because its roles are on the resource group only.
for namespace in Microsoft.AlertsManagement Microsoft.App Microsoft.Consumption Microsoft.DurableTask Microsoft.Insights \
    Microsoft.ManagedIdentity Microsoft.Network Microsoft.OperationalInsights Microsoft.Storage Microsoft.Web; do
    az provider register --namespace "$namespace" --wait --output none
done
az group create --name "$group" --location "$location" --output none \
    --tags project=poke-queue "environment=$environment" managed_by=bootstrap
group_id=$(az group show --name "$group" --query id --output tsv)

az group create --name "$state_group" --location "$location" --output none
az storage account create --name "$account" --resource-group "$state_group" --location "$location" --output none \
    --sku Standard_ZRS --min-tls-version TLS1_2 --allow-blob-public-access false --allow-shared-key-access false
# A failed apply can damage the state, so old versions are retained for 30 days.
az storage account blob-service-properties update --account-name "$account" --resource-group "$state_group" \
    --enable-versioning true --enable-delete-retention true --delete-retention-days 30 --output none
# container-rm uses Azure Resource Manager, because no role on the account is assigned yet.
if [ "$(az storage container-rm exists --name "$container" --storage-account "$account" --resource-group "$state_group" \
    --query exists --output tsv)" != true ]; then
    az storage container-rm create --name "$container" --storage-account "$account" --resource-group "$state_group" --output none
fi
account_id=$(az storage account show --name "$account" --resource-group "$state_group" --query id --output tsv)
container_id=$account_id/blobServices/default/containers/$container

client=    # of the application that create_identity made last
principal= # its object id
create_identity() { # name of the application, GitHub environment that may sign in as it
    client=$(az ad app list --display-name "$1" --query '[0].appId' --output tsv)
    if [ -z "$client" ]; then
        client=$(az ad app create --display-name "$1" --query appId --output tsv)
    fi
    principal=$(az ad sp list --filter "appId eq '$client'" --query '[0].id' --output tsv)
    if [ -z "$principal" ]; then
        principal=$(az ad sp create --id "$client" --query id --output tsv)
    fi
    if [ -z "$(az ad app federated-credential list --id "$client" --query "[?name=='github'].name" --output tsv)" ]; then
        az ad app federated-credential create --id "$client" --output none --parameters "{
            \"name\": \"github\",
            \"issuer\": \"https://token.actions.githubusercontent.com\",
            \"subject\": \"repo:$repository:environment:$2\",
            \"audiences\": [\"api://AzureADTokenExchange\"]
        }"
    fi
}
grant() { # object id, its type, role, scope, further arguments of `az role assignment create`
    local existing
    existing=$(az role assignment list --assignee "$1" --role "$3" --scope "$4" --query '[0].id' --output tsv)
    if [ -z "$existing" ]; then
        az role assignment create --assignee-object-id "$1" --assignee-principal-type "$2" --role "$3" --scope "$4" \
            --output none "${@:5}"
    fi
}

create_identity "poke-queue-deploy-$environment" "$environment"
deploy_client=$client
grant "$principal" ServicePrincipal Contributor "$group_id"
grant "$principal" ServicePrincipal "Storage Blob Data Contributor" "$container_id"
# Terraform assigns the app's roles. The condition restricts it to these roles, so that users who can run the
# workflow cannot make themselves Owner. A test compares the list with main.roles.tf.
assignable=(
    "Durable Task Data Contributor"
    "Durable Task Data Reader"
    "Log Analytics Reader"
    "Monitoring Metrics Publisher"
    "Reader"
    "Storage Blob Data Owner"
    "Storage Blob Data Reader"
    "Storage Queue Data Contributor"
    "Storage Table Data Contributor"
    "Storage Table Data Reader"
)
ids=
for role in "${assignable[@]}"; do
    role_id=$(az role definition list --name "$role" --query '[0].name' --output tsv)
    if [ -z "$role_id" ]; then
        echo "This tenant has no role '$role', so the condition of the deploying identity cannot be written." >&2
        exit 1
    fi
    ids="${ids:+$ids, }$role_id"
done
limited() { # action, attribute source of the role's id
    printf "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/%s'})) OR (@%s[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {%s}))" "$1" "$2" "$ids"
}
grant "$principal" ServicePrincipal "Role Based Access Control Administrator" "$group_id" \
    --condition-version 2.0 --condition "$(limited write Request) AND $(limited delete Resource)"

create_role() { # name, description, actions as JSON strings
    if [ -z "$(az role definition list --name "$1" --query '[0].name' --output tsv)" ]; then
        az role definition create --output none --role-definition "{
            \"Name\": \"$1\",
            \"Description\": \"$2\",
            \"Actions\": [$3],
            \"AssignableScopes\": [\"/subscriptions/$subscription\"]
        }"
    fi
}
# Before azurerm creates a workspace, it looks for deleted ones of the same name in the whole subscription.
create_role "Poke Queue deleted workspaces reader" "Lists the deleted Log Analytics workspaces of a subscription." \
    '"Microsoft.OperationalInsights/deletedWorkspaces/read"'
grant "$principal" ServicePrincipal "Poke Queue deleted workspaces reader" "/subscriptions/$subscription"

# A plan reads every resource. Terraform also reads the site's settings and its deployment token, which Reader may not.
create_role "Poke Queue site secrets reader" "Reads the settings and the deployment token of Static Web Apps." \
    '"Microsoft.Web/staticSites/listSecrets/action", "Microsoft.Web/staticSites/listAppSettings/action"'
create_identity "poke-queue-read-$environment" "$environment-read"
grant "$principal" ServicePrincipal Reader "$group_id"
grant "$principal" ServicePrincipal "Poke Queue site secrets reader" "$group_id"
grant "$principal" ServicePrincipal "Storage Blob Data Reader" "$container_id"
read_client=$client

# The current user needs the role to run Terraform: Owner is not enough for an account without keys.
person=$(az ad signed-in-user show --query id --output tsv 2>/dev/null || true)
if [ -n "$person" ]; then
    grant "$person" User "Storage Blob Data Contributor" "$container_id"
fi

backend=environments/$environment.backend.hcl
cat >"$(dirname "$0")/$backend" <<HCL
resource_group_name  = "$state_group"
storage_account_name = "$account"
container_name       = "$container"
key                  = "poke-queue.tfstate"
HCL

cat <<TEXT
Wrote infra/$backend. In GitHub, create the environments "$environment" and "$environment-read", and set these
variables in both (none is a secret):
  AZURE_CLIENT_ID        $deploy_client in "$environment", $read_client in "$environment-read"
  AZURE_TENANT_ID        $tenant
  AZURE_SUBSCRIPTION_ID  $subscription
  STATE_RESOURCE_GROUP   $state_group
  STATE_STORAGE_ACCOUNT  $account
  STATE_CONTAINER        $container
  ALERT_EMAILS           ["you@example.com"]
TEXT
