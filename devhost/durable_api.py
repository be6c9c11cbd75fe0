"""Durable's HTTP management API, for the links that durable clients hand out.

Paths, status codes and JSON follow the HTTP API reference of Durable Functions. Every request is one or two
calls of the engine's own service methods, made in process.
"""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import grpc
from azure.durable_functions.internal.compat.history_projection import project_history
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.internal.history_helpers import collect_history_events

from devhost.durable_client import WEBHOOK_PATH, management_urls, required_query
from devhost.engine import Engine
from devhost.entities import ENDED
from devhost.inprocess import EngineError, InProcess
from devhost.web import Request, Response

_RETRY_AFTER = "10"
_STATUS_NAMES = {
    pb.ORCHESTRATION_STATUS_RUNNING: "Running",
    pb.ORCHESTRATION_STATUS_COMPLETED: "Completed",
    pb.ORCHESTRATION_STATUS_CONTINUED_AS_NEW: "ContinuedAsNew",
    pb.ORCHESTRATION_STATUS_FAILED: "Failed",
    pb.ORCHESTRATION_STATUS_CANCELED: "Canceled",
    pb.ORCHESTRATION_STATUS_TERMINATED: "Terminated",
    pb.ORCHESTRATION_STATUS_PENDING: "Pending",
    pb.ORCHESTRATION_STATUS_SUSPENDED: "Suspended",
}
_HTTP_STATUS = {
    grpc.StatusCode.NOT_FOUND: 404,
    grpc.StatusCode.ALREADY_EXISTS: 409,
    grpc.StatusCode.FAILED_PRECONDITION: 409,
}


