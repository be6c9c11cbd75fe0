"""The engine's client layer: responds to durable clients as the Durable extension with Azure Storage does.

The in-memory backend is more lenient: it ignores operations on ended instances, and it returns more details
of a failure than Azure does. An app that relies on either fails in Azure. The failure details that
orchestrators receive do not pass through this layer and stay complete.
"""

# ruff: noqa: N802 - the method names come from the gRPC service
from collections.abc import Container
from typing import NoReturn

import grpc
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.testing.in_memory_backend import OrchestrationInstance

from devhost.engine_entities import ENDED
from devhost.engine_executions import ExecutionLayer

STATUS_NAMES = {
    pb.ORCHESTRATION_STATUS_RUNNING: "Running",
    pb.ORCHESTRATION_STATUS_COMPLETED: "Completed",
    pb.ORCHESTRATION_STATUS_CONTINUED_AS_NEW: "ContinuedAsNew",
    pb.ORCHESTRATION_STATUS_FAILED: "Failed",
    pb.ORCHESTRATION_STATUS_CANCELED: "Canceled",
    pb.ORCHESTRATION_STATUS_TERMINATED: "Terminated",
    pb.ORCHESTRATION_STATUS_PENDING: "Pending",
    pb.ORCHESTRATION_STATUS_SUSPENDED: "Suspended",
}
_NOT_SUSPENDED = [status for status in STATUS_NAMES if status != pb.ORCHESTRATION_STATUS_SUSPENDED]


class ClientLayer(ExecutionLayer):
    """Rejects operations with the extension's codes and messages, and shows states as the extension does."""

    def RaiseEvent(
        self, request: pb.RaiseEventRequest, context: grpc.ServicerContext
    ) -> pb.RaiseEventResponse:
        """Send an event to an instance that has not ended."""
        with self._lock:
            if self._existing(request.instanceId, context).status in ENDED:
                _reject(context, "The orchestration instance with the provided instance id is not running.")
            return super().RaiseEvent(request, context)

    def TerminateInstance(
        self, request: pb.TerminateRequest, context: grpc.ServicerContext
    ) -> pb.TerminateResponse:
        """Terminate an instance that has not ended."""
        with self._lock:
            self._reject_in(ENDED, "terminate", request.instanceId, context)
            return super().TerminateInstance(request, context)

    def SuspendInstance(
        self, request: pb.SuspendRequest, context: grpc.ServicerContext
    ) -> pb.SuspendResponse:
        """Suspend an instance that is neither ended nor suspended."""
        with self._lock:
            rejected = (*ENDED, pb.ORCHESTRATION_STATUS_SUSPENDED)
            self._reject_in(rejected, "suspend", request.instanceId, context)
            return super().SuspendInstance(request, context)

    def ResumeInstance(self, request: pb.ResumeRequest, context: grpc.ServicerContext) -> pb.ResumeResponse:
        """Resume a suspended instance; the backend accepts any, and the SDK then fails the others."""
        with self._lock:
            self._reject_in(_NOT_SUSPENDED, "resume", request.instanceId, context)
            return super().ResumeInstance(request, context)

    def PurgeInstances(
        self, request: pb.PurgeInstancesRequest, context: grpc.ServicerContext
    ) -> pb.PurgeInstancesResponse:
        """Delete ended instances. A purge by id is rejected if that instance has not ended."""
        with self._lock:
            instance = self._instances.get(request.instanceId)
            if instance is not None and instance.status not in ENDED:
                _reject(
                    context,
                    "Only orchestrations in a terminal state can be purged, but the orchestration with "
                    f"instance ID {request.instanceId} has status {STATUS_NAMES[instance.status]}",
                )
            response = super().PurgeInstances(request, context)
            response.ClearField("isComplete")
            for instance_id in [request.instanceId] if request.instanceId else list(self._executions):
                if instance_id not in self._instances:
                    self._delete_execution(instance_id)
        return response

    def QueryInstances(
        self, request: pb.QueryInstancesRequest, context: grpc.ServicerContext
    ) -> pb.QueryInstancesResponse:
        """List instances. Without payloads, only the inputs are omitted."""
        with_input = request.query.fetchInputsAndOutputs
        request.query.fetchInputsAndOutputs = True
        response = super().QueryInstances(request, context)
        for state in response.orchestrationState:
            _show_as_azure_does(state, with_payloads=True)
            if not with_input:
                state.ClearField("input")
        return response

    def _build_instance_response(
        self, instance: OrchestrationInstance, include_payloads: bool
    ) -> pb.GetInstanceResponse:
        response = super()._build_instance_response(instance, include_payloads)
        _show_as_azure_does(response.orchestrationState, with_payloads=include_payloads)
        if instance.version:
            response.orchestrationState.version.value = instance.version
        return response

    def _existing(self, instance_id: str, context: grpc.ServicerContext) -> OrchestrationInstance:
        instance = self._instances.get(instance_id)
        if instance is None:
            text = f"No instance with ID '{instance_id}' was found. (Parameter 'instanceId')"
            _reject(context, text, grpc.StatusCode.NOT_FOUND)
        return instance

    def _reject_in(
        self, statuses: Container[int], verb: str, instance_id: str, context: grpc.ServicerContext
    ) -> None:
        status = self._existing(instance_id, context).status
        if status in statuses:
            _reject(
                context,
                f"InvalidOperationException: Cannot {verb} the orchestration instance {instance_id} "
                f"because instance is in the {STATUS_NAMES[status]} state.",
            )


def _reject(
    context: grpc.ServicerContext,
    text: str,
    code: grpc.StatusCode = grpc.StatusCode.FAILED_PRECONDITION,
) -> NoReturn:
    context.abort(code, text)
    raise AssertionError("a context's abort raises")


def _show_as_azure_does(state: pb.OrchestrationState, *, with_payloads: bool) -> None:
    """Change a state to what Azure Storage stores.

    A failure is the text of the output, and a custom status that was never set is ``null``. The custom status
    is one of the payloads.
    """
    if state.HasField("failureDetails"):
        if with_payloads:
            state.output.value = f"{state.failureDetails.errorType}: {state.failureDetails.errorMessage}"
        state.ClearField("failureDetails")
    if not with_payloads:
        state.ClearField("customStatus")
    elif not state.HasField("customStatus"):
        state.customStatus.value = "null"
