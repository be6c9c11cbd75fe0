provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true

  # azurerm has not registered any provider by default since 5.0.
  resource_provider_registrations = "none"
  resource_providers_to_register = concat(
    [
      "Microsoft.AlertsManagement",
      "Microsoft.App", # the subnet of a Flex Consumption app is delegated to it
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
      # A soft-deleted workspace reserves its name for two weeks, so `apply` after `destroy` would fail.
      permanently_delete_on_destroy = true
    }
    storage {
      # Everything in the storage account is created through Azure Resource Manager, so `apply` also works
      # outside the private network.
      data_plane_available = false
    }
  }
}

provider "azapi" {
  subscription_id = var.subscription_id
}
