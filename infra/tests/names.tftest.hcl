# Names fit Azure's rules for the shortest and the longest that may be asked for, everywhere.

mock_provider "azurerm" {
  source = "./tests/mocks/azurerm"
}

mock_provider "azapi" {
  source = "./tests/mocks/azapi"
}

variables {
  subscription_id = "00000000-0000-0000-0000-000000000001"
}

run "the_shortest_prefix_in_dev" {
  variables {
    prefix          = "ab"
    environment     = "dev"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_shortest_prefix_in_test" {
  variables {
    prefix          = "ab"
    environment     = "test"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_shortest_prefix_in_stage" {
  variables {
    prefix          = "ab"
    environment     = "stage"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_shortest_prefix_in_prod" {
  variables {
    prefix          = "ab"
    environment     = "prod"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_usual_prefix_in_dev" {
  variables {
    prefix          = "poke-queue"
    environment     = "dev"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_usual_prefix_in_test" {
  variables {
    prefix          = "poke-queue"
    environment     = "test"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_usual_prefix_in_stage" {
  variables {
    prefix          = "poke-queue"
    environment     = "stage"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_usual_prefix_in_prod" {
  variables {
    prefix          = "poke-queue"
    environment     = "prod"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_longest_prefix_in_dev" {
  variables {
    prefix          = "a1-b2-c3-d45"
    environment     = "dev"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_longest_prefix_in_test" {
  variables {
    prefix          = "a1-b2-c3-d45"
    environment     = "test"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_longest_prefix_in_stage" {
  variables {
    prefix          = "a1-b2-c3-d45"
    environment     = "stage"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "the_longest_prefix_in_prod" {
  variables {
    prefix          = "a1-b2-c3-d45"
    environment     = "prod"
    durable_backend = "durable_task_scheduler"
    private_network = true
  }

  assert {
    condition     = can(regex("^[a-z0-9]{3,24}$", azurerm_storage_account.this.name))
    error_message = "A storage account has 3 to 24 lower-case letters and digits, not ${azurerm_storage_account.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$", azapi_resource.this.name))
    error_message = "A function app has 2 to 32 letters, digits and hyphens (host ids are cut off at 32), not ${azapi_resource.this.name}."
  }
  assert {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", azapi_resource.scheduler[0].name))
    error_message = "A scheduler has 3 to 64 letters, digits and hyphens, not ${azapi_resource.scheduler[0].name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "A task hub is alphanumeric and at most 45 long, not ${azapi_resource.task_hub[0].name}."
  }
  assert {
    condition     = length(azurerm_monitor_action_group.this.short_name) >= 1 && length(azurerm_monitor_action_group.this.short_name) <= 12
    error_message = "An action group's short name has 1 to 12 characters, not ${azurerm_monitor_action_group.this.short_name}."
  }
  assert {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$", azurerm_log_analytics_workspace.this.name))
    error_message = "A workspace has 4 to 63 letters, digits and hyphens, not ${azurerm_log_analytics_workspace.this.name}."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "A workbook's name is a GUID, not ${azurerm_application_insights_workbook.this.name}."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names have single hyphens, and none at an end."
  }
}

run "two_subscriptions_do_not_share_a_global_name" {
  variables {
    subscription_id = "00000000-0000-0000-0000-000000000002"
  }

  assert {
    condition     = azurerm_storage_account.this.name != run.the_usual_prefix_in_dev.storage_account_name
    error_message = "The same prefix in another subscription would be refused: the storage account's name is taken for all of Azure."
  }
}
