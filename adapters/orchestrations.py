"""A report's orchestrations in the durable engine: starts, stops, and purges them.

The engine stops an instance some time after the request, and shows an instance some time after its start.
Nothing here waits for either: callers repeat a call until it returns that nothing is left.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

import azure.durable_functions as df
import grpc
from durabletask.client import OrchestrationQuery, OrchestrationState, OrchestrationStatus

from adapters.errors import engine_errors
from domain.messages import (
    GENERATE_REPORT,
    ExecutionOptions,
    GenerateReport,
    report_of_instance,
    shard_instance_id,
)

CALLS_AT_ONCE = 8
PAGE = 1000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CANNOT_BE_STOPPED = frozenset(
    {grpc.StatusCode.NOT_FOUND, grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.UNKNOWN}
)
"""The Durable extension's responses for an instance that is missing, has ended, or whose row is incomplete.
The last one ends by itself, because a shard is short."""


class Phase(Enum):
    RUNNING = auto()
    COMPLETED = auto()
    BROKEN = auto()
    """Failed or terminated: it does not write to the report's record any more."""


@dataclass(frozen=True)
class Instance:
    phase: Phase
    reason: str
    """Why it failed, or empty if the engine does not say."""


class Orchestrations:
    """A report has one instance under its own id, and one for each shard, whose ids begin with the report's
    id.

    Every method raises EngineUnavailableError.
    """

    def __init__(self, client: df.SyncDurableFunctionsClient) -> None:
        self._client = client

    @engine_errors
    def start(self, order: GenerateReport) -> None:
        """Start the report's instance; a no-op if it already runs."""
        try:
            self._client.schedule_new_orchestration(
                GENERATE_REPORT, input=order.to_dict(), instance_id=order.report.report_id
            )
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.ALREADY_EXISTS:
                raise

    @engine_errors
    def find(self, report_id: str) -> Instance | None:
        """The report's own instance, or None if the engine has none."""
        state = self._client.get_orchestration_state(report_id)
        return None if state is None else Instance(_phase(state), _reason(state))

    @engine_errors
    def stop(self, report_id: str) -> None:
        """Terminate the report's own instance, so that no more shards start. For requests: one call.

        Shards that are running end after their last Pokémon, unless ``stop_all`` terminates them.
        """
        self._terminate(report_id)

    @engine_errors
    def stop_all(self, report_id: str) -> bool:
        """Terminate the running instances of a report. Returns whether the engine showed none."""
        with ThreadPoolExecutor(CALLS_AT_ONCE) as pool:
            # The report's own instance starts shards, so it is stopped while they are being listed.
            own = pool.submit(self._terminate, report_id)
            stopped = list(pool.map(self._terminate, self._running_shards(report_id)))
            return not (own.result() or any(stopped))

    @engine_errors
    def purge(self, report_id: str, quiet: timedelta) -> bool:
        """Purge the ended instances of a report. Returns whether the engine shows none any more.

        Purges nothing if an instance was updated less than ``quiet`` ago. A message for an instance that no
        longer exists, such as a second terminate request, makes the provider wait 10 s every time it dequeues
        it, and it dequeues it again and again.
        """
        states = self._of(report_id)
        if states is None:
            ids = _possible_ids(report_id)
        elif any(datetime.now(UTC) - state.last_updated_at.replace(tzinfo=UTC) < quiet for state in states):
            return False
        else:
            ids = [state.instance_id for state in states]
        # One at a time: each deletes hundreds of history rows.
        purged = [self._purge(instance_id) for instance_id in ids]
        return all(purged)

    @engine_errors
    def report_ids(self, created_before: datetime) -> set[str]:
        """The ids of reports with instances created before then. Lists them all: for the daily cleanup."""
        # The lower limit excludes rows without a creation time: see _of.
        query = OrchestrationQuery(EPOCH, created_before, max_instance_count=PAGE)
        states = self._client.get_all_orchestration_states(query)
        return {report_of_instance(state.instance_id) for state in states}

    @engine_errors
    def check(self) -> None:
        """Query an instance that does not exist.

        Raises EngineUnavailableError if the engine does not respond.
        """
        self._client.get_orchestration_state("health-check", fetch_payloads=False)

    def _of(self, report_id: str) -> list[OrchestrationState] | None:
        """The instances of a report, or None if the Durable extension fails to list them.

        If a host dies between writing a shard's first history rows and its instance row, the next episode
        writes that row without the name and the creation time. The extension fails every query that includes
        such a row, until it is purged.
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
        """Returns whether the instance was running."""
        try:
            self._client.terminate_orchestration(instance_id, recursive=False)
        except grpc.RpcError as error:
            if error.code() not in CANNOT_BE_STOPPED:
                raise
            return False
        return True

    def _purge(self, instance_id: str) -> bool:
        """Returns False if the instance has not ended."""
        try:
            self._client.purge_orchestration(instance_id, recursive=False)
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.FAILED_PRECONDITION:
                raise
            return False
        return True


def _possible_ids(report_id: str) -> list[str]:
    return [
        report_id,
        *(shard_instance_id(report_id, index) for index in range(ExecutionOptions.most_shards)),
    ]


def _phase(state: OrchestrationState) -> Phase:
    if state.runtime_status is OrchestrationStatus.COMPLETED:
        return Phase.COMPLETED
    if state.runtime_status in {OrchestrationStatus.FAILED, OrchestrationStatus.TERMINATED}:
        return Phase.BROKEN
    return Phase.RUNNING


def _reason(state: OrchestrationState) -> str:
    """The Azure Storage provider has no failure details: a failed instance's output is the error's text."""
    if state.failure_details:
        return state.failure_details.message
    if state.runtime_status is OrchestrationStatus.FAILED:
        return state.serialized_output or ""
    return ""
