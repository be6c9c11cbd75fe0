# Who may do what. The app has these roles and no others, each on one resource.

locals {
  app_roles = merge(
    {
      # The host takes leases on blobs and reads the deployed package, and the Functions host is documented
      # to need ownership for that. The app stages, commits, reads and deletes CSVs, and asks for the
      # delegation key that signs a download link, which this role includes.
      blobs = { role = "Storage Blob Data Owner", scope = azurerm_storage_account.this.id }

      # The reports' records, the outbox and the idempotency keys; PokéAPI's documents; Durable's history and
      # instances; the host's own diagnostic events.
      tables = { role = "Storage Table Data Contributor", scope = azurerm_storage_account.this.id }

      # Application Insights takes telemetry from identities with this role only. It cannot read any.
      telemetry = { role = "Monitoring Metrics Publisher", scope = azurerm_application_insights.this.id }
    },

    # Durable makes its queues itself and moves every message of an orchestration through them.
    local.use_scheduler ? {} : {
      queues = { role = "Storage Queue Data Contributor", scope = azurerm_storage_account.this.id }
    },

    # Starts, runs, queries, terminates and purges orchestrations, of this one hub.
    local.use_scheduler ? {
      scheduler = { role = "Durable Task Data Contributor", scope = azapi_resource.task_hub[0].id }
    } : {},
  )

  # To look, and to change nothing.
  operator_roles = merge(
    {
      blobs  = { role = "Storage Blob Data Reader", scope = azurerm_storage_account.this.id }
      tables = { role = "Storage Table Data Reader", scope = azurerm_storage_account.this.id }
      logs   = { role = "Log Analytics Reader", scope = azurerm_log_analytics_workspace.this.id }
    },
    local.use_scheduler ? {
      scheduler = { role = "Durable Task Data Reader", scope = azapi_resource.task_hub[0].id }
    } : {},
  )
}

resource "azurerm_role_assignment" "app" {
  for_each = local.app_roles

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = azurerm_user_assigned_identity.this.principal_id
  principal_type       = "ServicePrincipal" # spares a look-up that fails while the identity is new
}

resource "azurerm_role_assignment" "operators" {
  for_each = merge([
    for id in var.operator_object_ids : {
      for name, assignment in local.operator_roles : "${id}/${name}" => merge(assignment, { principal = id })
    }
  ]...)

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = each.value.principal
  principal_type       = "Group"
}
