"""A report's orchestrations in the durable engine: started, and removed without a trace."""

from collections.abc import Iterator
from itertools import count

import azure.durable_functions as df
from durabletask.client import OrchestrationStatus

from domain.messages import GENERATE_REPORT, GenerateReport, shard_instance_id

ENDED = frozenset({OrchestrationStatus.COMPLETED, OrchestrationStatus.FAILED, OrchestrationStatus.TERMINATED})
TERMINATION_SECONDS = 20


class Orchestrations:
    """One report has an instance of its own, under the report's id, and one for each shard."""

    def __init__(self, client: df.SyncDurableFunctionsClient) -> None:
        self._client = client

    def start(self, order: GenerateReport) -> None:
        self._client.schedule_new_orchestration(
            GENERATE_REPORT, input=order.to_dict(), instance_id=order.report_id
        )

    def remove(self, report_id: str) -> None:
        """Stop whatever still runs for the report and purge its history.

        Raises TimeoutError where an instance does not stop in time.
        """
        # The report's own instance first, or it would start more shards meanwhile; purged last,
        # so that a removal that broke off can be taken up again.
        self._stop(report_id)
        shards = list(self._shards(report_id))
        for shard in shards:
            self._stop(shard)
        for instance in (*reversed(shards), report_id):
            self._client.purge_orchestration(instance, recursive=False)

    def check(self) -> None:
        """Ask for an instance that is not there, which fails where the engine cannot be reached."""
        self._client.get_orchestration_state("health-check", fetch_payloads=False)

    def _shards(self, report_id: str) -> Iterator[str]:
        for index in count():
            instance_id = shard_instance_id(report_id, index)
            if self._client.get_orchestration_state(instance_id, fetch_payloads=False) is None:
                return
            yield instance_id

    def _stop(self, instance_id: str) -> None:
        state = self._client.get_orchestration_state(instance_id, fetch_payloads=False)
        if state is None or state.runtime_status in ENDED:
            return
        # Backends do not stop sub-orchestrations with their parent, so each is stopped on its own.
        self._client.terminate_orchestration(instance_id, recursive=False)
        self._client.wait_for_orchestration_completion(
            instance_id, fetch_payloads=False, timeout=TERMINATION_SECONDS
        )
