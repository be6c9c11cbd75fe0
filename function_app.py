"""Poke Queue's function app: every function it has, and nothing else."""

import azure.durable_functions as df
import azure.functions as func

from activities import fail_report, fetch_pokemon, plan_report, publish_report, record_progress, stage_rows
from adapters import log_levels, worker_threads
from orchestrators import fetch_shard, generate_report
from triggers import (
    documentation,
    health,
    not_found,
    previews,
    reports,
    sharing,
    timers,
    types_and_generations,
    visitors,
)

log_levels.apply()
worker_threads.apply_setting()

# The platform authenticates (Static Web Apps in front, App Service authentication behind it), and a
# function key would have to be sent to every browser.
app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)

for module in (
    reports,
    visitors,
    previews,
    sharing,
    types_and_generations,
    health,
    documentation,
    not_found,
    timers,
    generate_report,
    fetch_shard,
    plan_report,
    fetch_pokemon,
    stage_rows,
    record_progress,
    publish_report,
    fail_report,
):
    app.register_functions(module.blueprint)
