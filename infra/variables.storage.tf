# Variables of the storage account and of the private network.

variable "storage_replication" {
  type        = string
  default     = "LRS"
  description = "Replication of the storage account: LRS (three copies in one datacenter), ZRS (three zones), GRS or GZRS (additionally a second region). Decided once: between LRS or GRS and ZRS or GZRS, Terraform creates the account again and all reports are lost. Convert the account first with `az storage account migration start`, then set the variable."
  nullable    = false

  validation {
    condition     = contains(["LRS", "ZRS", "GRS", "GZRS"], var.storage_replication)
    error_message = "storage_replication must be LRS, ZRS, GRS or GZRS."
  }
}

variable "soft_delete_days" {
  type        = number
  default     = 7
  description = "Days during which a deleted CSV or container can be restored. A deleted report is unavailable to its owner at once; its data are erased after this time."
  nullable    = false

  validation {
    condition     = var.soft_delete_days >= 1 && var.soft_delete_days <= 365 && floor(var.soft_delete_days) == var.soft_delete_days
    error_message = "soft_delete_days must be a whole number from 1 to 365."
  }
}

variable "site_origins" {
  type        = list(string)
  default     = []
  description = "Additional origins whose pages can download CSVs, such as https://reports.example.com. The Static Web App's own origin is always allowed."
  nullable    = false

  validation {
    condition     = alltrue([for origin in var.site_origins : can(regex("^https://[a-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "Each of site_origins must be https:// and a host, without a path and without a trailing slash."
  }
}

variable "private_network" {
  type        = bool
  default     = false
  description = "Whether the storage account can only be reached through private endpoints in a virtual network. Browsers download CSVs from the storage account, so users then need access to that network, or download_ip_ranges."
  nullable    = false
}

variable "address_space" {
  type        = string
  default     = "10.90.0.0/24"
  description = "Address range of the virtual network. Two subnets use a quarter of it each. Only used with private_network."
  nullable    = false

  validation {
    condition = try(
      !strcontains(var.address_space, ":") && cidrsubnet(var.address_space, 0, 0) == var.address_space
      && tonumber(split("/", var.address_space)[1]) >= 8 && tonumber(split("/", var.address_space)[1]) <= 25,
      false,
    )
    error_message = "address_space must be an IPv4 range from /8 to /25 that starts at its first address, such as 10.90.0.0/24. The app's subnet needs a /27."
  }
}

variable "download_ip_ranges" {
  type        = list(string)
  default     = []
  description = "Public IPv4 addresses or ranges, such as those of an office, that can download CSVs from the storage account's public endpoint despite private_network."
  nullable    = false

  validation {
    condition = alltrue([
      for range in var.download_ip_ranges : try(
        !strcontains(range, ":") && (strcontains(range, "/")
          ? cidrsubnet(range, 0, 0) == range && tonumber(split("/", range)[1]) >= 8 && tonumber(split("/", range)[1]) <= 30
          : cidrhost("${range}/32", 0) == range
        ),
        false,
      )
    ])
    error_message = "Each of download_ip_ranges must be an IPv4 address, such as 198.51.100.7, or a range from /8 to /30 that starts at its first address, such as 203.0.113.0/24."
  }
  validation {
    condition     = !anytrue([for range in var.download_ip_ranges : can(regex("^(10|127|192\\.168|172\\.(1[6-9]|2[0-9]|3[01]))\\.", range))])
    error_message = "Each of download_ip_ranges must be public. The storage firewall does not accept private addresses."
  }
  validation {
    condition     = var.private_network || length(var.download_ip_ranges) == 0
    error_message = "download_ip_ranges requires private_network = true. Without it, everyone with a link can download."
  }
}
