# Invalid variables of storage, network, people and monitoring are rejected before anything is created.

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

run "storage_replication_is_unknown" {
  command = plan

  variables {
    storage_replication = "RAID"
  }

  expect_failures = [var.storage_replication]
}

run "soft_delete_days_is_too_large" {
  command = plan

  variables {
    soft_delete_days = 366
  }

  expect_failures = [var.soft_delete_days]
}

run "site_origin_has_a_path" {
  command = plan

  variables {
    site_origins = ["https://example.com/"]
  }

  expect_failures = [var.site_origins]
}

run "address_space_is_too_small" {
  command = plan

  variables {
    address_space = "10.0.0.0/26"
  }

  expect_failures = [var.address_space]
}

run "address_space_is_invalid" {
  command = plan

  variables {
    address_space = "ten"
  }

  expect_failures = [var.address_space]
}

run "address_space_has_host_bits" {
  command = plan

  variables {
    address_space = "10.90.0.5/24"
  }

  expect_failures = [var.address_space]
}

run "address_space_is_ipv6" {
  command = plan

  variables {
    address_space = "fd00::/20"
  }

  expect_failures = [var.address_space]
}

run "operator_object_id_is_a_name" {
  command = plan

  variables {
    operator_object_ids = ["admins"]
  }

  expect_failures = [var.operator_object_ids]
}

run "alert_email_is_invalid" {
  command = plan

  variables {
    alert_emails = ["on call"]
  }

  expect_failures = [var.alert_emails]
}

run "log_retention_days_is_not_offered" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "daily_cap_gb_is_zero" {
  command = plan

  variables {
    daily_cap_gb = 0
  }

  expect_failures = [var.daily_cap_gb]
}

run "pokeapi_sampling_percentage_is_zero" {
  command = plan

  variables {
    pokeapi_sampling_percentage = 0
  }

  expect_failures = [var.pokeapi_sampling_percentage]
}

run "monthly_budget_is_below_one" {
  command = plan

  variables {
    monthly_budget = 0.5
  }

  expect_failures = [var.monthly_budget]
}

run "download_ip_range_is_private" {
  command = plan

  variables {
    private_network    = true
    download_ip_ranges = ["10.0.0.1"]
  }

  expect_failures = [var.download_ip_ranges]
}

run "download_ip_range_is_invalid" {
  command = plan

  variables {
    private_network    = true
    download_ip_ranges = ["office"]
  }

  expect_failures = [var.download_ip_ranges]
}

run "download_ip_range_has_host_bits" {
  command = plan

  variables {
    private_network    = true
    download_ip_ranges = ["203.0.113.5/24"]
  }

  expect_failures = [var.download_ip_ranges]
}

run "download_ip_range_is_everything" {
  command = plan

  variables {
    private_network    = true
    download_ip_ranges = ["0.0.0.0/0"]
  }

  expect_failures = [var.download_ip_ranges]
}

run "download_ip_range_is_too_small" {
  command = plan

  variables {
    private_network    = true
    download_ip_ranges = ["203.0.113.4/31"]
  }

  expect_failures = [var.download_ip_ranges]
}

run "download_ip_range_is_ipv6" {
  command = plan

  variables {
    private_network    = true
    download_ip_ranges = ["2001:db8::/32"]
  }

  expect_failures = [var.download_ip_ranges]
}

run "download_ip_ranges_without_private_network" {
  command = plan

  variables {
    download_ip_ranges = ["203.0.113.0/24"]
  }

  expect_failures = [var.download_ip_ranges]
}
