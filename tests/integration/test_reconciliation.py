"""Acceptance, reconciliation, and the daily cleanup on real storage, with a fake engine."""

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.idempotency_keys import Claim
from adapters.orchestrations import Instance, Phase
from domain import report as transitions
from domain.report import ReportKey, Result, Status
from domain.report_ids import new_report_id
from services import reconciliation
from services.expiry import expire
from tests.integration.report_fixture import NOW, OWNER, REQUEST, FakeEngine, ReportFixture


def test_a_report_that_was_never_started_is_started_under_its_id(reports: ReportFixture) -> None:
    report = reports.add()
    assert reports.reconcile() == {"started": 1}
    (order,) = reports.engine.started
    assert (order.report, order.request) == (report.key, REQUEST)
    assert reports.reconcile() == {"running": 1}
    assert reports.rows == [report.id]


def test_a_running_report_without_an_instance_is_started_again(reports: ReportFixture) -> None:
    reports.add(Status.RUNNING)
    assert reports.reconcile() == {"started": 1}


@pytest.mark.parametrize("status", [Status.SUCCEEDED, Status.PARTIAL, Status.FAILED, Status.CANCELED])
def test_the_row_of_an_ended_report_is_deleted(reports: ReportFixture, status: Status) -> None:
    report = reports.add(status)
    if status is Status.CANCELED:
        reports.turns.close(report.key)
    assert reports.reconcile() == {"dropped": 1}
    assert reports.rows == []
    assert reports.show(report) == report


