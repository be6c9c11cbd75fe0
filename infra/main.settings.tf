# The function app's settings. tests/integration/test_infra.py compares their names with what the code reads.

locals {
  app_settings = merge(
    # The host's own storage: locks, the deployed package and, with durable_backend = azure_storage,
    # the orchestrations. An account name instead of a connection string means an identity is used.
    {
      AzureWebJobsStorage__accountName = azurerm_storage_account.this.name
      AzureWebJobsStorage__credential  = "managedidentity"
      AzureWebJobsStorage__clientId    = azurerm_user_assigned_identity.this.client_id
    },

    # The reports.
    {
      ReportStorage__blobServiceUri  = trimsuffix(azurerm_storage_account.this.primary_blob_endpoint, "/")
      ReportStorage__tableServiceUri = trimsuffix(azurerm_storage_account.this.primary_table_endpoint, "/")
      ReportStorage__credential      = "managedidentity"
      ReportStorage__clientId        = azurerm_user_assigned_identity.this.client_id
      RETENTION_DAYS                 = tostring(var.retention_days)
    },

    # The app. Threads: the worker has about cores + 4 of them where this is not set, and the
    # activities that host.json lets run at once would wait for one another.
    {
      POKEAPI_BASE_URL               = var.pokeapi_base_url
      PYTHON_THREADPOOL_THREAD_COUNT = tostring(var.worker_threads)
      RECONCILE_SCHEDULE             = var.reconcile_schedule
      AzureWebJobsDisableHomepage    = "true"
    },
    { for name, value in var.tuning : upper(name) => tostring(value) if value != null },

    # Telemetry. The host sends what it knows of executions; the app's own events are sent by the worker
    # itself, because what the host passes on of a log record is its message, without its dimensions.
    # Both sign in with the identity: Application Insights takes nothing from anyone else.
    {
      APPLICATIONINSIGHTS_CONNECTION_STRING       = azurerm_application_insights.this.connection_string
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING   = "Authorization=AAD;ClientId=${azurerm_user_assigned_identity.this.client_id}"
      PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY = "true"
      PYTHON_APPLICATIONINSIGHTS_LOGGER_NAME      = local.telemetry.logger

      # Of what azure-monitor-opentelemetry can trace, requests to PokéAPI are of use. Calls to the
      # storage go over the same library: every URL that does not begin with PokéAPI's is left out.
      OTEL_PYTHON_DISABLED_INSTRUMENTATIONS = "azure_sdk,django,fastapi,flask,httpx,psycopg2,urllib,urllib3"
      OTEL_PYTHON_REQUESTS_EXCLUDED_URLS    = "^(?!${replace(var.pokeapi_base_url, ".", "\\.")})"
      OTEL_TRACES_SAMPLER                   = "microsoft.fixed_percentage"
      OTEL_TRACES_SAMPLER_ARG               = tostring(var.pokeapi_sampling_percentage / 100)
      OTEL_METRICS_EXPORTER                 = "none" # nobody looks at them, and they cost by the minute
    },

    # The managed engine, if it is the one: these override what host.json says, which stays as it is.
    local.use_scheduler ? {
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type                 = "azureManaged"
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName = local.scheduler_connection
      (local.scheduler_connection)                                                          = "Endpoint=${azapi_resource.scheduler[0].output.properties.endpoint};Authentication=ManagedIdentity;ClientID=${azurerm_user_assigned_identity.this.client_id}"
    } : {},
  )
}
