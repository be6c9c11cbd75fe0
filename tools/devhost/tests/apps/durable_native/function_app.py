"""Durable patterns in the two-argument style (ctx, input), which the SDK introduced in 2.x."""

import json
import logging
import threading
import time
from collections.abc import Generator
from datetime import timedelta
from typing import Any

import azure.durable_functions as df
import azure.functions as func
from counters import blueprint  # type: ignore[import-not-found]  # mypy does not see the app's folder
from durabletask import task

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)
app.configure_scheduled_tasks()
app.register_functions(blueprint)

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
    """Starts an orchestrator with the body as its input."""
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
    """Starts an orchestrator with the synchronous client and waits for its end."""
    instance_id = client.schedule_new_orchestration(
        req.route_params["name"], input=json.loads(req.get_body())
    )
    state = client.wait_for_orchestration_completion(instance_id, timeout=20)
    return _json(json.loads(state.serialized_output or "null") if state else None)


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
    event = ctx.wait_for_external_event("approval")
    timeout = ctx.create_timer(timedelta(seconds=seconds))
    winner = yield task.when_any([event, timeout])
    return event.get_result() if winner is event else "timed out"


@app.orchestration_trigger(context_name="context")
def parent(ctx: task.OrchestrationContext, numbers: list[int]) -> Steps:
    return (yield task.when_all([ctx.call_sub_orchestrator("child", input=number) for number in numbers]))


@app.orchestration_trigger(context_name="context")
def child(ctx: task.OrchestrationContext, number: int) -> Steps:
    doubled = yield ctx.call_activity("double", input=number)
    return [ctx.parent_instance_id, doubled]


@app.orchestration_trigger(context_name="context")
def versions(ctx: task.OrchestrationContext, child: str | None) -> Steps:
    """Returns the version of this instance and, if ``child`` is set, of a sub-orchestration."""
    if child is None:
        return [ctx.version]
    child_versions = yield ctx.call_sub_orchestrator("versions")
    return [ctx.version, *child_versions]


@app.orchestration_trigger(context_name="context")
def counting_down(ctx: task.OrchestrationContext, run: dict[str, Any]) -> Steps:
    """Continues as new while a timer is outstanding, as monitors do."""
    soon = ctx.create_timer(timedelta(milliseconds=1))
    late = ctx.create_timer(timedelta(seconds=run["late_seconds"]))
    winner = yield task.when_any([soon, late])
    if winner is late:
        return "the wrong timer fired"
    if run["generations"]:
        ctx.continue_as_new({**run, "generations": run["generations"] - 1})
        return None
    return "done"


@app.orchestration_trigger(context_name="context")
def monitor(ctx: task.OrchestrationContext, job: str) -> Steps:
    """Polls a job until it is done or the time is up."""
    expiry = ctx.current_utc_datetime + timedelta(seconds=20)
    polls = 0
    while ctx.current_utc_datetime < expiry:
        polls += 1
        ctx.set_custom_status({"polls": polls})
        if (yield ctx.call_activity("is_done", input=job)):
            return polls
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
def calling_an_unknown_activity(ctx: task.OrchestrationContext, _: Any) -> Steps:
    return (yield ctx.call_activity("no_such_activity"))


@app.orchestration_trigger(context_name="context")
def lingering(ctx: task.OrchestrationContext, seconds: float) -> Steps:
    return (yield ctx.call_activity("linger", input=seconds))


@app.orchestration_trigger(context_name="context")
def large(ctx: task.OrchestrationContext, size: int) -> Steps:
    return (yield ctx.call_activity("make_text", input=size))


@app.orchestration_trigger(context_name="context")
def logging_once(ctx: task.OrchestrationContext, text: str) -> Steps:
    yield ctx.call_activity("log_text", input=text)


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


@app.activity_trigger(input_name="text")
def log_text(text: str) -> None:
    logging.info("logged: %s", text)


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
