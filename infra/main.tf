# The function app, its plan and its identity.

# User-assigned, so that it has its roles before the app first starts, and keeps them if the app is created again.
resource "azurerm_user_assigned_identity" "this" {
  name                = local.names.identity
  resource_group_name = local.names.resource_group
  location            = var.location
  tags                = local.tags
}

resource "azurerm_service_plan" "this" {
  # checkov:skip=CKV_AZURE_212: Flex Consumption scales automatically and has no fixed number of instances
  # checkov:skip=CKV_AZURE_225: zone redundancy is for always-ready instances, and by default there are none
  name                = local.names.plan
  resource_group_name = local.names.resource_group
  location            = var.location
  os_type             = "Linux"
  sku_name            = var.function_plan
  tags                = local.tags

  maximum_elastic_worker_count = local.is_flex ? null : min(var.maximum_instance_count, 20)
}

locals {
  is_flex        = var.function_plan == "FC1"
  python_version = "3.13" # .python-version

  # Azure returns this segment in lower case, and azapi compares ids with case. Otherwise the app, and so the
  # running reports, would be restarted by every deployment.
  plan_id = replace(azurerm_service_plan.this.id, "/serverFarms", "/serverfarms")

  deployments_url = "${azurerm_storage_account.this.primary_blob_endpoint}${azurerm_storage_container.deployments.name}"

  # What differs between the plans. The package of a Functions Premium app contains its Python packages, and a
  # setting has its URL: see main.settings.tf.
  plan_properties = {
    FC1 = {
      functionAppConfig = {
        deployment = {
          storage = {
            type  = "blobcontainer" # both types in lower case, as in recent responses of Azure
            value = local.deployments_url
            authentication = {
              type                           = "userassignedidentity"
              userAssignedIdentityResourceId = azurerm_user_assigned_identity.this.id
            }
          }
        }
        runtime = {
          name    = "python"
          version = local.python_version
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
    }
    EP1 = { reserved = true } # Linux
  }
  plan_site_config = {
    FC1 = {}
    EP1 = { linuxFxVersion = "Python|${local.python_version}" }
  }

  # App Service answers 409 to a change of a site while another one runs. azapi waits and tries again.
  site_is_busy = "another operation is in progress"
}

# azapi, because azurerm_function_app_flex_consumption (5.2) always writes a setting AzureWebJobsStorage with an
# empty key. An app without keys then never converges, and its zip deployment fails on this plan.
resource "azapi_resource" "function_app" {
  type      = "Microsoft.Web/sites@2025-03-01"
  name      = local.names.function_app
  parent_id = local.resource_group_id
  location  = var.location
  tags      = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.this.id]
  }

  body = {
    kind = "functionapp,linux"
    properties = merge(
      {
        serverFarmId           = local.plan_id
        httpsOnly              = true
        clientAffinityEnabled  = false # any instance can serve any request
        virtualNetworkSubnetId = local.functions_subnet_id

        siteConfig = merge(
          {
            minTlsVersion    = "1.2"
            scmMinTlsVersion = "1.2"
            ftpsState        = "Disabled"
            http20Enabled    = true
            appSettings      = [for name, value in local.app_settings : { name = name, value = value }]
          },
          local.plan_site_config[var.function_plan],
        )
      },
      local.plan_properties[var.function_plan],
    )
  }

  response_export_values = ["properties.defaultHostName"]

  # An app cannot move between the plans.
  replace_triggers_external_values = var.function_plan

  # By default, Azure deletes the plan together with its last app. Terraform would create the app again without its plan.
  delete_query_parameters = { deleteEmptyServerFarm = ["false"] }

  # Role assignments take a minute or two to propagate.
  retry = {
    error_message_regex  = ["AuthorizationFailed", "does not have authorization", "AuthorizationPermissionMismatch", local.site_is_busy]
    interval_seconds     = 15
    max_interval_seconds = 60
  }

  # The app starts when it is created. It fails to start without its roles and, in a private network, without the
  # endpoints of its storage. Its subnet is only known by its id (main.network.tf).
  depends_on = [azurerm_role_assignment.app, azurerm_private_endpoint.this, azurerm_subnet.functions]
}

# These exist as soon as the app does, so they are updated instead of created. Deployments sign in with Entra.
resource "azapi_update_resource" "basic_publishing" {
  for_each = toset(["ftp", "scm"])

  type      = "Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01"
  name      = each.key
  parent_id = azapi_resource.function_app.id
  body      = { properties = { allow = false } }

  locks = [azapi_resource.function_app.id]
  retry = { error_message_regex = [local.site_is_busy] }
}
