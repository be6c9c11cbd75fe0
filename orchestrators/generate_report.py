"""One report from its plan to its publication; its instance id is the report's id."""

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
    FailReport,
    GenerateReport,
    Plan,
    PlanReport,
    PublishReport,
    Receipt,
    ShardProgress,
    shard_instance_id,
)
from orchestrators.retries import STORAGE_RETRIES, is_of_storage, pokeapi_retries, why

blueprint = df.Blueprint()

Steps = Generator[Task[Any], Any, Any]


@blueprint.orchestration_trigger(context_name="context")
def generate_report(context: OrchestrationContext, payload: dict[str, Any]) -> Steps:
    order = GenerateReport.from_dict(payload)
    try:
        plan: Plan = yield from _plan(context, order)
        if plan.impossible is None:
            publication: PublishReport = yield from _fetch(context, order, plan)
            return (
                yield context.call_activity(
                    PUBLISH_REPORT, input=publication.to_dict(), retry_policy=STORAGE_RETRIES
                )
            )
        reason = plan.impossible
    except TaskFailedError as fault:
        reason = why(fault)
    failure = FailReport(order.report_id, order.owner, reason)
    return (yield context.call_activity(FAIL_REPORT, input=failure.to_dict(), retry_policy=STORAGE_RETRIES))


def _plan(context: OrchestrationContext, order: GenerateReport) -> Steps:
    context.set_custom_status({"phase": "planning"})
    planning = PlanReport(order.report_id, order.owner, order.request, order.options).to_dict()
    try:
        plan = yield context.call_activity(
            PLAN_REPORT, input=planning, retry_policy=pokeapi_retries(order.options)
        )
    except TaskFailedError as fault:
        if not is_of_storage(fault):
            raise
        # The record could not be written: that has the patience of every other write.
        plan = yield context.call_activity(PLAN_REPORT, input=planning, retry_policy=STORAGE_RETRIES)
    return Plan.from_dict(plan)


def _fetch(context: OrchestrationContext, order: GenerateReport, plan: Plan) -> Steps:
    fan_out = ReportFanOut(order, plan)
    context.set_custom_status(fan_out.status())
    running: dict[Task[Any], int] = {}
    progress = context.wait_for_external_event(SHARD_PROGRESS)
    recording: Task[Any] | None = None
    while not fan_out.finished:
        for shard in fan_out.start_next():
            instance_id = shard_instance_id(order.report_id, shard.index)
            task: Task[Any] = context.call_sub_orchestrator(
                FETCH_SHARD, input=shard.to_dict(), instance_id=instance_id
            )
            running[task] = shard.index
        ready = yield when_any([*running, progress, *([recording] if recording else [])])
        if ready is recording:
            recording = None
        elif ready is progress:
            fan_out.heard(ShardProgress.from_dict(progress.get_result()))
            progress = context.wait_for_external_event(SHARD_PROGRESS)
        elif ready.is_failed:
            fan_out.broke(running.pop(ready), why(ready))
        else:
            fan_out.ended(Receipt.from_dict(ready.get_result()))
            del running[ready]
        context.set_custom_status(fan_out.status())
        # One record at a time and never waited for: progress must not hold up what it tells of.
        if recording is None and (update := fan_out.progress_to_record()):
            recording = context.call_activity(
                RECORD_PROGRESS, input=update.to_dict(), retry_policy=STORAGE_RETRIES
            )
    return fan_out.publication()
