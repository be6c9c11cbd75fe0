# What the app is told, for both engines.

mock_provider "azurerm" {
  source = "./tests/mocks/azurerm"
}

mock_provider "azapi" {
  source = "./tests/mocks/azapi"
}

variables {
  subscription_id = "00000000-0000-0000-0000-000000000001"
}

run "the_app_runs_as_the_design_says" {
  assert {
    condition = azapi_resource.this.body.properties.functionAppConfig.runtime == {
      name    = "python"
      version = "3.13"
    }
    error_message = "The runtime is not Python 3.13."
  }
  assert {
    condition     = azapi_resource.this.body.properties.functionAppConfig.scaleAndConcurrency.instanceMemoryMB == 2048 && azurerm_service_plan.this.sku_name == "FC1"
    error_message = "The app is not on Flex Consumption with 2048 MB."
  }
  assert {
    condition     = azapi_resource.this.body.properties.functionAppConfig.scaleAndConcurrency.triggers.http.perInstanceConcurrency == 16
    error_message = "An instance answers one request at a time, the default for Python."
  }
  assert {
    condition     = length(azapi_resource.this.body.properties.functionAppConfig.scaleAndConcurrency.alwaysReady) == 0
    error_message = "Instances are kept ready, and paid for, without having been asked for."
  }
  assert {
    condition     = azapi_resource.this.body.properties.functionAppConfig.deployment.storage.value == "https://stmock.blob.core.windows.net/deployments"
    error_message = "The package is looked for in the wrong place."
  }
}

run "every_setting_reaches_the_app" {
  assert {
    condition     = { for one in azapi_resource.this.body.properties.siteConfig.appSettings : one.name => one.value } == local.app_settings
    error_message = "The app's settings are not local.app_settings."
  }
}

run "storage_and_telemetry_use_the_identity" {
  assert {
    condition = alltrue([
      local.app_settings.AzureWebJobsStorage__accountName == azurerm_storage_account.this.name,
      local.app_settings.AzureWebJobsStorage__credential == "managedidentity",
      local.app_settings.AzureWebJobsStorage__clientId == azurerm_user_assigned_identity.this.client_id,
    ])
    error_message = "The host's storage is not used with the identity."
  }
  assert {
    condition = alltrue([
      local.app_settings.ReportStorage__blobServiceUri == "https://stmock.blob.core.windows.net",
      local.app_settings.ReportStorage__tableServiceUri == "https://stmock.table.core.windows.net",
      local.app_settings.ReportStorage__credential == "managedidentity",
      local.app_settings.ReportStorage__clientId == azurerm_user_assigned_identity.this.client_id,
    ])
    error_message = "The reports' storage is not used with the identity."
  }
  assert {
    condition     = local.app_settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING == "Authorization=AAD;ClientId=${azurerm_user_assigned_identity.this.client_id}"
    error_message = "Telemetry is not sent with the identity, and nothing else is taken."
  }
}

run "only_requests_to_pokeapi_are_traced" {
  variables {
    pokeapi_base_url            = "https://mirror.example.com/api/v2"
    pokeapi_sampling_percentage = 25
  }

  assert {
    condition     = local.app_settings.OTEL_PYTHON_REQUESTS_EXCLUDED_URLS == "^(?!https://mirror\\.example\\.com/api/v2)"
    error_message = "The URLs that are left out are not those outside PokéAPI."
  }
  assert {
    condition     = local.app_settings.OTEL_TRACES_SAMPLER_ARG == "0.25"
    error_message = "The share is not the percentage."
  }
}

run "azure_storage_needs_no_other_engine" {
  assert {
    condition     = length(azapi_resource.scheduler) == 0 && length(azapi_resource.task_hub) == 0
    error_message = "A scheduler is made that nothing uses."
  }
  assert {
    condition     = length([for name in keys(local.app_settings) : name if startswith(name, "AzureFunctionsJobHost__")]) == 0
    error_message = "host.json is overridden without need."
  }
}

