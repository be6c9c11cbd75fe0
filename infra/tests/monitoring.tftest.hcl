# Alerts, workbook, caps and budget.

mock_provider "azurerm" {
  source = "./tests/mocks/azurerm"
}

mock_provider "azapi" {
  source = "./tests/mocks/azapi"
}

variables {
  subscription_id = "00000000-0000-0000-0000-000000000001"
  environment     = "dev"
}

run "every_alert_has_a_rule_and_an_action" {
  variables {
    alert_emails = ["on-call@example.com", "team@example.com"]
  }

  assert {
    condition     = length(azurerm_monitor_scheduled_query_rules_alert_v2.this) == length(fileset("./kql/alerts", "*.kql"))
    error_message = "A query in kql/alerts has no alert rule."
  }
  assert {
    condition     = alltrue([for rule in azurerm_monitor_scheduled_query_rules_alert_v2.this : rule.action[0].action_groups == tolist([azurerm_monitor_action_group.this.id])])
    error_message = "An alert has no action group."
  }
  assert {
    condition     = alltrue([for rule in azurerm_monitor_scheduled_query_rules_alert_v2.this : rule.criteria[0].threshold == 0 && rule.criteria[0].operator == "GreaterThan"])
    error_message = "A rule must fire if its query returns any row."
  }
  assert {
    condition     = azurerm_monitor_action_group.this.email_receiver[*].email_address == tolist(["on-call@example.com", "team@example.com"])
    error_message = "An address in alert_emails has no receiver."
  }
}

run "the_workbook_has_a_panel_for_every_query" {
  assert {
    condition = toset([
      for item in jsondecode(azurerm_application_insights_workbook.this.data_json).items : item.name if item.type == 3
    ]) == toset([for path in fileset("./kql/workbook", "*.kql") : trimsuffix(path, ".kql")])
    error_message = "A query in kql/workbook has no panel."
  }
  assert {
    condition = alltrue([
      for item in jsondecode(azurerm_application_insights_workbook.this.data_json).items :
      item.content.crossComponentResources == [azurerm_log_analytics_workspace.this.id] && item.content.timeContextFromParameter == "TimeRange" if item.type == 3
    ])
    error_message = "A panel does not query the workspace, or ignores the selected time range."
  }
  assert {
    condition     = azurerm_application_insights_workbook.this.source_id == lower(azurerm_application_insights.this.id)
    error_message = "The workbook is not linked to Application Insights."
  }
}

run "log_volume_is_capped" {
  variables {
    daily_cap_gb = 0.5
  }

  assert {
    condition     = azurerm_log_analytics_workspace.this.daily_quota_gb == 0.5 && azurerm_application_insights.this.daily_data_cap_in_gb == 0.5
    error_message = "The caps of the workspace and of Application Insights differ."
  }
  assert {
    condition     = azurerm_application_insights.this.workspace_id == azurerm_log_analytics_workspace.this.id
    error_message = "Application Insights does not use the workspace that the queries read."
  }
}

run "the_budget_sends_notifications" {
  assert {
    condition     = toset([for notification in azurerm_consumption_budget_resource_group.this[0].notification : "${notification.threshold_type} ${notification.threshold}"]) == toset(["Actual 80", "Forecasted 100"])
    error_message = "The budget's thresholds differ from its description."
  }
  assert {
    condition     = can(regex("^20[0-9]{2}-[0-9]{2}-01T00:00:00Z$", azurerm_consumption_budget_resource_group.this[0].time_period[0].start_date))
    error_message = "A budget must start on the first day of a month."
  }
  assert {
    condition     = azurerm_consumption_budget_resource_group.this[0].resource_group_id == local.resource_group_id
    error_message = "The budget covers another scope than this deployment's resource group."
  }
}

run "the_budget_can_be_omitted" {
  command = plan

  variables {
    monthly_budget = null
  }

  assert {
    condition     = length(azurerm_consumption_budget_resource_group.this) == 0
    error_message = "A budget is created although monthly_budget is null, which some subscriptions reject."
  }
}

run "the_health_alert_covers_the_whole_deployment" {
  assert {
    condition     = azurerm_monitor_activity_log_alert.resource_health.scopes == toset([local.resource_group_id])
    error_message = "The health of a resource of this deployment raises no alert, or that of another one does."
  }
}

run "prod_without_recipients_is_reported" {
  command = plan

  variables {
    environment = "prod"
  }

  expect_failures = [check.prod_has_recipients]
}

run "deletions_are_logged_only_on_request" {
  assert {
    condition     = length(azurerm_monitor_diagnostic_setting.deletions) == 0
    error_message = "Deletions are logged, and billed, although log_deletions is false."
  }
}

run "log_deletions_logs_deletions_and_nothing_else" {
  variables {
    log_deletions = true
  }

  assert {
    condition = { for service, setting in azurerm_monitor_diagnostic_setting.deletions : service => setting.target_resource_id } == {
      blob  = "${azurerm_storage_account.this.id}/blobServices/default"
      table = "${azurerm_storage_account.this.id}/tableServices/default"
    }
    error_message = "Deletions of blobs or of tables are not logged."
  }
  assert {
    condition     = alltrue([for setting in azurerm_monitor_diagnostic_setting.deletions : setting.enabled_log[*].category == tolist(["StorageDelete"]) && setting.log_analytics_workspace_id == azurerm_log_analytics_workspace.this.id])
    error_message = "Operations other than deletions are logged, or the log is not in the workspace."
  }
}
