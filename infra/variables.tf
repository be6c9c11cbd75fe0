variable "subscription_id" {
  type        = string
  description = "The subscription that everything is made in, as a GUID."
  nullable    = false

  validation {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.subscription_id))
    error_message = "subscription_id is a GUID in lower case; `az account show --query id --output tsv` tells yours."
  }
}

variable "prefix" {
  type        = string
  default     = "poke-queue"
  description = "The first part of every resource's name."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", var.prefix)) && length(var.prefix) >= 2 && length(var.prefix) <= 12
    error_message = "prefix has 2 to 12 lower-case letters, digits and single hyphens, begins with a letter and ends with no hyphen: the storage account's name has room for no more."
  }
}

variable "environment" {
  type        = string
  default     = "dev"
  description = "Which of several deployments this is: dev, test, stage or prod. It is part of every name."
  nullable    = false

  validation {
    condition     = contains(["dev", "test", "stage", "prod"], var.environment)
    error_message = "environment is dev, test, stage or prod."
  }
}

variable "location" {
  type        = string
  default     = "westeurope"
  description = "The Azure region, by its short name. It has to offer Flex Consumption: `az functionapp list-flexconsumption-locations` lists those that do."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+[a-z0-9]*$", var.location))
    error_message = "location is a region's short name, such as westeurope, not 'West Europe'."
  }
}

variable "site_location" {
  type        = string
  default     = "westeurope"
  description = "Where the Static Web App is managed. Its content is served from everywhere, whichever is chosen."
  nullable    = false

  validation {
    condition     = contains(["centralus", "eastasia", "eastus2", "westeurope", "westus2"], var.site_location)
    error_message = "site_location is one of the regions that manage Static Web Apps: centralus, eastasia, eastus2, westeurope or westus2."
  }
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags for every resource, besides the project, the environment and that Terraform manages it."
  nullable    = false
}

# --- The function app ---------------------------------------------------------------------------

variable "instance_memory_mb" {
  type        = number
  default     = 2048
  description = "Memory of one instance of the app, in MB. It decides the CPU too."
  nullable    = false

  validation {
    condition     = contains([2048, 4096], var.instance_memory_mb)
    error_message = "instance_memory_mb is 2048 or 4096: with 512 the Durable Functions host is unpredictable."
  }
}

variable "maximum_instance_count" {
  type        = number
  default     = 40
  description = "The most instances the app may have at once. Each may ask PokéAPI over POKEAPI_CONNECTIONS connections: PokéAPI bans those who ask too much."
  nullable    = false

  validation {
    condition     = var.maximum_instance_count >= 40 && var.maximum_instance_count <= 1000 && floor(var.maximum_instance_count) == var.maximum_instance_count
    error_message = "maximum_instance_count is a whole number from 40 to 1000, which is what Flex Consumption allows."
  }
}

variable "always_ready_durable" {
  type        = number
  default     = 0
  description = "Instances that are kept ready for orchestrations and activities. 0 costs nothing when idle and makes the first report of a quiet hour wait for a cold start."
  nullable    = false

  validation {
    condition     = var.always_ready_durable >= 0 && var.always_ready_durable <= var.maximum_instance_count && floor(var.always_ready_durable) == var.always_ready_durable
    error_message = "always_ready_durable is a whole number from 0 to maximum_instance_count."
  }
}

variable "worker_threads" {
  type        = number
  default     = 64
  description = "Threads of the Functions Python worker (PYTHON_THREADPOOL_THREAD_COUNT). The activities and orchestrators that host.json lets run at once each take one, and HTTP functions need some too."
  nullable    = false

  validation {
    condition     = var.worker_threads > local.functions_at_once && var.worker_threads <= 256
    error_message = "worker_threads is at most 256 and more than maxConcurrentActivityFunctions and maxConcurrentOrchestratorFunctions of host.json together (${local.functions_at_once}), or HTTP functions wait behind activities."
  }
}

variable "reconcile_schedule" {
  type        = string
  default     = "0 * * * * *"
  description = "When the reconciler looks at open reports, as NCRONTAB with seconds (RECONCILE_SCHEDULE). Each run wakes an instance; what a crash left behind, and the last traces of deleted reports, wait for the next one. The alerts expect a run in 15 minutes."
  nullable    = false

  validation {
    condition     = can(regex("^0 (\\*|\\*/([1-9]|10)) \\* \\* \\* \\*$", var.reconcile_schedule))
    error_message = "reconcile_schedule is `0 * * * * *` (every minute) or `0 */N * * * *` (every N minutes, at most 10)."
  }
}

