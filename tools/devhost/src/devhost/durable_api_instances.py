"""The instances of the Durable HTTP API: start, query, control and purge."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from azure.durable_functions.internal.compat.history_projection import project_history
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.internal.history_helpers import collect_history_events
from google.protobuf.message import Message

from devhost.durable_api_http import (
    CONTINUATION_TOKEN,
    FORBIDDEN_IN_IDS,
    Query,
    decode,
    error_response,
    json_body,
    json_response,
    page_response,
    raw_json_response,
    typed_json_body,
)
from devhost.durable_client_binding import management_urls
from devhost.engine import Engine
from devhost.engine_clients import STATUS_NAMES
from devhost.engine_context import EngineError, InProcessContext
from devhost.engine_entities import ENDED
from devhost.http_messages import Request, Response

_STATUS_RETRY_AFTER = "5"  # seconds
_START_RETRY_AFTER = "10"  # seconds
_MIN_POLLING_INTERVAL = 0.05  # seconds
_MAX_ID_LENGTH = 100


class InstancesApi:
    """Serves the paths below ``orchestrators`` and ``instances``."""

    def __init__(self, engine: Engine, management_query: str) -> None:
        """``management_query`` is the query string of every management URL."""
        self._engine = engine
        self._management_query = management_query
        self._context = InProcessContext()

    async def start(self, request: Request, name: str, instance_id: str) -> Response:
        """Start an orchestrator; with ``timeout`` and ``pollingInterval``, wait for its end.

        An orchestrator that the app does not have is started too, and fails.
        """
        _check_instance_id(instance_id)
        start = pb.CreateInstanceRequest(instanceId=instance_id, name=name)
        if version := Query(request).text("version"):
            start.version.value = version
        if request.body:
            start.input.value = json_body(request)
        response = self._engine.StartInstance(start, self._context)
        return await self._started(request, response.instanceId)

    async def restart(self, request: Request, instance_id: str) -> Response:
        """Start the orchestrator of an instance again with the same input."""
        if self._state(instance_id) is None:
            raise ValueError(f"instance {instance_id!r} not found")
        new_id = Query(request).flag("restartWithNewInstanceId", default=True)
        restart = pb.RestartInstanceRequest(instanceId=instance_id, restartWithNewInstanceId=new_id)
        response = self._engine.RestartInstance(restart, self._context)
        return await self._started(request, response.instanceId)

    async def _started(self, request: Request, instance_id: str) -> Response:
        query = Query(request)
        timeout, interval = query.seconds("timeout"), query.seconds("pollingInterval")
        if timeout is not None and interval is not None:
            if interval > timeout:
                raise ValueError("pollingInterval must not be longer than timeout")
            deadline = time.monotonic() + timeout
            while (state := self._state(instance_id)) is not None and state.orchestrationStatus not in ENDED:
                if (remaining := deadline - time.monotonic()) <= 0:
                    break
                await asyncio.sleep(min(max(interval, _MIN_POLLING_INTERVAL), remaining))
            if state is not None and state.orchestrationStatus == pb.ORCHESTRATION_STATUS_COMPLETED:
                return raw_json_response(200, state.output.value or "null")
            if state is not None and state.orchestrationStatus in ENDED:
                return json_response(200, _to_json(state, with_input=True))
        urls = management_urls(request.origin, self._management_query, instance_id)
        headers = [("location", urls["statusQueryGetUri"]), ("retry-after", _START_RETRY_AFTER)]
        return json_response(202, urls, headers)

    def status(self, request: Request, instance_id: str) -> Response:
        """Return the status of an instance, and its history if ``showHistory`` is true."""
        query = Query(request)
        state = self._state(instance_id)
        if state is None:
            return _not_found(instance_id)
        with_input = query.flag("showInput", default=True)
        document = _to_json(state, with_input=with_input)
        if query.flag("showHistory"):
            chunks = self._engine.StreamInstanceHistory(
                pb.StreamInstanceHistoryRequest(instanceId=instance_id), self._context
            )
            document["historyEvents"] = project_history(
                collect_history_events(chunks),
                show_input=with_input,
                show_history_output=query.flag("showHistoryOutput"),
            )
        if state.orchestrationStatus not in ENDED:
            location = f"{request.origin}{request.raw_path}?{request.query}"
            return json_response(
                202, document, [("location", location), ("retry-after", _STATUS_RETRY_AFTER)]
            )
        failed = state.orchestrationStatus == pb.ORCHESTRATION_STATUS_FAILED
        is_error = failed and query.flag("returnInternalServerErrorOnFailure")
        return json_response(500 if is_error else 200, document)

    def list(self, request: Request) -> Response:
        """Return a page of the instances that match the filters."""
        query = Query(request)
        instance_query = pb.InstanceQuery(
            runtimeStatus=_statuses(query), maxInstanceCount=query.page_size(), fetchInputsAndOutputs=True
        )
        _set_times(instance_query, query)
        instance_query.instanceIdPrefix.value = query.text("instanceIdPrefix")
        if token := request.headers.get(CONTINUATION_TOKEN):
            instance_query.continuationToken.value = token
        page = self._engine.QueryInstances(pb.QueryInstancesRequest(query=instance_query), self._context)
        with_input = query.flag("showInput", default=True)
        instances = [_to_json(state, with_input=with_input) for state in page.orchestrationState]
        return page_response(instances, page.continuationToken.value)

    def purge(self, instance_id: str) -> Response:
        """Delete an ended instance."""
        state = self._state(instance_id)
        if state is not None and state.orchestrationStatus not in ENDED:
            return error_response(412, "only an ended instance can be purged")
        return self._purge(pb.PurgeInstancesRequest(instanceId=instance_id))

    def purge_many(self, request: Request) -> Response:
        """Delete the ended instances that match the filters. ``createdTimeFrom`` is required."""
        query = Query(request)
        if not query.text("createdTimeFrom"):
            raise ValueError("createdTimeFrom is required")
        instance_filter = pb.PurgeInstanceFilter(runtimeStatus=_statuses(query))
        _set_times(instance_filter, query)
        return self._purge(pb.PurgeInstancesRequest(purgeInstanceFilter=instance_filter))

    def _purge(self, request: pb.PurgeInstancesRequest) -> Response:
        count = self._engine.PurgeInstances(request, self._context).deletedInstanceCount
        if not count:
            return error_response(404, "no ended instance found")
        return json_response(200, {"instancesDeleted": count})

    def raise_event(self, request: Request, instance_id: str, name: str) -> Response:
        """Raise an event, with the body as its value."""
        if (error := self._missing_or_ended(instance_id)) is not None:
            return error
        event = pb.RaiseEventRequest(instanceId=instance_id, name=name)
        event.input.value = typed_json_body(request)
        self._engine.RaiseEvent(event, self._context)
        return Response(202)

    def terminate(self, request: Request, instance_id: str) -> Response:
        """Terminate an instance, with ``reason`` as its output."""
        if (error := self._missing_or_ended(instance_id)) is not None:
            return error
        terminate = pb.TerminateRequest(instanceId=instance_id)
        terminate.output.value = json.dumps(Query(request).text("reason"))
        self._engine.TerminateInstance(terminate, self._context)
        return Response(202)

    def suspend(self, request: Request, instance_id: str) -> Response:
        """Suspend an instance; its events and results wait."""
        if (error := self._missing_or_ended(instance_id)) is not None:
            return error
        suspend = pb.SuspendRequest(instanceId=instance_id)
        suspend.reason.value = Query(request).text("reason")
        return self._suspend_or_resume(self._engine.SuspendInstance, suspend)

    def resume(self, request: Request, instance_id: str) -> Response:
        """Resume a suspended instance."""
        if (error := self._missing_or_ended(instance_id)) is not None:
            return error
        resume = pb.ResumeRequest(instanceId=instance_id)
        resume.reason.value = Query(request).text("reason")
        return self._suspend_or_resume(self._engine.ResumeInstance, resume)

    def _suspend_or_resume(self, operation: Callable[[Any, Any], object], request: Message) -> Response:
        """Respond 500 if the engine rejects the operation: the extension does not handle that case."""
        try:
            operation(request, self._context)
        except EngineError as error:
            return error_response(500, str(error))
        return Response(202)

    def rewind(self, request: Request, instance_id: str) -> Response:
        """Rewind a failed instance, so that it retries what failed."""
        state = self._state(instance_id)
        if state is None:
            return _not_found(instance_id)
        if state.orchestrationStatus != pb.ORCHESTRATION_STATUS_FAILED:
            return error_response(412, "only a failed instance can be rewound")
        rewind = pb.RewindInstanceRequest(instanceId=instance_id)
        rewind.reason.value = Query(request).text("reason")
        self._engine.RewindInstance(rewind, self._context)
        return Response(202)

    def _missing_or_ended(self, instance_id: str) -> Response | None:
        state = self._state(instance_id)
        if state is None:
            return _not_found(instance_id)
        return error_response(410, "the instance has ended") if state.orchestrationStatus in ENDED else None

    def _state(self, instance_id: str) -> pb.OrchestrationState | None:
        request = pb.GetInstanceRequest(instanceId=instance_id, getInputsAndOutputs=True)
        result = self._engine.GetInstance(request, self._context)
        return result.orchestrationState if result.exists else None


def _check_instance_id(instance_id: str) -> None:
    if (
        len(instance_id) > _MAX_ID_LENGTH
        or instance_id.startswith("@")
        or FORBIDDEN_IN_IDS.search(instance_id)
    ):
        raise ValueError(
            f"the instance id must have at most {_MAX_ID_LENGTH} characters, must not start with @, and must "
            "not contain / \\ # ? or control characters"
        )


def _not_found(instance_id: str) -> Response:
    return error_response(404, f"instance {instance_id!r} not found")


def _to_json(state: pb.OrchestrationState, *, with_input: bool) -> dict[str, Any]:
    version = {"version": state.version.value} if state.HasField("version") else {}
    return {
        "name": state.name,
        **version,
        "instanceId": state.instanceId,
        "runtimeStatus": STATUS_NAMES[state.orchestrationStatus],
        "input": decode(state.input.value) if with_input else None,
        "customStatus": decode(state.customStatus.value),
        "output": decode(state.output.value),
        "createdTime": _time(state.createdTimestamp),
        "lastUpdatedTime": _time(state.lastUpdatedTimestamp),
    }


def _time(timestamp: Any) -> str:
    return str(timestamp.ToDatetime().strftime("%Y-%m-%dT%H:%M:%SZ"))


def _statuses(query: Query) -> list[pb.OrchestrationStatus]:
    by_name = {name.lower(): status for status, name in STATUS_NAMES.items()}
    names = [name.strip() for name in query.text("runtimeStatus").split(",") if name.strip()]
    unknown = [name for name in names if name.lower() not in by_name]
    if unknown:
        # Azure ignores an unknown status, so a purge with a misspelled filter deletes everything.
        known = ", ".join(STATUS_NAMES.values())
        raise ValueError(f"runtimeStatus must be one of {known}; got {unknown[0]!r}")
    return [by_name[name.lower()] for name in names]


def _set_times(target: Any, query: Query) -> None:
    for name in ("createdTimeFrom", "createdTimeTo"):
        if (moment := query.time(name)) is not None:
            getattr(target, name).FromDatetime(moment)
