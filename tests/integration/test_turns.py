"""The line in real storage: who joins, runs, and leaves, also concurrently and after crashes."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from azure.data.tables import UpdateMode

from adapters.orchestrations import Phase
from adapters.outbox import MOST_CHANGES_AT_ONCE, Outbox, OutboxRow, Snapshot
from adapters.report_table import ReportTable
from domain.errors import TooManyOpenReportsError
from domain.line import Lane, Place, Standing
from domain.report import Progress, Report, ReportKey, Status
from services.turns import standings
from tests.integration.report_fixture import NOW, OWNER, ReportFixture


@pytest.fixture
def line(reports: ReportFixture) -> ReportFixture:
    """One report at a time."""
    reports.reports_at_once = 1
    return reports


def accept(line: ReportFixture, number: int, owner: str = "anonymous") -> Report:
    return line.acceptance.accept(replace(line.new(age=timedelta(seconds=-number)), owner=owner))


def end(line: ReportFixture, report: Report) -> None:
    """What the last activity of a report does."""
    started = replace(report, status=Status.RUNNING, started_at=NOW)
    ended = replace(
        started,
        status=Status.SUCCEEDED,
        progress=Progress(100, 100),
        finished_at=NOW + timedelta(seconds=10),
    )
    line.stores.reports.change(report.key, lambda _: ended)
    line.turns.end(ended)


def started(line: ReportFixture) -> list[str]:
    return [order.report.report_id for order in line.engine.started]


def test_reports_beyond_the_limit_wait_until_one_ends(line: ReportFixture) -> None:
    first, second, third = (accept(line, number) for number in range(3))
    assert started(line) == [first.id]
    end(line, first)
    end(line, second)
    assert started(line) == [first.id, second.id, third.id]
    assert line.rows == [third.id]


def test_the_reconciler_leaves_waiting_reports_alone(line: ReportFixture) -> None:
    first, second = accept(line, 0), accept(line, 1)
    assert line.reconcile() == {"running": 1, "waiting": 1}
    assert started(line) == [first.id]
    assert second.status is Status.QUEUED


@pytest.mark.parametrize("way", ["cancel", "delete"])
def test_the_next_report_runs_when_one_is_canceled_or_deleted(line: ReportFixture, way: str) -> None:
    first, second = accept(line, 0), accept(line, 1)
    stored = line.stores.reports.get(first.key)
    assert stored is not None
    if way == "cancel":
        line.lifecycle.cancel(stored)
    else:
        line.lifecycle.delete(first.key)
    assert started(line) == [first.id, second.id]


def test_a_waiting_report_can_be_canceled_and_never_runs(line: ReportFixture) -> None:
    first, second, third = (accept(line, number) for number in range(3))
    stored = line.stores.reports.get(second.key)
    assert stored is not None
    assert line.lifecycle.cancel(stored).status is Status.CANCELED
    end(line, first)
    assert started(line) == [first.id, third.id]
    line.settle()
    assert line.rows == [third.id]


def test_reports_that_are_requested_together_never_exceed_the_limits(line: ReportFixture) -> None:
    line.reports_at_once, line.limits = 3, replace(line.limits, open=8)

    def request(number: int) -> Report | None:
        try:
            return accept(line, number)
        except TooManyOpenReportsError:
            return None

    with ThreadPoolExecutor(16) as pool:
        accepted = [report for report in pool.map(request, range(16)) if report]
    assert len(accepted) == len(line.rows) == 8
    assert len(started(line)) == 3


def make_together(
    line: ReportFixture, monkeypatch: pytest.MonkeyPatch, *changes: Callable[[], object]
) -> list[Any]:
    """The first change is being made when the others start to wait."""
    read = Outbox.read
    reading, all_wait = Event(), Event()

    def read_when_all_wait(self: Outbox) -> Snapshot:
        reading.set()
        all_wait.wait(10)
        return read(self)

    with monkeypatch.context() as patched, ThreadPoolExecutor(len(changes)) as pool:
        patched.setattr(Outbox, "read", read_when_all_wait)
        making = [pool.submit(changes[0])]
        reading.wait(10)
        making += [pool.submit(change) for change in changes[1:]]
        while len(line.stores.outbox._changes._waiting) < len(changes) - 1:
            time.sleep(0.001)
        all_wait.set()
        return [each.result() for each in making]


def joining(line: ReportFixture, owner: str = OWNER) -> Callable[[], Place]:
    key = ReportKey(owner, line.new().id)
    return lambda: line.turns.join(key, None)


def test_reports_that_are_requested_together_share_transactions(
    line: ReportFixture, storage_calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    joins = [joining(line) for _ in range(1 + MOST_CHANGES_AT_ONCE)]
    places = make_together(line, monkeypatch, *joins)
    assert sum(call.endswith("$batch") for call in storage_calls) == 2
    assert sum(place.admitted_at is not None for place in places) == 1
    assert sorted(place.round for place in places) == list(range(len(joins)))
    assert line.stores.outbox.read().budgets[OWNER].requested == len(joins)


def test_the_largest_group_of_changes_fits_into_a_transaction(
    line: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two lanes of REPORTS_AT_ONCE reports are admitted, and each report that joins has another owner."""
    line.reports_at_once = 40
    for lane in Lane:
        outbox = line.stores.outbox.read()
        places = [Place(line.new().key, lane, 0, None) for _ in range(line.reports_at_once)]
        waiting = {place.key: OutboxRow(place) for place in places}
        assert line.stores.outbox.commit(outbox, replace(outbox, rows={**outbox.rows, **waiting}))
    joins = [joining(line, f"user-{number}") for number in range(MOST_CHANGES_AT_ONCE)]
    make_together(line, monkeypatch, joins[0], line.turns.advance, *joins[1:])
    rows = line.stores.outbox.read().rows.values()
    assert sum(row.place.admitted_at is not None for row in rows) == 80


