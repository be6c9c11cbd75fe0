"""Entities in the two-argument style, and what calls, locks, signals and schedules them."""

import json
from collections.abc import Generator
from datetime import timedelta
from typing import Any

import azure.durable_functions as df
import azure.functions as func
from durabletask import entities, task
from durabletask.entities import DurableEntity
from durabletask.scheduled import ScheduleCreationOptions, ScheduledTaskClient

blueprint = df.Blueprint()

type Steps = Generator[task.Task[Any], Any, Any]


@blueprint.entity_trigger(context_name="context")
class Counter(DurableEntity):
    """A counter, which ceases to exist when it is deleted."""

    def add(self, amount: int) -> int:
        return self.set(self.get() + amount)

    def set(self, value: int) -> int:
        self.set_state(value)
        return value

    def get(self, _: Any = None) -> int:
        return self.get_state(int, 0)


@blueprint.entity_trigger(context_name="context", entity_name="Tally")
def tally(ctx: entities.EntityContext, amount: int) -> None:
    """A number, stored by an entity that is a function."""
    ctx.set_state(amount)


@blueprint.route(route="schedules/{id}", methods=["PUT", "DELETE"])
@blueprint.durable_client_input(client_name="client")
def put_or_delete_schedule(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    """PUT schedules ``ticking`` every second with the id as its input; DELETE deletes the schedule."""
    schedules = ScheduledTaskClient(client)
    schedule_id = req.route_params["id"]
    if req.method == "PUT":
        schedules.create_schedule(
            ScheduleCreationOptions(
                schedule_id, "ticking", interval=timedelta(seconds=1), orchestration_input=schedule_id
            )
        )
    else:
        schedules.get_schedule_client(schedule_id).delete()
    return func.HttpResponse(status_code=204)


@blueprint.route(route="counters/{key}")
@blueprint.durable_client_input(client_name="client")
async def use_counter(req: func.HttpRequest, client: df.DurableFunctionsClient) -> func.HttpResponse:
    """Returns a counter's state, or sends it the signal ``signal``."""
    entity = entities.EntityInstanceId("Counter", req.route_params["key"])
    if signal := req.params.get("signal"):
        await client.signal_entity(entity, signal)
        return func.HttpResponse(status_code=202)
    state = await client.get_entity(entity)
    body = json.dumps(None if state is None else state.get_state(int))
    return func.HttpResponse(body, mimetype="application/json")


@blueprint.orchestration_trigger(context_name="context")
def counted(ctx: task.OrchestrationContext, key: str) -> Steps:
    counter = entities.EntityInstanceId("Counter", key)
    ctx.signal_entity(counter, "add", 1)
    yield ctx.call_entity(counter, "add", 10)
    return (yield ctx.call_entity(counter, "get"))


@blueprint.orchestration_trigger(context_name="context")
def critical(ctx: task.OrchestrationContext, key: str) -> Steps:
    """Reads, waits and writes while it holds the entity's lock; without the lock updates would be lost."""
    counter = entities.EntityInstanceId("Counter", key)
    with (yield ctx.lock_entities([counter])):
        before = yield ctx.call_entity(counter, "get")
        yield ctx.call_activity("linger", input=0.02)
        yield ctx.call_entity(counter, "set", before + 1)


@blueprint.orchestration_trigger(context_name="context")
def ticking(ctx: task.OrchestrationContext, key: str) -> Steps:
    yield ctx.call_entity(entities.EntityInstanceId("Counter", key), "add", 1)


@blueprint.orchestration_trigger(context_name="context")
def holding(ctx: task.OrchestrationContext, keys: list[str]) -> Steps:
    """Locks all counters, sets the first, and holds the locks for half a second."""
    counters = [entities.EntityInstanceId("Counter", key) for key in keys]
    with (yield ctx.lock_entities(counters)):
        yield ctx.call_entity(counters[0], "set", 2)
        yield ctx.create_timer(timedelta(seconds=0.5))


@blueprint.orchestration_trigger(context_name="context")
def signaling_later(ctx: task.OrchestrationContext, key: str) -> Steps:
    """Sends a signal that is delivered after half a second."""
    counter = entities.EntityInstanceId("Counter", key)
    ctx.signal_entity(counter, "set", 1)
    ctx.signal_entity(counter, "set", 2, ctx.current_utc_datetime + timedelta(seconds=0.5))
    return (yield ctx.call_entity(counter, "get"))


@blueprint.orchestration_trigger(context_name="context")
def calling_a_missing_entity(ctx: task.OrchestrationContext, _: Any) -> Steps:
    return (yield ctx.call_entity(entities.EntityInstanceId("nobody", "1"), "get"))
