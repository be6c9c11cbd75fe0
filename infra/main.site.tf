# The front end, which is also the only entry point to the app.

resource "azurerm_static_web_app" "this" {
  name                = local.names.site
  resource_group_name = local.names.resource_group
  location            = var.site_location
  tags                = local.tags

  # Only the Standard plan can link a function app.
  sku_tier = "Standard"
  sku_size = "Standard"

  # A preview environment would access the same app and its reports.
  preview_environments_enabled = false
}

# The site forwards /api to the app.
resource "azapi_resource" "linked_backend" {
  type      = "Microsoft.Web/staticSites/linkedBackends@2025-03-01"
  name      = "api"
  parent_id = azurerm_static_web_app.this.id

  body = {
    properties = {
      backendResourceId = azapi_resource.function_app.id
      region            = var.location
    }
  }

  # A site accepts one backend only, so another app needs another link, also if it has the same name.
  replace_triggers_external_values = [local.names.function_app, var.function_plan]

  locks = [azapi_resource.function_app.id]
  retry = { error_message_regex = [local.site_is_busy] }
}

# The app accepts only requests that the site forwards. Linking writes authentication settings too, but reports
# differ in what it writes: some apps then answered direct calls. The settings exist as soon as the app does, so they
# are updated instead of created, after every change of the link.
resource "azapi_update_resource" "authentication" {
  type      = "Microsoft.Web/sites/config@2025-03-01"
  name      = "authsettingsV2"
  parent_id = azapi_resource.function_app.id

  body = {
    properties = {
      platform = { enabled = true }
      globalValidation = {
        requireAuthentication       = true
        unauthenticatedClientAction = "Return401"
      }
      identityProviders = {
        azureStaticWebApps = {
          enabled      = true
          registration = { clientId = azurerm_static_web_app.this.default_host_name }
        }
      }
    }
  }

  locks = [azapi_resource.function_app.id]
  retry = { error_message_regex = [local.site_is_busy] }

  lifecycle {
    replace_triggered_by = [azapi_resource.linked_backend]
  }
}
