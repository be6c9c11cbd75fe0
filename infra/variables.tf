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

# --- The function app ---------------------------------------------------------------------------

variable "function_plan" {
  type        = string
  default     = "FC1"
  description = "Plan of the app: FC1 (Flex Consumption) or EP1 (Functions Premium, for which at least one instance is always billed). Microsoft's list of plans that can be a site's backend does not contain Flex Consumption; use EP1 if `az staticwebapp backends validate` rejects the app."
  nullable    = false

  validation {
    condition     = contains(["FC1", "EP1"], var.function_plan)
    error_message = "function_plan must be FC1 (Flex Consumption) or EP1 (Functions Premium)."
  }
  validation {
    condition     = var.function_plan == "FC1" || !var.private_network
    error_message = "function_plan EP1 requires private_network = false: its package would be in the storage account that the network closes."
  }
}

variable "instance_memory_mb" {
  type        = number
  default     = 2048
  description = "Memory of one instance of the app, in MB. The CPU share depends on it. Only used with function_plan = FC1."
  nullable    = false

  validation {
    condition     = contains([2048, 4096], var.instance_memory_mb)
    error_message = "instance_memory_mb must be 2048 or 4096. With 512 the Durable Functions host is unreliable."
  }
}

variable "maximum_instance_count" {
  type        = number
  default     = 10
  description = "Maximum number of on-demand instances of each function group: the HTTP functions, the Durable functions, and each timer scale on their own. Each instance can have 32 connections to PokéAPI (tuning.pokeapi_connections), which bans clients that send too many requests. Functions Premium uses at most 20."
  nullable    = false

  validation {
    condition     = var.maximum_instance_count >= 1 && var.maximum_instance_count <= 1000 && floor(var.maximum_instance_count) == var.maximum_instance_count
    error_message = "maximum_instance_count must be a whole number from 1 to 1000."
  }
}

variable "always_ready_durable" {
  type        = number
  default     = 0
  description = "Number of always-ready instances for orchestrations and activities. 0 costs nothing when idle, but the first report after an idle period waits for a cold start. Only used with function_plan = FC1."
  nullable    = false

  validation {
    condition     = var.always_ready_durable >= 0 && var.always_ready_durable <= var.maximum_instance_count && floor(var.always_ready_durable) == var.always_ready_durable
    error_message = "always_ready_durable must be a whole number from 0 to maximum_instance_count."
  }
}

variable "worker_threads" {
  type        = number
  default     = 64
  description = "Threads of the Functions Python worker (PYTHON_THREADPOOL_THREAD_COUNT). Each activity and orchestrator that host.json allows at once needs one, and HTTP functions need some too."
  nullable    = false

  validation {
    condition     = var.worker_threads > local.functions_at_once && var.worker_threads <= 256
    error_message = "worker_threads must be at most 256, and greater than maxConcurrentActivityFunctions + maxConcurrentOrchestratorFunctions of host.json (${local.functions_at_once}). Otherwise HTTP functions wait for activities."
  }
}

variable "reconcile_schedule" {
  type        = string
  default     = "0 * * * * *"
  description = "Schedule of the reconciler as an NCRONTAB expression with seconds (RECONCILE_SCHEDULE). Each run starts an instance. Recovery after a crash, and the deletion of a report's last data, wait for the next run. The alerts expect a run at least every 15 minutes."
  nullable    = false

  validation {
    condition     = can(regex("^0 (\\*|\\*/([1-9]|10)) \\* \\* \\* \\*$", var.reconcile_schedule))
    error_message = "reconcile_schedule must be `0 * * * * *` (every minute) or `0 */N * * * *` (every N minutes, N from 1 to 10)."
  }
}

variable "pokeapi_base_url" {
  type        = string
  default     = "https://pokeapi.co/api/v2"
  description = "Base URL of PokéAPI or a mirror of it (POKEAPI_BASE_URL). The app sends no requests to other URLs."
  nullable    = false

  validation {
    condition     = can(regex("^https://[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*$", var.pokeapi_base_url))
    error_message = "pokeapi_base_url must be an https URL without a query and without a trailing slash, such as https://pokeapi.co/api/v2."
  }
}

variable "retention_days" {
  type        = number
  default     = 30
  description = "Days until a report expires (RETENTION_DAYS). A week later, a lifecycle rule of the storage account deletes any remaining CSV."
  nullable    = false

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 3650 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days must be a whole number from 1 to 3650."
  }
}

