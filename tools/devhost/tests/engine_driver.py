"""Drives the engine in place of the dispatcher: takes its work items and responds to them."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from durabletask.internal import orchestrator_service_pb2 as pb

from devhost.engine import Engine
from devhost.engine_context import InProcessContext

CONTEXT: Any = InProcessContext()


class FakeTimers:
    """Collects the callbacks that the engine schedules; ``fire`` calls them."""

    def __init__(self) -> None:
        self.pending: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, callback: Callable[[], None]) -> None:
        self.pending.append((seconds, callback))

    def fire(self) -> None:
        pending, self.pending = self.pending, []
        for _, callback in pending:
            callback()


class EngineDriver:
    """An engine, and the methods that a dispatcher and a client would call."""

    def __init__(self, **options: Any) -> None:
        self.timers = FakeTimers()
        self.engine = Engine(self.timers, **options)
        self._context: Any = InProcessContext()
        self._items = self.engine.GetWorkItems(pb.GetWorkItemsRequest(), self._context)

    def start(self, instance_id: str) -> None:
        self.engine.StartInstance(pb.CreateInstanceRequest(instanceId=instance_id, name="main"), CONTEXT)

    def start_with(self, instance_id: str, *actions: pb.OrchestratorAction) -> None:
        """Start an instance and respond to its first episode with ``actions``."""
        self.start(instance_id)
        self.respond(self.next(), *actions)

    def terminate(self, instance_id: str) -> None:
        """Terminate an instance and respond to the episode that this causes."""
        self.engine.TerminateInstance(pb.TerminateRequest(instanceId=instance_id), CONTEXT)
        self.respond(self.next(), complete(pb.ORCHESTRATION_STATUS_TERMINATED))

    def purge(self, instance_id: str) -> None:
        self.engine.PurgeInstances(pb.PurgeInstancesRequest(instanceId=instance_id), CONTEXT)

    def raise_event(self, instance_id: str, name: str) -> None:
        self.engine.RaiseEvent(pb.RaiseEventRequest(instanceId=instance_id, name=name), CONTEXT)

    def next(self) -> pb.WorkItem:
        return next(self._items)

    def next_events(self) -> list[str]:
        """The new events of the next work item, an episode."""
        return new_events(self.next())

    def is_idle(self) -> bool:
        """Whether the engine has no work item within 0.15 seconds. The driver has no work items afterward."""
        stop = threading.Timer(0.15, self._context.cancel)
        stop.start()
        try:
            return next(self._items, None) is None
        finally:
            stop.cancel()

    def respond(self, item: pb.WorkItem, *actions: pb.OrchestratorAction) -> None:
        """Respond to an episode of an orchestrator."""
        response = pb.OrchestratorResponse(
            instanceId=item.orchestratorRequest.instanceId,
            completionToken=item.completionToken,
            actions=actions,
        )
        self.engine.CompleteOrchestratorTask(response, CONTEXT)

    def complete_activity(self, item: pb.WorkItem, result: str = "") -> None:
        request = item.activityRequest
        response = pb.ActivityResponse(
            instanceId=request.orchestrationInstance.instanceId,
            taskId=request.taskId,
            completionToken=item.completionToken,
        )
        response.result.value = result
        self.engine.CompleteActivityTask(response, CONTEXT)

    def is_awaited(self, item: pb.WorkItem) -> bool:
        return self.engine.is_awaited(item.activityRequest, item.completionToken)

    def status(self, instance_id: str) -> str:
        request = pb.GetInstanceRequest(instanceId=instance_id, getInputsAndOutputs=True)
        state = self.engine.GetInstance(request, CONTEXT).orchestrationState
        name = pb.OrchestrationStatus.Name(state.orchestrationStatus)
        return str(name).removeprefix("ORCHESTRATION_STATUS_")


def complete(status: Any = pb.ORCHESTRATION_STATUS_COMPLETED, **fields: Any) -> pb.OrchestratorAction:
    return pb.OrchestratorAction(
        id=99, completeOrchestration=pb.CompleteOrchestrationAction(orchestrationStatus=status, **fields)
    )


def continue_as_new() -> pb.OrchestratorAction:
    return complete(pb.ORCHESTRATION_STATUS_CONTINUED_AS_NEW)


def fail(error_type: str, message: str) -> pb.OrchestratorAction:
    details = pb.TaskFailureDetails(errorType=error_type, errorMessage=message)
    return complete(pb.ORCHESTRATION_STATUS_FAILED, failureDetails=details)


def activity(number: int) -> pb.OrchestratorAction:
    return pb.OrchestratorAction(id=number, scheduleTask=pb.ScheduleTaskAction(name="work"))


def timer(number: int, seconds: float) -> pb.OrchestratorAction:
    action = pb.OrchestratorAction(id=number)
    action.createTimer.fireAt.FromDatetime(datetime.now(UTC) + timedelta(seconds=seconds))
    return action


def sub_orchestration(number: int, instance_id: str) -> pb.OrchestratorAction:
    return pb.OrchestratorAction(
        id=number, createSubOrchestration=pb.CreateSubOrchestrationAction(instanceId=instance_id, name="sub")
    )


def new_events(item: pb.WorkItem) -> list[str]:
    names = [event.WhichOneof("eventType") for event in item.orchestratorRequest.newEvents]
    return [str(name) for name in names if name != "orchestratorStarted"]
