"""The Durable SDK's in-memory backend, mended where an app would notice that it was written for unit tests.

Every override says what the backend does without it; all of them run under the backend's own lock. Here is
what concerns the whole engine; ``clients.py``, ``executions.py`` and ``entities.py`` have one part each.
"""

# ruff: noqa: N802 - the service's method names are its protocol's
import logging
import sys
import uuid
from collections.abc import Callable
from concurrent import futures
from datetime import UTC, datetime

import grpc
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.internal import orchestrator_service_pb2_grpc as stubs
from durabletask.testing.in_memory_backend import OrchestrationInstance

from devhost.clients import ClientRules
from devhost.entities import ENDED
from devhost.executions import After

_orchestrations = logging.getLogger("devhost.orchestrations")

MAX_MESSAGE_BYTES = 64 * 1024 * 1024
_MAX_WAITING_CLIENTS = 500
_NO_DEADLINE = 7 * 24 * 3600.0


class Engine(ClientRules):
    """The task hub: instances, entities and queues, in memory, with a gRPC endpoint for durable clients."""

    def __init__(
        self, after: After, *, replace_running_instances: bool = False, default_version: str | None = None
    ) -> None:
        """``after(seconds, callback)`` runs a callback later.

        ``default_version`` is that of instances which clients start without one.
        ``replace_running_instances``: a start with the id of any instance replaces it (host.json's AnyState).
        """
        # The limit of 10,000 history events is the backend's own; a fan-out of 2,500 would already fail on
        # it.
        super().__init__(after, max_history_size=sys.maxsize)
        self._replaceable = [*ENDED]
        if replace_running_instances:
            self._replaceable += [
                pb.ORCHESTRATION_STATUS_PENDING,
                pb.ORCHESTRATION_STATUS_RUNNING,
                pb.ORCHESTRATION_STATUS_SUSPENDED,
            ]
        self._asleep: set[str] = set()
        self._default_version = default_version

    def start(self) -> str:
        """Listen on a free loopback port and return ``127.0.0.1:port``.

        The backend listens on every interface, on a port to be known beforehand, with 10 threads (ten clients
        waiting for a completion block everybody else) and gRPC's 4 MiB message limit.
        """
        self._server = grpc.server(
            futures.ThreadPoolExecutor(_MAX_WAITING_CLIENTS, "durable-client"),
            options=[
                ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
                ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
            ],
        )
        stubs.add_TaskHubSidecarServiceServicer_to_server(self, self._server)  # type: ignore[no-untyped-call]
        port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()
        return f"127.0.0.1:{port}"

    def stop(self, grace: float | None = None) -> None:
        """Stop listening, and let go of every client that waits for an instance."""
        with self._lock:
            for waiters in self._state_waiters.values():
                for waiter in waiters:
                    waiter.event.set()
        super().stop(grace)

    def StartInstance(
        self, request: pb.CreateInstanceRequest, context: grpc.ServicerContext
    ) -> pb.CreateInstanceResponse:
        """Start an instance, replacing an ended one of its id as Azure does; the backend refuses to."""
        if not request.orchestrationIdReusePolicy.replaceableStatus:
            request.orchestrationIdReusePolicy.replaceableStatus.extend(self._replaceable)
        if self._default_version is not None and not request.HasField("version"):
            request.version.value = self._default_version
        with self._lock:
            if request.HasField("scheduledStartTimestamp"):
                # The backend notes the time, and then starts at once.
                request.instanceId = request.instanceId or uuid.uuid4().hex
                self._sleep_until(request.scheduledStartTimestamp.ToDatetime(tzinfo=UTC), request.instanceId)
            response = super().StartInstance(request, context)
            self._begin_execution(response.instanceId)
        _orchestrations.info("%s instance %s started", request.name, response.instanceId)
        return response

    def RestartInstance(
        self, request: pb.RestartInstanceRequest, context: grpc.ServicerContext
    ) -> pb.RestartInstanceResponse:
        """Restart an instance; under a new id one that runs too, which the backend refuses."""
        with self._lock:
            instance = self._instances.get(request.instanceId)
            if instance is None or not request.restartWithNewInstanceId:
                return super().RestartInstance(request, context)
            new_id = uuid.uuid4().hex
            self._create_instance_internal(new_id, instance.name, instance.input, instance.version)
        return pb.RestartInstanceResponse(instanceId=new_id)

    def _create_instance_internal(
        self, instance_id: str, name: str, encoded_input: str | None = None, version: str | None = None
    ) -> None:
        super()._create_instance_internal(instance_id, name, encoded_input, version)
        _orchestrations.info("%s instance %s started", name, instance_id)

    def _sleep_until(self, start_at: datetime, instance_id: str) -> None:
        def wake() -> None:
            with self._lock:
                self._asleep.discard(instance_id)
                if instance_id in self._instances:
                    self._enqueue_orchestration(instance_id)

        if (seconds := (start_at - datetime.now(UTC)).total_seconds()) > 0:
            self._asleep.add(instance_id)
            self._after(seconds, wake)

    def _enqueue_orchestration(self, instance_id: str) -> None:
        """Queue an instance that has news; the backend also runs one that has ended, and so revives it."""
        instance = self._instances[instance_id]
        if instance.status in ENDED:
            instance.pending_events.clear()
            return
        for event in reversed(instance.pending_events):
            if event.timestamp.seconds:
                break
            event.timestamp.GetCurrentTime()  # the backend leaves 1970 in most events, and histories show it
        if instance_id in self._asleep and not any(
            event.HasField("executionTerminated") for event in instance.pending_events
        ):
            return
        super()._enqueue_orchestration(instance_id)

    def CompleteOrchestratorTask(
        self, request: pb.OrchestratorResponse, context: grpc.ServicerContext
    ) -> pb.CompleteTaskResponse:
        with self._lock:
            response = super().CompleteOrchestratorTask(request, context)
            if (instance := self._instances.get(request.instanceId)) is not None:
                for event in reversed(instance.history):
                    if event.HasField("orchestratorStarted"):
                        break
                    if not event.timestamp.seconds:
                        event.timestamp.GetCurrentTime()
        # An instance that got news while in flight is queued already, so nobody is told: 0.1 s an episode.
        self._work_available.set()
        return response

    def _wait_for_state(
        self, instance_id: str, predicate: Callable[[OrchestrationInstance], bool], timeout: float | None
    ) -> OrchestrationInstance | None:
        # The backend takes "no deadline" for 30 seconds.
        seconds = _NO_DEADLINE if timeout is None else min(max(timeout, 0.001), _NO_DEADLINE)
        return super()._wait_for_state(instance_id, predicate, seconds)