variable "pokeapi_base_url" {
  type        = string
  default     = "https://pokeapi.co/api/v2"
  description = "PokéAPI, or a mirror of it (POKEAPI_BASE_URL). Nothing outside it is ever asked."
  nullable    = false

  validation {
    condition     = can(regex("^https://[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*$", var.pokeapi_base_url))
    error_message = "pokeapi_base_url is an https URL with neither a query nor a slash at its end, such as https://pokeapi.co/api/v2."
  }
}

variable "retention_days" {
  type        = number
  default     = 30
  description = "Days until a report expires (RETENTION_DAYS). The storage's lifecycle rule deletes what is left a week later."
  nullable    = false

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 3650 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days is a whole number from 1 to 3650."
  }
}

variable "tuning" {
  type = object({
    activity_attempts               = optional(number)
    activity_first_retry_seconds    = optional(number)
    batch_threads                   = optional(number)
    max_open_reports                = optional(number)
    pokeapi_backoff_seconds         = optional(number)
    pokeapi_connect_timeout_seconds = optional(number)
    pokeapi_connections             = optional(number)
    pokeapi_pause_after_failures    = optional(number)
    pokeapi_pause_seconds           = optional(number)
    pokeapi_read_timeout_seconds    = optional(number)
    pokeapi_retries                 = optional(number)
    pokemon_per_activity            = optional(number)
    shard_size                      = optional(number)
    shards_in_flight                = optional(number)
  })
  default     = {}
  description = "The app's settings of the same names in upper case. What is not given is not set, so the default is the code's (adapters/settings.py) and there is only one."
  nullable    = false

  validation {
    condition = alltrue([
      for name, range in local.tuning_ranges : try(
        var.tuning[name] == null ? true : var.tuning[name] >= range[0] && var.tuning[name] <= range[1],
        false,
      )
    ])
    error_message = "A value of tuning is out of range. The app allows: ${join(", ", [for name, range in local.tuning_ranges : "${name} ${range[0]} to ${range[1]}"])}."
  }
}

# --- Durable Functions --------------------------------------------------------------------------

variable "durable_backend" {
  type        = string
  default     = "azure_storage"
  description = "What keeps the orchestrations: azure_storage (queues and tables of the storage account, nothing to pay when idle) or durable_task_scheduler (the managed engine, for when the first is outgrown). Reports that are under way do not move: change it when none is open."
  nullable    = false

  validation {
    condition     = contains(["azure_storage", "durable_task_scheduler"], var.durable_backend)
    error_message = "durable_backend is azure_storage or durable_task_scheduler."
  }
}

variable "scheduler_sku" {
  type        = string
  default     = "Consumption"
  description = "How the Durable Task Scheduler is paid: Consumption (by action, up to 500 a second) or Dedicated (by the hour, up to 2,000 a second a unit). Only with durable_backend = durable_task_scheduler."
  nullable    = false

  validation {
    condition     = contains(["Consumption", "Dedicated"], var.scheduler_sku)
    error_message = "scheduler_sku is Consumption or Dedicated."
  }
}

variable "scheduler_capacity" {
  type        = number
  default     = 1
  description = "Units of a Dedicated scheduler."
  nullable    = false

  validation {
    condition     = contains([1, 2, 3], var.scheduler_capacity)
    error_message = "scheduler_capacity is 1, 2 or 3."
  }
}

# --- Storage and network ------------------------------------------------------------------------

variable "storage_replication" {
  type        = string
  default     = "LRS"
  description = "How often the storage account keeps everything: LRS (three copies in one place), ZRS (in three zones), GRS or GZRS (and in a second region)."
  nullable    = false

  validation {
    condition     = contains(["LRS", "ZRS", "GRS", "GZRS"], var.storage_replication)
    error_message = "storage_replication is LRS, ZRS, GRS or GZRS."
  }
}

variable "soft_delete_days" {
  type        = number
  default     = 7
  description = "Days that a deleted CSV or container can still be restored. A deleted report is gone for its visitor at once; its bytes are gone after these days."
  nullable    = false

  validation {
    condition     = var.soft_delete_days >= 1 && var.soft_delete_days <= 365 && floor(var.soft_delete_days) == var.soft_delete_days
    error_message = "soft_delete_days is a whole number from 1 to 365."
  }
}

