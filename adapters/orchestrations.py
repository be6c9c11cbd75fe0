"""A report's orchestrations in the durable engine: started, stopped, and removed without a trace.

The engine stops an instance some time after it is asked to, and shows an instance some time after it was
started. So nothing here waits: callers ask, and ask again later.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

import azure.durable_functions as df
import grpc
from durabletask.client import OrchestrationQuery, OrchestrationState, OrchestrationStatus

from adapters.settings import MOST_SHARDS
from domain.messages import GENERATE_REPORT, GenerateReport, report_of_instance, shard_instance_id

CALLS_AT_ONCE = 8
PAGE = 1000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CANNOT_BE_STOPPED = frozenset(
    {grpc.StatusCode.NOT_FOUND, grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.UNKNOWN}
)
"""How the Durable extension answers a request to stop an instance that is missing, that has ended, or whose
row is incomplete: the last ends by itself, since a shard is short."""


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
        with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
            # The report's own instance starts shards: it is stopped while they are looked for.
            own = pool.submit(self._terminate, report_id)
            stopped = list(pool.map(self._terminate, self._running_shards(report_id)))
            return not (own.result() or any(stopped))

    def purge(self, report_id: str, quiet: timedelta) -> bool:
        """Purge the ended instances of a report. Returns whether none is left that the engine shows.

        Purges nothing while one was updated less than ``quiet`` ago. A message for an instance that is not
        there any more, such as a second request to stop it, makes the provider wait for 10 s each time that
        it meets it, and it meets it again and again.
        """
        states = self._of(report_id)
        if states is None:
            ids = _possible_ids(report_id)
        elif any(datetime.now(UTC) - state.last_updated_at.replace(tzinfo=UTC) < quiet for state in states):
            return False
        else:
            ids = [state.instance_id for state in states]
        # One after the other: each takes hundreds of rows of history with it.
        purged = [self._purge(instance_id) for instance_id in ids]
        return all(purged)

    def report_ids(self, created_before: datetime) -> set[str]:
        """The reports that have instances from before then. Reads all of those: for a daily round."""
        # With a lower limit, rows without a time of creation are left out: see _of.
        query = OrchestrationQuery(EPOCH, created_before, max_instance_count=PAGE)
        states = self._client.get_all_orchestration_states(query)
        return {report_of_instance(state.instance_id) for state in states}

    def check(self) -> None:
        """Ask for an instance that is not there, which fails where the engine cannot be reached."""
        self._client.get_orchestration_state("health-check", fetch_payloads=False)

    def _of(self, report_id: str) -> list[OrchestrationState] | None:
        """The instances of a report, or None where the Durable extension fails to show them.

        A host that dies between the first history rows of a shard and its instance row leaves it to the next
        episode to write that row, without the name and the time of creation. The extension fails at any
        query that meets such a row, until it is purged.
        """
        query = OrchestrationQuery(instance_id_prefix=report_id)
        try:
            return self._client.get_all_orchestration_states(query)
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.UNKNOWN:
                raise
            return None

    def _running_shards(self, report_id: str) -> list[str]:
        states = self._of(report_id)
        if states is None:
            return _possible_ids(report_id)[1:]
        running = [state.instance_id for state in states if _phase(state) is Phase.RUNNING]
        return [instance_id for instance_id in running if instance_id != report_id]

    def _terminate(self, instance_id: str) -> bool:
        """Returns whether the instance ran."""
        try:
            self._client.terminate_orchestration(instance_id, recursive=False)
        except grpc.RpcError as error:
            if error.code() not in CANNOT_BE_STOPPED:
                raise
            return False
        return True

    def _purge(self, instance_id: str) -> bool:
        """Returns False where the instance has not ended."""
        try:
            self._client.purge_orchestration(instance_id, recursive=False)
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.FAILED_PRECONDITION:
                raise
            return False
        return True


def _possible_ids(report_id: str) -> list[str]:
    return [report_id, *(shard_instance_id(report_id, index) for index in range(MOST_SHARDS))]


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
