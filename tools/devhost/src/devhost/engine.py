"""The durable engine: the Durable SDK's in-memory backend with the corrections that real apps need.

The backend was written for unit tests. The docstring or comment of each override says what the backend does
without it. All overrides run under the backend's lock. Each layer is a subclass of the next:

    Engine             starts, restarts, the gRPC endpoint, timestamps
    ClientLayer        responses to durable clients (engine_clients)
    ExecutionLayer     activities, timers and sub-orchestrations per execution (engine_executions)
    EntityLayer        entities and their locks (engine_entities)
    InMemoryOrchestrationBackend, of the SDK
"""

# ruff: noqa: N802 - the method names come from the gRPC service
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

from devhost.engine_clients import ClientLayer
from devhost.engine_entities import ENDED
from devhost.engine_executions import CallLater

_orchestrations = logging.getLogger("devhost.orchestrations")

MAX_MESSAGE_BYTES = 64 * 1024 * 1024
_MAX_WAITING_CLIENTS = 500
_NO_DEADLINE = 7 * 24 * 3600.0  # seconds


class Engine(ClientLayer):
    """A task hub in memory: instances, entities and queues, with a gRPC endpoint for durable clients."""

    def __init__(
        self,
        call_later: CallLater,
        *,
        replace_running_instances: bool = False,
        default_version: str | None = None,
    ) -> None:
        """``call_later(seconds, callback)`` runs a callback later.

        ``default_version`` is the version of instances that clients start without one. With
        ``replace_running_instances``, starting an instance replaces a running one with the same id
        (AnyState in host.json).
        """
        # The backend limits a history to 10,000 events, and a fan-out of 2,500 activities exceeds that.
        super().__init__(call_later, max_history_size=sys.maxsize)
        self._replaceable = [*ENDED]
        if replace_running_instances:
            self._replaceable += [
                pb.ORCHESTRATION_STATUS_PENDING,
                pb.ORCHESTRATION_STATUS_RUNNING,
                pb.ORCHESTRATION_STATUS_SUSPENDED,
            ]
        self._scheduled: set[str] = set()
        self._default_version = default_version

    def start(self) -> str:
        """Listen on a free loopback port and return ``127.0.0.1:port``.

        The backend listens on every interface and on a fixed port, has 10 threads (so ten clients that wait
        for a completion block all others), and has gRPC's message limit of 4 MiB.
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
        """Stop listening and release every client that waits for an instance."""
        with self._lock:
            for waiters in self._state_waiters.values():
                for waiter in waiters:
                    waiter.event.set()
        super().stop(grace)

    def StartInstance(
        self, request: pb.CreateInstanceRequest, context: grpc.ServicerContext
    ) -> pb.CreateInstanceResponse:
        """Start an instance; as in Azure it replaces an ended one with its id, which the backend rejects."""
        if not request.orchestrationIdReusePolicy.replaceableStatus:
            request.orchestrationIdReusePolicy.replaceableStatus.extend(self._replaceable)
        if self._default_version is not None and not request.HasField("version"):
            request.version.value = self._default_version
        with self._lock:
            if request.HasField("scheduledStartTimestamp"):
                # The backend stores the start time but starts the instance immediately.
                request.instanceId = request.instanceId or uuid.uuid4().hex
                self._schedule_start(
                    request.scheduledStartTimestamp.ToDatetime(tzinfo=UTC), request.instanceId
                )
            response = super().StartInstance(request, context)
            self._begin_execution(response.instanceId)
        _orchestrations.info("%s instance %s started", request.name, response.instanceId)
        return response

    def RestartInstance(
        self, request: pb.RestartInstanceRequest, context: grpc.ServicerContext
    ) -> pb.RestartInstanceResponse:
        """Restart an instance. With a new id the old one may still run, which the backend rejects."""
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

    def _schedule_start(self, start_at: datetime, instance_id: str) -> None:
        def start() -> None:
            with self._lock:
                self._scheduled.discard(instance_id)
                if instance_id in self._instances:
                    self._enqueue_orchestration(instance_id)

        if (seconds := (start_at - datetime.now(UTC)).total_seconds()) > 0:
            self._scheduled.add(instance_id)
            self._call_later(seconds, start)

    def _enqueue_orchestration(self, instance_id: str) -> None:
        """Queue an instance that has new events; the backend would also run, and so revive, an ended one."""
        instance = self._instances[instance_id]
        if instance.status in ENDED:
            instance.pending_events.clear()
            return
        for event in reversed(instance.pending_events):
            if event.timestamp.seconds:
                break
            event.timestamp.GetCurrentTime()  # the backend leaves 1970 in most events of a history
        if instance_id in self._scheduled and not any(
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
        # The backend does not wake its readers for an instance that received events during this episode; the
        # next episode would start 0.1 s late.
        self._work_available.set()
        return response

    def _wait_for_state(
        self, instance_id: str, predicate: Callable[[OrchestrationInstance], bool], timeout: float | None
    ) -> OrchestrationInstance | None:
        # The backend waits only 30 seconds if there is no deadline.
        seconds = _NO_DEADLINE if timeout is None else min(max(timeout, 0.001), _NO_DEADLINE)
        return super()._wait_for_state(instance_id, predicate, seconds)
