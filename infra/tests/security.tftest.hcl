# Secure by default: no keys anywhere, Entra only, and each role by name.

mock_provider "azurerm" {
  source = "./tests/mocks/azurerm"
}

mock_provider "azapi" {
  source = "./tests/mocks/azapi"
}

variables {
  subscription_id = "00000000-0000-0000-0000-000000000001"
}

run "nothing_takes_a_key" {
  assert {
    condition     = azurerm_storage_account.this.shared_access_key_enabled == false && azurerm_storage_account.this.local_user_enabled == false
    error_message = "The storage account takes shared keys or local users."
  }
  assert {
    condition     = azurerm_storage_account.this.allow_nested_items_to_be_public == false && azurerm_storage_container.reports.container_access_type == "private" && azurerm_storage_container.deployments.container_access_type == "private"
    error_message = "Blobs can be public."
  }
  assert {
    condition     = azurerm_storage_account.this.min_tls_version == "TLS1_2" && azurerm_storage_account.this.https_traffic_only_enabled
    error_message = "The storage account can be reached over something weaker than TLS 1.2."
  }
  assert {
    condition     = azurerm_application_insights.this.local_authentication_enabled == false && azurerm_log_analytics_workspace.this.local_authentication_enabled == false
    error_message = "Telemetry is taken from whoever knows a key."
  }
  assert {
    condition     = azapi_resource.this.body.properties.functionAppConfig.deployment.storage.authentication.type == "UserAssignedIdentity"
    error_message = "The package is not read with the identity."
  }
  assert {
    condition     = !strcontains(jsonencode(azapi_resource.this.body), azurerm_storage_account.this.primary_access_key) && !strcontains(jsonencode(azapi_resource.this.body), "AccountKey")
    error_message = "A storage key is in the function app's settings."
  }
  assert {
    condition     = !contains(keys(local.app_settings), "AzureWebJobsStorage") && !contains(keys(local.app_settings), "ReportStorage")
    error_message = "A connection string would win over the identity."
  }
}

run "the_app_is_reached_over_tls_and_published_to_with_entra" {
  assert {
    condition     = azapi_resource.this.body.properties.httpsOnly && azapi_resource.this.body.properties.siteConfig.minTlsVersion == "1.2" && azapi_resource.this.body.properties.siteConfig.ftpsState == "Disabled"
    error_message = "The app takes plain HTTP, an old TLS or FTP."
  }
  assert {
    condition     = toset(keys(azapi_update_resource.basic_publishing)) == toset(["ftp", "scm"]) && alltrue([for policy in azapi_update_resource.basic_publishing : policy.body.properties.allow == false])
    error_message = "Basic publishing credentials work."
  }
}

run "the_app_has_these_roles_and_no_others" {
  assert {
    condition = { for name, one in azurerm_role_assignment.app : name => one.role_definition_name } == {
      blobs     = "Storage Blob Data Owner"
      queues    = "Storage Queue Data Contributor"
      tables    = "Storage Table Data Contributor"
      telemetry = "Monitoring Metrics Publisher"
    }
    error_message = "The app's roles are not those that main.roles.tf gives reasons for."
  }
  assert {
    condition = alltrue([
      for name, one in azurerm_role_assignment.app :
      one.scope == (name == "telemetry" ? azurerm_application_insights.this.id : azurerm_storage_account.this.id)
    ])
    error_message = "A role reaches further than the one resource it is for."
  }
  assert {
    condition     = alltrue([for one in azurerm_role_assignment.app : one.principal_id == azurerm_user_assigned_identity.this.principal_id && one.principal_type == "ServicePrincipal"])
    error_message = "A role is for somebody else than the app's identity."
  }
  assert {
    condition     = length(azurerm_role_assignment.operators) == 0
    error_message = "Somebody has a role without having been named."
  }
}

run "with_the_scheduler_the_queues_are_out_of_reach" {
  variables {
    durable_backend = "durable_task_scheduler"
  }

  assert {
    condition     = toset(keys(azurerm_role_assignment.app)) == toset(["blobs", "scheduler", "tables", "telemetry"])
    error_message = "The app has a role on queues that it does not use, or none on the scheduler."
  }
  assert {
    condition     = azurerm_role_assignment.app["scheduler"].role_definition_name == "Durable Task Data Contributor" && azurerm_role_assignment.app["scheduler"].scope == azapi_resource.task_hub[0].id
    error_message = "The scheduler's role is another, or reaches further than the task hub."
  }
}

run "operators_only_read" {
  variables {
    operator_object_ids = ["00000000-0000-0000-0000-0000000000d1"]
    durable_backend     = "durable_task_scheduler"
  }

  assert {
    condition     = length(azurerm_role_assignment.operators) == 4 && alltrue([for one in azurerm_role_assignment.operators : endswith(one.role_definition_name, "Reader")])
    error_message = "Operators can change something, or miss something."
  }
}

run "only_the_site_may_read_downloads_from_its_pages" {
  variables {
    site_origins = ["https://reports.example.com"]
  }

  assert {
    condition     = azurerm_storage_account.this.blob_properties[0].cors_rule[0].allowed_origins == tolist(["https://mock-site.azurestaticapps.net", "https://reports.example.com"])
    error_message = "Other origins than the site's may read downloads."
  }
  assert {
    condition     = toset(azurerm_storage_account.this.blob_properties[0].cors_rule[0].allowed_methods) == toset(["GET", "HEAD"])
    error_message = "Pages may do more than read."
  }
}
