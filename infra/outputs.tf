output "resource_group_name" {
  value       = azurerm_resource_group.this.name
  description = "Resource group of all resources."
}

output "function_app_name" {
  value       = azapi_resource.this.name
  description = "Name of the function app, for publishing."
}

output "function_app_url" {
  value       = "https://${azapi_resource.this.output.properties.defaultHostName}"
  description = "Direct address of the function app. It must reject requests that do not come through the site."
}

output "site_name" {
  value       = azurerm_static_web_app.this.name
  description = "Name of the Static Web App, for deploying the front end."
}

output "site_url" {
  value       = "https://${azurerm_static_web_app.this.default_host_name}"
  description = "Address of the front end. The API is below /api."
}

output "storage_account_name" {
  value       = azurerm_storage_account.this.name
  description = "Storage account of the reports and, with durable_backend = azure_storage, of the orchestrations."
}

output "identity_client_id" {
  value       = azurerm_user_assigned_identity.this.client_id
  description = "Client id of the app's managed identity."
}

output "application_insights_name" {
  value       = azurerm_application_insights.this.name
  description = "Name of the Application Insights resource. Its Workbooks page has the workbook."
}

output "workspace_id" {
  value       = azurerm_log_analytics_workspace.this.workspace_id
  description = "Id of the Log Analytics workspace, for `az monitor log-analytics query --workspace`."
}

output "durable_backend" {
  value       = var.durable_backend
  description = "Durable backend that stores the orchestrations."
}

output "task_hub_name" {
  value       = local.durable.hubName
  description = "Task hub of Durable Functions: the prefix of its queues and tables, or the hub of the scheduler."
}

output "scheduler_endpoint" {
  value       = one(azapi_resource.scheduler[*].output.properties.endpoint)
  description = "Endpoint of the Durable Task Scheduler. Null with durable_backend = azure_storage."
}