run "the_scheduler_is_used_without_a_second_host_json" {
  variables {
    durable_backend = "durable_task_scheduler"
  }

  assert {
    condition     = local.app_settings.AzureFunctionsJobHost__extensions__durableTask__storageProvider__type == "azureManaged"
    error_message = "Durable would go on with what host.json says."
  }
  assert {
    condition     = local.app_settings[local.app_settings.AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName] == "Endpoint=https://dts-mock.westeurope.durabletask.io;Authentication=ManagedIdentity;ClientID=${azurerm_user_assigned_identity.this.client_id}"
    error_message = "The setting with the scheduler's connection is missing or wrong."
  }
  assert {
    condition     = azapi_resource.task_hub[0].name == jsondecode(file("../host.json")).extensions.durableTask.hubName
    error_message = "The hub is not the one that host.json names."
  }
  assert {
    condition     = azapi_resource.scheduler[0].body.properties.sku == { name = "Consumption" }
    error_message = "The scheduler costs by the hour without having been asked to."
  }
}

run "a_dedicated_scheduler_has_units" {
  variables {
    durable_backend    = "durable_task_scheduler"
    scheduler_sku      = "Dedicated"
    scheduler_capacity = 2
  }

  assert {
    condition     = azapi_resource.scheduler[0].body.properties.sku.capacity == 2
    error_message = "The units are lost."
  }
}

run "what_is_not_tuned_is_not_set" {
  assert {
    condition     = length(setintersection(keys(local.app_settings), [for name in keys(var.tuning) : upper(name)])) == 0
    error_message = "A setting repeats the code's default, and the two can drift apart."
  }
}

run "what_is_tuned_is_set" {
  variables {
    tuning = {
      pokemon_per_activity = 10
      shards_in_flight     = 4
    }
    retention_days       = 90
    reconcile_schedule   = "0 */5 * * * *"
    worker_threads       = 128
    always_ready_durable = 2
  }

  assert {
    condition     = local.app_settings.POKEMON_PER_ACTIVITY == "10" && local.app_settings.SHARDS_IN_FLIGHT == "4" && !contains(keys(local.app_settings), "SHARD_SIZE")
    error_message = "Tuning does not reach the app."
  }
  assert {
    condition     = local.app_settings.RETENTION_DAYS == "90" && azurerm_storage_management_policy.this.rule[0].actions[0].base_blob[0].delete_after_days_since_modification_greater_than == 97
    error_message = "The lifecycle rule is not a week behind the app's own expiry."
  }
  assert {
    condition     = local.app_settings.RECONCILE_SCHEDULE == "0 */5 * * * *"
    error_message = "The reconciler's schedule is lost."
  }
  assert {
    condition     = local.app_settings.PYTHON_THREADPOOL_THREAD_COUNT == "128"
    error_message = "The worker's threads are lost."
  }
  assert {
    condition     = [for one in azapi_resource.this.body.properties.functionAppConfig.scaleAndConcurrency.alwaysReady : "${one.name} ${one.instanceCount}"] == ["durable 2"]
    error_message = "No instance is kept ready for orchestrations."
  }
}

run "the_site_and_the_app_are_linked" {
  assert {
    condition     = azurerm_static_web_app.this.sku_tier == "Standard" && azapi_resource.linked_backend.parent_id == azurerm_static_web_app.this.id && azapi_resource.linked_backend.body.properties.backendResourceId == azapi_resource.this.id
    error_message = "The site does not lead to the app."
  }
}

run "the_tables_that_the_app_uses_are_there" {
  assert {
    condition     = toset(values(azapi_resource.table)[*].name) == toset(["pokeapi", "reports"])
    error_message = "A table is missing, or one is made that nothing uses."
  }
  assert {
    condition     = alltrue([for one in azapi_resource.table : one.parent_id == "${azurerm_storage_account.this.id}/tableServices/default"])
    error_message = "A table is in another account."
  }
}
