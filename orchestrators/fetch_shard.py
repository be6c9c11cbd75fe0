"""One shard of a report: a call per Pokémon, then its rows staged as one block of the report's blob.

The fan-out lives here and not in the report's own orchestrator because replay costs grow with the
square of one instance's history. For the same reason a shard of a very large report begins its history
anew after each block.
"""

from collections.abc import Generator
from typing import Any

import azure.durable_functions as df
from durabletask.task import OrchestrationContext, Task, when_any

from domain.events import ShardFinished, tell
from domain.fan_out import ShardFanOut
from domain.messages import (
    FETCH_POKEMON,
    SHARD_PROGRESS,
    STAGE_ROWS,
    FetchedPokemon,
    FetchPokemon,
    FetchShard,
    Receipt,
)
from orchestrators.retries import STORAGE_RETRIES, pokeapi_retries, why

blueprint = df.Blueprint()


@blueprint.orchestration_trigger(context_name="context")
def fetch_shard(
    context: OrchestrationContext, payload: dict[str, Any]
) -> Generator[Task[Any], Any, dict[str, Any] | None]:
    shard = FetchShard.from_dict(payload)
    began = context.current_utc_datetime
    retries = pokeapi_retries(shard.options)
    fan_out = ShardFanOut(shard)
    running: dict[Task[Any], FetchPokemon] = {}
    while not fan_out.finished:
        for call in fan_out.start_next():
            task: Task[Any] = context.call_activity(FETCH_POKEMON, input=call.to_dict(), retry_policy=retries)
            running[task] = call
        ready = yield when_any([*running])
        call = running.pop(ready)
        if ready.is_failed:
            fan_out.broke(call, why(ready))
        else:
            fan_out.fetched(call, FetchedPokemon.from_dict(ready.get_result()))
        context.set_custom_status(fan_out.status())
        if progress := fan_out.progress_to_tell():
            context.send_event(shard.report_id, SHARD_PROGRESS, data=progress.to_dict())
    staged = yield context.call_activity(
        STAGE_ROWS, input=fan_out.staging().to_dict(), retry_policy=STORAGE_RETRIES
    )
    run = Receipt.from_dict(staged)
    if not context.is_replaying:
        tell(
            ShardFinished.of(
                shard.report_id,
                shard.index,
                fetched=run.rows,
                failures=fan_out.failures,
                began=began,
                ended=context.current_utc_datetime,
            )
        )
    receipt = fan_out.receipt(run)
    if next_run := fan_out.next_run(receipt):
        context.continue_as_new(next_run.to_dict())
        return None
    return receipt.to_dict()
