"""The reconciler and the daily round against real storage, with an engine that the tests write by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import grpc
import pytest

from adapters.idempotency_keys import Claim
from adapters.orchestrations import Instance, Phase
from domain import report as life
from domain.messages import ExecutionOptions, GenerateReport
from domain.report import Result, Status
from domain.report_ids import new_report_id
from tests.integration.world import NOW, REQUEST, FakeOrchestrations, World, a_world
from tools.local.servers import Storage
from triggers import reconciliation
from triggers.acceptance import Terms, accept
from triggers.expiry import expire
from triggers.responses import Problem

TERMS = Terms(ExecutionOptions(), max_open=20)


@pytest.fixture
def world(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("LAST_LOOK_AFTER_SECONDS", "0")
    with a_world(storage) as world:
        yield world


def test_a_report_that_was_never_started_is_started_under_its_id(world: World) -> None:
    report = world.add()
    assert world.reconcile() == {"started": 1}
    (order,) = world.engine.started
    assert (order.report_id, order.owner, order.request) == (report.id, "anonymous", REQUEST)
    assert world.reconcile() == {"running": 1}
    assert world.rows == [report.id]


def test_a_running_report_whose_engine_forgot_it_is_started_again(world: World) -> None:
    world.add(Status.RUNNING)
    assert world.reconcile() == {"started": 1}


@pytest.mark.parametrize("status", [Status.SUCCEEDED, Status.PARTIAL, Status.FAILED, Status.CANCELED])
def test_the_row_of_a_report_that_has_ended_is_dropped(world: World, status: Status) -> None:
    report = world.add(status)
    assert world.reconcile() == {"dropped": 1}
    assert world.rows == []
    assert world.show(report) == report


@pytest.mark.parametrize(("reason", "told"), [("a bug", "a bug"), ("", "stopped from outside")])
def test_a_report_whose_orchestration_broke_is_closed_with_the_reason(
    world: World, reason: str, told: str
) -> None:
    report = world.add(Status.RUNNING)
    world.stores.blobs.stage(report.owner, report.id, "shard-000000", b"1\r\n")
    world.engine.instances[report.id] = Instance(Phase.BROKEN, reason)
    assert world.reconcile() == {"closed": 1}
    closed = world.show(report)
    assert closed is not None
    assert closed.status is Status.FAILED
    assert closed.error is not None
    assert told in closed.error.detail
    assert world.csvs == []
    assert world.reconcile() == {"dropped": 1}


def test_an_orchestration_that_just_wrote_its_record_is_believed(world: World) -> None:
    """The record is read, the report ends, and only then is the instance found completed."""
    report = world.add(Status.RUNNING)

    class EndsMeanwhile(FakeOrchestrations):
        def find(self, report_id: str) -> Instance | None:
            world.stores.reports.change(
                report.owner, report_id, lambda one: life.published(one, Result(1, 9, "a"), (), NOW)
            )
            return Instance(Phase.COMPLETED, "")

    world.engine = EndsMeanwhile()
    world.reconcile()
    ended = world.show(report)
    assert ended is not None
    assert ended.status is Status.SUCCEEDED


def test_a_cancellation_that_broke_off_is_finished(world: World) -> None:
    report = world.add(Status.CANCELING)
    world.engine.instances[report.id] = Instance(Phase.RUNNING, "")
    world.stores.blobs.stage(report.owner, report.id, "shard-000000", b"1\r\n")
    assert world.reconcile() == {"canceled": 1}
    canceled = world.show(report)
    assert canceled is not None
    assert canceled.status is Status.CANCELED
    assert world.csvs == []
    assert world.engine.instances[report.id].phase is Phase.BROKEN


def test_a_deletion_that_broke_off_is_finished(world: World) -> None:
    report = world.add(Status.DELETING)
    world.stores.outbox.put(report.owner, report.id, closing=True)
    world.engine.instances[report.id] = Instance(Phase.RUNNING, "")
    world.stores.blobs.publish(report.owner, report.id, b"id\r\n", [])
    assert world.reconcile() == {"closing": 1}
    assert world.reconcile() == {"deleted": 1}
    assert world.show(report) is None
    assert (world.rows, world.csvs, world.engine.instances) == ([], [], {})


@pytest.mark.parametrize("status", [Status.CANCELED, Status.DELETING])
def test_a_shard_that_the_engine_shows_late_is_stopped_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch, status: Status
) -> None:
    """Its host was killed before its first episode ended: its message is invisible for a minute."""
    monkeypatch.setenv("LAST_LOOK_AFTER_SECONDS", "3600")
    report = world.add(status)
    world.stores.outbox.put(report.owner, report.id, closing=status is Status.DELETING)
    world.reconcile()
    assert world.rows == [report.id]
    world.engine.instances[report.id] = Instance(Phase.RUNNING, "")
    assert world.reconcile() == {"closing": 1}
    assert world.rows == [report.id]
    assert world.engine.instances[report.id].phase is Phase.BROKEN
    monkeypatch.setenv("LAST_LOOK_AFTER_SECONDS", "0")
    assert world.reconcile() == {"dropped" if status is Status.CANCELED else "deleted": 1}
    assert world.rows == []
    assert (report.id in world.engine.instances) == (status is Status.CANCELED)


def test_a_report_that_ended_long_ago_needs_no_last_look(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAST_LOOK_AFTER_SECONDS", "120")
    old = world.add(Status.DELETING, age=timedelta(days=1))
    world.stores.reports.change(old.owner, old.id, lambda one: replace(one, finished_at=one.created_at))
    assert world.reconcile() == {"deleted": 1}
    assert world.rows == []


def test_a_deletion_that_died_after_the_record_is_finished(world: World) -> None:
    report = world.add()
    world.stores.outbox.put(report.owner, report.id, closing=True)
    world.stores.reports.delete(report.owner, report.id)
    world.stores.blobs.stage(report.owner, report.id, "shard-000000", b"1\r\n")
    assert world.reconcile() == {"dropped": 1}
    assert (world.rows, world.csvs) == ([], [])


def test_a_row_whose_record_is_just_being_written_is_left_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.stores.outbox.put("anonymous", new_report_id(NOW, "0" * 16))
    assert world.reconcile() == {"being_accepted": 1}
    monkeypatch.setattr(reconciliation, "BEING_ACCEPTED", timedelta())
    assert world.reconcile() == {"dropped": 1}
    assert world.rows == []


def test_one_report_that_cannot_be_dealt_with_holds_up_no_other(world: World) -> None:
    world.add(Status.CANCELING)
    world.add()
    world.engine.away = True
    assert world.reconcile() == {"put_off": 1, "started": 1}
    world.engine.away = False
    assert world.reconcile() == {"canceled": 1, "running": 1}


def test_a_report_is_accepted_while_the_engine_is_away(world: World) -> None:
    class Away(FakeOrchestrations):
        def start(self, order: GenerateReport) -> None:
            raise grpc.RpcError

    report = replace(world.add(), id=new_report_id(NOW, "f" * 16))
    assert accept(Away(), world.stores, report, TERMS) == report
    assert report.id in world.rows
    assert world.show(report) == report


def test_the_daily_round_deletes_what_has_expired_and_nothing_else(world: World) -> None:
    expired = world.add(Status.SUCCEEDED, age=timedelta(days=31))
    fresh = world.add(Status.SUCCEEDED, age=timedelta(days=29))
    for report in (expired, fresh):
        world.stores.blobs.publish(report.owner, report.id, b"id\r\n", [])
    assert dict(expire(world.engine, world.stores, NOW)) == {"reports": 1}
    assert world.show(expired) is None
    assert world.show(fresh) == fresh
    assert world.csvs == [(fresh.owner, fresh.id)]
    world.reconcile()
    assert expired.id not in world.rows


def test_the_daily_round_removes_orphans_older_than_a_day(world: World) -> None:
    old, young = (new_report_id(NOW - timedelta(hours=hours), "0" * 16) for hours in (25, 23))
    for report_id in (old, young):
        world.stores.blobs.stage("anonymous", report_id, "shard-000000", b"1\r\n")
        world.stores.keys.claim("anonymous", f"hash-{report_id}", Claim(report_id, "f"))
    kept = world.add(Status.SUCCEEDED, age=timedelta(days=2))
    world.stores.blobs.publish(kept.owner, kept.id, b"id\r\n", [])
    assert dict(expire(world.engine, world.stores, NOW)) == {"blobs": 1, "keys": 1}
    assert sorted(world.csvs) == sorted([("anonymous", young), (kept.owner, kept.id)])
    assert [key[1] for key in world.stores.keys.all()] == [f"hash-{young}"]


def test_an_expired_report_that_cannot_be_deleted_holds_up_no_other(world: World) -> None:
    for _ in range(2):
        world.add(Status.SUCCEEDED, age=timedelta(days=31))
    world.engine.away = True
    assert dict(expire(world.engine, world.stores, NOW)) == {"put_off": 3}, "two reports and all instances"
    world.engine.away = False
    assert world.reconcile() == {"deleted": 2}


def test_the_daily_round_removes_instances_of_reports_that_are_gone(world: World) -> None:
    old, young = (new_report_id(NOW - timedelta(hours=hours), "0" * 16) for hours in (25, 23))
    kept = world.add(Status.SUCCEEDED, age=timedelta(days=2))
    for report_id in (old, young, kept.id, "health-check"):
        world.engine.instances[report_id] = Instance(Phase.COMPLETED, "")
    assert dict(expire(world.engine, world.stores, NOW)) == {"instances": 1}
    assert world.engine.instances.keys() == {young, kept.id, "health-check"}


def test_an_owner_has_at_most_so_many_reports_open(world: World) -> None:
    terms = Terms(ExecutionOptions(), max_open=2)
    first = world.add()
    late = replace(first, id=new_report_id(NOW + timedelta(seconds=1), "0" * 16))
    later = replace(first, id=new_report_id(NOW + timedelta(seconds=2), "0" * 16))
    assert accept(world.engine, world.stores, late, terms).id == late.id
    with pytest.raises(Problem) as refused:
        accept(world.engine, world.stores, later, terms)
    assert refused.value.status == HTTPStatus.TOO_MANY_REQUESTS
    assert refused.value.headers["Retry-After"]
    assert world.show(later) is None
    assert later.id not in world.rows


def test_reports_that_ended_or_belong_to_others_do_not_count(world: World) -> None:
    for status in (Status.SUCCEEDED, Status.FAILED, Status.CANCELED):
        world.add(status)
    world.stores.outbox.put("user-b", new_report_id(NOW, "b" * 16))
    late = replace(world.add(), id=new_report_id(NOW + timedelta(seconds=1), "0" * 16))
    assert (
        accept(world.engine, world.stores, late, Terms(ExecutionOptions(), max_open=2)).status
        is Status.QUEUED
    )


def test_what_has_been_published_is_looked_at_once_and_what_needs_the_reconciler_stays(world: World) -> None:
    published = [world.add(status) for status in (Status.SUCCEEDED, Status.PARTIAL)]
    others = [world.add(status) for status in (Status.FAILED, Status.CANCELED, Status.DELETING)]
    late = replace(world.add(), id=new_report_id(NOW + timedelta(seconds=1), "0" * 16))
    accept(world.engine, world.stores, late, Terms(ExecutionOptions(), max_open=4))
    assert not {report.id for report in published} & set(world.rows)
    assert {report.id for report in others} < set(world.rows)


def test_an_orphan_that_cannot_be_removed_holds_up_no_key(world: World) -> None:
    old = new_report_id(NOW - timedelta(hours=25), "0" * 16)
    world.stores.blobs.stage("anonymous", old, "shard-000000", b"1\r\n")
    world.stores.keys.claim("anonymous", "hash", Claim(old, "f"))
    world.engine.away = True
    assert dict(expire(world.engine, world.stores, NOW)) == {"keys": 1, "put_off": 2}
    assert (world.csvs, list(world.stores.keys.all())) == ([], [])
