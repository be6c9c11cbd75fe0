"""The orchestrations' part of Durable's HTTP management API: start, watch, list, steer and purge them."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from azure.durable_functions.internal.compat.history_projection import project_history
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.internal.history_helpers import collect_history_events
from google.protobuf.message import Message

from devhost.clients import STATUS_NAMES
from devhost.durable_client import management_urls
from devhost.durable_http import (
    CONTINUATION_TOKEN,
    FORBIDDEN_IN_IDS,
    Query,
    json_answer,
    json_body,
    page_answer,
    parsed,
    raw_json_answer,
    refusal,
    typed_json_body,
)
from devhost.engine import Engine
from devhost.entities import ENDED
from devhost.inprocess import EngineError, InProcess
from devhost.web import Request, Response

_STATUS_RETRY_AFTER = "5"
_START_RETRY_AFTER = "10"
_SHORTEST_POLL = 0.05  # seconds


class InstanceRequests:
    """Serves what is below ``orchestrators`` and ``instances``."""

    def __init__(self, engine: Engine, required_query: str) -> None:
        """``required_query`` is in every management URL."""
        self._engine = engine
        self._required_query = required_query
        self._context = InProcess()

    async def start(self, request: Request, name: str, instance_id: str) -> Response:
        """Start an orchestrator; with ``timeout`` and ``pollingInterval``, wait for its end.

        One that the app does not have is started too, and fails.
        """
        if instance_id.startswith("@") or FORBIDDEN_IN_IDS.search(instance_id) or len(instance_id) > 100:
            raise ValueError("an instance id has at most 100 characters, no @ first, and no / \\ # ? within")
        start = pb.CreateInstanceRequest(instanceId=instance_id, name=name)
        if version := Query(request).text("version"):
            start.version.value = version
        if request.body:
            start.input.value = json_body(request)
        response = self._engine.StartInstance(start, self._context)
        return await self._started(request, response.instanceId)

    async def restart(self, request: Request, instance_id: str) -> Response:
        """Start an instance's orchestrator again with the same input."""
        if self._state(instance_id) is None:
            raise ValueError(f"no instance has the id {instance_id!r}")
        new_id = Query(request).flag("restartWithNewInstanceId", default=True)
        restart = pb.RestartInstanceRequest(instanceId=instance_id, restartWithNewInstanceId=new_id)
        response = self._engine.RestartInstance(restart, self._context)
        return await self._started(request, response.instanceId)

    async def _started(self, request: Request, instance_id: str) -> Response:
        query = Query(request)
        timeout, interval = query.seconds("timeout"), query.seconds("pollingInterval")
        if timeout is not None and interval is not None:
            if interval > timeout:
                raise ValueError("timeout must not be shorter than pollingInterval")
            deadline = time.monotonic() + timeout
            while (state := self._state(instance_id)) is not None and state.orchestrationStatus not in ENDED:
                if (remaining := deadline - time.monotonic()) <= 0:
                    break
                await asyncio.sleep(min(max(interval, _SHORTEST_POLL), remaining))
            if state is not None and state.orchestrationStatus == pb.ORCHESTRATION_STATUS_COMPLETED:
                return raw_json_answer(200, state.output.value or "null")
            if state is not None and state.orchestrationStatus in ENDED:
                return json_answer(200, _shown(state, with_input=True))
        urls = management_urls(request.origin, self._required_query, instance_id)
        return json_answer(
            202, urls, [("location", urls["statusQueryGetUri"]), ("retry-after", _START_RETRY_AFTER)]
        )

    def status(self, request: Request, instance_id: str) -> Response:
        """Answer one instance's status, and its history where that is asked for."""
        query = Query(request)
        state = self._state(instance_id)
        if state is None:
            return _not_found(instance_id)
        with_input = query.flag("showInput", default=True)
        shown = _shown(state, with_input=with_input)
        if query.flag("showHistory"):
            chunks = self._engine.StreamInstanceHistory(
                pb.StreamInstanceHistoryRequest(instanceId=instance_id), self._context
            )
            shown["historyEvents"] = project_history(
                collect_history_events(chunks),
                show_input=with_input,
                show_history_output=query.flag("showHistoryOutput"),
            )
        if state.orchestrationStatus not in ENDED:
            location = f"{request.origin}{request.raw_path}?{request.query}"
            return json_answer(202, shown, [("location", location), ("retry-after", _STATUS_RETRY_AFTER)])
        failed = state.orchestrationStatus == pb.ORCHESTRATION_STATUS_FAILED
        return json_answer(500 if failed and query.flag("returnInternalServerErrorOnFailure") else 200, shown)

    def list(self, request: Request) -> Response:
        """Answer a page of the instances that meet the filters."""
        query = Query(request)
        wanted = pb.InstanceQuery(
            runtimeStatus=_statuses(query), maxInstanceCount=query.page_size(), fetchInputsAndOutputs=True
        )
        _set_times(wanted, query)
        wanted.instanceIdPrefix.value = query.text("instanceIdPrefix")
        if token := request.headers.get(CONTINUATION_TOKEN):
            wanted.continuationToken.value = token
        answer = self._engine.QueryInstances(pb.QueryInstancesRequest(query=wanted), self._context)
        with_input = query.flag("showInput", default=True)
        states = [_shown(state, with_input=with_input) for state in answer.orchestrationState]
        return page_answer(states, answer.continuationToken.value)

    def purge(self, instance_id: str) -> Response:
        """Forget one instance that has ended."""
        state = self._state(instance_id)
        if state is not None and state.orchestrationStatus not in ENDED:
            return refusal(412, "only an instance that has ended can be purged")
        return self._purged(pb.PurgeInstancesRequest(instanceId=instance_id))

    def purge_many(self, request: Request) -> Response:
        """Forget the ended instances that meet the filters; without ``createdTimeFrom``, none."""
        query = Query(request)
        if not query.text("createdTimeFrom"):
            raise ValueError("createdTimeFrom is required")
        wanted = pb.PurgeInstanceFilter(runtimeStatus=_statuses(query))
        _set_times(wanted, query)
        return self._purged(pb.PurgeInstancesRequest(purgeInstanceFilter=wanted))

    def _purged(self, request: pb.PurgeInstancesRequest) -> Response:
        count = self._engine.PurgeInstances(request, self._context).deletedInstanceCount
        return (
            json_answer(200, {"instancesDeleted": count})
            if count
            else refusal(404, "no ended instance was found")
        )

    def raise_event(self, request: Request, instance_id: str, name: str) -> Response:
        """Send an event, with the body as its value."""
        if (refused := self._refused(instance_id)) is not None:
            return refused
        event = pb.RaiseEventRequest(instanceId=instance_id, name=name)
        event.input.value = typed_json_body(request)
        self._engine.RaiseEvent(event, self._context)
        return Response(202)

    def terminate(self, request: Request, instance_id: str) -> Response:
        """End an instance at once, with ``reason`` as its output."""
        if (refused := self._refused(instance_id)) is not None:
            return refused
        terminate = pb.TerminateRequest(instanceId=instance_id)
        terminate.output.value = json.dumps(Query(request).text("reason"))
        self._engine.TerminateInstance(terminate, self._context)
        return Response(202)

    def suspend(self, request: Request, instance_id: str) -> Response:
        """Hold an instance's orchestrator back; events and results wait."""
        if (refused := self._refused(instance_id)) is not None:
            return refused
        suspend = pb.SuspendRequest(instanceId=instance_id)
        suspend.reason.value = Query(request).text("reason")
        return self._steered(self._engine.SuspendInstance, suspend)

    def resume(self, request: Request, instance_id: str) -> Response:
        """Let a suspended instance go on."""
        if (refused := self._refused(instance_id)) is not None:
            return refused
        resume = pb.ResumeRequest(instanceId=instance_id)
        resume.reason.value = Query(request).text("reason")
        return self._steered(self._engine.ResumeInstance, resume)

    def _steered(self, operation: Callable[[Any, Any], object], request: Message) -> Response:
        """The extension does not foresee a refusal of these two."""
        try:
            operation(request, self._context)
        except EngineError as error:
            return refusal(500, str(error))
        return Response(202)

    def rewind(self, request: Request, instance_id: str) -> Response:
        """Let a failed instance try again what it failed at."""
        state = self._state(instance_id)
        if state is None:
            return _not_found(instance_id)
        if state.orchestrationStatus != pb.ORCHESTRATION_STATUS_FAILED:
            return refusal(412, "only a failed instance can be rewound")
        rewind = pb.RewindInstanceRequest(instanceId=instance_id)
        rewind.reason.value = Query(request).text("reason")
        self._engine.RewindInstance(rewind, self._context)
        return Response(202)

    def _refused(self, instance_id: str) -> Response | None:
        state = self._state(instance_id)
        if state is None:
            return _not_found(instance_id)
        return refusal(410, "the instance has ended") if state.orchestrationStatus in ENDED else None

    def _state(self, instance_id: str) -> pb.OrchestrationState | None:
        request = pb.GetInstanceRequest(instanceId=instance_id, getInputsAndOutputs=True)
        answer = self._engine.GetInstance(request, self._context)
        return answer.orchestrationState if answer.exists else None


def _not_found(instance_id: str) -> Response:
    return refusal(404, f"no instance has the id {instance_id!r}")


def _shown(state: pb.OrchestrationState, *, with_input: bool) -> dict[str, Any]:
    version = {"version": state.version.value} if state.HasField("version") else {}
    return {
        "name": state.name,
        **version,
        "instanceId": state.instanceId,
        "runtimeStatus": STATUS_NAMES[state.orchestrationStatus],
        "input": parsed(state.input.value) if with_input else None,
        "customStatus": parsed(state.customStatus.value),
        "output": parsed(state.output.value),
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
        # Azure takes a misspelt status for no filter at all; a purge would then delete everything.
        raise ValueError(f"runtimeStatus {unknown[0]!r} is none of {', '.join(STATUS_NAMES.values())}")
    return [by_name[name.lower()] for name in names]


def _set_times(wanted: Any, query: Query) -> None:
    for name in ("createdTimeFrom", "createdTimeTo"):
        if (moment := query.time(name)) is not None:
            getattr(wanted, name).FromDatetime(moment)
