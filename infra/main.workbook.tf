# The workbook (in the portal: Application Insights, Workbooks). Each panel runs a query from kql/workbook/.

locals {
  workbook = [
    { title = "Ended reports by outcome", query = "reports_by_outcome", chart = "barchart", width = "50" },
    { title = "Report duration (seconds)", query = "report_durations", chart = "timechart", width = "50" },
    { title = "Pokémon fetched and failed", query = "pokemon_fetched", chart = "barchart", width = "50" },
    { title = "Open reports, and age of the oldest (minutes)", query = "open_reports", chart = "timechart", width = "50" },
    { title = "Reasons of failed reports", query = "failure_reasons", chart = "table", width = "100" },
    { title = "Slowest reports", query = "slowest_reports", chart = "table", width = "50" },
    { title = "Stuck reports: accepted over an hour ago, not finished", query = "stuck_reports", chart = "table", width = "50" },
    { title = "PokéAPI: request duration (ms)", query = "pokeapi_latency", chart = "timechart", width = "50" },
    { title = "PokéAPI: responses by status", query = "pokeapi_statuses", chart = "barchart", width = "50" },
    { title = "PokéAPI: retried requests and opened circuits", query = "pokeapi_retries", chart = "barchart", width = "50" },
    { title = "Functions: executions and failures", query = "activity_retries", chart = "table", width = "50" },
    { title = "Refused requests: foreign origins, invalid identities, unknown reports, limits", query = "refused_requests", chart = "barchart", width = "50" },
    { title = "Previews, and share links that were created or revoked", query = "previews_and_links", chart = "barchart", width = "50" },
    { title = "Reconciler actions", query = "reconciler", chart = "timechart", width = "100" },
    { title = "Cost: executions by function", query = "cost_executions", chart = "table", width = "50" },
    { title = "Cost: logs by table (GB)", query = "cost_logs", chart = "table", width = "50" },
  ]

  time_range = "TimeRange"

  workbook_items = concat(
    [
      {
        type = 9 # parameters
        name = "parameters"
        content = {
          version   = "KqlParameterItem/1.0"
          style     = "pills"
          queryType = 0
          parameters = [
            {
              id         = uuidv5("url", "poke-queue/workbook/${local.time_range}")
              version    = "KqlParameterItem/1.0"
              name       = local.time_range
              label      = "Time range"
              type       = 4
              isRequired = true
              value      = { durationMs = 86400000 }
              typeSettings = {
                allowCustom      = true
                selectableValues = [for hours in [1, 4, 24, 168, 720] : { durationMs = hours * 3600000 }]
              }
            },
          ]
        }
      },
    ],
    [
      for panel in local.workbook : {
        type        = 3 # a query
        name        = panel.query
        customWidth = panel.width
        content = {
          version                  = "KqlItem/1.0"
          title                    = panel.title
          query                    = file("${path.module}/kql/workbook/${panel.query}.kql")
          size                     = 0
          queryType                = 0
          resourceType             = "microsoft.operationalinsights/workspaces"
          crossComponentResources  = [azurerm_log_analytics_workspace.this.id]
          visualization            = panel.chart
          timeContextFromParameter = local.time_range
          showExportToExcel        = true
        }
      }
    ],
  )
}

resource "azurerm_application_insights_workbook" "this" {
  name                = uuidv5("url", "poke-queue/${local.name}/${local.suffix}")
  resource_group_name = local.names.resource_group
  location            = var.location
  display_name        = "Poke Queue ${var.environment}"
  source_id           = lower(azurerm_application_insights.this.id) # Azure stores it in lower case
  category            = "workbook"
  tags                = local.tags

  data_json = jsonencode({
    version             = "Notebook/1.0"
    items               = local.workbook_items
    isLocked            = false
    fallbackResourceIds = [azurerm_application_insights.this.id]
  })
}
