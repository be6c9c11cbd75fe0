# Variables of the function app and of Durable Functions.

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
