"""Passes work items from the engine to the app's durable functions, and returns their results.

The encoding is that of the Durable extension: orchestrators and entities receive and return base64 protobuf,
activities receive and return JSON. One thread reads the engine's work items, because several readers would
clear each other's wake-ups. Everything else runs on the worker's loop.
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
from devhost.engine_context import InProcessContext
from devhost.functions import ACTIVITY, ENTITY, ORCHESTRATION, Function, durable_functions
from devhost.host_json import HostSettings
from devhost.worker import Worker
from devhost.worker_messages import RpcException, TypedData

_logger = logging.getLogger(__name__)
_orchestrations = logging.getLogger("devhost.orchestrations")

_END_MESSAGES = {
    pb.ORCHESTRATION_STATUS_COMPLETED: (logging.INFO, "completed"),
    pb.ORCHESTRATION_STATUS_FAILED: (logging.WARNING, "failed"),
    pb.ORCHESTRATION_STATUS_TERMINATED: (logging.INFO, "terminated"),
    pb.ORCHESTRATION_STATUS_CONTINUED_AS_NEW: (logging.DEBUG, "continued as new"),
}

type _Job = Callable[[], Awaitable[None]]


class _JobQueue:
    """Runs jobs of one kind on the worker's loop, at most ``limit`` at a time, from host.json."""

    def __init__(self, worker: Worker, limit: int) -> None:
        self._worker = worker
        self._free_slots = limit
        self._waiting: deque[_Job] = deque()
        self._running: set[Any] = set()  # the event loop holds only weak references to tasks

    def add(self, job: _Job) -> None:
        self._waiting.append(job)
        self._start_jobs()

    def close(self) -> None:
        """Discard the waiting jobs and start no more."""
        self._free_slots = 0
        self._waiting.clear()

    def _start_jobs(self) -> None:
        while self._free_slots and self._waiting:
            self._free_slots -= 1
            task = self._worker.loop.create_task(self._run(self._waiting.popleft()))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _run(self, job: _Job) -> None:
        try:
            await job()
        except Exception:
            _logger.exception("a work item failed and is lost")
        finally:
            self._free_slots += 1
            self._start_jobs()


class Dispatcher:
    """Runs the engine's work items on the app's durable functions until it is stopped."""

    def __init__(
        self, engine: Engine, worker: Worker, functions: list[Function], settings: HostSettings
    ) -> None:
        """Select the durable functions. Raises CannotRunError if two of a kind have the same name."""
        self._engine = engine
        self._worker = worker
        self._orchestrators = durable_functions(functions, ORCHESTRATION)
        self._activities = durable_functions(functions, ACTIVITY)
        self._entities = durable_functions(functions, ENTITY)
        self._orchestrator_queue = _JobQueue(worker, settings.max_concurrent_orchestrations)
        self._activity_queue = _JobQueue(worker, settings.max_concurrent_activities)
        self._entity_queue = _JobQueue(worker, settings.max_concurrent_entities)
        self._context = InProcessContext()
        self._thread = threading.Thread(target=self._read, name="dispatcher", daemon=True)

    @property
    def entity_names(self) -> set[str]:
        """The entities' names in lower case."""
        return set(self._entities)

    def start(self) -> None:
        """Start to read work items."""
        self._thread.start()

    def stop(self) -> None:
        """Read no more work items. Running jobs continue until the worker stops."""
        self._context.cancel()
        for queue in (self._orchestrator_queue, self._activity_queue, self._entity_queue):
            queue.close()

    def _read(self) -> None:
        for item in self._engine.GetWorkItems(pb.GetWorkItemsRequest(), self._context):
            self._worker.loop.call_soon_threadsafe(self._enqueue, item)

    def _enqueue(self, item: pb.WorkItem) -> None:
        token = item.completionToken
        if item.HasField("orchestratorRequest"):
            self._orchestrator_queue.add(lambda: self._run_orchestrator(item.orchestratorRequest, token))
        elif item.HasField("activityRequest"):
            self._activity_queue.add(lambda: self._run_activity(item.activityRequest, token))
        else:
            self._entity_queue.add(lambda: self._run_entity(item.entityRequestV2, token))

    async def _run_orchestrator(self, request: pb.OrchestratorRequest, token: str) -> None:
        name = next(
            event.executionStarted.name
            for event in (*request.pastEvents, *request.newEvents)
            if event.HasField("executionStarted")
        )
        if _orchestrations.isEnabledFor(logging.DEBUG):
            _orchestrations.debug(
                "%s instance %s replays %d events for %d new, %d bytes",
                name,
                request.instanceId,
                len(request.pastEvents),
                len(request.newEvents),
                request.ByteSize(),
            )
        response = pb.OrchestratorResponse(instanceId=request.instanceId)
        failure: pb.TaskFailureDetails | None
        function = self._orchestrators.get(name.lower())
        if function is None:
            failure = _unknown_function("orchestrator", name, self._orchestrators)
        else:
            value = TypedData(string=base64.b64encode(request.SerializeToString()).decode())
            result = await self._worker.invoke(function, value, instance_id=request.instanceId)
            failure = _failure_details(result.error) or _decode_into(response, result.value)
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
        if not self._engine.is_awaited(request, token):
            return
        instance_id = request.orchestrationInstance.instanceId
        response = pb.ActivityResponse(instanceId=instance_id, taskId=request.taskId, completionToken=token)
        failure: pb.TaskFailureDetails | None
        function = self._activities.get(request.name.lower())
        if function is None:
            failure = _unknown_function("activity", request.name, self._activities)
        else:
            value = TypedData(json=request.input.value or "null")
            result = await self._worker.invoke(function, value, instance_id=instance_id)
            failure = _failure_details(result.error)
            if failure is None and result.value is not None:
                response.result.value = _json(result.value)
        if failure is not None:
            response.failureDetails.CopyFrom(failure)
        self._engine.CompleteActivityTask(response, self._context)

    async def _run_entity(self, request: pb.EntityRequest, token: str) -> None:
        batch, operations = convert_to_entity_batch_request(request)
        name = request.instanceId.split("@")[1]
        response = pb.EntityBatchResult()
        failure: pb.TaskFailureDetails | None
        function = self._entities.get(name.lower())
        if function is None:
            failure = _unknown_function("entity", name, self._entities)
        else:
            value = TypedData(string=base64.b64encode(batch.SerializeToString()).decode())
            result = await self._worker.invoke(function, value, instance_id=request.instanceId)
            failure = _failure_details(result.error) or _decode_into(response, result.value)
        if failure is not None:
            failed = pb.OperationResult(failure=pb.OperationResultFailure(failureDetails=failure))
            response = pb.EntityBatchResult(results=[failed] * len(operations), entityState=batch.entityState)
        response.completionToken = token
        del response.operationInfos[:]
        response.operationInfos.extend(operations)
        self._engine.CompleteEntityTask(response, self._context)