class DurableApi:
    """Serves everything below WEBHOOK_PATH."""

    def __init__(self, engine: Engine, orchestrators: set[str], task_hub: str, system_key: str) -> None:
        """``orchestrators`` are the lower-cased names to start; ``system_key`` is the ``code`` to require."""
        self._engine = engine
        self._orchestrators = orchestrators
        self._task_hub = task_hub
        self._system_key = system_key
        self._context = InProcess()

    def serve(self, request: Request) -> Response:
        """Answer one request."""
        query = dict(parse_qsl(request.query))
        if query.get("code") != self._system_key:
            return Response(401)
        path = request.path[len(WEBHOOK_PATH) :].strip("/")
        parts = [part.replace("%2F", "/") for part in path.split("/")]
        try:
            match request.method, [parts[0].lower(), *parts[1:]]:
                case "GET", ["instances"]:
                    return self._list(request, query)
                case "DELETE", ["instances"]:
                    return self._purge_many(query)
                case "GET", ["instances", instance_id]:
                    return self._status(request, instance_id, query)
                case "DELETE", ["instances", instance_id]:
                    return self._purged(pb.PurgeInstancesRequest(instanceId=instance_id))
                case "POST", ["instances", instance_id, operation, name] if operation.lower() == "raiseevent":
                    return self._raise_event(request, instance_id, name)
                case "POST", ["instances", instance_id, operation] if operation.lower() == "restart":
                    return self._restart(request, instance_id, query)
                case "POST", ["instances", instance_id, operation]:
                    return self._control(instance_id, operation.lower(), query.get("reason", ""))
                case "POST", ["orchestrators", name, *rest] if len(rest) < 2:
                    return self._start(request, name, rest[0] if rest else "")
        except ValueError as error:
            return _message(400, str(error))
        except EngineError as error:
            return _message(_HTTP_STATUS.get(error.code, 400), str(error))
        return Response(404)

    def _state(self, instance_id: str) -> pb.OrchestrationState | None:
        request = pb.GetInstanceRequest(instanceId=instance_id, getInputsAndOutputs=True)
        answer = self._engine.GetInstance(request, self._context)
        return answer.orchestrationState if answer.exists else None

    def _status(self, request: Request, instance_id: str, query: dict[str, str]) -> Response:
        state = self._state(instance_id)
        if state is None:
            return _message(404, f"no instance has the id {instance_id!r}")
        shown = _shown(state, with_input=_flag(query, "showInput", default=True))
        if _flag(query, "showHistory"):
            chunks = self._engine.StreamInstanceHistory(
                pb.StreamInstanceHistoryRequest(instanceId=instance_id), self._context
            )
            shown["historyEvents"] = project_history(
                collect_history_events(chunks),
                show_input=_flag(query, "showInput", default=True),
                show_history_output=_flag(query, "showHistoryOutput"),
            )
        if state.orchestrationStatus not in ENDED:
            location = f"{request.origin}{request.raw_path}?{request.query}"
            return _json(202, shown, [("location", location), ("retry-after", _RETRY_AFTER)])
        failed = state.orchestrationStatus == pb.ORCHESTRATION_STATUS_FAILED
        return _json(500 if failed and _flag(query, "returnInternalServerErrorOnFailure") else 200, shown)

    def _list(self, request: Request, query: dict[str, str]) -> Response:
        wanted = pb.InstanceQuery(
            runtimeStatus=_statuses(query),
            maxInstanceCount=int(query.get("top", 100)),
            fetchInputsAndOutputs=True,
        )
        _set_times(wanted, query)
        if prefix := query.get("instanceIdPrefix"):
            wanted.instanceIdPrefix.value = prefix
        if token := request.headers.get("x-ms-continuation-token"):
            wanted.continuationToken.value = token
        answer = self._engine.QueryInstances(pb.QueryInstancesRequest(query=wanted), self._context)
        with_input = _flag(query, "showInput", default=True)
        states = [_shown(state, with_input=with_input) for state in answer.orchestrationState]
        return _json(200, states, [("x-ms-continuation-token", answer.continuationToken.value)])

    def _purge_many(self, query: dict[str, str]) -> Response:
        if "createdTimeFrom" not in query:
            raise ValueError("createdTimeFrom is required")
        wanted = pb.PurgeInstanceFilter(runtimeStatus=_statuses(query))
        _set_times(wanted, query)
        return self._purged(pb.PurgeInstancesRequest(purgeInstanceFilter=wanted))

    def _purged(self, request: pb.PurgeInstancesRequest) -> Response:
        count = self._engine.PurgeInstances(request, self._context).deletedInstanceCount
        return (
            _json(200, {"instancesDeleted": count}) if count else _message(404, "no ended instance was found")
        )

    def _raise_event(self, request: Request, instance_id: str, name: str) -> Response:
        data = _json_text(request, "null")
        if (refusal := self._refusal(instance_id)) is not None:
            return refusal
        event = pb.RaiseEventRequest(instanceId=instance_id, name=name)
        event.input.value = data
        self._engine.RaiseEvent(event, self._context)
        return Response(202)

    def _control(self, instance_id: str, operation: str, reason: str) -> Response:
        state = self._state(instance_id)
        if (
            operation == "rewind"
            and state is not None
            and state.orchestrationStatus == pb.ORCHESTRATION_STATUS_FAILED
        ):
            rewind = pb.RewindInstanceRequest(instanceId=instance_id)
            rewind.reason.value = reason
            self._engine.RewindInstance(rewind, self._context)
            return Response(202)
        if (refusal := self._refusal(instance_id)) is not None:
            return refusal
        match operation:
            case "terminate":
                terminate = pb.TerminateRequest(instanceId=instance_id)
                terminate.output.value = json.dumps(reason)
                self._engine.TerminateInstance(terminate, self._context)
            case "suspend":
                suspend = pb.SuspendRequest(instanceId=instance_id)
                suspend.reason.value = reason
                self._engine.SuspendInstance(suspend, self._context)
            case "resume":
                resume = pb.ResumeRequest(instanceId=instance_id)
                resume.reason.value = reason
                self._engine.ResumeInstance(resume, self._context)
            case "rewind":
                raise ValueError("only a failed instance can be rewound")
            case _:
                return Response(404)
        return Response(202)

    def _refusal(self, instance_id: str) -> Response | None:
        state = self._state(instance_id)
        if state is None:
            return _message(404, f"no instance has the id {instance_id!r}")
        return Response(410) if state.orchestrationStatus in ENDED else None

    def _restart(self, request: Request, instance_id: str, query: dict[str, str]) -> Response:
        new_id = _flag(query, "restartWithNewInstanceId", default=True)
        restart = pb.RestartInstanceRequest(instanceId=instance_id, restartWithNewInstanceId=new_id)
        return self._started(request, self._engine.RestartInstance(restart, self._context).instanceId)

    def _start(self, request: Request, name: str, instance_id: str) -> Response:
        if name.lower() not in self._orchestrators:
            raise ValueError(f"no orchestrator function of this app is named {name!r}")
        start = pb.CreateInstanceRequest(instanceId=instance_id, name=name)
        start.input.value = _json_text(request, "")
        return self._started(request, self._engine.StartInstance(start, self._context).instanceId)

    def _started(self, request: Request, instance_id: str) -> Response:
        urls = management_urls(
            request.origin, required_query(self._task_hub, "Storage", self._system_key), instance_id
        )
        headers = [("location", urls["statusQueryGetUri"]), ("retry-after", _RETRY_AFTER)]
        return _json(202, urls, headers)


