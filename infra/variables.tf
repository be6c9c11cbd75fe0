# Variables of the whole deployment. The files variables.*.tf have the others.

variable "subscription_id" {
  type        = string
  description = "Id (GUID) of the subscription of all resources."
  nullable    = false

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id must be a lower-case GUID. Find yours with `az account show --query id --output tsv`."
  }
}

variable "prefix" {
  type        = string
  default     = "poke-queue"
  description = "First part of the name of every resource. Decided once."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.prefix)) && length(var.prefix) >= 2 && length(var.prefix) <= 12
    error_message = "prefix must have 2 to 12 characters: lower-case letters, digits and single hyphens. It must start with a letter and must not end with a hyphen. The limit comes from the storage account's name."
  }
}

variable "environment" {
  type        = string
  description = "Name of this deployment: dev, test, stage or prod. It is part of every resource name, so another value plans to destroy everything. It has no default, so that a command without -var-file fails instead. Decided once."
  nullable    = false

  validation {
    condition     = contains(["dev", "test", "stage", "prod"], var.environment)
    error_message = "environment must be dev, test, stage or prod."
  }
}

variable "location" {
  type        = string
  default     = "westeurope"
  description = "Short name of the Azure region. Decided once: in another region, everything is created again without its data. It must offer Flex Consumption; `az functionapp list-flexconsumption-locations` lists the regions that do."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+[a-z0-9]*$", var.location))
    error_message = "location must be the short name of a region, such as westeurope instead of 'West Europe'."
  }
}

variable "site_location" {
  type        = string
  default     = "westeurope"
  description = "Region that manages the Static Web App. Its content is served globally in any case."
  nullable    = false

  validation {
    condition     = contains(["centralus", "eastasia", "eastus2", "westeurope", "westus2"], var.site_location)
    error_message = "site_location must be a region that manages Static Web Apps: centralus, eastasia, eastus2, westeurope or westus2."
  }
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of every resource, in addition to project, environment and managed_by."
  nullable    = false
}
