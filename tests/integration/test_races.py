"""Races that chaos or a review found, each reproduced on purpose."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import azure.durable_functions as df
import grpc
import pytest
from azure.data.tables import TableClient
from durabletask.client import OrchestrationQuery, OrchestrationState, OrchestrationStatus

from adapters.idempotency_keys import Claim
from adapters.orchestrations import Orchestrations
from adapters.outbox import Outbox
from adapters.report_table import ReportTable, Stored
from domain.errors import ReportBeingDeletedError, ReportNotFoundError
from domain.messages import shard_instance_id
from domain.report import Report, ReportKey, Status
from services import reconciliation
from services.expiry import expire
from tests.integration.report_fixture import OWNER, ReportFixture

REPORT = "e5df45fc9b6-b4871c15782d0e21"
SHARDS = [shard_instance_id(REPORT, index) for index in range(3)]
ROW = b"1\r\n"


class BusyEngine:
    """A report whose orchestrator starts its shards just before it learns that it is terminated.

    As the Durable extension does, it refuses to stop what has ended and to purge what has not.
    """

    def __init__(self) -> None:
        self.instances = {REPORT: OrchestrationStatus.RUNNING}
        self.ends_meanwhile: set[str] = set()
        self.incomplete: set[str] = set()
        self.updated_at = datetime.now(UTC).replace(tzinfo=None)

    def get_all_orchestration_states(self, query: OrchestrationQuery) -> list[OrchestrationState]:
        assert query.instance_id_prefix is not None
        if self.incomplete & self.instances.keys():
            raise Refused(grpc.StatusCode.UNKNOWN)
        found = []
        for instance_id, status in self.instances.items():
            if instance_id.startswith(query.instance_id_prefix):
                state = OrchestrationState.__new__(OrchestrationState)
                state.instance_id, state.runtime_status = instance_id, status
                state.last_updated_at = self.updated_at
                found.append(state)
        self.instances |= dict.fromkeys(self.ends_meanwhile, OrchestrationStatus.COMPLETED)
        return found

    def terminate_orchestration(self, instance_id: str, **_: object) -> None:
        status = self.instances.get(instance_id)
        if instance_id in self.incomplete & self.instances.keys():
            raise Refused(grpc.StatusCode.UNKNOWN)
        if status is not OrchestrationStatus.RUNNING:
            raise Refused(grpc.StatusCode.FAILED_PRECONDITION if status else grpc.StatusCode.NOT_FOUND)
        if instance_id == REPORT:
            self.instances |= dict.fromkeys(SHARDS, OrchestrationStatus.RUNNING)
        self.instances[instance_id] = OrchestrationStatus.TERMINATED

    def purge_orchestration(self, instance_id: str, **_: object) -> None:
        if self.instances.get(instance_id) is OrchestrationStatus.RUNNING:
            raise Refused(grpc.StatusCode.FAILED_PRECONDITION)
        self.instances.pop(instance_id, None)

    @property
    def orchestrations(self) -> Orchestrations:
        return Orchestrations(cast(df.SyncDurableFunctionsClient, self))


class Refused(grpc.RpcError):  # type: ignore[misc] # the library has no types
    def __init__(self, code: grpc.StatusCode) -> None:
        self.code = lambda: code


def remove(busy: BusyEngine) -> bool:
    return busy.orchestrations.stop_all(REPORT) and busy.orchestrations.purge(REPORT, timedelta())


def test_shards_that_start_while_their_report_is_removed_are_removed_too() -> None:
    busy = BusyEngine()
    looks = [remove(busy) for _ in range(3)]
    assert (looks[0], looks[-1]) == (False, True)
    assert busy.instances == {}


def test_an_instance_that_was_updated_just_now_is_not_purged_yet() -> None:
    """A second request to stop it may be on its way, and would meet nothing."""
    busy = BusyEngine()
    busy.instances = dict.fromkeys(SHARDS, OrchestrationStatus.TERMINATED)
    assert busy.orchestrations.purge(REPORT, timedelta(minutes=2)) is False
    assert busy.instances.keys() == set(SHARDS)
    busy.updated_at -= timedelta(minutes=2)
    assert busy.orchestrations.purge(REPORT, timedelta(minutes=2)) is True
    assert busy.instances == {}


def test_shards_that_start_while_their_report_is_stopped_are_stopped_too() -> None:
    busy = BusyEngine()
    looks = [busy.orchestrations.stop_all(REPORT) for _ in range(3)]
    assert (looks[0], looks[-1]) == (False, True)
    assert set(busy.instances.values()) == {OrchestrationStatus.TERMINATED}


def test_a_request_to_cancel_terminates_only_the_orchestration_that_starts_shards() -> None:
    """A request must not wait for shards, which are short, and which the reconciler stops."""
    busy = BusyEngine()
    busy.orchestrations.stop(REPORT)
    running = dict.fromkeys(SHARDS, OrchestrationStatus.RUNNING)
    assert busy.instances == {REPORT: OrchestrationStatus.TERMINATED, **running}


def test_an_instance_that_ends_just_before_it_is_stopped_counts_as_stopped() -> None:
    busy = BusyEngine()
    busy.ends_meanwhile = {REPORT}
    assert busy.orchestrations.stop_all(REPORT) is False
    assert busy.orchestrations.stop_all(REPORT) is True


def test_a_shard_whose_row_is_incomplete_is_removed_once_it_has_ended() -> None:
    """Its host died between its first history rows and its row: no query shows it, and nothing stops it."""
    busy = BusyEngine()
    busy.instances[SHARDS[0]] = OrchestrationStatus.RUNNING
    busy.incomplete = {SHARDS[0]}
    looks = [remove(busy) for _ in range(3)]
    assert looks == [False, False, False]
    assert busy.instances == {SHARDS[0]: OrchestrationStatus.RUNNING}
    busy.instances[SHARDS[0]] = OrchestrationStatus.COMPLETED
    assert remove(busy) is True
    assert busy.instances == {}


def test_the_instances_of_another_report_are_left_alone() -> None:
    busy = BusyEngine()
    other = REPORT[:-1] + "0"
    busy.instances = {other: OrchestrationStatus.COMPLETED, SHARDS[2]: OrchestrationStatus.COMPLETED}
    assert remove(busy) is True
    assert busy.instances == {other: OrchestrationStatus.COMPLETED}


@pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELED])
def test_blocks_are_discarded_if_the_host_dies_after_a_report_ends_without_a_csv(
    reports: ReportFixture, status: Status
) -> None:
    """The record says how the report ended, and discarding the blocks would have been next."""
    report = reports.add(status)
    reports.stores.blobs.stage(report.key, "shard-000000", ROW)
    reports.settle()
    assert (reports.csvs, reports.rows) == ([], [])


def test_a_deletion_that_begins_while_the_reconciler_deletes_the_row_is_completed(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The host dies right after the mark, so only the outbox row knows about the deletion."""
    report = reports.add(Status.SUCCEEDED)
    get = ReportTable.get

    def get_and_be_overtaken(self: ReportTable, key: ReportKey) -> Stored | None:
        stored = get(self, key)
        monkeypatch.setattr(ReportTable, "get", get)
        reports.mark_deleting(key)
        return stored

    monkeypatch.setattr(ReportTable, "get", get_and_be_overtaken)
    reports.reconcile()
    assert reports.rows == [report.id]
    reports.reconcile()
    assert reports.show(report) is None
    assert reports.rows == []


