# The function app, what it runs on, and who it is.

resource "azurerm_resource_group" "this" {
  name     = local.names.resource_group
  location = var.location
  tags     = local.tags
}

# User-assigned, so that it has its roles before the app first starts, and keeps them if the app is
# made anew.
resource "azurerm_user_assigned_identity" "this" {
  name                = local.names.identity
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  tags                = local.tags
}

resource "azurerm_service_plan" "this" {
  # checkov:skip=CKV_AZURE_212: Flex Consumption scales by itself and is never given a number of instances
  # checkov:skip=CKV_AZURE_225: zones are for always-ready instances, and there are none unless asked for
  name                = local.names.plan
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  os_type             = "Linux"
  sku_name            = "FC1"
  tags                = local.tags
}

# With azapi: azurerm_function_app_flex_consumption (5.2) always writes a setting AzureWebJobsStorage
# with an empty key, so an app without keys never converges, and its zip deployment fails on this plan.
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
      clientAffinityEnabled  = false # an orchestration is at home on every instance
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
          # The default for Python is one request at a time on an instance: a few open pages that poll would
          # be a few instances, each with a cold start. A request waits for storage most of its time.
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

  # Role assignments take a minute or two to be known everywhere.
  retry = {
    error_message_regex  = ["AuthorizationFailed", "does not have authorization", "AuthorizationPermissionMismatch"]
    interval_seconds     = 15
    max_interval_seconds = 60
  }

  # The app starts as soon as it is there, and without its roles it starts by failing.
  depends_on = [azurerm_role_assignment.app]
}

# They exist as soon as the app does, so they are changed and not made. A deployment signs in with Entra.
resource "azapi_update_resource" "basic_publishing" {
  for_each = toset(["ftp", "scm"])

  type      = "Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01"
  name      = each.key
  parent_id = azapi_resource.this.id
  body      = { properties = { allow = false } }
}