variable "site_origins" {
  type        = list(string)
  default     = []
  description = "Origins besides the Static Web App's own whose pages may download CSVs, such as https://reports.example.com."
  nullable    = false

  validation {
    condition     = alltrue([for origin in var.site_origins : can(regex("^https://[a-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "Each of site_origins is https:// and a host, with no path and no slash at the end."
  }
}

variable "private_network" {
  type        = bool
  default     = false
  description = "Whether the storage account is reachable through private endpoints in a network of its own only. Browsers fetch CSVs from the storage account: with this on they need a way into that network, or download_ip_ranges."
  nullable    = false
}

variable "address_space" {
  type        = string
  default     = "10.90.0.0/24"
  description = "The network's addresses, of which two subnets of a quarter each are made. Only with private_network."
  nullable    = false

  validation {
    condition     = can(cidrsubnet(var.address_space, 2, 3)) && try(tonumber(split("/", var.address_space)[1]) <= 25, false)
    error_message = "address_space is an IPv4 range of /25 or larger, such as 10.90.0.0/24: the app's subnet needs a /27."
  }
}

variable "download_ip_ranges" {
  type        = list(string)
  default     = []
  description = "Public IPv4 addresses or ranges that may reach the storage account's public endpoint despite private_network, such as an office's: CSVs are downloaded from there."
  nullable    = false

  validation {
    condition = alltrue([
      for range in var.download_ip_ranges : can(cidrhost(strcontains(range, "/") ? range : "${range}/32", 0))
      && !can(regex("^(10|127|192\\.168|172\\.(1[6-9]|2[0-9]|3[01]))\\.", range))
    ])
    error_message = "Each of download_ip_ranges is a public IPv4 address or CIDR range: the storage firewall takes no private ones."
  }
  validation {
    condition     = var.private_network || length(var.download_ip_ranges) == 0
    error_message = "download_ip_ranges means something with private_network = true only; without it everybody with a link can download."
  }
}

# --- People -------------------------------------------------------------------------------------

variable "operator_object_ids" {
  type        = list(string)
  default     = []
  description = "Entra object ids of the groups that look after the system. They may read reports, records and orchestrations in the Portal: shared keys are off, so being Owner of the subscription is not enough for that."
  nullable    = false

  validation {
    condition     = alltrue([for id in var.operator_object_ids : can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id))])
    error_message = "Each of operator_object_ids is a GUID in lower case."
  }
}

variable "alert_emails" {
  type        = list(string)
  default     = []
  description = "Who is told by email when an alert fires or the budget is spent. With none, alerts are seen in the Portal only."
  nullable    = false

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", address))])
    error_message = "Each of alert_emails is an email address."
  }
}

# --- Monitoring and cost ------------------------------------------------------------------------

variable "log_retention_days" {
  type        = number
  default     = 30
  description = "Days that logs are kept. Application Insights tables are free for 90 of them."
  nullable    = false

  validation {
    condition     = contains([30, 60, 90, 120, 180, 270, 365, 550, 730], var.log_retention_days)
    error_message = "log_retention_days is 30, 60, 90, 120, 180, 270, 365, 550 or 730."
  }
}

variable "daily_cap_gb" {
  type        = number
  default     = 1
  description = "The most that logs may grow in a day, in GB. Beyond it nothing is collected until the next day, and the alerts are blind; one of them says so. It guards against a flood, it is not for saving."
  nullable    = false

  validation {
    condition     = var.daily_cap_gb >= 0.1 && var.daily_cap_gb <= 1000
    error_message = "daily_cap_gb is from 0.1 to 1000."
  }
}

variable "pokeapi_sampling_percentage" {
  type        = number
  default     = 10
  description = "How many of a hundred requests to PokéAPI leave a row in the logs. The queries count each row for as many requests as it stands for."
  nullable    = false

  validation {
    condition     = var.pokeapi_sampling_percentage > 0 && var.pokeapi_sampling_percentage <= 100
    error_message = "pokeapi_sampling_percentage is above 0 and at most 100."
  }
}

variable "monthly_budget" {
  type        = number
  default     = 50
  description = "What a month may cost, in the currency of the subscription's bill. It is announced at 80 % spent and when 100 % is forecast; nothing is stopped."
  nullable    = false

  validation {
    condition     = var.monthly_budget > 0
    error_message = "monthly_budget is above 0."
  }
}
