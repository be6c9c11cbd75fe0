# Invalid variables are rejected before anything is created.

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

run "subscription_id_is_a_name" {
  command = plan

  variables {
    subscription_id = "Pay-As-You-Go"
  }

  expect_failures = [var.subscription_id]
}

run "prefix_has_capitals" {
  command = plan

  variables {
    prefix = "PokeQueue"
  }

  expect_failures = [var.prefix]
}

run "prefix_ends_with_a_hyphen" {
  command = plan

  variables {
    prefix = "poke-"
  }

  expect_failures = [var.prefix]
}

run "prefix_is_too_long" {
  command = plan

  variables {
    prefix = "poke-queue-eu1"
  }

  expect_failures = [var.prefix]
}

run "prefix_starts_with_a_digit" {
  command = plan

  variables {
    prefix = "1poke"
  }

  expect_failures = [var.prefix]
}

run "environment_is_unknown" {
  command = plan

  variables {
    environment = "production"
  }

  expect_failures = [var.environment]
}

run "location_is_a_display_name" {
  command = plan

  variables {
    location = "West Europe"
  }

  expect_failures = [var.location]
}

run "site_location_has_no_static_web_apps" {
  command = plan

  variables {
    site_location = "northeurope"
  }

  expect_failures = [var.site_location]
}

run "instance_memory_mb_is_too_small" {
  command = plan

  variables {
    instance_memory_mb = 512
  }

  expect_failures = [var.instance_memory_mb]
}

run "function_plan_is_unknown" {
  command = plan

  variables {
    function_plan = "Y1"
  }

  expect_failures = [var.function_plan]
}

run "functions_premium_in_a_private_network" {
  command = plan

  variables {
    function_plan   = "EP1"
    private_network = true
  }

  expect_failures = [var.function_plan]
}

run "maximum_instance_count_is_zero" {
  command = plan

  variables {
    maximum_instance_count = 0
  }

  expect_failures = [var.maximum_instance_count]
}

run "always_ready_durable_is_above_the_maximum" {
  command = plan

  variables {
    always_ready_durable = 11
  }

  expect_failures = [var.always_ready_durable]
}

run "worker_threads_are_too_few" {
  command = plan

  variables {
    worker_threads = 40
  }

  expect_failures = [var.worker_threads]
}

run "reconcile_schedule_is_too_rare" {
  command = plan

  variables {
    reconcile_schedule = "0 0 * * * *"
  }

  expect_failures = [var.reconcile_schedule]
}

run "pokeapi_base_url_is_http" {
  command = plan

  variables {
    pokeapi_base_url = "http://pokeapi.co/api/v2"
  }

  expect_failures = [var.pokeapi_base_url]
}

run "pokeapi_base_url_has_a_trailing_slash" {
  command = plan

  variables {
    pokeapi_base_url = "https://pokeapi.co/api/v2/"
  }

  expect_failures = [var.pokeapi_base_url]
}

run "retention_days_is_zero" {
  command = plan

  variables {
    retention_days = 0
  }

  expect_failures = [var.retention_days]
}

run "tuning_is_above_its_range" {
  command = plan

  variables {
    tuning = { pokeapi_connections = 1000 }
  }

  expect_failures = [var.tuning]
}

run "tuning_is_below_its_range" {
  command = plan

  variables {
    tuning = { shard_size = 0 }
  }

  expect_failures = [var.tuning]
}

run "tuning_has_an_unknown_name" {
  command = plan

  variables {
    tuning = { pokeapi_conections = 8 }
  }

  expect_failures = [var.tuning]
}

run "tuning_has_a_fraction" {
  command = plan

  variables {
    tuning = { shard_size = 1.5 }
  }

  expect_failures = [var.tuning]
}

run "tuning_has_a_null" {
  command = plan

  variables {
    tuning = { shard_size = null }
  }

  expect_failures = [var.tuning]
}

run "tuning_of_seconds_can_have_a_fraction" {
  command = plan

  variables {
    tuning = { pokeapi_connect_timeout_seconds = 0.5 }
  }

  assert {
    condition     = local.app_settings.POKEAPI_CONNECT_TIMEOUT_SECONDS == "0.5"
    error_message = "A fraction of a second is lost."
  }
}

run "durable_backend_is_unknown" {
  command = plan

  variables {
    durable_backend = "netherite"
  }

  expect_failures = [var.durable_backend]
}

run "scheduler_sku_is_unknown" {
  command = plan

  variables {
    scheduler_sku = "Free"
  }

  expect_failures = [var.scheduler_sku]
}

run "scheduler_capacity_is_too_large" {
  command = plan

  variables {
    scheduler_capacity = 4
  }

  expect_failures = [var.scheduler_capacity]
}
