"""Durable patterns in the one-argument style of 1.x, in a blueprint."""

# mypy: disable-error-code="arg-type"
# The SDK runs functions of this style, but its decorators are typed for the two-argument one only.

from collections.abc import Generator
from datetime import timedelta
from typing import Any

import azure.durable_functions as df
import azure.functions as func

blueprint = df.Blueprint()

type Steps = Generator[Any, Any, Any]


@blueprint.route(route="orchestrators/{name}", methods=["POST"], auth_level=func.AuthLevel.ANONYMOUS)
@blueprint.durable_client_input(client_name="client")
async def start(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> func.HttpResponse:
    body = req.get_body()
    instance_id = await client.start_new(req.route_params["name"], None, req.get_json() if body else None)
    return client.create_check_status_response(req, instance_id)


_polls = 0


@blueprint.route(route="job", auth_level=func.AuthLevel.ANONYMOUS)
def job(req: func.HttpRequest) -> func.HttpResponse:
    """Responds 202 with a Location until the third request."""
    global _polls
    _polls += 1
    if _polls < 3:
        return func.HttpResponse(status_code=202, headers={"Location": req.url, "Retry-After": "1"})
    return func.HttpResponse(f"done at poll {_polls}")


@blueprint.orchestration_trigger(context_name="context")
def chain(context: df.DurableOrchestrationContext) -> Steps:
    number = context.get_input()
    for _ in range(3):
        number = yield context.call_activity("add_one", number)
    return number


@blueprint.orchestration_trigger(context_name="context", orchestration="named_otherwise")
def fan_out(context: df.DurableOrchestrationContext) -> Steps:
    numbers = yield context.task_all([context.call_activity("add_one", number) for number in range(10)])
    return sum(numbers)


@blueprint.orchestration_trigger(context_name="context")
def monitor(context: df.DurableOrchestrationContext) -> Steps:
    """Polls three times, with a timer in between."""
    for poll in range(1, 4):
        context.set_custom_status(f"poll {poll}")
        yield context.create_timer(context.current_utc_datetime + timedelta(milliseconds=20))
    return poll


@blueprint.orchestration_trigger(context_name="context")
def approval(context: df.DurableOrchestrationContext) -> Steps:
    """Waits for an approval, at most for the given number of seconds."""
    event = context.wait_for_external_event("approval")
    timeout = context.create_timer(context.current_utc_datetime + timedelta(seconds=context.get_input()))
    winner = yield context.task_any([event, timeout])
    if winner is timeout:
        return "timed out"
    timeout.cancel()  # type: ignore[attr-defined]
    return event.result


@blueprint.orchestration_trigger(context_name="context")
def parent(context: df.DurableOrchestrationContext) -> Steps:
    children = [context.call_sub_orchestrator("child", number) for number in range(context.get_input())]
    return (yield context.task_all(children))


@blueprint.orchestration_trigger(context_name="context")
def child(context: df.DurableOrchestrationContext) -> Steps:
    return (yield context.call_activity("add_one", context.get_input()))


@blueprint.orchestration_trigger(context_name="context")
def eternal(context: df.DurableOrchestrationContext) -> Steps:
    count = context.get_input()
    yield context.call_activity("add_one", count)
    if count == 0:
        return "done"
    context.continue_as_new(count - 1)
    return None


@blueprint.orchestration_trigger(context_name="context")
def calling_http(context: df.DurableOrchestrationContext) -> Steps:
    call = context.get_input()
    response = yield context.call_http(call["method"], call["url"], call.get("content"))
    return {"status": response.status_code, "content": response.content}


@blueprint.orchestration_trigger(context_name="context")
def counted(context: df.DurableOrchestrationContext) -> Steps:
    entity = df.EntityId("tally", context.get_input())
    yield context.call_entity(entity, "add", 2)
    yield context.call_entity(entity, "add", 3)
    return (yield context.call_entity(entity, "get"))


@blueprint.orchestration_trigger(context_name="context")
def retried(context: df.DurableOrchestrationContext) -> Steps:
    options = df.RetryOptions(first_retry_interval_in_milliseconds=10, max_number_of_attempts=2)
    return (yield context.call_activity_with_retry("always_fail", options, "again"))


@blueprint.activity_trigger(input_name="number", activity="add_one")
def plus_one(number: int) -> int:
    return number + 1


@blueprint.activity_trigger(input_name="word")
def always_fail(word: str) -> str:
    raise RuntimeError(f"failed {word}")


@blueprint.entity_trigger(context_name="context")
def tally(context: df.DurableEntityContext) -> None:
    value = context.get_state(lambda: 0)
    if context.operation_name == "add":
        value += context.get_input()
        context.set_state(value)
    context.set_result(value)


app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)
app.register_functions(blueprint)