def _shown(state: pb.OrchestrationState, *, with_input: bool) -> dict[str, Any]:
    output = _parsed(state.output.value)
    if state.orchestrationStatus == pb.ORCHESTRATION_STATUS_FAILED and output is None:
        output = state.failureDetails.errorMessage
    return {
        "name": state.name,
        "instanceId": state.instanceId,
        "runtimeStatus": _STATUS_NAMES[state.orchestrationStatus],
        "input": _parsed(state.input.value) if with_input else None,
        "customStatus": _parsed(state.customStatus.value),
        "output": output,
        "createdTime": _time(state.createdTimestamp),
        "lastUpdatedTime": _time(state.lastUpdatedTimestamp),
    }


def _json_text(request: Request, when_empty: str) -> str:
    if not request.body:
        return when_empty
    try:
        json.loads(request.body)
    except ValueError as error:
        raise ValueError("the body must be JSON") from error
    return request.body.decode()


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text


def _time(timestamp: Any) -> str:
    return str(timestamp.ToDatetime().strftime("%Y-%m-%dT%H:%M:%SZ"))


def _flag(query: dict[str, str], name: str, *, default: bool = False) -> bool:
    return query.get(name, str(default)).lower() == "true"


def _statuses(query: dict[str, str]) -> list[pb.OrchestrationStatus]:
    by_name = {name.lower(): status for status, name in _STATUS_NAMES.items()}
    names = [name.strip() for name in query.get("runtimeStatus", "").split(",") if name.strip()]
    unknown = [name for name in names if name.lower() not in by_name]
    if unknown:
        raise ValueError(f"runtimeStatus {unknown[0]!r} is none of {', '.join(_STATUS_NAMES.values())}")
    return [by_name[name.lower()] for name in names]


def _set_times(wanted: Any, query: dict[str, str]) -> None:
    for name in ("createdTimeFrom", "createdTimeTo"):
        if name in query:
            try:
                moment = datetime.fromisoformat(query[name])
            except ValueError as error:
                raise ValueError(f"{name} is not a time: {query[name]!r}") from error
            getattr(wanted, name).FromDatetime(moment.astimezone(UTC) if moment.tzinfo else moment)


def _json(status: int, body: Any, headers: list[tuple[str, str]] | None = None) -> Response:
    return Response(
        status, json.dumps(body).encode(), [("content-type", "application/json"), *(headers or [])]
    )


def _message(status: int, text: str) -> Response:
    return _json(status, {"message": text})
