"""A report's orchestrations in the durable engine: started, stopped, and removed without a trace.

The engine stops an instance some time after it is asked to, and shows an instance some time after it was
started. So nothing here waits: callers ask, and ask again later.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum, auto

import azure.durable_functions as df
import grpc
from durabletask.client import OrchestrationQuery, OrchestrationState, OrchestrationStatus

from domain.messages import GENERATE_REPORT, GenerateReport, report_of_instance

CALLS_AT_ONCE = 8
PAGE = 1000
NOT_RUNNING = frozenset({grpc.StatusCode.NOT_FOUND, grpc.StatusCode.FAILED_PRECONDITION})
"""How the Durable extension answers a request to stop an instance that is missing or has ended."""


class Phase(Enum):
    RUNNING = auto()
    COMPLETED = auto()
    BROKEN = auto()
    """Failed or terminated: it will not write into the report's record any more."""


@dataclass(frozen=True)
class Instance:
    phase: Phase
    reason: str
    """Why it is broken, where the engine knows."""


class Orchestrations:
    """One report has an instance of its own, under the report's id, and one for each shard.

    The ids of the shards begin with the report's id.
    """

    def __init__(self, client: df.SyncDurableFunctionsClient) -> None:
        self._client = client

    def start(self, order: GenerateReport) -> None:
        """Start the report's instance; that it runs already is as good."""
        try:
            self._client.schedule_new_orchestration(
                GENERATE_REPORT, input=order.to_dict(), instance_id=order.report_id
            )
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.ALREADY_EXISTS:
                raise

    def find(self, report_id: str) -> Instance | None:
        """The report's own instance, or None where the engine does not know it."""
        state = self._client.get_orchestration_state(report_id)
        return None if state is None else Instance(_phase(state), _reason(state))

    def stop(self, report_id: str) -> bool:
        """Ask what runs for the report to stop. Returns whether nothing runs that the engine shows."""
        running = [state for state in self._of(report_id) if _phase(state) is Phase.RUNNING]
        if running:
            with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
                list(pool.map(self._terminate, running))
        return not running

    def remove(self, report_id: str) -> bool:
        """Ask what runs for the report to stop and, once nothing runs, purge the instances.

        Returns whether the engine shows none of them any more.
        """
        if not self.stop(report_id):
            return False
        for state in self._of(report_id):
            # One after the other: each takes hundreds of rows of history with it.
            self._client.purge_orchestration(state.instance_id, recursive=False)
        return True

    def report_ids(self) -> set[str]:
        """The reports that have instances. Reads every instance there is: for a daily round."""
        states = self._client.get_all_orchestration_states(OrchestrationQuery(max_instance_count=PAGE))
        return {report_of_instance(state.instance_id) for state in states}

    def check(self) -> None:
        """Ask for an instance that is not there, which fails where the engine cannot be reached."""
        self._client.get_orchestration_state("health-check", fetch_payloads=False)

    def _of(self, report_id: str) -> list[OrchestrationState]:
        return self._client.get_all_orchestration_states(OrchestrationQuery(instance_id_prefix=report_id))

    def _terminate(self, state: OrchestrationState) -> None:
        try:
            self._client.terminate_orchestration(state.instance_id, recursive=False)
        except grpc.RpcError as error:
            if error.code() not in NOT_RUNNING:
                raise


def _phase(state: OrchestrationState) -> Phase:
    if state.runtime_status is OrchestrationStatus.COMPLETED:
        return Phase.COMPLETED
    if state.runtime_status in {OrchestrationStatus.FAILED, OrchestrationStatus.TERMINATED}:
        return Phase.BROKEN
    return Phase.RUNNING


def _reason(state: OrchestrationState) -> str:
    """The Azure Storage provider gives no failure details: the output of a failed instance is the text."""
    if state.failure_details:
        return state.failure_details.message
    if state.runtime_status is OrchestrationStatus.FAILED:
        return state.serialized_output or ""
    return ""
