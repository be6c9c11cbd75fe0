"""The engine's executions: which run of an instance a result, a timer or a child belongs to.

The in-memory backend tells runs of one id apart by nothing. An id lives on when an instance is purged and
made again, replaced, restarted, continued as new or rewound; here each of these begins a new execution, and
what belongs to an older one comes to nothing.
"""

# ruff: noqa: N802 - the service's method names are its protocol's
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import grpc
from durabletask.internal import helpers
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.testing.in_memory_backend import ActivityWorkItem, OrchestrationInstance

from devhost.entities import ENDED, EntityRules

type After = Callable[[float, Callable[[], None]], None]


@dataclass(frozen=True)
class _Parent:
    """Whom a sub-orchestration reports to: one execution of one instance, not whoever has that id later."""

    instance_id: str
    execution: int
    task_id: int


class ExecutionRules(EntityRules):
    """Activities, timers, sub-orchestrations and new generations, each bound to its execution."""

    def __init__(self, after: After, max_history_size: int) -> None:
        """``after(seconds, callback)`` runs a callback later."""
        super().__init__(max_history_size)
        self._after = after
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

    def _forget_execution(self, instance_id: str) -> None:
        self._executions.pop(instance_id, None)
        self._parents.pop(instance_id, None)

    def _process_complete_orchestration_action(
        self, instance: OrchestrationInstance, complete_action: pb.CompleteOrchestrationAction
    ) -> None:
        if complete_action.orchestrationStatus != pb.ORCHESTRATION_STATUS_CONTINUED_AS_NEW:
            super()._process_complete_orchestration_action(instance, complete_action)
            return
        # A new generation is a new execution: the backend gives it the old one's timers and results, whose
        # ids collide, and forgets its parent and tags.
        before = _started(instance.history)
        super()._process_complete_orchestration_action(instance, complete_action)
        after = _started(instance.pending_events)
        if before is not None and after is not None:
            if before.HasField("parentInstance"):
                after.parentInstance.CopyFrom(before.parentInstance)
            after.tags.update(before.tags)
        self._begin_execution(instance.instance_id, keep_parent=True)

    # Activities

    def _process_schedule_task_action(
        self, instance: OrchestrationInstance, action: pb.OrchestratorAction
    ) -> None:
        super()._process_schedule_task_action(instance, action)
        self._activity_queue[-1].completion_token = self._executions[instance.instance_id]

    def is_wanted(self, activity: pb.ActivityRequest, completion_token: str) -> bool:
        """Whether the run that scheduled an activity still waits for it; the backend runs leftovers too."""
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
                return pb.CompleteTaskResponse()  # of a run that was purged, replaced or continued as new
            return super().CompleteActivityTask(request, context)

    # Timers

    def _process_create_timer_action(
        self, instance: OrchestrationInstance, action: pb.OrchestratorAction
    ) -> None:
        """Fire a timer for the execution that created it; the backend's fire for any that has its id."""
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

        self._after(max(0.0, (fire_at - datetime.now(UTC)).total_seconds()), fire)

    # Sub-orchestrations

    def _watch_sub_orchestration(self, parent_instance_id: str, sub_instance_id: str, task_id: int) -> None:
        """Remember whom to tell.

        The backend waits in a thread each, and only for 30 s: a longer one hangs its parent.
        """
        parent = self._instances[parent_instance_id]
        self._parents[sub_instance_id] = _Parent(
            parent_instance_id, self._executions[parent_instance_id], task_id
        )
        sub = self._instances[sub_instance_id]
        started = _started(sub.pending_events)
        if started is not None:
            # The backend leaves ctx.parent_instance_id empty, without which call_http refuses to work.
            started.parentInstance.taskScheduledId = task_id
            started.parentInstance.name.value = parent.name
            started.parentInstance.orchestrationInstance.instanceId = parent_instance_id
        self._tell_parent(sub)

    def _notify_waiters(self, instance_id: str) -> None:
        super()._notify_waiters(instance_id)
        self._tell_parent(self._instances[instance_id])

    def _tell_parent(self, sub: OrchestrationInstance) -> None:
        if sub.status not in ENDED or (link := self._parents.pop(sub.instance_id, None)) is None:
            return
        if self._executions.get(link.instance_id) != link.execution:
            return
        if sub.status == pb.ORCHESTRATION_STATUS_COMPLETED:
            event = helpers.new_sub_orchestration_completed_event(link.task_id, sub.output)
        else:
            # The backend makes a bare Exception of the message; a parent should see what its child failed
            # with.
            reason = sub.failure_details or pb.TaskFailureDetails(
                errorType="OrchestrationTerminated",
                errorMessage=f"the sub-orchestration {sub.instance_id} was terminated",
            )
            event = pb.HistoryEvent(
                eventId=-1,
                subOrchestrationInstanceFailed=pb.SubOrchestrationInstanceFailedEvent(
                    taskScheduledId=link.task_id, failureDetails=reason
                ),
            )
        parent = self._instances[link.instance_id]
        parent.pending_events.append(event)
        parent.last_updated_at = datetime.now(UTC)
        self._enqueue_orchestration(link.instance_id)

    # Rewinding

    def _prepare_rewind(self, instance: OrchestrationInstance, reason: str | None = None) -> None:
        instance.pending_events.clear()  # came after the end; the SDK refuses to rewind with other news
        super()._prepare_rewind(instance, reason)

    def _process_rewind_orchestration_action(
        self, instance: OrchestrationInstance, rewind_action: pb.RewindOrchestrationAction
    ) -> None:
        """Go on where a failed instance stopped.

        What it still waited for then was let go of with it; without a new start it would wait for ever.
        """
        self._begin_execution(instance.instance_id, keep_parent=True)
        super()._process_rewind_orchestration_action(instance, rewind_action)
        answered = {
            *(
                event.taskCompleted.taskScheduledId
                for event in instance.history
                if event.HasField("taskCompleted")
            ),
            *(event.taskFailed.taskScheduledId for event in instance.history if event.HasField("taskFailed")),
        }
        fired = {event.timerFired.timerId for event in instance.history if event.HasField("timerFired")}
        for event in instance.history:
            if event.HasField("taskScheduled") and event.eventId not in answered:
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


def _started(events: list[pb.HistoryEvent]) -> pb.ExecutionStartedEvent | None:
    return next((event.executionStarted for event in events if event.HasField("executionStarted")), None)
