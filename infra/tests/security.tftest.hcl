# Secure by default: no keys, Entra identities only, and named roles.

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

run "keys_are_disabled" {
  assert {
    condition     = azurerm_storage_account.this.shared_access_key_enabled == false && azurerm_storage_account.this.local_user_enabled == false
    error_message = "The storage account accepts shared keys or local users."
  }
  assert {
    condition     = azurerm_storage_account.this.allow_nested_items_to_be_public == false && azurerm_storage_container.reports.container_access_type == "private" && azurerm_storage_container.deployments.container_access_type == "private"
    error_message = "Blobs can be made public."
  }
  assert {
    condition     = azurerm_storage_account.this.min_tls_version == "TLS1_2" && azurerm_storage_account.this.https_traffic_only_enabled
    error_message = "The storage account accepts connections below TLS 1.2."
  }
  assert {
    condition     = azurerm_application_insights.this.local_authentication_enabled == false && azurerm_log_analytics_workspace.this.local_authentication_enabled == false
    error_message = "Application Insights or the workspace accepts telemetry with a key."
  }
  assert {
    condition     = azapi_resource.function_app.body.properties.functionAppConfig.deployment.storage.authentication.type == "userassignedidentity"
    error_message = "The deployment package is not read with the identity."
  }
  assert {
    condition     = !strcontains(jsonencode(azapi_resource.function_app.body), azurerm_storage_account.this.primary_access_key) && !strcontains(jsonencode(azapi_resource.function_app.body), "AccountKey")
    error_message = "A storage key is in the function app's settings."
  }
  assert {
    condition     = !contains(keys(local.app_settings), "AzureWebJobsStorage") && !contains(keys(local.app_settings), "ReportStorage")
    error_message = "A connection string takes precedence over the identity."
  }
}

run "the_app_requires_tls_and_entra_for_publishing" {
  assert {
    condition     = azapi_resource.function_app.body.properties.httpsOnly && azapi_resource.function_app.body.properties.siteConfig.minTlsVersion == "1.2" && azapi_resource.function_app.body.properties.siteConfig.scmMinTlsVersion == "1.2" && azapi_resource.function_app.body.properties.siteConfig.ftpsState == "Disabled"
    error_message = "The app accepts plain HTTP, an old TLS version or FTP."
  }
  assert {
    condition     = toset(keys(azapi_update_resource.basic_publishing)) == toset(["ftp", "scm"]) && alltrue([for policy in azapi_update_resource.basic_publishing : policy.body.properties.allow == false])
    error_message = "Basic publishing credentials are enabled."
  }
}

run "the_app_rejects_direct_calls" {
  assert {
    condition     = azapi_update_resource.authentication.parent_id == azapi_resource.function_app.id && azapi_update_resource.authentication.name == "authsettingsV2"
    error_message = "The authentication settings belong to another resource."
  }
  assert {
    condition     = azapi_update_resource.authentication.body.properties.platform.enabled && azapi_update_resource.authentication.body.properties.globalValidation == { requireAuthentication = true, unauthenticatedClientAction = "Return401" }
    error_message = "Anyone can call the app without the site, or is sent to a sign-in page."
  }
  assert {
    condition     = azapi_update_resource.authentication.body.properties.identityProviders == { azureStaticWebApps = { enabled = true, registration = { clientId = "mock-site.azurestaticapps.net" } } }
    error_message = "The app accepts others than the site, or not the site."
  }
}

run "the_site_has_no_previews" {
  assert {
    condition     = azurerm_static_web_app.this.preview_environments_enabled == false
    error_message = "A preview environment would access the same app and its reports."
  }
}

run "signed_links_are_short_lived" {
  assert {
    condition     = azurerm_storage_account.this.sas_policy[0].expiration_period == "00.01:00:00"
    error_message = "Links that are valid for more than an hour are not logged."
  }
}

run "the_app_has_only_these_roles" {
  assert {
    condition = { for name, assignment in azurerm_role_assignment.app : name => assignment.role_definition_name } == {
      blobs     = "Storage Blob Data Owner"
      queues    = "Storage Queue Data Contributor"
      tables    = "Storage Table Data Contributor"
      telemetry = "Monitoring Metrics Publisher"
    }
    error_message = "The app's roles differ from those in main.roles.tf."
  }
  assert {
    condition = alltrue([
      for name, assignment in azurerm_role_assignment.app :
      assignment.scope == (name == "telemetry" ? azurerm_application_insights.this.id : azurerm_storage_account.this.id)
    ])
    error_message = "A role's scope is larger than one resource."
  }
  assert {
    condition     = alltrue([for assignment in azurerm_role_assignment.app : assignment.principal_id == azurerm_user_assigned_identity.this.principal_id && assignment.principal_type == "ServicePrincipal"])
    error_message = "A role is assigned to another principal than the app's identity."
  }
  assert {
    condition     = length(azurerm_role_assignment.operators) == 0
    error_message = "Roles are assigned although operator_object_ids is empty."
  }
}

run "with_the_scheduler_the_app_has_no_role_on_queues" {
  variables {
    durable_backend = "durable_task_scheduler"
  }

  assert {
    condition     = toset(keys(azurerm_role_assignment.app)) == toset(["blobs", "scheduler", "tables", "telemetry"])
    error_message = "The app has an unused role on queues, or no role on the scheduler."
  }
  assert {
    condition     = azurerm_role_assignment.app["scheduler"].role_definition_name == "Durable Task Data Contributor" && azurerm_role_assignment.app["scheduler"].scope == azapi_resource.task_hub[0].id
    error_message = "The role on the scheduler is wrong, or its scope is larger than the task hub."
  }
}

run "operators_have_read_access_only" {
  variables {
    operator_object_ids = ["00000000-0000-0000-0000-0000000000d1"]
    durable_backend     = "durable_task_scheduler"
  }

  assert {
    condition     = length(azurerm_role_assignment.operators) == 5 && alltrue([for assignment in azurerm_role_assignment.operators : endswith(assignment.role_definition_name, "Reader")])
    error_message = "Operators have a role that is not a reader role, or lack one."
  }
  assert {
    condition     = azurerm_role_assignment.operators["00000000-0000-0000-0000-0000000000d1/group"].role_definition_name == "Reader" && azurerm_role_assignment.operators["00000000-0000-0000-0000-0000000000d1/group"].scope == local.resource_group_id
    error_message = "Operators cannot open the resources in the portal, or those of other deployments too."
  }
}

run "cors_allows_only_the_site_and_the_additional_origins" {
  variables {
    site_origins = ["https://reports.example.com"]
  }

  assert {
    condition     = azurerm_storage_account.this.blob_properties[0].cors_rule[0].allowed_origins == tolist(["https://mock-site.azurestaticapps.net", "https://reports.example.com"])
    error_message = "CORS allows other origins, or not the site's."
  }
  assert {
    condition     = toset(azurerm_storage_account.this.blob_properties[0].cors_rule[0].allowed_methods) == toset(["GET", "HEAD"])
    error_message = "CORS allows more than read access."
  }
}
