"""Fetches one shard of a report.

1. Fetch: one activity call per Pokémon that the cache lacks, in groups; report the progress to the report's
   orchestration.
2. Stage: write the rows, fetched and cached, as one uncommitted block of the report's blob. If cache entries
   expired in the meantime, go back to step 1 for them.
3. Continue as new if the shard is longer than ``shard_size``; otherwise send its receipt to the report.

The receipt is an event and not the orchestration's result, because a result can get lost: see ``results.py``.

The fan-out is here and not in the report's own orchestrator because the cost of replay grows with the square
of an instance's history. Long shards continue as new for the same reason.
"""

from collections.abc import Generator
from functools import partial
from typing import Any

import azure.durable_functions as df
from durabletask.task import OrchestrationContext, Task, TaskFailedError, when_any

from domain.messages import (
    FETCH_POKEMON,
    SHARD_PROGRESS,
    STAGE_ROWS,
    FetchedPokemon,
    FetchPokemon,
    FetchShard,
    StagedRows,
)
from domain.shard_fan_out import ShardFanOut
from domain.telemetry import ShardFinished, emit
from orchestrators.results import call_activity
from orchestrators.retries import STORAGE_RETRIES, failure_reason, pokeapi_retries

blueprint = df.Blueprint()


@blueprint.orchestration_trigger(context_name="context")
def fetch_shard(context: OrchestrationContext, payload: dict[str, Any]) -> Generator[Task[Any], Any]:
    shard = FetchShard.from_dict(payload)
    began = context.current_utc_datetime
    retries = pokeapi_retries(shard.options)
    fan_out = ShardFanOut(shard)
    running: dict[Task[Any], FetchPokemon] = {}
    while True:
        while not fan_out.finished:
            for call in fan_out.start_next():
                task: Task[Any] = context.call_activity(
                    FETCH_POKEMON, input=call.to_dict(), retry_policy=retries
                )
                running[task] = call
            ready = yield when_any([*running])
            call = running.pop(ready)
            if ready.is_failed:
                fan_out.on_failed(call, failure_reason(ready))
            elif fetched := FetchedPokemon.of(call, ready.get_result()):
                fan_out.on_completed(call, fetched)
            else:
                fan_out.on_lost(call)
            context.set_custom_status(fan_out.status())
            if progress := fan_out.progress_to_report():
                context.send_event(shard.report.report_id, SHARD_PROGRESS, data=progress.to_dict())
        staging = fan_out.staging()
        try:
            staged: StagedRows = yield from call_activity(
                context, STAGE_ROWS, staging, STORAGE_RETRIES, partial(StagedRows.of, staging)
            )
            (run,) = staged.receipts
        except TaskFailedError as error:
            run = fan_out.on_not_staged(failure_reason(error))
        if not run.missing:
            break
        fan_out.on_missing(run.missing)
    if not context.is_replaying:
        emit(
            ShardFinished.of(
                shard.report.report_id,
                shard.index,
                fetched=fan_out.fetched,
                failures=fan_out.failures,
                began=began,
                ended=context.current_utc_datetime,
            )
        )
    receipt = fan_out.receipt(run)
    if next_run := fan_out.next_run(receipt):
        context.continue_as_new(next_run.to_dict())
    else:
        context.send_event(shard.report.report_id, SHARD_PROGRESS, data=fan_out.end(receipt).to_dict())
