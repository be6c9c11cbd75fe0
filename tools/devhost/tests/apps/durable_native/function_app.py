"""Durable patterns in the two-argument style (ctx, input), the SDK's own since 2.x."""

import json
import logging
import threading
import time
from collections.abc import Generator
from datetime import timedelta
from typing import Any

import azure.durable_functions as df
import azure.functions as func
from durabletask import entities, task
from durabletask.entities import DurableEntity
from durabletask.scheduled import ScheduleCreationOptions, ScheduledTaskClient

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)
app.configure_scheduled_tasks()

type Steps = Generator[task.Task[Any], Any, Any]

_lock = threading.Lock()
_running = 0
_most_running = 0
_attempts: dict[str, int] = {}


def _json(body: Any) -> func.HttpResponse:
    return func.HttpResponse(json.dumps(body), mimetype="application/json")


@app.route(route="start/{name}/{id?}", methods=["POST"])
@app.durable_client_input(client_name="client")
async def start(req: func.HttpRequest, client: df.DurableFunctionsClient) -> func.HttpResponse:
    """Starts any orchestrator with the body as its input."""
    body = req.get_body()
    instance_id = await client.schedule_new_orchestration(
        req.route_params["name"],
        input=json.loads(body) if body else None,
        instance_id=req.route_params.get("id"),
        version=req.params.get("version"),
    )
    return client.create_check_status_response(req, instance_id)


