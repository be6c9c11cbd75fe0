# What cannot work is refused before anything is made.

mock_provider "azurerm" {
  source = "./tests/mocks/azurerm"
}

mock_provider "azapi" {
  source = "./tests/mocks/azapi"
}

variables {
  subscription_id = "00000000-0000-0000-0000-000000000001"
}

run "a_subscription_by_name" {
  command = plan

  variables {
    subscription_id = "Pay-As-You-Go"
  }

  expect_failures = [var.subscription_id]
}

run "a_prefix_with_capitals" {
  command = plan

  variables {
    prefix = "PokeQueue"
  }

  expect_failures = [var.prefix]
}

run "a_prefix_with_a_hyphen_at_its_end" {
  command = plan

  variables {
    prefix = "poke-"
  }

  expect_failures = [var.prefix]
}

run "a_prefix_that_leaves_no_room" {
  command = plan

  variables {
    prefix = "poke-queue-eu1"
  }

  expect_failures = [var.prefix]
}

run "a_prefix_that_begins_with_a_digit" {
  command = plan

  variables {
    prefix = "1poke"
  }

  expect_failures = [var.prefix]
}

run "an_environment_of_its_own" {
  command = plan

  variables {
    environment = "production"
  }

  expect_failures = [var.environment]
}

run "a_region_by_its_long_name" {
  command = plan

  variables {
    location = "West Europe"
  }

  expect_failures = [var.location]
}

run "a_region_without_static_web_apps" {
  command = plan

  variables {
    site_location = "northeurope"
  }

  expect_failures = [var.site_location]
}

run "too_little_memory" {
  command = plan

  variables {
    instance_memory_mb = 512
  }

  expect_failures = [var.instance_memory_mb]
}

run "fewer_instances_than_the_plan_allows" {
  command = plan

  variables {
    maximum_instance_count = 5
  }

  expect_failures = [var.maximum_instance_count]
}

run "more_ready_than_there_may_be" {
  command = plan

  variables {
    always_ready_durable = 41
  }

  expect_failures = [var.always_ready_durable]
}

run "threads_that_activities_use_up" {
  command = plan

  variables {
    worker_threads = 40
  }

  expect_failures = [var.worker_threads]
}

run "a_reconciler_that_rarely_runs" {
  command = plan

  variables {
    reconcile_schedule = "0 0 * * * *"
  }

  expect_failures = [var.reconcile_schedule]
}

run "a_pokeapi_over_http" {
  command = plan

  variables {
    pokeapi_base_url = "http://pokeapi.co/api/v2"
  }

  expect_failures = [var.pokeapi_base_url]
}

run "a_pokeapi_with_a_slash_at_its_end" {
  command = plan

  variables {
    pokeapi_base_url = "https://pokeapi.co/api/v2/"
  }

  expect_failures = [var.pokeapi_base_url]
}

run "no_retention" {
  command = plan

  variables {
    retention_days = 0
  }

  expect_failures = [var.retention_days]
}

run "a_tuning_that_the_app_refuses" {
  command = plan

  variables {
    tuning = { pokeapi_connections = 1000 }
  }

  expect_failures = [var.tuning]
}

run "a_tuning_below_what_the_app_takes" {
  command = plan

  variables {
    tuning = { shard_size = 0 }
  }

  expect_failures = [var.tuning]
}

run "an_engine_that_is_not_there" {
  command = plan

  variables {
    durable_backend = "netherite"
  }

  expect_failures = [var.durable_backend]
}

run "a_sku_that_is_not_there" {
  command = plan

  variables {
    scheduler_sku = "Free"
  }

  expect_failures = [var.scheduler_sku]
}

run "more_units_than_there_are" {
  command = plan

  variables {
    scheduler_capacity = 4
  }

  expect_failures = [var.scheduler_capacity]
}

run "a_replication_that_is_not_there" {
  command = plan

  variables {
    storage_replication = "RAID"
  }

  expect_failures = [var.storage_replication]
}

run "a_year_and_a_day_of_soft_delete" {
  command = plan

  variables {
    soft_delete_days = 366
  }

  expect_failures = [var.soft_delete_days]
}

run "an_origin_with_a_path" {
  command = plan

  variables {
    site_origins = ["https://example.com/"]
  }

  expect_failures = [var.site_origins]
}

run "a_network_too_small" {
  command = plan

  variables {
    address_space = "10.0.0.0/26"
  }

  expect_failures = [var.address_space]
}

run "a_network_that_is_none" {
  command = plan

  variables {
    address_space = "ten"
  }

  expect_failures = [var.address_space]
}

run "an_operator_by_name" {
  command = plan

  variables {
    operator_object_ids = ["admins"]
  }

  expect_failures = [var.operator_object_ids]
}

run "an_email_that_is_none" {
  command = plan

  variables {
    alert_emails = ["on call"]
  }

  expect_failures = [var.alert_emails]
}

run "a_retention_of_logs_that_azure_does_not_offer" {
  command = plan

  variables {
    log_retention_days = 31
  }

  expect_failures = [var.log_retention_days]
}

run "no_logs_at_all" {
  command = plan

  variables {
    daily_cap_gb = 0
  }

  expect_failures = [var.daily_cap_gb]
}

run "no_sample" {
  command = plan

  variables {
    pokeapi_sampling_percentage = 0
  }

  expect_failures = [var.pokeapi_sampling_percentage]
}

run "no_budget" {
  command = plan

  variables {
    monthly_budget = 0
  }

  expect_failures = [var.monthly_budget]
}

run "a_private_address_in_the_firewall" {
  command = plan

  variables {
    private_network    = true
    download_ip_ranges = ["10.0.0.1"]
  }

  expect_failures = [var.download_ip_ranges]
}

run "an_address_that_is_none" {
  command = plan

  variables {
    private_network    = true
    download_ip_ranges = ["office"]
  }

  expect_failures = [var.download_ip_ranges]
}

run "a_firewall_without_the_network" {
  command = plan

  variables {
    download_ip_ranges = ["203.0.113.0/24"]
  }

  expect_failures = [var.download_ip_ranges]
}
