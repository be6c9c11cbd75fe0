terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    # The function app, its table and the Durable Task Scheduler: azurerm either cannot make them or
    # makes them with shared keys. main.tf and main.storage.tf say why, resource by resource.
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.12"
    }
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.2"
    }
  }

  # The rest is given by `terraform init -backend-config=backend.hcl`; bootstrap.sh makes the account
  # and writes that file. The state is read and written with an identity: the account has no keys.
  backend "azurerm" {
    use_azuread_auth = true
  }
}
