# Variables of the people who operate the deployment, of monitoring and of cost.

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