def test_a_refused_report_leaves_nothing(line: ReportFixture) -> None:
    line.limits = replace(line.limits, open=1)
    first = accept(line, 0)
    with pytest.raises(TooManyOpenReportsError, match="At most 1 report"):
        accept(line, 1)
    assert line.rows == [first.id]
    assert accept(line, 2, owner="user-b").status is Status.QUEUED


def test_canceled_and_ended_reports_do_not_count(line: ReportFixture) -> None:
    line.limits = replace(line.limits, open=1)
    first = accept(line, 0)
    line.turns.close(first.key)
    second = accept(line, 1)
    end(line, second)
    assert accept(line, 2).status is Status.QUEUED


def test_a_change_that_another_instance_overtakes_is_decided_again(
    line: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both read the line while nothing runs; only one of them may start its report."""
    other = line.new()
    commit = Outbox.commit

    def overtaken(self: Outbox, read: Snapshot, wanted: Snapshot) -> bool:
        monkeypatch.setattr(Outbox, "commit", commit)
        place = line.turns._line(read).place(other.key, None, small_size=50)
        commit(self, read, read.having(OutboxRow(replace(place, admitted_at=NOW))))
        return commit(self, read, wanted)

    monkeypatch.setattr(Outbox, "commit", overtaken)
    report = accept(line, 1)
    assert set(line.rows) == {report.id, other.id}
    assert started(line) == []


def test_a_report_that_is_admitted_before_its_record_exists_is_started_by_its_request(
    line: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = accept(line, 0)
    insert = ReportTable.insert

    def end_first_before(self: ReportTable, report: Report) -> Report:
        monkeypatch.setattr(ReportTable, "insert", insert)
        end(line, first)
        return insert(self, report)

    monkeypatch.setattr(ReportTable, "insert", end_first_before)
    second = accept(line, 1)
    assert started(line) == [first.id, second.id]


def test_a_turn_that_a_dead_process_left_is_given_to_the_next_report(
    line: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It died after it wrote that its report had ended, so the row still counts as running."""
    first, second = accept(line, 0), accept(line, 1)
    with monkeypatch.context() as dead:
        dead.setattr(Outbox, "commit", lambda *_: False)
        with pytest.raises(Exception, match="changed"):
            end(line, first)
    assert started(line) == [first.id]
    assert line.reconcile() == {"dropped": 1, "waiting": 1}
    assert started(line) == [first.id, second.id]


def test_a_report_that_the_engine_could_not_start_keeps_its_turn(line: ReportFixture) -> None:
    first = accept(line, 0)
    second = accept(line, 1)
    line.engine.can_start = False
    end(line, first)
    assert started(line) == [first.id]
    line.engine.can_start = True
    assert line.reconcile() == {"started": 1}
    assert line.engine.instances[second.id].phase is Phase.RUNNING


def test_ending_twice_admits_no_report_twice(line: ReportFixture) -> None:
    first, second, _third = (accept(line, number) for number in range(3))
    end(line, first)
    end(line, first)
    assert started(line) == [first.id, second.id]


def test_the_row_of_a_report_that_is_being_deleted_stays_when_it_ends(line: ReportFixture) -> None:
    report = accept(line, 0)
    line.turns.close(report.key)
    end(line, report)
    assert line.rows == [report.id]


def test_a_report_that_joins_again_waits_for_its_turn(line: ReportFixture) -> None:
    """Its row was closed while it ran, so the row still has the time of the earlier admission."""
    first = accept(line, 0)
    line.turns.close(first.key)
    accept(line, 1)
    assert line.turns.join(first.key, size=None).admitted_at is None
    assert not line.turns.is_admitted(first.key)


def test_standings_are_those_of_waiting_reports(line: ReportFixture) -> None:
    first, second, third = (accept(line, number) for number in range(3))
    assert standings(line.stores.outbox, 1, [first, second, third]) == {
        second.id: Standing(1, None),
        third.id: Standing(2, None),
    }


def test_the_pace_is_measured_when_a_report_ends(line: ReportFixture) -> None:
    first, _second = accept(line, 0), accept(line, 1)
    end(line, first)
    assert line.stores.outbox.read().pace == pytest.approx(10)


def test_rows_of_an_earlier_version_wait_and_are_admitted(line: ReportFixture) -> None:
    report = line.add(Status.RUNNING)
    key = {"PartitionKey": "outbox", "RowKey": report.id}
    line.stores.outbox._client.upsert_entity(
        {**key, "Owner": report.owner, "Closing": False}, mode=UpdateMode.REPLACE
    )
    line.turns.advance()
    assert line.turns.is_admitted(ReportKey(report.owner, report.id))
