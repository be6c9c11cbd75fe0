# One kind of resource stands for several: the answer has what each of them is asked for.

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
