# Role assignments. The app has only these roles, each scoped to one resource.

locals {
  app_roles = merge(
    {
      # The Functions host leases blobs and reads the deployed package; its documentation requires Owner. The
      # app stages, commits, reads and deletes CSVs, and gets the delegation key that signs download links.
      blobs = { role = "Storage Blob Data Owner", scope = azurerm_storage_account.this.id }

      # Report records, the outbox and idempotency keys; cached PokéAPI documents; the history and instances of
      # Durable Functions; the host's diagnostic events.
      tables = { role = "Storage Table Data Contributor", scope = azurerm_storage_account.this.id }

      # Application Insights accepts telemetry only from identities with this role. The role cannot read.
      telemetry = { role = "Monitoring Metrics Publisher", scope = azurerm_application_insights.this.id }
    },

    # Durable Functions creates its queues and sends every message of an orchestration through them.
    local.use_scheduler ? {} : {
      queues = { role = "Storage Queue Data Contributor", scope = azurerm_storage_account.this.id }
    },

    # Starts, runs, queries, terminates and purges orchestrations of this task hub.
    local.use_scheduler ? {
      scheduler = { role = "Durable Task Data Contributor", scope = azapi_resource.task_hub[0].id }
    } : {},
  )

  # Read access only.
  operator_roles = merge(
    {
      # The portal needs it to open resources: the data roles below include no access to the resources themselves.
      group  = { role = "Reader", scope = local.resource_group_id }
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
  principal_type       = "ServicePrincipal" # avoids a lookup that fails while the identity is new
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
