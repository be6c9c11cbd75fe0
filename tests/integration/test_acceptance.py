"""Accepting and refusing reports in real storage: limits, idempotency keys, and requests that race."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from azure.data.tables import TableClient

from domain.errors import (
    IdempotencyKeyReusedError,
    TooManyKeptReportsError,
    TooManyReportsPerHourError,
)
from services import reconciliation, turns
from tests.integration.report_fixture import OWNER, REFUSALS, ReportFixture


@pytest.mark.parametrize("key", [None, "key"])
@pytest.mark.parametrize("limits", [{"open": 1}, {"per_hour": 1}, {"kept": 1}])
def test_a_refusal_leaves_nothing_and_costs_at_most_three_storage_calls(
    reports: ReportFixture,
    table_client: TableClient,
    storage_calls: list[str],
    limits: dict[str, int],
    key: str | None,
) -> None:
    reports.limit(**limits)
    reports.accept()
    before = {entity["RowKey"] for entity in table_client.list_entities()}
    storage_calls.clear()
    with pytest.raises(REFUSALS):
        reports.accept(key)
    assert len(storage_calls) <= 3
    assert {entity["RowKey"] for entity in table_client.list_entities()} == before


@pytest.mark.parametrize("keyed", [False, True])
def test_the_limit_of_open_reports_holds_exactly_under_parallel_requests(
    reports: ReportFixture, *, keyed: bool
) -> None:
    reports.limit(open=5)
    keys = [f"key-{number}" if keyed else None for number in range(40)]
    with ThreadPoolExecutor(16) as pool:
        accepted = [report for report in pool.map(lambda key: reports.try_to_accept(key), keys) if report]
    assert len(accepted) == len(reports.open_ids) == len(reports.rows) == 5


def test_idempotency_keys_of_refused_requests_do_not_pass_the_limit_later(reports: ReportFixture) -> None:
    reports.limit(open=5)
    keys = [f"key-{number}" for number in range(30)]
    for key in keys:
        reports.try_to_accept(key)
    reports.cancel_all()
    again = [reports.try_to_accept(key) for key in reversed(keys)]
    assert len(reports.open_ids) == 5
    # The first five keys stand for the reports that were canceled.
    assert len([report for report in again if report]) == 10


def test_parallel_requests_with_one_key_make_one_report(reports: ReportFixture) -> None:
    with ThreadPoolExecutor(12) as pool:
        accepted = {report.id for report in pool.map(lambda _: reports.accept("key"), range(24))}
    assert len(accepted) == 1
    assert reports.open_ids == set(reports.rows) == accepted


def test_a_key_that_comes_with_another_body_is_refused_and_leaves_nothing(reports: ReportFixture) -> None:
    first = reports.accept("key")
    with pytest.raises(IdempotencyKeyReusedError):
        reports.acceptance.accept_once(reports.new(), key="key", body=b"{} ")
    assert reports.rows == [first.id]


def test_the_hourly_limit_counts_reports_that_were_deleted(reports: ReportFixture) -> None:
    reports.limit(per_hour=3)
    for _ in range(3):
        reports.lifecycle.delete(reports.accept().key)
    with pytest.raises(TooManyReportsPerHourError):
        reports.accept()
    assert reports.accept(owner="user-b").owner == "user-b"


def test_the_limit_of_kept_reports_does_not_count_those_that_were_deleted(reports: ReportFixture) -> None:
    reports.limit(kept=3)
    kept = [reports.accept() for _ in range(3)]
    with pytest.raises(TooManyKeptReportsError):
        reports.accept()
    reports.lifecycle.delete(kept[0].key)
    assert reports.accept()
    with pytest.raises(TooManyKeptReportsError):
        reports.accept()


def test_budgets_are_forgotten_after_their_hour(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports.accept()
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
