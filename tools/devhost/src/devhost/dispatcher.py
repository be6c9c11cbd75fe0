"""Carries work items from the engine to the app's functions and back, in the form the Durable extension uses.

Orchestrators and entities get their request as base64 protobuf and answer the same way; activities get and
give JSON. One thread reads the engine (its consumers would clear each other's wake-ups); everything else is
on the worker's loop.
"""

import base64
import binascii
import logging
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.internal.helpers import convert_to_entity_batch_request
from google.protobuf import wrappers_pb2
from google.protobuf.message import DecodeError, Message

from devhost.engine import Engine
from devhost.functions import ACTIVITY, ENTITY, ORCHESTRATION, Function, durable_functions
from devhost.inprocess import InProcess
from devhost.protos import RpcException, TypedData
from devhost.settings import HostSettings
from devhost.worker import Worker

_logger = logging.getLogger(__name__)
_orchestrations = logging.getLogger("devhost.orchestrations")

_ENDS = {
    pb.ORCHESTRATION_STATUS_COMPLETED: (logging.INFO, "completed"),
    pb.ORCHESTRATION_STATUS_FAILED: (logging.WARNING, "failed"),
    pb.ORCHESTRATION_STATUS_TERMINATED: (logging.INFO, "terminated"),
    pb.ORCHESTRATION_STATUS_CONTINUED_AS_NEW: (logging.DEBUG, "continued as new"),
}

type _Job = Callable[[], Awaitable[None]]


class _Lane:
    """Runs jobs of one kind on the worker's loop, at most ``limit`` at once (host.json has the limits)."""

    def __init__(self, worker: Worker, limit: int) -> None:
        self._worker = worker
        self._free = limit
        self._waiting: deque[_Job] = deque()
        self._running: set[Any] = set()  # the loop holds tasks only weakly

    def add(self, job: _Job) -> None:
        self._waiting.append(job)
        self._fill()

    def close(self) -> None:
        """Begin nothing more."""
        self._free = 0
        self._waiting.clear()

    def _fill(self) -> None:
        while self._free and self._waiting:
            self._free -= 1
            task = self._worker.loop.create_task(self._run(self._waiting.popleft()))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _run(self, job: _Job) -> None:
        try:
            await job()
        except Exception:
            _logger.exception("a work item was lost")
        finally:
            self._free += 1
            self._fill()


