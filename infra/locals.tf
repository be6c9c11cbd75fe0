locals {
  # Read from the app's own files, so that each value is written only once.
  host      = jsondecode(file("${path.module}/../host.json"))
  telemetry = jsondecode(file("${path.module}/telemetry.json"))

  durable           = local.host.extensions.durableTask
  functions_at_once = local.durable.maxConcurrentActivityFunctions + local.durable.maxConcurrentOrchestratorFunctions

  # Some names must be unique in all of Azure. The suffix is stable for one deployment and differs between
  # subscriptions that use the same prefix.
  suffix = substr(sha256("${var.subscription_id}/${var.prefix}/${var.environment}/${var.location}"), 0, 5)
  name   = "${var.prefix}-${var.environment}"
  names = {
    resource_group       = "rg-${local.name}"
    identity             = "id-${local.name}"
    plan                 = local.is_flex ? "asp-${local.name}" : "asp-${local.name}-premium" # a plan cannot change its kind
    function_app         = "func-${local.name}-${local.suffix}"                              # host ids can collide if it has more than 32 characters
    storage_account      = "st${replace(local.name, "-", "")}${local.suffix}"
    workspace            = "log-${local.name}"
    application_insights = "appi-${local.name}"
    action_group         = "ag-${local.name}"
    site                 = "stapp-${local.name}"
    scheduler            = "dts-${local.name}-${local.suffix}"
    network              = "vnet-${local.name}"
    budget               = "budget-${local.name}"
  }

  # bootstrap.sh creates the group, because the identity that deploys has roles on the group only.
  resource_group_id = "/subscriptions/${var.subscription_id}/resourceGroups/${local.names.resource_group}"

  tags = merge(var.tags, { project = "poke-queue", environment = var.environment, managed_by = "terraform" })

  # The names that adapters/dependencies.py uses.
  reports_container    = "reports"
  reports_table        = "reports"
  pokeapi_table        = "pokeapi" # a cache of PokéAPI's documents; it can be emptied
  deployment_container = "deployments"

  use_scheduler        = var.durable_backend == "durable_task_scheduler"
  scheduler_connection = "DURABLE_TASK_SCHEDULER_CONNECTION_STRING"

  # The minimum and maximum that adapters/settings.py accepts.
  tuning_ranges = {
    activity_attempts               = [1, 20]
    activity_first_retry_seconds    = [0, 3600]
    batch_threads                   = [1, 64]
    max_kept_reports                = [1, 100000]
    max_open_reports                = [1, 100000]
    max_open_visitor_reports        = [1, 100000]
    max_reports_per_hour            = [1, 100000]
    pokeapi_backoff_seconds         = [0, 3600]
    pokeapi_connect_timeout_seconds = [0.1, 3600]
    pokeapi_connections             = [1, 256]
    pokeapi_pause_after_failures    = [1, 10000]
    pokeapi_pause_seconds           = [0.1, 3600]
    pokeapi_read_timeout_seconds    = [0.1, 3600]
    pokeapi_retries                 = [0, 10]
    pokemon_per_activity            = [1, 1000]
    reports_at_once                 = [1, 40]
    shard_size                      = [1, 1000]
    shards_in_flight                = [1, 1000]
  }
}
