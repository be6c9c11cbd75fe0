"""Generates one report. Its instance id is the report's id.

1. Plan: choose the Pokémon and divide them into shards.
2. Stage the shards, some at a time: an activity builds their rows from the cache. A shard of which the cache
   lacks Pokémon runs as a sub-orchestration that fetches them. Record the progress.
3. Publish: commit the shards' blocks as the CSV. If a step fails permanently, fail the report with a reason.
"""

from collections.abc import Generator
from typing import Any

import azure.durable_functions as df
from durabletask.task import OrchestrationContext, Task, TaskFailedError, when_any

from domain.fan_out import ReportFanOut
from domain.messages import (
    FAIL_REPORT,
    FETCH_SHARD,
    PLAN_REPORT,
    PUBLISH_REPORT,
    RECORD_PROGRESS,
    SHARD_PROGRESS,
    STAGE_ROWS,
    FailReport,
    GenerateReport,
    PublishReport,
    ShardProgress,
    StagedRows,
    StageRows,
    shard_instance_id,
)
from domain.plan import Plan
from orchestrators.results import call_activity, read_end
from orchestrators.retries import STORAGE_RETRIES, failure_reason, is_storage_failure, pokeapi_retries

blueprint = df.Blueprint()

Steps = Generator[Task[Any], Any, Any]


@blueprint.orchestration_trigger(context_name="context")
def generate_report(context: OrchestrationContext, payload: dict[str, Any]) -> Steps:
    order = GenerateReport.from_dict(payload)
    try:
        plan: Plan = yield from _plan(context, order)
        if plan.impossible is None:
            publication: PublishReport = yield from _fetch(context, order, plan)
            return (yield from call_activity(context, PUBLISH_REPORT, publication, STORAGE_RETRIES, read_end))
        reason = plan.impossible
    except TaskFailedError as error:
        reason = failure_reason(error)
    failure = FailReport(order.report, reason)
    return (yield from call_activity(context, FAIL_REPORT, failure, STORAGE_RETRIES, read_end))


def _plan(context: OrchestrationContext, order: GenerateReport) -> Steps:
    context.set_custom_status({"phase": "planning"})
    planning = order.to_dict()
    try:
        plan = yield context.call_activity(
            PLAN_REPORT, input=planning, retry_policy=pokeapi_retries(order.options)
        )
    except TaskFailedError as error:
        # A retry policy cannot distinguish errors, so a storage outage gets attempts of its own.
        if not is_storage_failure(error):
            raise
        plan = yield context.call_activity(PLAN_REPORT, input=planning, retry_policy=STORAGE_RETRIES)
    return Plan.from_dict(plan)


def _fetch(context: OrchestrationContext, order: GenerateReport, plan: Plan) -> Steps:
    fan_out = ReportFanOut(order, plan)
    context.set_custom_status(fan_out.status())
    staging: dict[Task[Any], StageRows] = {}
    fetching: dict[Task[Any], int] = {}
    progress = context.wait_for_external_event(SHARD_PROGRESS)
    recording: Task[Any] | None = None
    while not fan_out.finished:
        for call in fan_out.stage_next():
            task: Task[Any] = context.call_activity(
                STAGE_ROWS, input=call.to_dict(), retry_policy=STORAGE_RETRIES
            )
            staging[task] = call
        for shard in fan_out.fetch_next():
            instance_id = shard_instance_id(order.report.report_id, shard.index)
            fetch: Task[Any] = context.call_sub_orchestrator(
                FETCH_SHARD, input=shard.to_dict(), instance_id=instance_id
            )
            fetching[fetch] = shard.index
        ready = yield when_any([*staging, *fetching, progress, *([recording] if recording else [])])
        if ready is recording:
            recording = None
        elif ready is progress:
            fan_out.on_progress(ShardProgress.from_dict(progress.get_result()))
            progress = context.wait_for_external_event(SHARD_PROGRESS)
        elif ready in fetching:
            index = fetching.pop(ready)
            if ready.is_failed:  # otherwise its receipt arrives as an event
                fan_out.on_failed(index, failure_reason(ready))
        elif ready.is_failed:
            fan_out.on_staging_failed(staging.pop(ready), failure_reason(ready))
        else:
            call = staging.pop(ready)
            fan_out.on_staged(call, StagedRows.of(call, ready.get_result()))
        context.set_custom_status(fan_out.status())
        # One write at a time, which nothing waits for: recording progress must not slow the report down.
        if recording is None and (update := fan_out.progress_to_record()):
            recording = context.call_activity(
                RECORD_PROGRESS, input=update.to_dict(), retry_policy=STORAGE_RETRIES
            )
    return fan_out.publication()
