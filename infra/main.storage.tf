# One storage account for the deployed package, the CSVs and their records, the host's locks and, with
# durable_backend = azure_storage, the orchestrations.

resource "azurerm_storage_account" "this" {
  # checkov:skip=CKV_AZURE_33: the queues belong to Durable Functions; logging their operations would cost more than the operations
  # checkov:skip=CKV2_AZURE_1: the data are public facts about Pokémon, so keys that Microsoft manages are enough
  # checkov:skip=CKV_AZURE_59: browsers download CSVs from here, so it is public unless private_network = true
  # checkov:skip=CKV_AZURE_35: browsers download CSVs from here; with private_network = true the default action is Deny
  # checkov:skip=CKV_AZURE_206: storage_replication selects it; LRS is the default because reports can be created again
  name                = local.names.storage_account
  resource_group_name = local.names.resource_group
  location            = var.location
  tags                = local.tags

  account_tier             = "Standard"
  account_kind             = "StorageV2"
  account_replication_type = var.storage_replication

  # Only Entra identities have access. Links to CSVs are signed with the identity's delegation key.
  shared_access_key_enabled       = false
  default_to_oauth_authentication = true
  local_user_enabled              = false
  allow_nested_items_to_be_public = false
  allowed_copy_scope              = "AAD"

  cross_tenant_replication_enabled = false
  https_traffic_only_enabled       = true
  min_tls_version                  = "TLS1_2"

  public_network_access_enabled = !var.private_network || length(var.download_ip_ranges) > 0

  network_rules {
    default_action = var.private_network ? "Deny" : "Allow"
    # Without restrictions a bypass has no effect, but azurerm does not store Azure's default for it, so every plan
    # would show a change.
    bypass   = [var.private_network ? "AzureServices" : "None"]
    ip_rules = var.download_ip_ranges
  }

  # The app's links expire after 10 minutes. Links that are valid for more than an hour are logged.
  sas_policy {
    expiration_period = "00.01:00:00"
    expiration_action = "Log"
  }

  blob_properties {
    delete_retention_policy {
      days = var.soft_delete_days
    }
    container_delete_retention_policy {
      days = var.soft_delete_days
    }

    # The API redirects downloads to here, and the page's script can only read the response if CORS allows it.
    cors_rule {
      allowed_origins    = concat(["https://${azurerm_static_web_app.this.default_host_name}"], var.site_origins)
      allowed_methods    = ["GET", "HEAD"]
      allowed_headers    = ["*"]
      exposed_headers    = ["Content-Disposition", "Content-Length", "Content-Type", "ETag"]
      max_age_in_seconds = 3600
    }
  }
}

resource "azurerm_storage_container" "deployments" {
  # checkov:skip=CKV2_AZURE_21: nobody needs to know who downloaded a CSV, and logging every read costs money
  name                  = local.deployment_container
  storage_account_id    = azurerm_storage_account.this.id
  container_access_type = "private"
}

# The app would create this container and the tables at their first use. Terraform creates them so that operators
# can browse them, and roles can be assigned on them, from the start.
resource "azurerm_storage_container" "reports" {
  # checkov:skip=CKV2_AZURE_21: nobody needs to know who downloaded a CSV, and logging every read costs money
  name                  = local.reports_container
  storage_account_id    = azurerm_storage_account.this.id
  container_access_type = "private"
}

# azapi, because azurerm_storage_table uses the table service and needs shared keys.
resource "azapi_resource" "table" {
  for_each = toset([local.reports_table, local.pokeapi_table])

  type      = "Microsoft.Storage/storageAccounts/tableServices/tables@2025-08-01"
  name      = each.key
  parent_id = "${azurerm_storage_account.this.id}/tableServices/default"
  body      = { properties = {} }
}

# A safeguard in case the app's daily cleanup fails: deletes CSVs a week after their report has expired.
resource "azurerm_storage_management_policy" "this" {
  storage_account_id = azurerm_storage_account.this.id

  rule {
    name    = "reports-expire"
    enabled = true

    filters {
      blob_types   = ["blockBlob"]
      prefix_match = ["${local.reports_container}/"]
    }
    actions {
      base_blob {
        delete_after_days_since_modification_greater_than = var.retention_days + 7
      }
    }
  }
}