variable "tuning" {
  type        = map(number)
  default     = {}
  description = "App settings of the same names in upper case, such as { pokeapi_connections = 8 }. Settings that are omitted are not set, so the defaults in adapters/settings.py apply. local.tuning_ranges lists the names and their ranges."
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.tuning), keys(local.tuning_ranges))) == 0
    error_message = "tuning has unknown names: ${join(", ", setsubtract(keys(var.tuning), keys(local.tuning_ranges)))}. Valid names: ${join(", ", keys(local.tuning_ranges))}."
  }
  validation {
    condition     = alltrue([for value in values(var.tuning) : value != null])
    error_message = "A value of tuning is null. Remove its name, so that the default applies."
  }
  validation {
    condition     = alltrue([for name, value in var.tuning : endswith(name, "_seconds") || try(floor(value) == value, true)])
    error_message = "A value of tuning must be a whole number, unless its name ends in _seconds."
  }
  validation {
    condition = alltrue([
      for name, value in var.tuning :
      try(value >= local.tuning_ranges[name][0] && value <= local.tuning_ranges[name][1], true)
    ])
    error_message = "A value of tuning is out of range. Allowed: ${join(", ", [for name, range in local.tuning_ranges : "${name} ${range[0]} to ${range[1]}"])}."
  }
}

# --- Durable Functions --------------------------------------------------------------------------

variable "durable_backend" {
  type        = string
  default     = "azure_storage"
  description = "Storage of the orchestrations: azure_storage (queues and tables of the storage account, no fixed cost) or durable_task_scheduler (managed service, for higher load). Open reports are not migrated, so change it only while no report is open."
  nullable    = false

  validation {
    condition     = contains(["azure_storage", "durable_task_scheduler"], var.durable_backend)
    error_message = "durable_backend must be azure_storage or durable_task_scheduler."
  }
}

variable "scheduler_sku" {
  type        = string
  default     = "Consumption"
  description = "Pricing model of the Durable Task Scheduler: Consumption (per action, up to 500 actions per second) or Dedicated (per hour, up to 2,000 actions per second and unit). Only used with durable_backend = durable_task_scheduler."
  nullable    = false

  validation {
    condition     = contains(["Consumption", "Dedicated"], var.scheduler_sku)
    error_message = "scheduler_sku must be Consumption or Dedicated."
  }
}

variable "scheduler_capacity" {
  type        = number
  default     = 1
  description = "Number of capacity units of a Dedicated scheduler."
  nullable    = false

  validation {
    condition     = contains([1, 2, 3], var.scheduler_capacity)
    error_message = "scheduler_capacity must be 1, 2 or 3."
  }
}

# --- Storage and network ------------------------------------------------------------------------

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

# --- People -------------------------------------------------------------------------------------

variable "operator_object_ids" {
  type        = list(string)
  default     = []
  description = "Entra object ids of the operators' groups. Their members can read reports, records, orchestrations and logs in the portal. Shared keys are disabled, so the role Owner of the subscription is not enough for that."
  nullable    = false

  validation {
    condition     = alltrue([for id in var.operator_object_ids : can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))])
    error_message = "Each of operator_object_ids must be a lower-case GUID."
  }
}

variable "alert_emails" {
  type        = list(string)
  default     = []
  description = "Email addresses that are notified when an alert fires or the budget is exceeded. Without any, alerts are only visible in the portal."
  nullable    = false

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", address))])
    error_message = "Each of alert_emails must be an email address."
  }
}

# --- Monitoring and cost ------------------------------------------------------------------------

variable "log_retention_days" {
  type        = number
  default     = 30
  description = "Days for which logs are retained. The first 90 days are free for Application Insights tables."
  nullable    = false

  validation {
    condition     = contains([30, 60, 90, 120, 180, 270, 365, 550, 730], var.log_retention_days)
    error_message = "log_retention_days must be 30, 60, 90, 120, 180, 270, 365, 550 or 730."
  }
}

variable "log_deletions" {
  type        = bool
  default     = false
  description = "Whether each deletion of a blob, a table or a table's row is logged with the identity that requested it."
  nullable    = false
}

variable "daily_cap_gb" {
  type        = number
  default     = 1
  description = "Maximum volume of logs per day, in GB. When it is reached, nothing is collected until the next day and log alerts do not work; the alert daily_cap_reached reports this. It protects against a flood of logs and is not meant to save costs."
  nullable    = false

  validation {
    condition     = var.daily_cap_gb >= 0.1 && var.daily_cap_gb <= 1000
    error_message = "daily_cap_gb must be from 0.1 to 1000."
  }
}

variable "pokeapi_sampling_percentage" {
  type        = number
  default     = 10
  description = "Percentage of requests to PokéAPI that are logged. Queries weight each row by the number of requests that it represents."
  nullable    = false

  validation {
    condition     = var.pokeapi_sampling_percentage > 0 && var.pokeapi_sampling_percentage <= 100
    error_message = "pokeapi_sampling_percentage must be greater than 0 and at most 100."
  }
}

variable "monthly_budget" {
  type        = number
  default     = 50
  description = "Monthly budget in the billing currency of the subscription. Notifications are sent at 80 % of actual and 100 % of forecast cost. Nothing is stopped. null creates no budget: sponsored, CSP and some trial subscriptions do not allow one."

  validation {
    condition     = var.monthly_budget == null ? true : var.monthly_budget >= 1
    error_message = "monthly_budget must be at least 1, or null for no budget."
  }
}
