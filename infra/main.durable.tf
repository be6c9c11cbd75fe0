# The Durable Task Scheduler, if durable_backend selects it.

resource "azapi_resource" "scheduler" {
  count = local.use_scheduler ? 1 : 0

  type      = "Microsoft.DurableTask/schedulers@2026-02-01"
  name      = local.names.scheduler
  parent_id = local.resource_group_id
  location  = var.location
  tags      = local.tags

  body = {
    properties = {
      # The app has no fixed IP addresses. Every call needs a token of an identity that has a role.
      ipAllowlist = ["0.0.0.0/0"]
      sku = merge(
        { name = var.scheduler_sku },
        var.scheduler_sku == "Dedicated" ? { capacity = var.scheduler_capacity } : {},
      )
    }
  }

  response_export_values = ["properties.endpoint"]
}

resource "azapi_resource" "task_hub" {
  count = local.use_scheduler ? 1 : 0

  type      = "Microsoft.DurableTask/schedulers/taskHubs@2026-02-01"
  name      = local.durable.hubName
  parent_id = azapi_resource.scheduler[0].id
  body      = { properties = {} }
}
