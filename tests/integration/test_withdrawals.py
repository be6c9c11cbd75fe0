"""What a request to cancel or delete a report does before it returns: as little as possible, at once."""

import re
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from adapters.orchestrations import Phase
from domain.report import Status
from tests.integration.report_fixture import ReportFixture

TIMEOUT_SECONDS = 10


def kinds(calls: list[str]) -> list[str]:
    """The storage calls, by what they do."""
    patterns = {
        r"GET \S+\(PartitionKey=": "read the record",
        r"PUT \S+\(PartitionKey=": "write the record",
        r"GET \S+\(\)": "read the line",
        r"POST \S+/\$batch": "change the line",
        r"PATCH \S+\(PartitionKey=": "write the outbox row",
    }
    return sorted(
        next((kind for pattern, kind in patterns.items() if re.match(pattern, call)), call) for call in calls
    )


def test_a_cancellation_makes_five_storage_calls(reports: ReportFixture, storage_calls: list[str]) -> None:
    report = reports.accept()
    reports.engine.calls.clear()
    storage_calls.clear()
    assert reports.cancel(report.id).status is Status.CANCELED
    writes = ["write the outbox row", *["write the record"] * 2]  # canceling, canceled
    assert kinds(storage_calls) == ["read the line", "read the record", *writes]
    assert reports.engine.calls == ["stop"]


def test_the_deletion_of_a_running_report_makes_four_storage_calls(
    reports: ReportFixture, storage_calls: list[str]
) -> None:
    report = reports.accept()
    reports.engine.calls.clear()
    storage_calls.clear()
    reports.lifecycle.delete(report.key)
    writes = ["write the outbox row", "write the record"]
    assert kinds(storage_calls) == ["read the line", "read the record", *writes]
    assert reports.engine.calls == ["stop"]


def test_the_deletion_of_an_ended_report_does_not_wait_for_the_engine(
    reports: ReportFixture, storage_calls: list[str]
) -> None:
    report = reports.add(Status.FAILED)
    storage_calls.clear()
    reports.lifecycle.delete(report.key)
    assert kinds(storage_calls) == ["read the record", "write the outbox row", "write the record"]
    assert reports.engine.calls == []


@pytest.mark.parametrize("withdraw", [ReportFixture.cancel, ReportFixture.delete])
def test_the_line_moves_on_while_the_engine_is_asked_to_stop(
    reports: ReportFixture, withdraw: Callable[[ReportFixture, str], object]
) -> None:
    """The engine answers only after the next report has been started."""
    reports.reports_at_once = 1
    first, second = reports.accept(), reports.accept()

    def wait_for_the_second() -> None:
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while not reports.turns.is_admitted(second.key):
            assert time.monotonic() < deadline, "the line waits for the engine"
            time.sleep(0.01)

    reports.engine.meanwhile = wait_for_the_second
    withdraw(reports, first.id)
    assert reports.engine.instances[second.id].phase is Phase.RUNNING


def test_a_cancellation_that_dies_before_the_report_leaves_the_line_lets_the_next_one_run(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAST_LOOK_AFTER_SECONDS", "3600")
    reports.reports_at_once = 1
    first, second = reports.accept(), reports.accept()
    with monkeypatch.context() as dying, suppress(KeyboardInterrupt):
        dying.setattr("services.turns.Turns.close", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        reports.cancel(first.id)
    canceled = reports.show(first)
    assert canceled
    assert canceled.status is Status.CANCELED
    assert second.id not in reports.engine.instances
    reports.reconcile()
    assert reports.engine.instances[second.id].phase is Phase.RUNNING
