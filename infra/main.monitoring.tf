# Logs, Application Insights and the monthly budget.

resource "azurerm_log_analytics_workspace" "this" {
  name                = local.names.workspace
  resource_group_name = local.names.resource_group
  location            = var.location
  tags                = local.tags

  sku                          = "PerGB2018"
  retention_in_days            = var.log_retention_days
  daily_quota_gb               = var.daily_cap_gb
  local_authentication_enabled = false
}

resource "azurerm_application_insights" "this" {
  name                = local.names.application_insights
  resource_group_name = local.names.resource_group
  location            = var.location
  tags                = local.tags

  workspace_id      = azurerm_log_analytics_workspace.this.id
  application_type  = "web"
  retention_in_days = var.log_retention_days

  # The lower of this cap and the workspace's cap applies. The alert monitors the workspace's.
  daily_data_cap_in_gb                 = var.daily_cap_gb
  daily_data_cap_notifications_enabled = true
  local_authentication_enabled         = false # the connection string is an address, not a credential
  ip_masking_enabled                   = true
  force_customer_storage_for_profiler  = false
}

resource "azurerm_consumption_budget_resource_group" "this" {
  count = var.monthly_budget == null ? 0 : 1

  name              = local.names.budget
  resource_group_id = local.resource_group_id
  amount            = var.monthly_budget
  time_grain        = "Monthly"

  time_period {
    start_date = formatdate("YYYY-MM-01'T'00:00:00'Z'", plantimestamp())
  }

  notification {
    operator       = "GreaterThan"
    threshold      = 80
    threshold_type = "Actual"
    contact_groups = [azurerm_monitor_action_group.this.id]
  }
  notification {
    operator       = "GreaterThan"
    threshold      = 100
    threshold_type = "Forecasted"
    contact_groups = [azurerm_monitor_action_group.this.id]
  }

  lifecycle {
    # The budget starts in the month of its creation; a new start date would replace it.
    ignore_changes = [time_period]
  }
}

# Without a recipient, alerts and the budget are only visible in the portal.
check "prod_has_recipients" {
  assert {
    condition     = var.environment != "prod" || length(var.alert_emails) > 0
    error_message = "alert_emails is empty, so nobody is notified when an alert of prod fires. Set it in environments/prod.tfvars, or as ALERT_EMAILS in the GitHub environment."
  }
}

# Who deleted a CSV or a record. Writes are not logged: Durable Functions writes for every step of a report.
resource "azurerm_monitor_diagnostic_setting" "deletions" {
  for_each = var.log_deletions ? toset(["blob", "table"]) : toset([])

  name                       = "deletions"
  target_resource_id         = "${azurerm_storage_account.this.id}/${each.key}Services/default"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.this.id

  enabled_log {
    category = "StorageDelete"
  }
}
