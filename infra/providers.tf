provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true

  # Registered by name, because azurerm registers none by itself since 5.0.
  resource_provider_registrations = "none"
  resource_providers_to_register = concat(
    [
      "Microsoft.AlertsManagement",
      "Microsoft.App", # the network of a Flex Consumption app is delegated to it
      "Microsoft.Insights",
      "Microsoft.ManagedIdentity",
      "Microsoft.OperationalInsights",
      "Microsoft.Storage",
      "Microsoft.Web",
    ],
    var.durable_backend == "durable_task_scheduler" ? ["Microsoft.DurableTask"] : [],
    var.private_network ? ["Microsoft.Network"] : [],
  )

  features {
    log_analytics_workspace {
      # A workspace's name stays taken for two weeks after a soft delete, and `apply` after `destroy` fails.
      permanently_delete_on_destroy = true
    }
    storage {
      # Everything in the storage account is made through Azure Resource Manager, so `apply` works from
      # anywhere when the account is reachable from its network only.
      data_plane_available = false
    }
  }
}

provider "azapi" {
  subscription_id = var.subscription_id
}