def test_a_report_that_is_accepted_while_the_reconciler_deletes_its_old_row_is_started(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client reuses its key a minute after a request with the same key died."""
    report = reports.new()
    reports.turns.join(report.key, size=None)
    monkeypatch.setattr(reconciliation, "ACCEPTANCE_GRACE_PERIOD", timedelta())
    reports.engine.meanwhile = lambda: reports.acceptance.accept(report)
    reports.reconcile()
    assert reports.rows == [report.id]
    reports.reconcile()
    assert reports.engine.instances.keys() == {report.id}


def test_a_report_that_is_deleted_while_it_is_accepted_leaves_no_instance(reports: ReportFixture) -> None:
    report = reports.new()
    reports.engine.meanwhile = lambda: reports.lifecycle.delete(report.key)
    reports.acceptance.accept(report)
    reports.settle()
    assert (reports.rows, reports.engine.instances) == ([], {})


def test_a_report_that_is_deleted_while_the_reconciler_starts_it_leaves_no_instance(
    reports: ReportFixture,
) -> None:
    report = reports.add()
    reports.engine.meanwhile = lambda: reports.lifecycle.delete(report.key)
    reports.settle()
    assert (reports.rows, reports.engine.instances) == ([], {})


def test_a_report_that_is_being_deleted_is_not_found(reports: ReportFixture) -> None:
    report = reports.add(Status.SUCCEEDED)
    reports.mark_deleting(report.key)
    with pytest.raises(ReportNotFoundError):
        reports.mark_deleting(report.key)


def test_a_mark_whose_response_is_lost_counts_as_written(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The storage client retries the write, which conflicts with its own first attempt."""
    report = reports.add(Status.SUCCEEDED)
    update = TableClient.update_entity

    def update_twice(self: TableClient, *arguments: object, **options: object) -> object:
        monkeypatch.setattr(TableClient, "update_entity", update)
        update(self, *arguments, **options)  # type: ignore[arg-type]
        return update(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(TableClient, "update_entity", update_twice)
    assert reports.mark_deleting(report.key).status is Status.DELETING


def test_a_deletion_that_is_finished_twice_does_not_release_the_key_of_the_next_report(
    reports: ReportFixture,
) -> None:
    """The request and the reconciler both finish it, and between them the key is reused."""
    report = reports.add(Status.SUCCEEDED, idempotency_key="hash")
    keys = reports.stores.keys
    keys.claim(OWNER, "hash", Claim(report.id, "body"))
    marked = reports.mark_deleting(report.key)
    reports.lifecycle.finish_deleting(marked)
    second = Claim(reports.new().id, "body")
    assert keys.claim(OWNER, "hash", second) == second
    reports.lifecycle.finish_deleting(marked)
    assert keys.claim(OWNER, "hash", Claim("another", "body")) == second


def test_a_deletion_that_stops_after_the_record_is_deleted_releases_the_key(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = reports.add(Status.SUCCEEDED, idempotency_key="hash")
    reports.stores.keys.claim(OWNER, "hash", Claim(report.id, "body"))
    marked = reports.mark_deleting(report.key)
    delete = ReportTable.delete

    def delete_and_die(self: ReportTable, key: ReportKey) -> None:
        delete(self, key)
        raise KeyboardInterrupt

    monkeypatch.setattr(ReportTable, "delete", delete_and_die)
    with pytest.raises(KeyboardInterrupt):
        reports.lifecycle.finish_deleting(marked)
    monkeypatch.setattr(ReportTable, "delete", delete)
    reports.reconcile()
    assert reports.stores.keys.all() == []


def test_a_request_that_its_own_repetition_and_a_deletion_overtake_brings_nothing_back(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first request stalls before it writes; the client repeats it, and deletes the report it gets."""
    insert = ReportTable.insert

    def stall(self: ReportTable, report: Report) -> Report:
        monkeypatch.setattr(ReportTable, "insert", insert)
        repeated = reports.acceptance.accept_once(reports.new(), key="key", body=b"{}")
        assert repeated.key == report.key
        marked = reports.mark_deleting(report.key)
        while not reports.lifecycle.finish_deleting(marked):
            pass
        return insert(self, report)

    monkeypatch.setattr(ReportTable, "insert", stall)
    with pytest.raises(ReportBeingDeletedError):
        reports.acceptance.accept_once(reports.new(), key="key", body=b"{}")
    assert reports.stores.reports.page(OWNER, limit=9) == []
    reports.settle()
    assert (reports.rows, reports.engine.instances, reports.stores.keys.all()) == ([], {}, [])


@pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELED, Status.SUCCEEDED])
def test_the_daily_cleanup_removes_blobs_of_reports_that_ended_without_a_csv(
    reports: ReportFixture, status: Status
) -> None:
    report = reports.add(status)
    reports.stores.blobs.publish(report.key, ROW, [])
    expire(reports.lifecycle, datetime.now(UTC) + timedelta(days=2))
    assert bool(reports.csvs) == (status is Status.SUCCEEDED)


def test_late_blocks_of_a_canceled_report_are_removed_even_if_the_host_dies(reports: ReportFixture) -> None:
    """An activity stages a block after the cancellation, and dies before it discards it."""
    report = reports.add()
    assert reports.cancel(report.id).status is Status.CANCELED
    reports.stores.blobs.stage(report.key, "shard-000000", ROW)
    reports.reconcile()
    assert reports.csvs == []


def test_refusals_and_acceptances_of_the_same_keys_that_race_lose_nothing(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each request is on another instance of the app, so only the ETag of the line keeps them apart."""
    monkeypatch.setattr("adapters.grouped_changes.MAX_CONFLICTS", 1000)

    def try_on_another_instance(key: str) -> Report | None:
        outbox = Outbox(reports.stores.outbox._client)
        return replace(reports, stores=replace(reports.stores, outbox=outbox)).try_to_accept(key)

    reports.limit(open=1)
    for number in range(8):
        blocker = reports.accept()
        keys = [f"{number}-a", f"{number}-b"]
        assert [reports.try_to_accept(key) for key in keys] == [None, None]
        reports.cancel(blocker.id)
        with ThreadPoolExecutor(12) as pool:
            accepted = {report.id for report in pool.map(try_on_another_instance, keys * 6) if report}
        assert len(accepted) == 1
        assert reports.open_ids == accepted
        assert accepted <= set(reports.rows)
        reports.cancel_all()
