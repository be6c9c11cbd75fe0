# Alert rules. docs/operations.md has a runbook for each, with the same name.

resource "azurerm_monitor_action_group" "this" {
  name                = local.names.action_group
  resource_group_name = local.names.resource_group
  location            = "global"
  short_name          = substr(replace(var.prefix, "-", ""), 0, 12)
  tags                = local.tags

  dynamic "email_receiver" {
    for_each = var.alert_emails

    content {
      name                    = "email-${email_receiver.key + 1}"
      email_address           = email_receiver.value
      use_common_alert_schema = true
    }
  }
}

locals {
  # Severity: 0 critical, 1 error, 2 warning. A rule fires if its query returns a row. Rules are billed by
  # their frequency, so each runs only as often as an operator could respond.
  alerts = {
    reports_failing = {
      title    = "Reports are failing: find the reason in the runbook's first query"
      severity = 1
      window   = "PT30M"
      every    = "PT15M"
    }
    report_open_too_long = {
      title    = "A report has been open for more than an hour: check whether it is stuck"
      severity = 2
      window   = "PT15M"
      every    = "PT15M"
    }
    reconciler_silent = {
      title    = "The reconciler has not run for 15 minutes: check that the app is running"
      severity = 1
      window   = "PT15M"
      every    = "PT15M"
    }
    expiry_silent = {
      title    = "The daily cleanup has not run for 26 hours: expired reports are not deleted"
      severity = 2
      window   = "P2D"
      every    = "PT1H"
    }
    pokeapi_errors = {
      title    = "Requests to PokéAPI are failing: check its status and our request rate"
      severity = 2
      window   = "PT30M"
      every    = "PT15M"
    }
    dead_functions = {
      title     = "A function fails every time: find its exception"
      severity  = 1
      window    = "PT30M"
      every     = "PT15M"
      dimension = "Name"
    }
    daily_cap_reached = {
      title    = "Log collection has stopped at the daily cap: raise daily_cap_gb"
      severity = 1
      window   = "PT15M"
      every    = "PT15M"
    }
  }
}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "this" {
  for_each = local.alerts

  name                = "alert-${local.name}-${replace(each.key, "_", "-")}"
  resource_group_name = local.names.resource_group
  location            = var.location
  tags                = local.tags

  display_name            = each.value.title
  severity                = each.value.severity
  scopes                  = [azurerm_log_analytics_workspace.this.id]
  window_duration         = each.value.window
  evaluation_frequency    = each.value.every
  auto_mitigation_enabled = true # it resolves itself when the query returns no row

  # Azure rejects a query of a table that has no rows yet. tests/integration/test_infra_queries.py validates them.
  skip_query_validation = true

  criteria {
    query                   = file("${path.module}/kql/alerts/${each.key}.kql")
    time_aggregation_method = "Count"
    operator                = "GreaterThan"
    threshold               = 0

    dynamic "dimension" {
      for_each = compact([try(each.value.dimension, null)])

      content {
        name     = dimension.value
        operator = "Include"
        values   = ["*"] # one alert per value
      }
    }
  }

  action {
    action_groups     = [azurerm_monitor_action_group.this.id]
    custom_properties = { runbook = "docs/operations.md#${each.key}" }
  }
}

# Azure reports that the app or its storage is degraded because of a platform problem.
resource "azurerm_monitor_activity_log_alert" "resource_health" {
  name                = "alert-${local.name}-resource-health"
  resource_group_name = local.names.resource_group
  location            = "global"
  scopes              = [local.resource_group_id]
  tags                = local.tags

  criteria {
    category = "ResourceHealth"
    resource_health {
      current  = ["Degraded", "Unavailable"]
      previous = ["Available"]
      reason   = ["PlatformInitiated", "Unknown"]
    }
  }

  action {
    action_group_id = azurerm_monitor_action_group.this.id
  }
}
