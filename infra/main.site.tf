# The front end, which is also the only entry point to the app.

resource "azurerm_static_web_app" "this" {
  name                = local.names.site
  resource_group_name = azurerm_resource_group.this.name
  location            = var.site_location
  tags                = local.tags

  # Only the Standard plan can link a function app.
  sku_tier = "Standard"
  sku_size = "Standard"

  # A preview environment would access the same app and its reports.
  preview_environments_enabled = false
}

# The site forwards /api to the app, and the app's own address requires a sign-in. Azure writes that into the app's
# authentication settings, so this configuration does not contain them.
resource "azapi_resource" "linked_backend" {
  type      = "Microsoft.Web/staticSites/linkedBackends@2025-03-01"
  name      = "api"
  parent_id = azurerm_static_web_app.this.id

  body = {
    properties = {
      backendResourceId = azapi_resource.this.id
      region            = azurerm_resource_group.this.location
    }
  }
}