def _log_end(name: str, request: pb.OrchestratorRequest, response: pb.OrchestratorResponse) -> None:
    """Log the end of an orchestration. To the worker, a failed orchestrator is a successful invocation."""
    for action in response.actions:
        if not action.HasField("completeOrchestration"):
            continue
        end = action.completeOrchestration
        level, message = _END_MESSAGES.get(end.orchestrationStatus, (logging.INFO, "ended"))
        events = (*request.pastEvents[:2], *request.newEvents)
        started_at = next(event.timestamp for event in events if event.HasField("executionStarted"))
        duration = datetime.now(UTC) - started_at.ToDatetime(tzinfo=UTC)
        message += f" after {duration.total_seconds():.1f} s"
        if end.orchestrationStatus == pb.ORCHESTRATION_STATUS_FAILED:
            message += f": {end.failureDetails.errorType}: {end.failureDetails.errorMessage}"
        _orchestrations.log(level, "%s instance %s %s", name, request.instanceId, message)


def _decode_into(message: Message, value: TypedData | None) -> pb.TaskFailureDetails | None:
    try:
        message.ParseFromString(base64.b64decode((value and value.string) or "", validate=True))
    except (binascii.Error, DecodeError) as error:
        return pb.TaskFailureDetails(
            errorType=type(error).__name__,
            errorMessage=f"the function did not return a response of the Durable SDK: {error}",
        )
    return None


def _json(value: TypedData) -> str:
    return value.json if value.json is not None else value.string or ""


def _failure_details(error: RpcException | None) -> pb.TaskFailureDetails | None:
    """Split the message of a worker error, such as "ValueError: no page", as the Durable extension does."""
    if error is None:
        return None
    error_type, _, message = error.message.partition(": ")
    return pb.TaskFailureDetails(
        errorType=error_type,
        errorMessage=message or error_type,  # the engine treats an empty message as success
        stackTrace=wrappers_pb2.StringValue(value=error.stack_trace),
    )


def _unknown_function(kind: str, name: str, functions: dict[str, Function]) -> pb.TaskFailureDetails:
    names = ", ".join(repr(function.durable_name) for function in functions.values()) or "none"
    return pb.TaskFailureDetails(
        errorType="FunctionNotFound",
        errorMessage=f"this app has no {kind} function named {name!r}; it has: {names}",
        isNonRetriable=True,
    )
