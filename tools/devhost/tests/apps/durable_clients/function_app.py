"""Calls a durable client and returns the results."""

import json
from collections.abc import Callable, Generator
from typing import Any

import azure.durable_functions as df
import azure.functions as func
import grpc
from durabletask import task
from durabletask.client import OrchestrationQuery, OrchestrationState

app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)

type Steps = Generator[task.Task[Any], Any, Any]
type Call = Callable[[df.SyncDurableFunctionsClient, str], Any]

CALLS: dict[str, Call] = {
    "start": lambda client, instance: client.schedule_new_orchestration("waiting", instance_id=instance),
    "wait": lambda client, instance: client.wait_for_orchestration_completion(instance, timeout=20),
    "state": lambda client, instance: client.get_orchestration_state(instance),
    "bare": lambda client, instance: client.get_orchestration_state(instance, fetch_payloads=False),
    "listed": lambda client, instance: _listed(client, instance, payloads=True),
    "listed-bare": lambda client, instance: _listed(client, instance, payloads=False),
    "raise": lambda client, instance: client.raise_orchestration_event(instance, "go", data=1),
    "terminate": lambda client, instance: client.terminate_orchestration(instance, output="because"),
    "suspend": lambda client, instance: client.suspend_orchestration(instance),
    "resume": lambda client, instance: client.resume_orchestration(instance),
    "rewind": lambda client, instance: client.rewind_orchestration(instance),
    "purge": lambda client, instance: client.purge_orchestration(instance),
}


def _listed(client: df.SyncDurableFunctionsClient, instance: str, *, payloads: bool) -> OrchestrationState:
    query = OrchestrationQuery(fetch_inputs_and_outputs=payloads)
    return next(
        state for state in client.get_all_orchestration_states(query) if state.instance_id == instance
    )


@app.route(route="start/{name}", methods=["POST"])
@app.durable_client_input(client_name="client")
def start(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    """Starts an orchestrator, waits for its end (or the start of ``waiting``), and returns its id."""
    name = req.route_params["name"]
    instance_id = client.schedule_new_orchestration(name, input=req.params.get("input"))
    if name == "waiting":
        client.wait_for_orchestration_start(instance_id, timeout=20)
    else:
        client.wait_for_orchestration_completion(instance_id, timeout=20)
    return func.HttpResponse(instance_id)


@app.route(route="call/{operation}/{instance}", methods=["POST"])
@app.durable_client_input(client_name="client")
def call(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    """Returns the code and the message of an error, or the result of the call."""
    try:
        result = CALLS[req.route_params["operation"]](client, req.route_params["instance"])
    except grpc.RpcError as error:
        return func.HttpResponse(json.dumps([error.code().name, error.details()]))
    if isinstance(result, OrchestrationState):
        result = {
            "status": result.runtime_status.name,
            "input": result.serialized_input,
            "output": result.serialized_output,
            "custom_status": result.serialized_custom_status,
            "failure": result.failure_details and result.failure_details.message,
        }
    elif result is not None and not isinstance(result, str):
        result = list(vars(result).values())
    return func.HttpResponse(json.dumps(["OK", result]))


@app.orchestration_trigger(context_name="context")
def echoing(ctx: task.OrchestrationContext, text: str) -> str:
    return text


@app.orchestration_trigger(context_name="context")
def showing(ctx: task.OrchestrationContext, text: str) -> str:
    ctx.set_custom_status(text)
    return text


@app.orchestration_trigger(context_name="context")
def waiting(ctx: task.OrchestrationContext, _: Any) -> Steps:
    return (yield ctx.wait_for_external_event("go"))


@app.orchestration_trigger(context_name="context")
def failing(ctx: task.OrchestrationContext, text: str) -> None:
    raise ValueError(text)


@app.orchestration_trigger(context_name="context")
def catching_an_activity(ctx: task.OrchestrationContext, text: str) -> Steps:
    try:
        yield ctx.call_activity("fail", input=text)
    except task.TaskFailedError as error:
        return [error.details.error_type, error.details.message]
    return "no failure"


@app.orchestration_trigger(context_name="context")
def catching_a_child(ctx: task.OrchestrationContext, text: str) -> Steps:
    try:
        yield ctx.call_sub_orchestrator("failing", input=text)
    except task.TaskFailedError as error:
        return [error.details.error_type, error.details.message]
    return "no failure"


@app.activity_trigger(input_name="text")
def fail(text: str) -> str:
    raise ValueError(text)
