"""The engine's entity layer: deletes entities without a state and enforces entity locks."""

# ruff: noqa: N802 - the method names come from the gRPC service
import grpc
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.testing.in_memory_backend import (
    EntityState,
    InMemoryOrchestrationBackend,
    OrchestrationInstance,
    PendingLockRequest,
)

ENDED = (
    pb.ORCHESTRATION_STATUS_COMPLETED,
    pb.ORCHESTRATION_STATUS_FAILED,
    pb.ORCHESTRATION_STATUS_TERMINATED,
)


class EntityLayer(InMemoryOrchestrationBackend):
    """Entities that cease to exist without a state, and locks that exclude other callers.

    A lock of the backend excludes only other *locks*: operations of other callers run inside a critical
    section. Here these operations are deferred until the lock is released. Operations that were queued before
    the lock run before it is granted.
    """

    def __init__(self, max_history_size: int) -> None:
        super().__init__(max_history_size=max_history_size)
        self._lock_holders: dict[str, str] = {}  # critical section id -> instance id
        self._deferred: dict[str, list[pb.HistoryEvent]] = {}

    # Locks

    def _queue_entity_operation(self, entity_id: str, event: pb.HistoryEvent) -> None:
        super()._queue_entity_operation(entity_id, event)
        self._defer_other_callers(self._entities[entity_id])

    def SignalEntity(
        self, request: pb.SignalEntityRequest, context: grpc.ServicerContext
    ) -> pb.SignalEntityResponse:
        with self._lock:
            response = super().SignalEntity(request, context)
            self._defer_other_callers(self._entities[request.instanceId])
            return response

    def _defer_other_callers(self, entity: EntityState) -> None:
        if entity.locked_by is None:
            return
        holder = self._lock_holders.get(entity.locked_by)
        allowed: list[pb.HistoryEvent] = []
        deferred: list[pb.HistoryEvent] = []
        for event in entity.pending_operations:
            # A signal never comes from the holder: the SDK does not let it signal an entity it locked.
            from_holder = event.entityOperationCalled.parentInstanceId.value == holder
            (allowed if from_holder else deferred).append(event)
        entity.pending_operations[:] = allowed
        if deferred:
            self._deferred.setdefault(entity.instance_id, []).extend(deferred)

    def _can_grant_lock(self, pending: PendingLockRequest) -> bool:
        busy = self._entity_in_flight | self._entity_queue_set
        return busy.isdisjoint(pending.lock_set) and super()._can_grant_lock(pending)

    def _grant_lock(self, pending: PendingLockRequest) -> None:
        self._lock_holders[pending.critical_section_id] = pending.parent_instance_id
        super()._grant_lock(pending)
        for entity_id in pending.lock_set:
            self._defer_other_callers(self._entities[entity_id])

    def _try_grant_pending_locks(self) -> None:
        for entity_id in [*self._deferred]:
            entity = self._entities[entity_id]
            if entity.locked_by is None:
                entity.pending_operations.extend(self._deferred.pop(entity_id))
                self._enqueue_entity(entity_id)
        super()._try_grant_pending_locks()  # type: ignore[no-untyped-call]

    def _process_send_entity_message_action(
        self, instance: OrchestrationInstance, action: pb.OrchestratorAction
    ) -> None:
        super()._process_send_entity_message_action(instance, action)
        if action.sendEntityMessage.HasField("entityUnlockSent"):
            unlock = action.sendEntityMessage.entityUnlockSent
            if not any(entity.locked_by == unlock.criticalSectionId for entity in self._entities.values()):
                self._lock_holders.pop(unlock.criticalSectionId, None)
            if (target := self._entities.get(unlock.targetInstanceId.value)) is not None:
                self._delete_if_empty(target)

    def CleanEntityStorage(
        self, request: pb.CleanEntityStorageRequest, context: grpc.ServicerContext
    ) -> pb.CleanEntityStorageResponse:
        """Release the locks of ended and deleted orchestrations; the backend releases every lock."""
        release = request.releaseOrphanedLocks
        request.releaseOrphanedLocks = False
        with self._lock:
            response = super().CleanEntityStorage(request, context)
            if release:
                for entity in [*self._entities.values()]:
                    if entity.locked_by is None:
                        continue
                    holder = self._instances.get(self._lock_holders.get(entity.locked_by, ""))
                    if holder is None or holder.status in ENDED:
                        entity.locked_by = None
                        response.orphanedLocksReleased += 1
                self._try_grant_pending_locks()
        return response

    # Lifetime

    def CompleteEntityTask(
        self, request: pb.EntityBatchResult, context: grpc.ServicerContext
    ) -> pb.CompleteTaskResponse:
        with self._lock:
            entity = next(
                (
                    entity
                    for entity in self._entities.values()
                    if str(entity.completion_token) == request.completionToken
                ),
                None,
            )
            response = super().CompleteEntityTask(request, context)
            if entity is not None:
                # A lock that waited for this batch goes before the operations that arrived during the batch.
                self._entity_queue_set.discard(entity.instance_id)
                self._try_grant_pending_locks()
                if entity.pending_operations:
                    self._enqueue_entity(entity.instance_id)
                self._delete_if_empty(entity)
        return response

    def _delete_if_empty(self, entity: EntityState) -> None:
        """Delete an entity that has deleted its state; the backend reports that it still exists."""
        if entity.serialized_state is None and not self._is_in_use(entity):
            self._entities.pop(entity.instance_id, None)

    def _is_in_use(self, entity: EntityState) -> bool:
        return bool(
            entity.pending_operations
            or entity.locked_by
            or entity.instance_id in self._entity_in_flight
            or entity.instance_id in self._deferred
        )

    def GetEntity(self, request: pb.GetEntityRequest, context: grpc.ServicerContext) -> pb.GetEntityResponse:
        with self._lock:
            entity = self._entities.get(request.instanceId)
            if entity is not None and entity.serialized_state is None:
                return pb.GetEntityResponse(exists=False)
            return super().GetEntity(request, context)

    def QueryEntities(
        self, request: pb.QueryEntitiesRequest, context: grpc.ServicerContext
    ) -> pb.QueryEntitiesResponse:
        """List the entities that exist.

        The backend omits entities that are busy, and lists entities that have no state.
        """
        with self._lock:
            hidden = {}
            if not request.query.includeTransient:
                request.query.includeTransient = True
                hidden = {
                    entity_id: entity
                    for entity_id, entity in self._entities.items()
                    if entity.serialized_state is None
                }
            for entity_id in hidden:
                del self._entities[entity_id]
            try:
                return super().QueryEntities(request, context)
            finally:
                self._entities.update(hidden)
