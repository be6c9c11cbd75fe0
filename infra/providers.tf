provider "azurerm" {
  subscription_id     = var.subscription_id
  storage_use_azuread = true

  # bootstrap.sh registers the resource providers. It needs rights on the subscription, which the identity that
  # deploys does not have.
  resource_provider_registrations = "none"

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
