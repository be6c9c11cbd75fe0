# Resource names follow Azure's naming rules for the shortest, the default and the longest prefix and environment.

mock_provider "azurerm" {
  source = "./tests/mocks/azurerm"
}

mock_provider "azapi" {
  source = "./tests/mocks/azapi"
}

variables {
  subscription_id = "00000000-0000-0000-0000-000000000001"
}

run "shortest_names" {
  variables {
    prefix          = "ab"
    environment     = "dev"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "The storage account's name must have 3 to 24 lower-case letters and digits; got ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "The function app's name must have 2 to 32 letters, digits and hyphens (host ids are truncated at 32); got ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "The scheduler's name must have 3 to 64 letters, digits and hyphens; got ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "The task hub's name must have 3 to 45 letters and digits; got ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "The action group's short name must have 1 to 12 characters; got ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "The workspace's name must have 4 to 63 letters, digits and hyphens; got ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "The workbook's name must be a GUID; got ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names must not contain two hyphens in a row, or start or end with a hyphen."
  }
}

run "default_names" {
  variables {
    prefix          = "poke-queue"
    environment     = "prod"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "The storage account's name must have 3 to 24 lower-case letters and digits; got ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "The function app's name must have 2 to 32 letters, digits and hyphens (host ids are truncated at 32); got ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "The scheduler's name must have 3 to 64 letters, digits and hyphens; got ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "The task hub's name must have 3 to 45 letters and digits; got ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "The action group's short name must have 1 to 12 characters; got ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "The workspace's name must have 4 to 63 letters, digits and hyphens; got ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "The workbook's name must be a GUID; got ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names must not contain two hyphens in a row, or start or end with a hyphen."
  }
}

run "longest_names" {
  variables {
    prefix          = "a1-b2-c3-d45"
    environment     = "stage"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "The storage account's name must have 3 to 24 lower-case letters and digits; got ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "The function app's name must have 2 to 32 letters, digits and hyphens (host ids are truncated at 32); got ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "The scheduler's name must have 3 to 64 letters, digits and hyphens; got ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "The task hub's name must have 3 to 45 letters and digits; got ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "The action group's short name must have 1 to 12 characters; got ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "The workspace's name must have 4 to 63 letters, digits and hyphens; got ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "The workbook's name must be a GUID; got ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names must not contain two hyphens in a row, or start or end with a hyphen."
  }
}

run "global_names_differ_between_subscriptions" {
  variables {
    subscription_id = "00000000-0000-0000-0000-000000000002"
  }

  assert {
    condition     = azurerm_storage_account.this.name != run.the_usual_prefix_in_dev.storage_account_name
    error_message = "The storage account's name must be unique in Azure, but another subscription with the same prefix gets the same name."
  }
}