class Dispatcher:
    """Feeds the app's durable functions until it is stopped."""

    def __init__(
        self, engine: Engine, worker: Worker, functions: list[Function], settings: HostSettings
    ) -> None:
        """Take the durable ones of ``functions``. Raises CannotRunError when two share a name."""
        self._engine = engine
        self._worker = worker
        self._orchestrators = durable_functions(functions, ORCHESTRATION)
        self._activities = durable_functions(functions, ACTIVITY)
        self._entities = durable_functions(functions, ENTITY)
        self._orchestrator_lane = _Lane(worker, settings.max_concurrent_orchestrations)
        self._activity_lane = _Lane(worker, settings.max_concurrent_activities)
        self._entity_lane = _Lane(worker, settings.max_concurrent_entities)
        self._context = InProcess()
        self._thread = threading.Thread(target=self._read, name="dispatcher", daemon=True)

    @property
    def entity_names(self) -> set[str]:
        """The entities' names in lower case."""
        return set(self._entities)

    def start(self) -> None:
        """Begin to take work."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more work; what runs is left to end or be cut off."""
        self._context.cancel()
        for lane in (self._orchestrator_lane, self._activity_lane, self._entity_lane):
            lane.close()

    def _read(self) -> None:
        for item in self._engine.GetWorkItems(pb.GetWorkItemsRequest(), self._context):
            self._worker.loop.call_soon_threadsafe(self._accept, item)

    def _accept(self, item: pb.WorkItem) -> None:
        if item.HasField("orchestratorRequest"):
            self._orchestrator_lane.add(
                lambda: self._run_orchestrator(item.orchestratorRequest, item.completionToken)
            )
        elif item.HasField("activityRequest"):
            self._activity_lane.add(lambda: self._run_activity(item.activityRequest, item.completionToken))
        else:
            self._entity_lane.add(lambda: self._run_entity(item.entityRequestV2, item.completionToken))

    async def _run_orchestrator(self, request: pb.OrchestratorRequest, token: str) -> None:
        name = next(
            event.executionStarted.name
            for event in (*request.pastEvents, *request.newEvents)
            if event.HasField("executionStarted")
        )
        if _orchestrations.isEnabledFor(logging.DEBUG):
            past, new, size = len(request.pastEvents), len(request.newEvents), request.ByteSize()
            _orchestrations.debug(
                "%s instance %s replays %d events for %d new, %d bytes",
                name,
                request.instanceId,
                past,
                new,
                size,
            )
        response = pb.OrchestratorResponse(instanceId=request.instanceId)
        failure: pb.TaskFailureDetails | None
        function = self._orchestrators.get(name.lower())
        if function is None:
            failure = _unknown("orchestrator", name, self._orchestrators)
        else:
            value = TypedData(string=base64.b64encode(request.SerializeToString()).decode())
            outcome = await self._worker.invoke(function, value, instance_id=request.instanceId)
            failure = _failure_details(outcome.failure)
            failure = failure or _decode_into(response, outcome.value)
        if failure is not None:
            response.actions.add(
                id=-1,
                completeOrchestration=pb.CompleteOrchestrationAction(
                    orchestrationStatus=pb.ORCHESTRATION_STATUS_FAILED, failureDetails=failure
                ),
            )
        _log_end(name, request, response)
        response.completionToken = token
        self._engine.CompleteOrchestratorTask(response, self._context)

    async def _run_activity(self, request: pb.ActivityRequest, token: str) -> None:
        if not self._engine.is_wanted(request, token):
            return
        instance_id = request.orchestrationInstance.instanceId
        response = pb.ActivityResponse(instanceId=instance_id, taskId=request.taskId, completionToken=token)
        failure: pb.TaskFailureDetails | None
        function = self._activities.get(request.name.lower())
        if function is None:
            failure = _unknown("activity", request.name, self._activities)
        else:
            value = TypedData(json=request.input.value or "null")
            outcome = await self._worker.invoke(function, value, instance_id=instance_id)
            failure = _failure_details(outcome.failure)
            if failure is None and outcome.value is not None:
                response.result.value = _json(outcome.value)
        if failure is not None:
            response.failureDetails.CopyFrom(failure)
        self._engine.CompleteActivityTask(response, self._context)

    async def _run_entity(self, request: pb.EntityRequest, token: str) -> None:
        batch, operations = convert_to_entity_batch_request(request)
        name = request.instanceId.split("@")[1]
        result = pb.EntityBatchResult()
        failure: pb.TaskFailureDetails | None
        function = self._entities.get(name.lower())
        if function is None:
            failure = _unknown("entity", name, self._entities)
        else:
            value = TypedData(string=base64.b64encode(batch.SerializeToString()).decode())
            outcome = await self._worker.invoke(function, value, instance_id=request.instanceId)
            failure = _failure_details(outcome.failure)
            failure = failure or _decode_into(result, outcome.value)
        if failure is not None:
            failed = pb.OperationResult(failure=pb.OperationResultFailure(failureDetails=failure))
            result = pb.EntityBatchResult(results=[failed] * len(operations), entityState=batch.entityState)
        result.completionToken = token
        del result.operationInfos[:]
        result.operationInfos.extend(operations)
        self._engine.CompleteEntityTask(result, self._context)


def _log_end(name: str, request: pb.OrchestratorRequest, response: pb.OrchestratorResponse) -> None:
    # To the worker an orchestrator that failed is a call that succeeded.
    for action in response.actions:
        if not action.HasField("completeOrchestration"):
            continue
        end = action.completeOrchestration
        level, outcome = _ENDS.get(end.orchestrationStatus, (logging.INFO, "ended"))
        events = (*request.pastEvents[:2], *request.newEvents)
        started = next(event.timestamp for event in events if event.HasField("executionStarted"))
        took = datetime.now(UTC) - started.ToDatetime(tzinfo=UTC)
        text = f"{outcome} after {took.total_seconds():.1f} s"
        if end.orchestrationStatus == pb.ORCHESTRATION_STATUS_FAILED:
            text += f": {end.failureDetails.errorType}: {end.failureDetails.errorMessage}"
        _orchestrations.log(level, "%s instance %s %s", name, request.instanceId, text)


def _decode_into(message: Message, value: TypedData | None) -> pb.TaskFailureDetails | None:
    try:
        message.ParseFromString(base64.b64decode((value and value.string) or "", validate=True))
    except (binascii.Error, DecodeError) as error:
        return pb.TaskFailureDetails(
            errorType=type(error).__name__,
            errorMessage=f"the function's answer is not the Durable SDK's: {error}",
        )
    return None


def _json(value: TypedData) -> str:
    return value.json if value.json is not None else value.string or ""


def _failure_details(failure: RpcException | None) -> pb.TaskFailureDetails | None:
    """What the Durable extension makes of a worker's failure: "ValueError: no page" is split at the colon."""
    if failure is None:
        return None
    error_type, _, message = failure.message.partition(": ")
    return pb.TaskFailureDetails(
        errorType=error_type,
        errorMessage=message or error_type,  # the engine takes an empty message for a success
        stackTrace=wrappers_pb2.StringValue(value=failure.stack_trace),
    )


def _unknown(kind: str, name: str, known: dict[str, Function]) -> pb.TaskFailureDetails:
    names = ", ".join(repr(function.durable_name) for function in known.values()) or "none"
    return pb.TaskFailureDetails(
        errorType="FunctionNotFound",
        errorMessage=f"no {kind} function of this app is named {name!r}; it has: {names}",
        isNonRetriable=True,
    )
