"""Drives the engine by hand, as the dispatcher does: takes its work items and answers them."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from durabletask.internal import orchestrator_service_pb2 as pb

from devhost.engine import Engine
from devhost.inprocess import InProcess

CONTEXT: Any = InProcess()


class Alarms:
    """Collects what the engine wants done later; ``ring`` does it now."""

    def __init__(self) -> None:
        self.pending: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, callback: Callable[[], None]) -> None:
        self.pending.append((seconds, callback))

    def ring(self) -> None:
        pending, self.pending = self.pending, []
        for _, callback in pending:
            callback()


class Driver:
    """Plays the dispatcher: takes work items and answers them with actions."""

    def __init__(self) -> None:
        self.alarms = Alarms()
        self.engine = Engine(self.alarms)
        self._context: Any = InProcess()
        self._items = self.engine.GetWorkItems(pb.GetWorkItemsRequest(), self._context)

    def start(self, instance_id: str, **fields: Any) -> None:
        self.engine.StartInstance(
            pb.CreateInstanceRequest(instanceId=instance_id, name="main", **fields), CONTEXT
        )

    def next(self) -> pb.WorkItem:
        return next(self._items)

    def nothing_to_do(self) -> bool:
        stop = threading.Timer(0.15, self._context.cancel)
        stop.start()
        try:
            return next(self._items, None) is None
        finally:
            stop.cancel()

    def answer(self, item: pb.WorkItem, *actions: pb.OrchestratorAction) -> None:
        response = pb.OrchestratorResponse(
            instanceId=item.orchestratorRequest.instanceId,
            completionToken=item.completionToken,
            actions=actions,
        )
        self.engine.CompleteOrchestratorTask(response, CONTEXT)

    def done(self, item: pb.WorkItem, message: str = "") -> None:
        request = item.activityRequest
        response = pb.ActivityResponse(
            instanceId=request.orchestrationInstance.instanceId,
            taskId=request.taskId,
            completionToken=item.completionToken,
        )
        response.result.value = message
        self.engine.CompleteActivityTask(response, CONTEXT)

    def state(self, instance_id: str) -> pb.OrchestrationState:
        request = pb.GetInstanceRequest(instanceId=instance_id, getInputsAndOutputs=True)
        return self.engine.GetInstance(request, CONTEXT).orchestrationState

    def status(self, instance_id: str) -> str:
        name = pb.OrchestrationStatus.Name(self.state(instance_id).orchestrationStatus)
        return str(name).removeprefix("ORCHESTRATION_STATUS_")


def complete(status: Any = pb.ORCHESTRATION_STATUS_COMPLETED, **fields: Any) -> pb.OrchestratorAction:
    return pb.OrchestratorAction(
        id=99, completeOrchestration=pb.CompleteOrchestrationAction(orchestrationStatus=status, **fields)
    )


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
