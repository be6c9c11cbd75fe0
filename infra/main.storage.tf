# One storage account: the deployed package, the CSVs and their records, the host's locks and, with
# durable_backend = azure_storage, the orchestrations.

resource "azurerm_storage_account" "this" {
  # checkov:skip=CKV_AZURE_33: the queues are Durable's own; logging each of their operations costs more than they do
  # checkov:skip=CKV2_AZURE_1: what is stored are facts about Pokémon; keys that Microsoft manages are enough
  # checkov:skip=CKV_AZURE_59: browsers download CSVs from here, so it is public unless private_network = true
  # checkov:skip=CKV_AZURE_35: likewise; the default action is Deny with private_network = true
  # checkov:skip=CKV_AZURE_206: storage_replication chooses; LRS is the default because a report can be made again
  name                = local.names.storage_account
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  tags                = local.tags

  account_tier             = "Standard"
  account_kind             = "StorageV2"
  account_replication_type = var.storage_replication

  # Nothing but Entra identities gets in. Links to CSVs are signed with the identity's delegation key.
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
    bypass         = ["AzureServices"]
    ip_rules       = var.download_ip_ranges
  }

  # The app's links last ten minutes; nothing that lasts for more than an hour is meant.
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

    # A download is answered with a redirect to here, and the page's script may only read the answer if
    # this lets it.
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
  # checkov:skip=CKV2_AZURE_21: who downloaded a CSV is not a question that is asked here, and logging every read costs
  name                  = local.deployment_container
  storage_account_id    = azurerm_storage_account.this.id
  container_access_type = "private"
}

# The app would make this and the tables itself on first use. Made here, so that they are there to be
# looked at, and given roles on, from the start.
resource "azurerm_storage_container" "reports" {
  # checkov:skip=CKV2_AZURE_21: who downloaded a CSV is not a question that is asked here, and logging every read costs
  name                  = local.reports_container
  storage_account_id    = azurerm_storage_account.this.id
  container_access_type = "private"
}

# With azapi: azurerm_storage_table goes through the table service and needs shared keys for it.
resource "azapi_resource" "table" {
  for_each = toset([local.reports_table, local.pokeapi_table])

  type      = "Microsoft.Storage/storageAccounts/tableServices/tables@2025-08-01"
  name      = each.key
  parent_id = "${azurerm_storage_account.this.id}/tableServices/default"
  body      = { properties = {} }
}

# The backstop of the app's own expiry, which is daily: a CSV that outlives its report by a week is not missed.
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
