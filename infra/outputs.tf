output "resource_group_name" {
  value       = local.names.resource_group
  description = "Resource group of all resources."
}

output "location" {
  value       = var.location
  description = "Region of the function app."
}

output "private_network" {
  value       = var.private_network
  description = "Whether the storage account is only reachable from the private network."
}

output "function_app_id" {
  value       = azapi_resource.function_app.id
  description = "Id of the function app, for linking it to the site."
}

output "function_app_name" {
  value       = azapi_resource.function_app.name
  description = "Name of the function app, for publishing."
}

output "function_app_url" {
  value       = "https://${azapi_resource.function_app.output.properties.defaultHostName}"
  description = "Direct address of the function app. It must reject requests that do not come through the site."
}

output "function_app_publish_url" {
  value       = "https://${replace(azapi_resource.function_app.output.properties.defaultHostName, "/^([^.]+)/", "$1.scm")}"
  description = "Address of the deployment service of the function app."
}

output "function_plan" {
  value       = var.function_plan
  description = "Plan of the function app. publish.sh publishes to each in a different way."
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
