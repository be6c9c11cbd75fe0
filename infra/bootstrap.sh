#!/usr/bin/env bash
# Prepares a subscription: creates the storage of Terraform's state and GitHub's identity in Azure.
#
#   infra/bootstrap.sh OWNER/REPOSITORY ENVIRONMENT [LOCATION]
#
# Creates a storage account without keys for the state, and an Entra application with its roles. The workflow of that
# GitHub environment signs in as the application with a federated credential, so there is no secret. Writes
# infra/backend.hcl and prints the variables to set in GitHub. Run it as an Owner of the subscription, after
# `az login`. It can be run again: existing resources are not changed.
set -euo pipefail

repository=${1:?usage: bootstrap.sh OWNER/REPOSITORY ENVIRONMENT [LOCATION]}
environment=${2:?usage: bootstrap.sh OWNER/REPOSITORY ENVIRONMENT [LOCATION]}
location=${3:-westeurope}

subscription=$(az account show --query id --output tsv)
tenant=$(az account show --query tenantId --output tsv)
group=rg-poke-queue-state
account=stpokestate$(printf '%s' "$subscription" | sha256sum | cut -c 1-8)
container=tfstate
application=poke-queue-deploy-$environment

az group create --name "$group" --location "$location" --output none
az storage account create --name "$account" --resource-group "$group" --location "$location" --output none \
    --sku Standard_ZRS --min-tls-version TLS1_2 --allow-blob-public-access false --allow-shared-key-access false
# A failed apply can damage the state, so old versions are retained for 30 days.
az storage account blob-service-properties update --account-name "$account" --resource-group "$group" --output none \
    --enable-versioning true --enable-delete-retention true --delete-retention-days 30
account_id=$(az storage account show --name "$account" --resource-group "$group" --query id --output tsv)
# container-rm uses Azure Resource Manager, because no role on the account is assigned yet.
az storage container-rm create --name "$container" --storage-account "$account" --resource-group "$group" --output none

client=$(az ad app list --display-name "$application" --query '[0].appId' --output tsv)
if [ -z "$client" ]; then
    client=$(az ad app create --display-name "$application" --query appId --output tsv)
fi
principal=$(az ad sp list --filter "appId eq '$client'" --query '[0].id' --output tsv)
if [ -z "$principal" ]; then
    principal=$(az ad sp create --id "$client" --query id --output tsv)
fi
if [ -z "$(az ad app federated-credential list --id "$client" --query "[?name=='github'].name" --output tsv)" ]; then
    az ad app federated-credential create --id "$client" --output none --parameters "{
        \"name\": \"github\",
        \"issuer\": \"https://token.actions.githubusercontent.com\",
        \"subject\": \"repo:$repository:environment:$environment\",
        \"audiences\": [\"api://AzureADTokenExchange\"]
    }"
fi

grant() { # role, scope
    az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
        --role "$1" --scope "$2" --output none
}
grant Contributor "/subscriptions/$subscription"
# Terraform assigns the app's roles. The condition restricts it to these roles, so that users who can run the
# workflow cannot make themselves Owner. A test compares the list with main.roles.tf.
assignable=(
    "Durable Task Data Contributor"
    "Durable Task Data Reader"
    "Log Analytics Reader"
    "Monitoring Metrics Publisher"
    "Storage Blob Data Owner"
    "Storage Blob Data Reader"
    "Storage Queue Data Contributor"
    "Storage Table Data Contributor"
    "Storage Table Data Reader"
)
ids=
for role in "${assignable[@]}"; do
    ids="${ids:+$ids, }$(az role definition list --name "$role" --query '[0].name' --output tsv)"
done
limited() { # action, attribute source of the role's id
    printf "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/%s'})) OR (@%s[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {%s}))" "$1" "$2" "$ids"
}
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
    --role "Role Based Access Control Administrator" --scope "/subscriptions/$subscription" --output none \
    --condition-version 2.0 --condition "$(limited write Request) AND $(limited delete Resource)"
grant "Storage Blob Data Contributor" "$account_id"
# The current user needs the role to run Terraform: Owner is not enough for an account without keys.
person=$(az ad signed-in-user show --query id --output tsv 2>/dev/null || true)
if [ -n "$person" ]; then
    az role assignment create --assignee-object-id "$person" --assignee-principal-type User \
        --role "Storage Blob Data Contributor" --scope "$account_id" --output none
fi

cat >"$(dirname "$0")/backend.hcl" <<HCL
resource_group_name  = "$group"
storage_account_name = "$account"
container_name       = "$container"
key                  = "poke-queue-$environment.tfstate"
HCL

cat <<TEXT
Wrote infra/backend.hcl. In GitHub, set these variables in the environment "$environment" (none is a secret):
  AZURE_CLIENT_ID        $client
  AZURE_TENANT_ID        $tenant
  AZURE_SUBSCRIPTION_ID  $subscription
  STATE_RESOURCE_GROUP   $group
  STATE_STORAGE_ACCOUNT  $account
  STATE_CONTAINER        $container
  ALERT_EMAILS           ["you@example.com"]
TEXT
