# The function app's settings. tests/integration/test_infra.py compares their names with those that the code reads.

locals {
  app_settings = merge(
    # The host's storage: locks, the deployed package and, with durable_backend = azure_storage, the
    # orchestrations. With an account name instead of a connection string, the host uses an identity.
    {
      AzureWebJobsStorage__accountName = azurerm_storage_account.this.name
      AzureWebJobsStorage__credential  = "managedidentity"
      AzureWebJobsStorage__clientId    = azurerm_user_assigned_identity.this.client_id
    },

    # The storage of reports.
    {
      ReportStorage__blobServiceUri  = trimsuffix(azurerm_storage_account.this.primary_blob_endpoint, "/")
      ReportStorage__tableServiceUri = trimsuffix(azurerm_storage_account.this.primary_table_endpoint, "/")
      ReportStorage__credential      = "managedidentity"
      ReportStorage__clientId        = azurerm_user_assigned_identity.this.client_id
      RETENTION_DAYS                 = tostring(var.retention_days)
    },

    # The app. Without PYTHON_THREADPOOL_THREAD_COUNT the worker has about cores + 4 threads, fewer than the
    # activities that host.json allows at once.
    {
      POKEAPI_BASE_URL               = var.pokeapi_base_url
      PYTHON_THREADPOOL_THREAD_COUNT = tostring(var.worker_threads)
      RECONCILE_SCHEDULE             = var.reconcile_schedule
      AzureWebJobsDisableHomepage    = "true"
    },
    { for name, value in var.tuning : upper(name) => tostring(value) },

    # Flex Consumption has these in its configuration and rejects the settings. On Functions Premium, the app runs from
    # a package in a container, because the usual file share needs a storage key.
    local.is_flex ? {} : {
      FUNCTIONS_EXTENSION_VERSION                  = "~4"
      FUNCTIONS_WORKER_RUNTIME                     = "python"
      WEBSITE_RUN_FROM_PACKAGE                     = "${local.deployments_url}/app.zip"
      WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID = azurerm_user_assigned_identity.this.id
    },

    # Telemetry. The host sends executions. The worker sends the app's events itself, because the host forwards
    # the message of a log record without its dimensions. Both authenticate with the identity.
    {
      APPLICATIONINSIGHTS_CONNECTION_STRING       = azurerm_application_insights.this.connection_string
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING   = "Authorization=AAD;ClientId=${azurerm_user_assigned_identity.this.client_id}"
      PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY = "true"
      PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME      = local.telemetry.logger

      # Trace requests to PokéAPI and nothing else. Storage calls use the same HTTP library, so every URL that
      # does not start with PokéAPI's base URL is excluded.
      OTEL_PYTHON_DISABLED_INSTRUMENTATIONS = "azure_sdk,django,fastapi,flask,httpx,psycopg2,urllib,urllib3"
      OTEL_PYTHON_REQUESTS_EXCLUDED_URLS    = "^(?!${replace(var.pokeapi_base_url, ".", "\\.")})"
      OTEL_TRACES_SAMPLER                   = "microsoft.fixed_percentage"
      OTEL_TRACES_SAMPLER_ARG               = tostring(var.pokeapi_sampling_percentage / 100)
      OTEL_METRICS_EXPORTER                 = "none" # unused, and billed
    },

    # The Durable Task Scheduler: these settings override host.json.
    local.use_scheduler ? {
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type                 = "azureManaged"
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName = local.scheduler_connection
      (local.scheduler_connection)                                                          = "Endpoint=${azapi_resource.scheduler[0].output.properties.endpoint};Authentication=ManagedIdentity;ClientID=${azurerm_user_assigned_identity.this.client_id}"
    } : {},
  )
}
