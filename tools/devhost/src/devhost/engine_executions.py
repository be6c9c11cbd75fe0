"""The engine's execution layer: binds activities, timers and sub-orchestrations to one execution.

An instance id can have several executions: an instance is purged and created again, replaced, restarted,
continued as new or rewound. The in-memory backend does not distinguish them. Here each of these starts a new
execution, and results and timers of an older one are ignored.
"""

# ruff: noqa: N802 - the method names come from the gRPC service
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import grpc
from durabletask.internal import helpers
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.testing.in_memory_backend import ActivityWorkItem, OrchestrationInstance

from devhost.engine_entities import ENDED, EntityLayer

type CallLater = Callable[[float, Callable[[], None]], None]


@dataclass(frozen=True)
class _Parent:
    """The execution that a sub-orchestration reports to. A later one with the same id gets no result."""

    instance_id: str
    execution: int
    task_id: int


class ExecutionLayer(EntityLayer):
    """Binds activities, timers, sub-orchestrations and continue-as-new to executions."""

    def __init__(self, call_later: CallLater, max_history_size: int) -> None:
        """``call_later(seconds, callback)`` runs a callback later."""
        super().__init__(max_history_size)
        self._call_later = call_later
        self._executions: dict[str, int] = {}
        self._next_execution = 1
        self._parents: dict[str, _Parent] = {}

    def _create_instance_internal(
        self, instance_id: str, name: str, encoded_input: str | None = None, version: str | None = None
    ) -> None:
        super()._create_instance_internal(instance_id, name, encoded_input, version)
        self._begin_execution(instance_id)

    def _begin_execution(self, instance_id: str, *, keep_parent: bool = False) -> None:
        self._executions[instance_id] = self._next_execution
        self._next_execution += 1
        if not keep_parent:
            self._parents.pop(instance_id, None)

    def _delete_execution(self, instance_id: str) -> None:
        self._executions.pop(instance_id, None)
        self._parents.pop(instance_id, None)

    def _process_complete_orchestration_action(
        self, instance: OrchestrationInstance, complete_action: pb.CompleteOrchestrationAction
    ) -> None:
        if complete_action.orchestrationStatus != pb.ORCHESTRATION_STATUS_CONTINUED_AS_NEW:
            super()._process_complete_orchestration_action(instance, complete_action)
            return
        # The backend delivers timers and results of the previous generation to the new one, where their ids
        # collide, and it drops the parent and the tags.
        previous = _execution_started(instance.history)
        super()._process_complete_orchestration_action(instance, complete_action)
        current = _execution_started(instance.pending_events)
        if previous is not None and current is not None:
            if previous.HasField("parentInstance"):
                current.parentInstance.CopyFrom(previous.parentInstance)
            current.tags.update(previous.tags)
        self._begin_execution(instance.instance_id, keep_parent=True)

    # Activities

    def _process_schedule_task_action(
        self, instance: OrchestrationInstance, action: pb.OrchestratorAction
    ) -> None:
        super()._process_schedule_task_action(instance, action)
        self._activity_queue[-1].completion_token = self._executions[instance.instance_id]

    def is_awaited(self, activity: pb.ActivityRequest, completion_token: str) -> bool:
        """Whether the execution that scheduled an activity still waits for it; the backend does not check."""
        instance_id = activity.orchestrationInstance.instanceId
        with self._lock:
            instance = self._instances.get(instance_id)
            return (
                instance is not None
                and instance.status not in ENDED
                and str(self._executions.get(instance_id)) == completion_token
            )

    def CompleteActivityTask(
        self, request: pb.ActivityResponse, context: grpc.ServicerContext
    ) -> pb.CompleteTaskResponse:
        with self._lock:
            if str(self._executions.get(request.instanceId)) != request.completionToken:
                return pb.CompleteTaskResponse()  # its execution was purged, replaced or continued as new
            return super().CompleteActivityTask(request, context)

    # Timers

    def _process_create_timer_action(
        self, instance: OrchestrationInstance, action: pb.OrchestratorAction
    ) -> None:
        """Fire a timer only for the execution that created it; the backend fires it for any with its id."""
        fire_at = action.createTimer.fireAt.ToDatetime(tzinfo=UTC)
        instance.history.append(helpers.new_timer_created_event(action.id, fire_at))
        self._set_timer(instance, action.id, fire_at)

    def _set_timer(self, instance: OrchestrationInstance, timer_id: int, fire_at: datetime) -> None:
        execution = self._executions[instance.instance_id]

        def fire() -> None:
            with self._lock:
                if self._executions.get(instance.instance_id) == execution:
                    instance.pending_events.append(helpers.new_timer_fired_event(timer_id, fire_at))
                    instance.last_updated_at = datetime.now(UTC)
                    self._enqueue_orchestration(instance.instance_id)

        self._call_later(max(0.0, (fire_at - datetime.now(UTC)).total_seconds()), fire)

    # Sub-orchestrations

    def _watch_sub_orchestration(self, parent_instance_id: str, sub_instance_id: str, task_id: int) -> None:
        """Record the parent of a sub-orchestration.

        The backend starts a thread per sub-orchestration and waits 30 s; the parent of a longer one never
        continues.
        """
        parent = self._instances[parent_instance_id]
        self._parents[sub_instance_id] = _Parent(
            parent_instance_id, self._executions[parent_instance_id], task_id
        )
        sub = self._instances[sub_instance_id]
        started = _execution_started(sub.pending_events)
        if started is not None:
            # The backend leaves ctx.parent_instance_id empty, and call_http does not work without it.
            started.parentInstance.taskScheduledId = task_id
            started.parentInstance.name.value = parent.name
            started.parentInstance.orchestrationInstance.instanceId = parent_instance_id
        self._notify_parent(sub)

    def _notify_waiters(self, instance_id: str) -> None:
        super()._notify_waiters(instance_id)
        self._notify_parent(self._instances[instance_id])

    def _notify_parent(self, sub: OrchestrationInstance) -> None:
        if sub.status not in ENDED or (parent := self._parents.pop(sub.instance_id, None)) is None:
            return
        if self._executions.get(parent.instance_id) != parent.execution:
            return
        if sub.status == pb.ORCHESTRATION_STATUS_COMPLETED:
            event = helpers.new_sub_orchestration_completed_event(parent.task_id, sub.output)
        else:
            # The backend reports a bare Exception with the message; the parent should get the actual error.
            details = sub.failure_details or pb.TaskFailureDetails(
                errorType="OrchestrationTerminated",
                errorMessage=f"the sub-orchestration {sub.instance_id} was terminated",
            )
            event = pb.HistoryEvent(
                eventId=-1,
                subOrchestrationInstanceFailed=pb.SubOrchestrationInstanceFailedEvent(
                    taskScheduledId=parent.task_id, failureDetails=details
                ),
            )
        instance = self._instances[parent.instance_id]
        instance.pending_events.append(event)
        instance.last_updated_at = datetime.now(UTC)
        self._enqueue_orchestration(parent.instance_id)

    # Rewinding

    def _prepare_rewind(self, instance: OrchestrationInstance, reason: str | None = None) -> None:
        instance.pending_events.clear()  # arrived after the end; the SDK rejects a rewind with other events
        super()._prepare_rewind(instance, reason)

    def _process_rewind_orchestration_action(
        self, instance: OrchestrationInstance, rewind_action: pb.RewindOrchestrationAction
    ) -> None:
        """Continue a failed instance from where it failed.

        Its outstanding activities and timers were dropped when it failed, so they are started again; the
        instance would wait for them forever.
        """
        self._begin_execution(instance.instance_id, keep_parent=True)
        super()._process_rewind_orchestration_action(instance, rewind_action)
        completed = {
            *(
                event.taskCompleted.taskScheduledId
                for event in instance.history
                if event.HasField("taskCompleted")
            ),
            *(event.taskFailed.taskScheduledId for event in instance.history if event.HasField("taskFailed")),
        }
        fired = {event.timerFired.timerId for event in instance.history if event.HasField("timerFired")}
        for event in instance.history:
            if event.HasField("taskScheduled") and event.eventId not in completed:
                self._activity_queue.append(
                    ActivityWorkItem(
                        instance_id=instance.instance_id,
                        name=event.taskScheduled.name,
                        task_id=event.eventId,
                        input=event.taskScheduled.input.value,
                        completion_token=self._executions[instance.instance_id],
                    )
                )
            elif event.HasField("timerCreated") and event.eventId not in fired:
                self._set_timer(instance, event.eventId, event.timerCreated.fireAt.ToDatetime(tzinfo=UTC))


def _execution_started(events: list[pb.HistoryEvent]) -> pb.ExecutionStartedEvent | None:
    return next((event.executionStarted for event in events if event.HasField("executionStarted")), None)
