# One mock serves all azapi resources, so its output has the properties of each.

mock_resource "azapi_resource" {
  defaults = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Mock/mocks/mock"
    output = {
      properties = {
        endpoint = "https://dts-mock.westeurope.durabletask.io"
      }
    }
  }
}

# azapi validates the parent of an azapi_update_resource, also for a mock.
override_resource {
  target = azapi_resource.function_app
  values = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Web/sites/func"
    output = {
      properties = {
        defaultHostName = "func-mock.azurewebsites.net"
      }
    }
  }
}
