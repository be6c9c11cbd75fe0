"""What the app reads from an instance's state, as the Azure Storage provider fills it."""

from datetime import UTC, datetime
from typing import cast

import azure.durable_functions as df
import pytest
from durabletask.client import OrchestrationState, OrchestrationStatus

from adapters.orchestrations import Instance, Orchestrations, Phase

NOW = datetime(2026, 11, 24, tzinfo=UTC)


class OneInstance:
    def __init__(self, status: OrchestrationStatus, output: str | None) -> None:
        self._state = OrchestrationState(
            "id", "generate_report", status, NOW, NOW, None, output, "null", None
        )

    def get_orchestration_state(self, instance_id: str) -> OrchestrationState:
        return self._state


def found(status: OrchestrationStatus, output: str | None) -> Instance | None:
    client = cast(df.SyncDurableFunctionsClient, OneInstance(status, output))
    return Orchestrations(client).find("id")


def test_the_reason_of_a_failure_is_the_text_of_the_output() -> None:
    """The provider gives no failure details."""
    text = "durabletask.task.NonDeterminismError: a timer was expected"
    assert found(OrchestrationStatus.FAILED, text) == Instance(Phase.BROKEN, text)


@pytest.mark.parametrize(
    ("status", "phase"),
    [
        (OrchestrationStatus.TERMINATED, Phase.BROKEN),
        (OrchestrationStatus.COMPLETED, Phase.COMPLETED),
        (OrchestrationStatus.PENDING, Phase.RUNNING),
    ],
)
def test_other_instances_have_no_reason(status: OrchestrationStatus, phase: Phase) -> None:
    assert found(status, '"an output"') == Instance(phase, "")
