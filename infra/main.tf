# The function app, its plan and its identity.

resource "azurerm_resource_group" "this" {
  name     = local.names.resource_group
  location = var.location
  tags     = local.tags
}

# User-assigned, so that it has its roles before the app first starts, and keeps them if the app is created again.
resource "azurerm_user_assigned_identity" "this" {
  name                = local.names.identity
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  tags                = local.tags
}

resource "azurerm_service_plan" "this" {
  # checkov:skip=CKV_AZURE_212: Flex Consumption scales automatically and has no fixed number of instances
  # checkov:skip=CKV_AZURE_225: zone redundancy is for always-ready instances, and by default there are none
  name                = local.names.plan
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  os_type             = "Linux"
  sku_name            = "FC1"
  tags                = local.tags
}

# azapi, because azurerm_function_app_flex_consumption (5.2) always writes a setting AzureWebJobsStorage with an
# empty key. An app without keys then never converges, and its zip deployment fails on this plan.
resource "azapi_resource" "this" {
  type      = "Microsoft.Web/sites@2025-03-01"
  name      = local.names.function_app
  parent_id = azurerm_resource_group.this.id
  location  = azurerm_resource_group.this.location
  tags      = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.this.id]
  }

  body = {
    kind = "functionapp,linux"
    properties = {
      serverFarmId           = azurerm_service_plan.this.id
      httpsOnly              = true
      clientAffinityEnabled  = false # any instance can serve any request
      virtualNetworkSubnetId = one(azurerm_subnet.functions[*].id)

      functionAppConfig = {
        deployment = {
          storage = {
            type  = "blobContainer"
            value = "${azurerm_storage_account.this.primary_blob_endpoint}${azurerm_storage_container.deployments.name}"
            authentication = {
              type                           = "UserAssignedIdentity"
              userAssignedIdentityResourceId = azurerm_user_assigned_identity.this.id
            }
          }
        }
        runtime = {
          name    = "python"
          version = "3.13" # .python-version
        }
        scaleAndConcurrency = {
          instanceMemoryMB     = var.instance_memory_mb
          maximumInstanceCount = var.maximum_instance_count
          alwaysReady          = var.always_ready_durable > 0 ? [{ name = "durable", instanceCount = var.always_ready_durable }] : []
          # The default for Python is one request per instance, so a few open pages that poll would start
          # several instances. A request spends most of its time waiting for storage.
          triggers = { http = { perInstanceConcurrency = 16 } }
        }
      }

      siteConfig = {
        minTlsVersion    = "1.2"
        scmMinTlsVersion = "1.2"
        ftpsState        = "Disabled"
        http20Enabled    = true
        appSettings      = [for name, value in local.app_settings : { name = name, value = value }]
      }
    }
  }

  response_export_values = ["properties.defaultHostName"]

  # Role assignments take a minute or two to propagate.
  retry = {
    error_message_regex  = ["AuthorizationFailed", "does not have authorization", "AuthorizationPermissionMismatch"]
    interval_seconds     = 15
    max_interval_seconds = 60
  }

  # The app starts when it is created, and fails to start without its roles.
  depends_on = [azurerm_role_assignment.app]
}

# These exist as soon as the app does, so they are updated instead of created. Deployments sign in with Entra.
resource "azapi_update_resource" "basic_publishing" {
  for_each = toset(["ftp", "scm"])

  type      = "Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01"
  name      = each.key
  parent_id = azapi_resource.this.id
  body      = { properties = { allow = false } }
}
