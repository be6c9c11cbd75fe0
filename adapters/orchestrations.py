"""A report's orchestrations in the durable engine: started, stopped, and removed without a trace."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count

import azure.durable_functions as df
import grpc
from durabletask.client import OrchestrationState, OrchestrationStatus

from domain.messages import GENERATE_REPORT, GenerateReport, shard_instance_id

TERMINATION_SECONDS = 20


class Phase(Enum):
    RUNNING = auto()
    COMPLETED = auto()
    BROKEN = auto()
    """Failed or terminated: it will not write into the report's record any more."""


@dataclass(frozen=True)
class Instance:
    phase: Phase
    reason: str
    """Why it is broken, where it is."""


class Orchestrations:
    """One report has an instance of its own, under the report's id, and one for each shard."""

    def __init__(self, client: df.SyncDurableFunctionsClient) -> None:
        self._client = client

    def start(self, order: GenerateReport) -> None:
        """Start the report's instance; that it runs already is as good."""
        try:
            self._client.schedule_new_orchestration(
                GENERATE_REPORT, input=order.to_dict(), instance_id=order.report_id
            )
        except grpc.RpcError as fault:
            if fault.code() is not grpc.StatusCode.ALREADY_EXISTS:
                raise

    def find(self, report_id: str) -> Instance | None:
        """The report's own instance, or None where the engine does not know it."""
        state = self._client.get_orchestration_state(report_id)
        if state is None:
            return None
        return Instance(_phase(state), state.failure_details.message if state.failure_details else "")

    def stop(self, report_id: str) -> None:
        """Stop whatever still runs for the report. Raises TimeoutError where it does not stop in time."""
        # The report's own instance first, and only when it has ended its shards, or it would start more
        # of them meanwhile. Backends do not stop sub-orchestrations with their parent.
        self._stop(report_id)
        for shard in self._shards(report_id):
            self._stop(shard)

    def remove(self, report_id: str) -> None:
        """Stop whatever still runs for the report and purge its history, and that of its shards."""
        self.stop(report_id)
        # From the last shard to the report itself, so that a removal that broke off can be repeated.
        for instance_id in (*reversed(list(self._shards(report_id))), report_id):
            self._client.purge_orchestration(instance_id, recursive=False)

    def check(self) -> None:
        """Ask for an instance that is not there, which fails where the engine cannot be reached."""
        self._client.get_orchestration_state("health-check", fetch_payloads=False)

    def _stop(self, instance_id: str) -> None:
        state = self._client.get_orchestration_state(instance_id, fetch_payloads=False)
        if state and _phase(state) is Phase.RUNNING:
            self._client.terminate_orchestration(instance_id, recursive=False)
            self._client.wait_for_orchestration_completion(
                instance_id, fetch_payloads=False, timeout=TERMINATION_SECONDS
            )

    def _shards(self, report_id: str) -> Iterator[str]:
        for index in count():
            instance_id = shard_instance_id(report_id, index)
            if self._client.get_orchestration_state(instance_id, fetch_payloads=False) is None:
                return
            yield instance_id


def _phase(state: OrchestrationState) -> Phase:
    if state.runtime_status is OrchestrationStatus.COMPLETED:
        return Phase.COMPLETED
    if state.runtime_status in {OrchestrationStatus.FAILED, OrchestrationStatus.TERMINATED}:
        return Phase.BROKEN
    return Phase.RUNNING
