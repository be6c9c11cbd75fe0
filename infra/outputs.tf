output "resource_group_name" {
  value       = azurerm_resource_group.this.name
  description = "The resource group that everything is in."
}

output "function_app_name" {
  value       = azapi_resource.this.name
  description = "The function app, for publishing to it."
}

output "function_app_url" {
  value       = "https://${azapi_resource.this.output.properties.defaultHostName}"
  description = "The function app's own address, which has to refuse whoever does not come through the site."
}

output "site_name" {
  value       = azurerm_static_web_app.this.name
  description = "The Static Web App, for deploying the front end to it."
}

output "site_url" {
  value       = "https://${azurerm_static_web_app.this.default_host_name}"
  description = "The address of the front end, and of the API below /api."
}

output "storage_account_name" {
  value       = azurerm_storage_account.this.name
  description = "The storage account with the reports, and with the orchestrations unless the scheduler keeps them."
}

output "identity_client_id" {
  value       = azurerm_user_assigned_identity.this.client_id
  description = "The client id of the identity that the app acts as."
}

output "application_insights_name" {
  value       = azurerm_application_insights.this.name
  description = "Application Insights, whose Workbooks page has the workbook."
}

output "workspace_id" {
  value       = azurerm_log_analytics_workspace.this.workspace_id
  description = "The Log Analytics workspace, for `az monitor log-analytics query --workspace`."
}

output "durable_backend" {
  value       = var.durable_backend
  description = "What keeps the orchestrations."
}

output "task_hub_name" {
  value       = local.durable.hubName
  description = "Durable's task hub: the prefix of its queues and tables, or the hub of the scheduler."
}

output "scheduler_endpoint" {
  value       = one(azapi_resource.scheduler[*].output.properties.endpoint)
  description = "Where the Durable Task Scheduler listens; null without one."
}
