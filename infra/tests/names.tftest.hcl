# Resource names follow Azure's naming rules for the shortest and the longest prefix and environment.

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

run "shortest_names" {
  command = plan

  variables {
    prefix = "ab"
  }

  assert {
    condition = alltrue([for kind, name in local.names : can(regex({
      function_app    = "^[a-z][a-z0-9-]{0,30}[a-z0-9]$" # a host id is truncated at 32 characters
      scheduler       = "^[a-z][a-z0-9-]{1,62}[a-z0-9]$"
      storage_account = "^[a-z][a-z0-9]{2,23}$"
      workspace       = "^[a-z][a-z0-9-]{2,61}[a-z0-9]$"
    }[kind], name)) if contains(["function_app", "scheduler", "storage_account", "workspace"], kind)])
    error_message = "A name is too short, or has a character that Azure does not allow: ${jsonencode(local.names)}."
  }
  assert {
    condition     = azurerm_monitor_action_group.this.short_name == "ab"
    error_message = "The action group's short name must have 1 to 12 characters."
  }
}

run "longest_names" {
  command = plan

  variables {
    prefix      = "a1b2c3d4e5f6"
    environment = "stage"
  }

  assert {
    condition = alltrue([for kind, name in local.names : can(regex({
      function_app    = "^[a-z][a-z0-9-]{0,30}[a-z0-9]$" # a host id is truncated at 32 characters
      scheduler       = "^[a-z][a-z0-9-]{1,62}[a-z0-9]$"
      storage_account = "^[a-z][a-z0-9]{2,23}$"
      workspace       = "^[a-z][a-z0-9-]{2,61}[a-z0-9]$"
    }[kind], name)) if contains(["function_app", "scheduler", "storage_account", "workspace"], kind)])
    error_message = "A name is too long, or has a character that Azure does not allow: ${jsonencode(local.names)}."
  }
  assert {
    condition     = azurerm_monitor_action_group.this.short_name == "a1b2c3d4e5f6"
    error_message = "The action group's short name must have 1 to 12 characters."
  }
  assert {
    condition     = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", azurerm_application_insights_workbook.this.name))
    error_message = "The workbook's name must be a GUID."
  }
}

# The resources use these names, so the rules above hold for them.
run "resources_have_these_names" {
  command = plan

  variables {
    durable_backend = "durable_task_scheduler"
  }

  assert {
    condition     = azurerm_storage_account.this.name == local.names.storage_account && azapi_resource.function_app.name == local.names.function_app && azapi_resource.scheduler[0].name == local.names.scheduler && azurerm_log_analytics_workspace.this.name == local.names.workspace
    error_message = "A resource does not use its name in local.names."
  }
  assert {
    condition     = alltrue([for name in values(local.names) : can(regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$", name)) && !strcontains(name, "--")])
    error_message = "Names must not contain two hyphens in a row, or start or end with a hyphen: ${jsonencode(local.names)}."
  }
  assert {
    condition     = startswith(local.names.storage_account, "stpokequeuedev") && azurerm_monitor_action_group.this.short_name == "pokequeue"
    error_message = "A name that allows no hyphens has the prefix's hyphens."
  }
  assert {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9]{2,44}$", azapi_resource.task_hub[0].name))
    error_message = "The task hub's name must have 3 to 45 letters and digits."
  }
}

run "global_names_differ_between_subscriptions" {
  command = plan

  variables {
    subscription_id = "00000000-0000-0000-0000-000000000002"
  }

  assert {
    condition     = azurerm_storage_account.this.name != run.resources_have_these_names.storage_account_name && azapi_resource.function_app.name != run.resources_have_these_names.function_app_name
    error_message = "A name must be unique in Azure, but another subscription with the same prefix gets the same one."
  }
}
