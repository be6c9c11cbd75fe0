"""Accepting and refusing reports in real storage: limits, idempotency keys, and requests that race."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from azure.core.pipeline.transport import RequestsTransport
from azure.data.tables import TableClient

from domain.errors import (
    IdempotencyKeyReusedError,
    TooManyKeptReportsError,
    TooManyOpenReportsError,
    TooManyReportsPerHourError,
)
from domain.report import Report, Status
from services import reconciliation, turns
from tests.integration.report_fixture import OWNER, ReportFixture

REFUSALS = (TooManyOpenReportsError, TooManyReportsPerHourError, TooManyKeptReportsError)


@pytest.fixture
def storage_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    calls: list[str] = []
    send: Callable[..., Any] = RequestsTransport.send

    def record(self: RequestsTransport, request: Any, **options: Any) -> Any:
        calls.append(f"{request.method} {request.url}")
        return send(self, request, **options)

    monkeypatch.setattr(RequestsTransport, "send", record)
    return calls


def limit(reports: ReportFixture, **limits: int) -> None:
    reports.limits = replace(reports.limits, **limits)


def accept(reports: ReportFixture, key: str | None = None, owner: str = OWNER) -> Report:
    report = replace(reports.new(), owner=owner)
    if key is None:
        return reports.acceptance.accept(report)
    return reports.acceptance.accept_once(report, key=key, body=b"{}")


def try_to_accept(reports: ReportFixture, key: str | None = None) -> Report | None:
    with suppress(*REFUSALS):
        return accept(reports, key)
    return None


def open_reports(reports: ReportFixture) -> set[str]:
    found = reports.stores.reports.page(OWNER, limit=999)
    return {report.id for report in found if report.status is Status.QUEUED}


def cancel_all(reports: ReportFixture) -> None:
    for report_id in open_reports(reports):
        stored = reports.stores.reports.get(replace(reports.new(), id=report_id).key)
        assert stored
        reports.lifecycle.cancel(stored)


@pytest.mark.parametrize("key", [None, "key"])
@pytest.mark.parametrize("limits", [{"open": 1}, {"per_hour": 1}, {"kept": 1}])
def test_a_refusal_leaves_nothing_and_costs_at_most_three_storage_calls(
    reports: ReportFixture,
    table_client: TableClient,
    storage_calls: list[str],
    limits: dict[str, int],
    key: str | None,
) -> None:
    limit(reports, **limits)
    accept(reports)
    before = {entity["RowKey"] for entity in table_client.list_entities()}
    storage_calls.clear()
    with pytest.raises(REFUSALS):
        accept(reports, key)
    assert len(storage_calls) <= 3
    assert {entity["RowKey"] for entity in table_client.list_entities()} == before


@pytest.mark.parametrize("keyed", [False, True])
def test_the_limit_of_open_reports_holds_exactly_under_parallel_requests(
    reports: ReportFixture, *, keyed: bool
) -> None:
    limit(reports, open=5)
    keys = [f"key-{number}" if keyed else None for number in range(40)]
    with ThreadPoolExecutor(16) as pool:
        accepted = [report for report in pool.map(lambda key: try_to_accept(reports, key), keys) if report]
    assert len(accepted) == len(open_reports(reports)) == len(reports.rows) == 5


def test_idempotency_keys_of_refused_requests_do_not_pass_the_limit_later(reports: ReportFixture) -> None:
    limit(reports, open=5)
    keys = [f"key-{number}" for number in range(30)]
    for key in keys:
        try_to_accept(reports, key)
    cancel_all(reports)
    again = [try_to_accept(reports, key) for key in reversed(keys)]
    assert len(open_reports(reports)) == 5
    # The first five keys stand for the reports that were canceled.
    assert len([report for report in again if report]) == 10


def test_refusals_and_acceptances_of_the_same_keys_that_race_lose_nothing(reports: ReportFixture) -> None:
    limit(reports, open=1)
    for number in range(8):
        blocker = accept(reports)
        keys = [f"{number}-a", f"{number}-b"]
        assert [try_to_accept(reports, key) for key in keys] == [None, None]
        stored = reports.stores.reports.get(blocker.key)
        assert stored
        reports.lifecycle.cancel(stored)
        with ThreadPoolExecutor(12) as pool:
            accepted = {
                report.id for report in pool.map(lambda key: try_to_accept(reports, key), keys * 6) if report
            }
        assert len(accepted) == 1
        assert open_reports(reports) == accepted
        assert accepted <= set(reports.rows)
        cancel_all(reports)


def test_parallel_requests_with_one_key_make_one_report(reports: ReportFixture) -> None:
    with ThreadPoolExecutor(12) as pool:
        accepted = {report.id for report in pool.map(lambda _: accept(reports, "key"), range(24))}
    assert len(accepted) == 1
    assert open_reports(reports) == set(reports.rows) == accepted


def test_a_key_that_comes_with_another_body_is_refused_and_leaves_nothing(reports: ReportFixture) -> None:
    first = accept(reports, "key")
    with pytest.raises(IdempotencyKeyReusedError):
        reports.acceptance.accept_once(reports.new(), key="key", body=b"{} ")
    assert reports.rows == [first.id]


def test_the_hourly_limit_counts_reports_that_were_deleted(reports: ReportFixture) -> None:
    limit(reports, per_hour=3)
    for _ in range(3):
        reports.lifecycle.delete(accept(reports).key)
    with pytest.raises(TooManyReportsPerHourError):
        accept(reports)
    assert accept(reports, owner="user-b").owner == "user-b"


def test_the_limit_of_kept_reports_does_not_count_those_that_were_deleted(reports: ReportFixture) -> None:
    limit(reports, kept=3)
    kept = [accept(reports) for _ in range(3)]
    with pytest.raises(TooManyKeptReportsError):
        accept(reports)
    reports.lifecycle.delete(kept[0].key)
    assert accept(reports)
    with pytest.raises(TooManyKeptReportsError):
        accept(reports)


def test_budgets_are_forgotten_after_their_hour(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(reports)
    reports.reconcile()
    assert reports.stores.outbox.read().budgets.keys() == {OWNER}
    monkeypatch.setattr("domain.budgets.HOUR", timedelta())
    reports.reconcile()
    assert reports.stores.outbox.read().budgets == {}


def test_a_request_that_stalls_until_the_reconciler_gave_it_up_is_not_lost(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reconciler takes the report out of the line between the two writes of its request."""
    report = replace(reports.new(), created_at=datetime.now(UTC) - turns.ACCEPTANCE_GRACE_PERIOD)
    place = reports.acceptance._join(report)
    monkeypatch.setattr(reconciliation, "ACCEPTANCE_GRACE_PERIOD", timedelta())
    reports.settle()
    assert reports.rows == []
    reports.acceptance._store(report, place)
    assert reports.rows == [report.id]


def test_a_report_that_is_stored_just_after_the_reconciler_gave_it_up_is_not_lost(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = reports.new()
    reports.turns.join(report.key, size=None)
    monkeypatch.setattr(reconciliation, "ACCEPTANCE_GRACE_PERIOD", timedelta())
    delete = reports.stores.outbox.delete_unchanged

    def delete_after_the_record_was_stored(row: Any) -> None:
        reports.stores.reports.insert(report)
        delete(row)

    monkeypatch.setattr(reports.stores.outbox, "delete_unchanged", delete_after_the_record_was_stored)
    reports.reconcile()
    assert reports.rows == [report.id]