@pytest.mark.parametrize(("reason", "logged"), [("Activity task #22 failed", "task #22"), ("", "terminated")])
def test_the_engines_reason_for_a_failed_orchestration_is_logged_and_not_shown(
    reports: ReportFixture, reason: str, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    report = reports.add(Status.RUNNING)
    reports.stores.blobs.stage(report.key, "shard-000000", b"1\r\n")
    reports.engine.instances[report.id] = Instance(Phase.BROKEN, reason)
    assert reports.reconcile() == {"closed": 1}
    closed = reports.show(report)
    assert closed is not None
    assert closed.status is Status.FAILED
    assert closed.error is not None
    assert "internal error" in closed.error.detail
    assert logged not in closed.error.detail
    assert any(logged in record.message for record in caplog.records)
    assert (reports.csvs, reports.rows) == ([], [])


def test_a_report_that_ends_during_reconciliation_keeps_its_result(reports: ReportFixture) -> None:
    """The record is read, the report ends, and only then is the instance found completed."""
    report = reports.add(Status.RUNNING)

    class EndsMeanwhile(FakeEngine):
        def find(self, report_id: str) -> Instance | None:
            result = Result(1, 9, "a")
            reports.stores.reports.change(
                report.key, lambda current: transitions.published(current, result, (), NOW)
            )
            return Instance(Phase.COMPLETED, "")

    reports.engine = EndsMeanwhile()
    reports.reconcile()
    ended = reports.show(report)
    assert ended is not None
    assert ended.status is Status.SUCCEEDED


def test_an_interrupted_cancellation_is_completed(reports: ReportFixture) -> None:
    report = reports.add(Status.CANCELING)
    reports.engine.instances[report.id] = Instance(Phase.RUNNING, "")
    reports.stores.blobs.stage(report.key, "shard-000000", b"1\r\n")
    assert reports.reconcile() == {"canceled": 1}
    canceled = reports.show(report)
    assert canceled is not None
    assert canceled.status is Status.CANCELED
    assert reports.csvs == []
    assert reports.engine.instances[report.id].phase is Phase.BROKEN


def test_an_interrupted_deletion_is_completed(reports: ReportFixture) -> None:
    report = reports.add(Status.DELETING)
    reports.turns.close(report.key)
    reports.engine.instances[report.id] = Instance(Phase.RUNNING, "")
    reports.stores.blobs.publish(report.key, b"id\r\n", [])
    assert reports.reconcile() == {"closing": 1}
    assert reports.reconcile() == {"deleted": 1}
    assert reports.show(report) is None
    assert (reports.rows, reports.csvs, reports.engine.instances) == ([], [], {})


@pytest.mark.parametrize("status", [Status.CANCELED, Status.DELETING])
def test_a_shard_that_the_engine_shows_late_is_stopped(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch, status: Status
) -> None:
    """Its host was killed before its first episode ended: its message is invisible for a minute."""
    monkeypatch.setenv("LAST_LOOK_AFTER_SECONDS", "3600")
    report = reports.add(status)
    if status is Status.DELETING:
        reports.turns.close(report.key)
    reports.reconcile()
    assert reports.rows == [report.id]
    reports.engine.instances[report.id] = Instance(Phase.RUNNING, "")
    assert reports.reconcile() == {"closing": 1}
    assert reports.rows == [report.id]
    assert reports.engine.instances[report.id].phase is Phase.BROKEN
    monkeypatch.setenv("LAST_LOOK_AFTER_SECONDS", "0")
    assert reports.reconcile() == {"dropped" if status is Status.CANCELED else "deleted": 1}
    assert reports.rows == []
    assert (report.id in reports.engine.instances) == (status is Status.CANCELED)


def test_a_report_that_ended_long_ago_is_deleted_in_one_round(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAST_LOOK_AFTER_SECONDS", "120")
    old = reports.add(Status.DELETING, age=timedelta(days=1))
    reports.stores.reports.change(old.key, lambda current: replace(current, finished_at=current.created_at))
    assert reports.reconcile() == {"deleted": 1}
    assert reports.rows == []


def test_a_deletion_that_died_after_deleting_the_record_is_completed(reports: ReportFixture) -> None:
    report = reports.add()
    reports.turns.close(report.key)
    reports.stores.reports.delete(report.key)
    reports.stores.blobs.stage(report.key, "shard-000000", b"1\r\n")
    assert reports.reconcile() == {"dropped": 1}
    assert (reports.rows, reports.csvs) == ([], [])


def test_a_row_whose_record_is_being_written_is_not_changed(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports.turns.join(reports.new().key, size=None)
    assert reports.reconcile() == {"being_accepted": 1}
    monkeypatch.setattr(reconciliation, "ACCEPTANCE_GRACE_PERIOD", timedelta())
    assert reports.reconcile() == {"dropped": 1}
    assert reports.rows == []


def test_a_report_that_cannot_be_reconciled_does_not_block_the_others(reports: ReportFixture) -> None:
    reports.add(Status.CANCELING)
    reports.add()
    reports.engine.unavailable = True
    assert reports.reconcile() == {"deferred": 1, "started": 1}
    reports.engine.unavailable = False
    assert reports.reconcile() == {"canceled": 1, "running": 1}


def test_a_report_is_accepted_while_the_engine_is_unavailable(reports: ReportFixture) -> None:
    reports.engine.can_start = False
    report = reports.new()
    assert reports.acceptance.accept(report) == report
    assert reports.rows == [report.id]
    assert reports.show(report) == report


def test_the_daily_cleanup_deletes_only_expired_reports(reports: ReportFixture) -> None:
    expired = reports.add(Status.SUCCEEDED, age=timedelta(days=31))
    fresh = reports.add(Status.SUCCEEDED, age=timedelta(days=29))
    for report in (expired, fresh):
        reports.stores.blobs.publish(report.key, b"id\r\n", [])
    assert dict(expire(reports.lifecycle, NOW)) == {"reports": 1}
    assert reports.show(expired) is None
    assert reports.show(fresh) == fresh
    assert reports.csvs == [fresh.key]
    reports.reconcile()
    assert expired.id not in reports.rows


def test_the_daily_cleanup_removes_orphans_older_than_a_day(reports: ReportFixture) -> None:
    old, young = (new_report_id(NOW - timedelta(hours=hours), "0" * 16) for hours in (25, 23))
    for report_id in (old, young):
        reports.stores.blobs.stage(ReportKey(OWNER, report_id), "shard-000000", b"1\r\n")
        reports.stores.keys.claim(OWNER, f"hash-{report_id}", Claim(report_id, "f"))
    kept = reports.add(Status.SUCCEEDED, age=timedelta(days=2))
    reports.stores.blobs.publish(kept.key, b"id\r\n", [])
    assert dict(expire(reports.lifecycle, NOW)) == {"blobs": 1, "keys": 1}
    assert set(reports.csvs) == {ReportKey(OWNER, young), kept.key}
    assert reports.stores.keys.all() == [(ReportKey(OWNER, young), f"hash-{young}")]


def test_an_expired_report_that_cannot_be_deleted_does_not_block_the_others(reports: ReportFixture) -> None:
    for _ in range(2):
        reports.add(Status.SUCCEEDED, age=timedelta(days=31))
    reports.engine.unavailable = True
    assert dict(expire(reports.lifecycle, NOW)) == {"deferred": 3}, "two reports and all instances"
    reports.engine.unavailable = False
    assert reports.reconcile() == {"deleted": 2}


def test_the_daily_cleanup_removes_instances_of_deleted_reports(reports: ReportFixture) -> None:
    old, young = (new_report_id(NOW - timedelta(hours=hours), "0" * 16) for hours in (25, 23))
    kept = reports.add(Status.SUCCEEDED, age=timedelta(days=2))
    for report_id in (old, young, kept.id, "health-check"):
        reports.engine.instances[report_id] = Instance(Phase.COMPLETED, "")
    assert dict(expire(reports.lifecycle, NOW)) == {"instances": 1}
    assert reports.engine.instances.keys() == {young, kept.id, "health-check"}


def test_an_orphan_that_cannot_be_removed_does_not_block_the_keys(reports: ReportFixture) -> None:
    old = new_report_id(NOW - timedelta(hours=25), "0" * 16)
    reports.stores.blobs.stage(ReportKey(OWNER, old), "shard-000000", b"1\r\n")
    reports.stores.keys.claim(OWNER, "hash", Claim(old, "f"))
    reports.engine.unavailable = True
    assert dict(expire(reports.lifecycle, NOW)) == {"keys": 1, "deferred": 2}
    assert (reports.csvs, reports.stores.keys.all()) == ([], [])
