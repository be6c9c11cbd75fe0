# With private_network, the storage account can only be reached from this network, which the app is part of.

locals {
  private_services = var.private_network ? toset(["blob", "queue", "table"]) : toset([])

  # Written out instead of read from the subnet: azapi treats a value that is not known yet as no change, so an
  # existing app would stay outside of a new network.
  functions_subnet    = "functions" # Flex Consumption does not allow an underscore here
  functions_subnet_id = var.private_network ? "${local.resource_group_id}/providers/Microsoft.Network/virtualNetworks/${local.names.network}/subnets/${local.functions_subnet}" : null
}

resource "azurerm_virtual_network" "this" {
  count = var.private_network ? 1 : 0

  name                = local.names.network
  resource_group_name = local.names.resource_group
  location            = var.location
  address_space       = [var.address_space]
  tags                = local.tags
}

resource "azurerm_subnet" "functions" {
  # checkov:skip=CKV2_AZURE_31: only the app uses this subnet, and nothing can connect to the app through it
  count = var.private_network ? 1 : 0

  name                 = local.functions_subnet
  resource_group_name  = local.names.resource_group
  virtual_network_name = azurerm_virtual_network.this[0].name
  address_prefixes     = [cidrsubnet(var.address_space, 2, 0)]

  # The app's requests to PokéAPI leave through this subnet, and there is no NAT gateway.
  default_outbound_access_enabled = true

  delegation {
    name = "flex-consumption"
    service_delegation {
      name    = "Microsoft.App/environments"
      actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"]
    }
  }

  # Azure does not delete a subnet that an app uses. With this, the app leaves it first.
  lifecycle {
    create_before_destroy = true
  }
}

resource "azurerm_subnet" "private_endpoints" {
  # checkov:skip=CKV2_AZURE_31: it contains private endpoints only, which have no outbound traffic
  count = var.private_network ? 1 : 0

  name                            = "private-endpoints"
  resource_group_name             = local.names.resource_group
  virtual_network_name            = azurerm_virtual_network.this[0].name
  address_prefixes                = [cidrsubnet(var.address_space, 2, 1)]
  default_outbound_access_enabled = false
}

resource "azurerm_private_dns_zone" "this" {
  for_each = local.private_services

  name                = "privatelink.${each.key}.core.windows.net"
  resource_group_name = local.names.resource_group
  tags                = local.tags
}

resource "azurerm_private_dns_zone_virtual_network_link" "this" {
  for_each = local.private_services

  name                = "link-${local.name}-${each.key}"
  private_dns_zone_id = azurerm_private_dns_zone.this[each.key].id
  virtual_network_id  = azurerm_virtual_network.this[0].id
  tags                = local.tags
}

resource "azurerm_private_endpoint" "this" {
  for_each = local.private_services

  name                = "pe-${local.name}-${each.key}"
  resource_group_name = local.names.resource_group
  location            = var.location
  subnet_id           = azurerm_subnet.private_endpoints[0].id
  tags                = local.tags

  private_service_connection {
    name                           = "storage-${each.key}"
    private_connection_resource_id = azurerm_storage_account.this.id
    subresource_names              = [each.key]
    is_manual_connection           = false
  }
  private_dns_zone_group {
    name                 = "default"
    private_dns_zone_ids = [azurerm_private_dns_zone.this[each.key].id]
  }

  # Clients can only use the endpoint if they can resolve its name.
  depends_on = [azurerm_private_dns_zone_virtual_network_link.this]
}
