# The function app and its settings, for both Durable backends.

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

run "the_app_has_the_expected_plan_and_runtime" {
  assert {
    condition = azapi_resource.function_app.body.properties.functionAppConfig.runtime == {
      name    = "python"
      version = "3.13"
    }
    error_message = "The runtime is not Python 3.13."
  }
  assert {
    condition     = azapi_resource.function_app.body.properties.functionAppConfig.scaleAndConcurrency.instanceMemoryMB == 2048 && azurerm_service_plan.this.sku_name == "FC1"
    error_message = "The app is not on Flex Consumption with 2048 MB."
  }
  # Otherwise azapi compares Azure's answer with another spelling and updates the app in every deployment.
  assert {
    condition     = endswith(azapi_resource.function_app.body.properties.serverFarmId, "/providers/Microsoft.Web/serverfarms/asp")
    error_message = "The plan's id is not spelled as Azure returns it."
  }
  assert {
    condition = {
      storage        = azapi_resource.function_app.body.properties.functionAppConfig.deployment.storage.type
      authentication = azapi_resource.function_app.body.properties.functionAppConfig.deployment.storage.authentication.type
    } == { storage = "blobcontainer", authentication = "userassignedidentity" }
    error_message = "The types of the deployment storage are not spelled as Azure returns them."
  }
  # By default, Azure deletes the plan together with its last app. An app that has to be created again, for example because
  # its creation failed, would not find its plan.
  assert {
    condition     = azapi_resource.function_app.delete_query_parameters == tomap({ deleteEmptyServerFarm = tolist(["false"]) })
    error_message = "Deleting the app deletes its plan."
  }
  assert {
    condition = length(setintersection(keys(local.app_settings), [
      "AzureWebJobsStorage", "ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION",
      "SCM_DO_BUILD_DURING_DEPLOYMENT", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_CONTENTSHARE", "WEBSITE_RUN_FROM_PACKAGE",
    ])) == 0
    error_message = "Flex Consumption rejects one of the settings."
  }
  assert {
    condition     = azapi_resource.function_app.body.properties.functionAppConfig.scaleAndConcurrency.triggers.http.perInstanceConcurrency == 16
    error_message = "An instance handles only one request at a time, which is the default for Python."
  }
  assert {
    condition     = length(azapi_resource.function_app.body.properties.functionAppConfig.scaleAndConcurrency.alwaysReady) == 0
    error_message = "Always-ready instances are billed although always_ready_durable is 0."
  }
  assert {
    condition     = azapi_resource.function_app.body.properties.functionAppConfig.deployment.storage.value == "https://stmock.blob.core.windows.net/deployments"
    error_message = "The location of the deployment package is wrong."
  }
}

run "on_functions_premium_the_app_runs_from_a_package" {
  variables {
    function_plan          = "EP1"
    maximum_instance_count = 100
  }

  assert {
    condition     = azurerm_service_plan.this.sku_name == "EP1" && azurerm_service_plan.this.maximum_elastic_worker_count == 20 && azurerm_service_plan.this.name == "asp-poke-queue-dev-premium"
    error_message = "The plan is not Functions Premium, scales without a limit, or replaces the other plan in place."
  }
  assert {
    condition     = azapi_resource.function_app.body.properties.reserved && azapi_resource.function_app.body.properties.siteConfig.linuxFxVersion == "Python|3.13"
    error_message = "The runtime is not Python 3.13 on Linux."
  }
  assert {
    condition     = !contains(keys(azapi_resource.function_app.body.properties), "functionAppConfig")
    error_message = "Only Flex Consumption accepts functionAppConfig."
  }
  assert {
    condition     = { for setting in azapi_resource.function_app.body.properties.siteConfig.appSettings : setting.name => setting.value } == local.app_settings
    error_message = "The app's settings differ from local.app_settings."
  }
  assert {
    condition = alltrue([
      local.app_settings.FUNCTIONS_EXTENSION_VERSION == "~4",
      local.app_settings.FUNCTIONS_WORKER_RUNTIME == "python",
      local.app_settings.WEBSITE_RUN_FROM_PACKAGE == "https://stmock.blob.core.windows.net/deployments/app.zip",
      local.app_settings.WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID == azurerm_user_assigned_identity.this.id,
    ])
    error_message = "The app does not find its package, or reads it without its identity."
  }
  assert {
    condition     = azapi_update_resource.authentication.body.properties.globalValidation.unauthenticatedClientAction == "Return401" && azapi_resource.linked_backend.body.properties.backendResourceId == azapi_resource.function_app.id
    error_message = "The site is not linked to the app, or the app accepts direct calls."
  }
}

run "the_app_has_all_settings" {
  assert {
    condition     = { for setting in azapi_resource.function_app.body.properties.siteConfig.appSettings : setting.name => setting.value } == local.app_settings
    error_message = "The app's settings differ from local.app_settings."
  }
}

run "storage_and_telemetry_use_the_identity" {
  assert {
    condition = alltrue([
      local.app_settings.AzureWebJobsStorage__accountName == azurerm_storage_account.this.name,
      local.app_settings.AzureWebJobsStorage__credential == "managedidentity",
      local.app_settings.AzureWebJobsStorage__clientId == azurerm_user_assigned_identity.this.client_id,
    ])
    error_message = "The host does not access its storage with the identity."
  }
  assert {
    condition = alltrue([
      local.app_settings.ReportStorage__blobServiceUri == "https://stmock.blob.core.windows.net",
      local.app_settings.ReportStorage__tableServiceUri == "https://stmock.table.core.windows.net",
      local.app_settings.ReportStorage__credential == "managedidentity",
      local.app_settings.ReportStorage__clientId == azurerm_user_assigned_identity.this.client_id,
    ])
    error_message = "The app does not access the report storage with the identity."
  }
  assert {
    condition     = local.app_settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING == "Authorization=AAD;ClientId=${azurerm_user_assigned_identity.this.client_id}"
    error_message = "Telemetry is not sent with the identity, so Application Insights rejects it."
  }
}

