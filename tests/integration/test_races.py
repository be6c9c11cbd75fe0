"""Races that chaos found, each made to happen on purpose."""

from typing import cast

import azure.durable_functions as df
import pytest
from durabletask.client import OrchestrationState, OrchestrationStatus

from adapters.orchestrations import Orchestrations
from domain.messages import shard_instance_id

REPORT = "e5df45fc9b6-b4871c15782d0e21"
SHARDS = [shard_instance_id(REPORT, index) for index in range(3)]


class BusyEngine:
    """A report whose orchestrator starts its shards just before it learns that it is terminated.

    As Durable does, it purges only what has ended.
    """

    def __init__(self) -> None:
        self.instances = {REPORT: OrchestrationStatus.RUNNING}

    def get_orchestration_state(self, instance_id: str, **_: object) -> OrchestrationState | None:
        status = self.instances.get(instance_id)
        if status is None:
            return None
        state = OrchestrationState.__new__(OrchestrationState)
        state.runtime_status = status
        return state

    def terminate_orchestration(self, instance_id: str, **_: object) -> None:
        if instance_id == REPORT:
            self.instances |= dict.fromkeys(SHARDS, OrchestrationStatus.RUNNING)
        self.instances[instance_id] = OrchestrationStatus.TERMINATED

    def wait_for_orchestration_completion(self, instance_id: str, **_: object) -> None:
        pass

    def purge_orchestration(self, instance_id: str, **_: object) -> None:
        if self.instances.get(instance_id) is not OrchestrationStatus.RUNNING:
            self.instances.pop(instance_id, None)

    @property
    def orchestrations(self) -> Orchestrations:
        return Orchestrations(cast(df.SyncDurableFunctionsClient, self))


@pytest.fixture
def engine() -> BusyEngine:
    return BusyEngine()


def test_shards_that_start_while_their_report_is_removed_are_removed_too(engine: BusyEngine) -> None:
    engine.orchestrations.remove(REPORT)
    assert engine.instances == {}


def test_shards_that_start_while_their_report_is_stopped_are_stopped_too(engine: BusyEngine) -> None:
    engine.orchestrations.stop(REPORT)
    assert set(engine.instances.values()) == {OrchestrationStatus.TERMINATED}
