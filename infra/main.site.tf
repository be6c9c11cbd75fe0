# The front end, and the way in to the app.

resource "azurerm_static_web_app" "this" {
  name                = local.names.site
  resource_group_name = azurerm_resource_group.this.name
  location            = var.site_location
  tags                = local.tags

  # A function app can be linked to the Standard plan only.
  sku_tier = "Standard"
  sku_size = "Standard"

  # Every preview would be a door to the same app and its reports.
  preview_environments_enabled = false
}

# From here on the site passes /api on to the app, and the app's own address asks for a sign-in: Azure
# writes that into the app's authentication settings, which are therefore nowhere in this configuration.
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
