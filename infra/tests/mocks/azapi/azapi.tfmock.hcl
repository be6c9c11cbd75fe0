# One mock serves all azapi resources, so its output has the properties of each.

mock_resource "azapi_resource" {
  defaults = {
    id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Mock/mocks/mock"
    output = {
      properties = {
        defaultHostName = "func-mock.azurewebsites.net"
        endpoint        = "https://dts-mock.westeurope.durabletask.io"
      }
    }
  }
}