run "only_requests_to_pokeapi_are_traced" {
  variables {
    pokeapi_base_url            = "https://mirror.example.com/api/v2"
    pokeapi_sampling_percentage = 25
  }

  assert {
    condition     = local.app_settings.OTEL_PYTHON_REQUESTS_EXCLUDED_URLS == "^(?!https://mirror\\.example\\.com/api/v2)"
    error_message = "The excluded URLs are not exactly those outside PokéAPI."
  }
  assert {
    condition     = local.app_settings.OTEL_TRACES_SAMPLER_ARG == "0.25"
    error_message = "The sampling ratio differs from pokeapi_sampling_percentage."
  }
}

run "with_azure_storage_there_is_no_scheduler" {
  assert {
    condition     = length(azapi_resource.scheduler) == 0 && length(azapi_resource.task_hub) == 0
    error_message = "A scheduler is created although nothing uses it."
  }
  assert {
    condition     = length([for name in keys(local.app_settings) : name if startswith(name, "AzureFunctionsJobHost__")]) == 0
    error_message = "Settings override host.json without need."
  }
}

run "settings_select_the_scheduler" {
  variables {
    durable_backend = "durable_task_scheduler"
  }

  assert {
    condition     = local.app_settings.AzureFunctionsJobHost__extensions__durableTask__storageProvider__type == "azureManaged"
    error_message = "The storage provider of host.json is not overridden."
  }
  assert {
    condition     = local.app_settings[local.app_settings.AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName] == "Endpoint=https://dts-mock.westeurope.durabletask.io;Authentication=ManagedIdentity;ClientID=${azurerm_user_assigned_identity.this.client_id}"
    error_message = "The connection setting of the scheduler is missing or wrong."
  }
  assert {
    condition     = azapi_resource.task_hub[0].name == jsondecode(file("../host.json")).extensions.durableTask.hubName
    error_message = "The task hub's name differs from host.json."
  }
  assert {
    condition     = azapi_resource.scheduler[0].body.properties.sku == { name = "Consumption" }
    error_message = "The scheduler does not use the Consumption pricing model by default."
  }
  assert {
    condition     = azapi_resource.scheduler[0].body.properties.ipAllowlist == ["0.0.0.0/0"]
    error_message = "The scheduler rejects the app, which has no fixed address."
  }
}

run "a_dedicated_scheduler_has_capacity_units" {
  variables {
    durable_backend    = "durable_task_scheduler"
    scheduler_sku      = "Dedicated"
    scheduler_capacity = 2
  }

  assert {
    condition     = azapi_resource.scheduler[0].body.properties.sku.capacity == 2
    error_message = "scheduler_capacity is not applied."
  }
}

run "omitted_tuning_is_not_set" {
  assert {
    condition     = length(setintersection(keys(local.app_settings), [for name in keys(local.tuning_ranges) : upper(name)])) == 0
    error_message = "A setting repeats a default of the code, which can then differ."
  }
}

run "variables_reach_the_app" {
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
    error_message = "A value of tuning is missing from the app's settings."
  }
  assert {
    condition     = local.app_settings.RETENTION_DAYS == "90" && azurerm_storage_management_policy.this.rule[0].actions[0].base_blob[0].delete_after_days_since_modification_greater_than == 97
    error_message = "The lifecycle rule must delete CSVs 7 days after retention_days."
  }
  assert {
    condition     = azurerm_storage_management_policy.this.rule[0].filters[0].prefix_match == toset(["reports/"])
    error_message = "The lifecycle rule deletes other blobs than CSVs, such as the deployed package."
  }
  assert {
    condition     = local.app_settings.RECONCILE_SCHEDULE == "0 */5 * * * *"
    error_message = "reconcile_schedule is not applied."
  }
  assert {
    condition     = local.app_settings.PYTHON_THREADPOOL_THREAD_COUNT == "128"
    error_message = "worker_threads is not applied."
  }
  assert {
    condition     = [for ready in azapi_resource.function_app.body.properties.functionAppConfig.scaleAndConcurrency.alwaysReady : "${ready.name} ${ready.instanceCount}"] == ["durable 2"]
    error_message = "always_ready_durable is not applied."
  }
}

run "the_site_is_linked_to_the_app" {
  variables {
    location      = "northeurope"
    site_location = "westeurope"
  }

  assert {
    condition     = azapi_resource.linked_backend.body.properties.region == "northeurope"
    error_message = "The link's region is not the app's."
  }
  assert {
    condition     = azurerm_static_web_app.this.sku_tier == "Standard" && azapi_resource.linked_backend.parent_id == azurerm_static_web_app.this.id && azapi_resource.linked_backend.body.properties.backendResourceId == azapi_resource.function_app.id
    error_message = "The site is not linked to the app."
  }
}

run "the_app_has_its_tables" {
  assert {
    condition     = toset(values(azapi_resource.table)[*].name) == toset(["pokeapi", "reports"])
    error_message = "A table is missing or unused."
  }
  assert {
    condition     = alltrue([for table in azapi_resource.table : table.parent_id == "${azurerm_storage_account.this.id}/tableServices/default"])
    error_message = "A table belongs to another storage account."
  }
}
