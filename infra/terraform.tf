terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    # For the function app, the tables and the Durable Task Scheduler: azurerm cannot create them, or needs
    # shared keys. main.tf and main.storage.tf give the reason for each resource.
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.12"
    }
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 5.2"
    }
  }

  # `terraform init -backend-config=environments/NAME.backend.hcl` supplies the rest. bootstrap.sh creates the storage
  # account and writes that file. The account has no keys, so Terraform authenticates with an identity.
  backend "azurerm" {
    use_azuread_auth = true
  }
}
