# The virtual network exists only with private_network = true.

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

run "by_default_there_is_no_network" {
  assert {
    condition     = length(azurerm_virtual_network.this) + length(azurerm_subnet.functions) + length(azurerm_private_endpoint.this) + length(azurerm_private_dns_zone.this) == 0
    error_message = "Network resources are created, and billed, although nothing uses them."
  }
  assert {
    condition     = azurerm_storage_account.this.public_network_access_enabled && azurerm_storage_account.this.network_rules[0].default_action == "Allow"
    error_message = "The storage account is not reachable."
  }
  assert {
    condition     = azapi_resource.function_app.body.properties.virtualNetworkSubnetId == null
    error_message = "The app uses a subnet that does not exist."
  }
  assert {
    condition     = azurerm_storage_account.this.network_rules[0].bypass == toset(["None"])
    error_message = "azurerm does not store Azure's default bypass, so every plan shows a change."
  }
}

run "with_private_network_the_storage_is_private_and_the_app_is_in_the_network" {
  variables {
    private_network = true
  }

  override_resource {
    target = azurerm_private_dns_zone.this["blob"]
    values = {
      id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/blob"
    }
  }

  override_resource {
    target = azurerm_private_dns_zone.this["queue"]
    values = {
      id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/queue"
    }
  }

  override_resource {
    target = azurerm_private_dns_zone.this["table"]
    values = {
      id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/table"
    }
  }

  assert {
    condition     = azurerm_storage_account.this.public_network_access_enabled == false && azurerm_storage_account.this.network_rules[0].default_action == "Deny"
    error_message = "The storage account is still publicly reachable."
  }
  assert {
    condition     = azurerm_storage_account.this.network_rules[0].bypass == toset(["AzureServices"])
    error_message = "Azure's own services cannot reach the storage account."
  }
  assert {
    condition     = toset(keys(azurerm_private_endpoint.this)) == toset(["blob", "queue", "table"]) && alltrue([for service, endpoint in azurerm_private_endpoint.this : endpoint.private_service_connection[0].subresource_names == tolist([service])])
    error_message = "A service that the app uses has no private endpoint."
  }
  assert {
    condition     = alltrue([for service, zone in azurerm_private_dns_zone.this : zone.name == "privatelink.${service}.core.windows.net"])
    error_message = "The storage account's host names do not resolve to the private endpoints."
  }
  assert {
    condition     = alltrue([for service, endpoint in azurerm_private_endpoint.this : endswith(one(endpoint.private_dns_zone_group[0].private_dns_zone_ids), "/privateDnsZones/${service}")])
    error_message = "An endpoint registers its address in the zone of another service."
  }
  assert {
    condition = azapi_resource.function_app.body.properties.virtualNetworkSubnetId == join("", [
      "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/${azurerm_subnet.functions[0].resource_group_name}",
      "/providers/Microsoft.Network/virtualNetworks/${azurerm_virtual_network.this[0].name}/subnets/${azurerm_subnet.functions[0].name}",
    ])
    error_message = "The app is not in the subnet."
  }
  assert {
    condition     = azurerm_subnet.functions[0].delegation[0].service_delegation[0].name == "Microsoft.App/environments"
    error_message = "The app's subnet is not delegated to Flex Consumption."
  }
  assert {
    condition     = azurerm_subnet.functions[0].address_prefixes != azurerm_subnet.private_endpoints[0].address_prefixes
    error_message = "The two subnets overlap."
  }
}

# With a value that is only known after apply, azapi leaves an existing app outside of a new network.
run "the_subnet_is_known_before_it_exists" {
  command = plan

  variables {
    private_network = true
  }

  assert {
    condition     = endswith(azapi_resource.function_app.body.properties.virtualNetworkSubnetId, "/subnets/functions")
    error_message = "The app's subnet is only known after apply."
  }
}

run "allowed_ip_ranges_can_download" {
  variables {
    private_network    = true
    download_ip_ranges = ["203.0.113.0/24", "198.51.100.7"]
  }

  assert {
    condition     = azurerm_storage_account.this.public_network_access_enabled && azurerm_storage_account.this.network_rules[0].default_action == "Deny" && length(azurerm_storage_account.this.network_rules[0].ip_rules) == 2
    error_message = "The allowed range is blocked, or others are allowed."
  }
}