@app.route(route="sync-start/{name}", methods=["POST"])
@app.durable_client_input(client_name="client")
def sync_start(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    """The same through the synchronous client, which also waits for the end."""
    instance_id = client.schedule_new_orchestration(
        req.route_params["name"], input=json.loads(req.get_body())
    )
    state = client.wait_for_orchestration_completion(instance_id, timeout=20)
    return _json(json.loads(state.serialized_output or "null") if state else None)


@app.route(route="schedules/{id}", methods=["PUT", "DELETE"])
@app.durable_client_input(client_name="client")
def put_or_delete_schedule(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    """PUT runs ``ticking`` every second with the id as its input, DELETE ends that."""
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


@app.route(route="activity-stats")
def activity_stats(req: func.HttpRequest) -> func.HttpResponse:
    return _json({"most_running": _most_running, "attempts": _attempts})


@app.orchestration_trigger(context_name="context")
def chain(ctx: task.OrchestrationContext, number: int) -> Steps:
    first = yield ctx.call_activity("double", input=number)
    second = yield ctx.call_activity("double", input=first)
    ctx.set_custom_status({"doubled": 2})
    return second


@app.orchestration_trigger(context_name="context")
def fan_out(ctx: task.OrchestrationContext, count: int) -> Steps:
    doubled = yield task.when_all([ctx.call_activity("double", input=number) for number in range(count)])
    return sum(doubled)


@app.orchestration_trigger(context_name="context")
def crowd(ctx: task.OrchestrationContext, count: int) -> Steps:
    yield task.when_all([ctx.call_activity("linger", input=0.05) for _ in range(count)])


@app.orchestration_trigger(context_name="context")
def approval(ctx: task.OrchestrationContext, seconds: float) -> Steps:
    answer = ctx.wait_for_external_event("approval")
    timeout = ctx.create_timer(timedelta(seconds=seconds))
    winner = yield task.when_any([answer, timeout])
    return answer.get_result() if winner is answer else "timed out"


@app.orchestration_trigger(context_name="context")
def parent(ctx: task.OrchestrationContext, numbers: list[int]) -> Steps:
    answers = yield task.when_all([ctx.call_sub_orchestrator("child", input=number) for number in numbers])
    return answers


@app.orchestration_trigger(context_name="context")
def child(ctx: task.OrchestrationContext, number: int) -> Steps:
    doubled = yield ctx.call_activity("double", input=number)
    return [ctx.parent_instance_id, doubled]


@app.orchestration_trigger(context_name="context")
def versions(ctx: task.OrchestrationContext, child: str | None) -> Steps:
    """The version of this instance and, where a child is asked for, of that."""
    if child is None:
        return [ctx.version]
    below = yield ctx.call_sub_orchestrator("versions")
    return [ctx.version, *below]


@app.orchestration_trigger(context_name="context")
def counting_down(ctx: task.OrchestrationContext, count: int) -> Steps:
    """Begins anew with a cancelled timer outstanding, as monitors do."""
    soon = ctx.create_timer(timedelta(milliseconds=1))
    late = ctx.create_timer(timedelta(seconds=0.4))
    winner = yield task.when_any([soon, late])
    if winner is late:
        return "the wrong timer fired"
    if count:
        ctx.continue_as_new(count - 1)
        return None
    return "done"


@app.orchestration_trigger(context_name="context")
def monitor(ctx: task.OrchestrationContext, job: str) -> Steps:
    """Looks whether a job is done, again and again, until it is or there is no time left."""
    expiry = ctx.current_utc_datetime + timedelta(seconds=20)
    looks = 0
    while ctx.current_utc_datetime < expiry:
        looks += 1
        ctx.set_custom_status({"looks": looks})
        if (yield ctx.call_activity("is_done", input=job)):
            return looks
        yield ctx.create_timer(ctx.current_utc_datetime + timedelta(milliseconds=20))
    return "gave up"


@app.orchestration_trigger(context_name="context")
def retried(ctx: task.OrchestrationContext, key: str) -> Steps:
    policy = task.RetryPolicy(first_retry_interval=timedelta(milliseconds=10), max_number_of_attempts=3)
    return (yield ctx.call_activity("fail_twice", input=key, retry_policy=policy))


@app.orchestration_trigger(context_name="context")
def failing(ctx: task.OrchestrationContext, kind: str) -> Steps:
    return (yield ctx.call_activity("fail", input=kind))


@app.orchestration_trigger(context_name="context")
def catching(ctx: task.OrchestrationContext, kind: str) -> Steps:
    try:
        yield ctx.call_sub_orchestrator("failing", input=kind)
    except task.TaskFailedError as error:
        return [error.details.error_type, error.details.message]
    return "no failure"


@app.orchestration_trigger(context_name="context")
def calling_the_unknown(ctx: task.OrchestrationContext, _: Any) -> Steps:
    return (yield ctx.call_activity("no_such_activity"))


@app.orchestration_trigger(context_name="context")
def lingering(ctx: task.OrchestrationContext, seconds: float) -> Steps:
    return (yield ctx.call_activity("linger", input=seconds))


@app.orchestration_trigger(context_name="context")
def large(ctx: task.OrchestrationContext, size: int) -> Steps:
    return (yield ctx.call_activity("make_text", input=size))


@app.orchestration_trigger(context_name="context")
def counted(ctx: task.OrchestrationContext, key: str) -> Steps:
    counter = entities.EntityInstanceId("Counter", key)
    ctx.signal_entity(counter, "add", 1)
    yield ctx.call_entity(counter, "add", 10)
    return (yield ctx.call_entity(counter, "get"))


@app.orchestration_trigger(context_name="context")
def critical(ctx: task.OrchestrationContext, key: str) -> Steps:
    """Reads, waits and writes under the entity's lock: a lost update would show."""
    counter = entities.EntityInstanceId("Counter", key)
    with (yield ctx.lock_entities([counter])):
        before = yield ctx.call_entity(counter, "get")
        yield ctx.call_activity("linger", input=0.02)
        yield ctx.call_entity(counter, "set", before + 1)


@app.orchestration_trigger(context_name="context")
def telling(ctx: task.OrchestrationContext, words: str) -> Steps:
    yield ctx.call_activity("tell", input=words)


@app.orchestration_trigger(context_name="context")
def ticking(ctx: task.OrchestrationContext, key: str) -> Steps:
    yield ctx.call_entity(entities.EntityInstanceId("Counter", key), "add", 1)


@app.orchestration_trigger(context_name="context")
def holding(ctx: task.OrchestrationContext, keys: list[str]) -> Steps:
    """Sets the first of the counters under the locks of all, and keeps them for a while."""
    counters = [entities.EntityInstanceId("Counter", key) for key in keys]
    with (yield ctx.lock_entities(counters)):
        yield ctx.call_entity(counters[0], "set", 2)
        yield ctx.create_timer(timedelta(seconds=0.5))


@app.orchestration_trigger(context_name="context")
def signalling_later(ctx: task.OrchestrationContext, key: str) -> Steps:
    """Sends a signal that is to arrive in half a second."""
    counter = entities.EntityInstanceId("Counter", key)
    ctx.signal_entity(counter, "set", 1)
    ctx.signal_entity(counter, "set", 2, ctx.current_utc_datetime + timedelta(seconds=0.5))
    return (yield ctx.call_entity(counter, "get"))


@app.orchestration_trigger(context_name="context")
def asking_a_missing_entity(ctx: task.OrchestrationContext, _: Any) -> Steps:
    return (yield ctx.call_entity(entities.EntityInstanceId("nobody", "1"), "get"))


@app.orchestration_trigger(context_name="context")
def fetching(ctx: task.OrchestrationContext, url: str) -> Steps:
    return (yield ctx.call_sub_orchestrator("fetching_v1", input=url))


@app.orchestration_trigger(context_name="context")  # type: ignore[arg-type]  # typed for two arguments only
def fetching_v1(context: df.DurableOrchestrationContext) -> Steps:
    response = yield context.call_http("GET", context.get_input())
    return response.status_code


@app.activity_trigger(input_name="number")
def double(number: int) -> int:
    return 2 * number


@app.activity_trigger(input_name="job")
def is_done(job: str) -> bool:
    _attempts[job] = _attempts.get(job, 0) + 1
    return _attempts[job] >= 3


@app.activity_trigger(input_name="words")
def tell(words: str) -> None:
    logging.info("told: %s", words)


@app.activity_trigger(input_name="seconds")
def linger(seconds: float) -> str:
    global _running, _most_running
    with _lock:
        _running += 1
        _most_running = max(_most_running, _running)
    time.sleep(seconds)
    with _lock:
        _running -= 1
    return "lingered"


@app.activity_trigger(input_name="key")
async def fail_twice(key: str) -> int:
    _attempts[key] = _attempts.get(key, 0) + 1
    if _attempts[key] < 3:
        raise ConnectionError("not yet")
    return _attempts[key]


@app.activity_trigger(input_name="kind")
def fail(kind: str) -> str:
    raise ValueError(f"no such kind: {kind}") if kind else KeyError


@app.activity_trigger(input_name="size")
def make_text(size: int) -> str:
    return "x" * size


@app.entity_trigger(context_name="context")
class Counter(DurableEntity):
    """Counts; ceases to exist when it is deleted."""

    def add(self, amount: int) -> int:
        return self.set(self.get() + amount)

    def set(self, value: int) -> int:
        self.set_state(value)
        return value

    def get(self, _: Any = None) -> int:
        return self.get_state(int, 0)


@app.entity_trigger(context_name="context", entity_name="Tally")
def tally(ctx: entities.EntityContext, amount: int) -> None:
    """Another kind of counter, in a function."""
    ctx.set_state(amount)


@app.route(route="counters/{key}")
@app.durable_client_input(client_name="client")
async def use_counter(req: func.HttpRequest, client: df.DurableFunctionsClient) -> func.HttpResponse:
    """GET reads a counter, any other method sends it the signal ?signal=..."""
    entity = entities.EntityInstanceId("Counter", req.route_params["key"])
    if signal := req.params.get("signal"):
        await client.signal_entity(entity, signal)
        return func.HttpResponse(status_code=202)
    state = await client.get_entity(entity)
    return _json(None if state is None else state.get_state(int))
