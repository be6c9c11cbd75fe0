"""Races that chaos found or that its reading of the code foretold, each made to happen on purpose."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import cast

import azure.durable_functions as df
import grpc
import pytest
from azure.data.tables import TableClient, TableServiceClient
from azure.storage.blob import BlobServiceClient
from durabletask.client import OrchestrationQuery, OrchestrationState, OrchestrationStatus

from adapters.dependencies import Stores
from adapters.idempotency_keys import Claim, IdempotencyKeys
from adapters.orchestrations import Instance, Orchestrations, Phase
from adapters.outbox import Outbox
from adapters.report_blobs import ReportBlobs
from adapters.report_table import ReportTable
from domain import report as life
from domain.messages import ExecutionOptions, GenerateReport, shard_instance_id
from domain.report import Report, ReportRequest, Status
from domain.report_ids import new_report_id
from tools.local.servers import Storage
from triggers import reconciliation
from triggers.acceptance import Terms, accept, accept_once
from triggers.expiry import expire
from triggers.reconciliation import reconcile
from triggers.removal import finish_canceling, finish_deleting, mark_canceling, mark_deleting
from triggers.responses import Problem

REPORT = "e5df45fc9b6-b4871c15782d0e21"
SHARDS = [shard_instance_id(REPORT, index) for index in range(3)]
TERMS = Terms(ExecutionOptions(), max_open=20)
REQUEST = ReportRequest("fire", None, include_forms=True, sample_size=None, seed=1, columns=("id",))
OWNER = "anonymous"
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


class Engine(Orchestrations):
    """The ids of the instances there are; ``meanwhile`` runs once, when it is next asked for something."""

    def __init__(self) -> None:
        self.running: set[str] = set()
        self.meanwhile: Callable[[], object] = lambda: None

    def start(self, order: GenerateReport) -> None:
        self._happen()
        self.running.add(order.report_id)

    def find(self, report_id: str) -> Instance | None:
        self._happen()
        return Instance(Phase.RUNNING, "") if report_id in self.running else None

    def stop(self, report_id: str) -> bool:
        self._happen()
        return True

    def purge(self, report_id: str, quiet: timedelta) -> bool:
        self.running.discard(report_id)
        return True

    def report_ids(self, created_before: datetime) -> set[str]:
        return set(self.running)

    def _happen(self) -> None:
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()


@pytest.fixture
def stores(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stores]:
    monkeypatch.setenv("LAST_LOOK_AFTER_SECONDS", "0")
    name = secrets.token_hex(8)
    tables = TableServiceClient.from_connection_string(storage.connection_string)
    service = BlobServiceClient.from_connection_string(storage.connection_string)
    table, container = tables.create_table(f"t{name}"), service.create_container(f"c{name}")
    yield Stores(ReportTable(table), ReportBlobs(container, None), Outbox(table), IdempotencyKeys(table))
    tables.delete_table(f"t{name}")
    service.delete_container(f"c{name}")


@pytest.fixture
def engine() -> Engine:
    return Engine()


def a_report(*, key: str | None = None) -> Report:
    now = datetime.now(UTC)
    report_id = new_report_id(now, secrets.token_hex(8))
    return life.new_report(report_id, OWNER, REQUEST, now, retention=timedelta(days=30), idempotency_key=key)


def ended(report: Report, status: Status) -> Report:
    return replace(report, status=status, finished_at=report.created_at)


def rows(stores: Stores) -> list[str]:
    return [row.report_id for row in stores.outbox.rows()]


def delete(engine: Engine, stores: Stores, report: Report) -> None:
    marked = mark_deleting(stores, report.owner, report.id)
    assert marked is not None
    finish_deleting(engine, stores, marked)


def remove(busy: BusyEngine) -> bool:
    return busy.orchestrations.stop(REPORT) and busy.orchestrations.purge(REPORT, timedelta())


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
    looks = [busy.orchestrations.stop(REPORT) for _ in range(3)]
    assert (looks[0], looks[-1]) == (False, True)
    assert set(busy.instances.values()) == {OrchestrationStatus.TERMINATED}


def test_an_instance_that_ends_just_before_it_is_stopped_counts_as_stopped() -> None:
    busy = BusyEngine()
    busy.ends_meanwhile = {REPORT}
    assert busy.orchestrations.stop(REPORT) is False
    assert busy.orchestrations.stop(REPORT) is True


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
def test_blocks_of_a_report_whose_host_died_as_it_ended_without_a_csv_are_removed(
    engine: Engine, stores: Stores, status: Status
) -> None:
    """The record says how it ended, and the blocks were to be discarded next."""
    report = ended(a_report(), status)
    stores.outbox.put(report.owner, report.id)
    stores.reports.insert(report)
    stores.blobs.stage(report.owner, report.id, "shard-000000", ROW)
    reconcile(engine, stores, ExecutionOptions())
    assert list(stores.blobs.all()) == []
    assert rows(stores) == []


def test_a_deletion_that_begins_while_the_reconciler_drops_the_ended_reports_row_is_not_forgotten(
    engine: Engine, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The host dies right after the mark: only the outbox row knows that something is to be done."""
    report = ended(a_report(), Status.SUCCEEDED)
    stores.outbox.put(report.owner, report.id)
    stores.reports.insert(report)
    looked = ReportTable.get

    def look_and_be_overtaken(self: ReportTable, owner: str, report_id: str) -> object:
        found = looked(self, owner, report_id)
        monkeypatch.setattr(ReportTable, "get", looked)
        mark_deleting(stores, owner, report_id)
        return found

    monkeypatch.setattr(ReportTable, "get", look_and_be_overtaken)
    reconcile(engine, stores, ExecutionOptions())
    assert rows(stores) == [report.id]
    reconcile(engine, stores, ExecutionOptions())
    assert stores.reports.get(report.owner, report.id) is None
    assert rows(stores) == []


def test_a_report_accepted_while_the_reconciler_drops_its_old_row_is_not_forgotten(
    engine: Engine, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that was taken by a request that died is used again after a minute."""
    report = a_report()
    stores.outbox.put(report.owner, report.id)
    monkeypatch.setattr(reconciliation, "BEING_ACCEPTED", timedelta())
    engine.meanwhile = lambda: accept(engine, stores, report, TERMS)
    reconcile(engine, stores, ExecutionOptions())
    assert rows(stores) == [report.id]
    reconcile(engine, stores, ExecutionOptions())
    assert engine.running == {report.id}


def test_a_report_deleted_while_it_is_being_started_leaves_no_instance(
    engine: Engine, stores: Stores
) -> None:
    report = a_report()
    engine.meanwhile = lambda: delete(engine, stores, report)
    accept(engine, stores, report, TERMS)
    reconcile(engine, stores, ExecutionOptions())
    assert (rows(stores), engine.running) == ([], set())


def test_a_report_deleted_while_the_reconciler_starts_it_leaves_no_instance(
    engine: Engine, stores: Stores
) -> None:
    report = a_report()
    stores.outbox.put(report.owner, report.id)
    stores.reports.insert(report)
    engine.meanwhile = lambda: delete(engine, stores, report)
    reconcile(engine, stores, ExecutionOptions())
    reconcile(engine, stores, ExecutionOptions())
    assert (rows(stores), engine.running) == ([], set())


def test_a_report_that_is_being_deleted_is_gone_for_the_next_deletion(stores: Stores) -> None:
    report = ended(a_report(), Status.SUCCEEDED)
    stores.reports.insert(report)
    assert mark_deleting(stores, OWNER, report.id)
    assert mark_deleting(stores, OWNER, report.id) is None


def test_a_mark_whose_answer_was_lost_counts_as_this_deletions_own(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The storage's client sends the write again, which conflicts with what it wrote the first time."""
    report = ended(a_report(), Status.SUCCEEDED)
    stores.reports.insert(report)
    update = TableClient.update_entity

    def update_twice(self: TableClient, *arguments: object, **options: object) -> object:
        monkeypatch.setattr(TableClient, "update_entity", update)
        update(self, *arguments, **options)  # type: ignore[arg-type]
        return update(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(TableClient, "update_entity", update_twice)
    assert mark_deleting(stores, OWNER, report.id)


def test_a_deletion_that_is_finished_twice_leaves_the_next_owner_of_its_key_alone(
    engine: Engine, stores: Stores
) -> None:
    """The request and the reconciler both finish it, and between them the key is used again."""
    first = ended(a_report(key="hash"), Status.SUCCEEDED)
    stores.keys.claim(OWNER, "hash", Claim(first.id, "body"))
    stores.reports.insert(first)
    marked = mark_deleting(stores, OWNER, first.id)
    assert marked is not None
    finish_deleting(engine, stores, marked)
    second = Claim(a_report().id, "body")
    assert stores.keys.claim(OWNER, "hash", second) == second
    finish_deleting(engine, stores, marked)
    assert stores.keys.claim(OWNER, "hash", Claim("another", "body")) == second


def test_a_deletion_that_broke_off_after_the_record_went_frees_the_key(
    engine: Engine, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = ended(a_report(key="hash"), Status.SUCCEEDED)
    stores.keys.claim(OWNER, "hash", Claim(report.id, "body"))
    stores.reports.insert(report)
    marked = mark_deleting(stores, OWNER, report.id)
    assert marked is not None
    deleted = ReportTable.delete

    def delete_and_die(self: ReportTable, owner: str, report_id: str) -> None:
        deleted(self, owner, report_id)
        raise KeyboardInterrupt

    monkeypatch.setattr(ReportTable, "delete", delete_and_die)
    with pytest.raises(KeyboardInterrupt):
        finish_deleting(engine, stores, marked)
    monkeypatch.setattr(ReportTable, "delete", deleted)
    reconcile(engine, stores, ExecutionOptions())
    assert list(stores.keys.all()) == []


def test_a_request_that_is_overtaken_by_its_own_repetition_and_a_deletion_brings_nothing_back(
    engine: Engine, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first request stalls before it writes; the client repeats it, and deletes what it was given."""
    put = Outbox.put

    def stall(self: Outbox, owner: str, report_id: str, *, closing: bool = False) -> None:
        monkeypatch.setattr(Outbox, "put", put)
        repeated = accept_once(engine, stores, a_report(), TERMS, key="key", body=b"{}")
        assert repeated.id == report_id
        delete(engine, stores, repeated)
        put(self, owner, report_id, closing=closing)

    monkeypatch.setattr(Outbox, "put", stall)
    with pytest.raises(Problem):
        accept_once(engine, stores, a_report(), TERMS, key="key", body=b"{}")
    assert list(stores.reports.page(OWNER, limit=9, after=None, status=None, type_=None)) == []
    reconcile(engine, stores, ExecutionOptions())
    assert (rows(stores), engine.running, list(stores.keys.all())) == ([], set(), [])


@pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELED, Status.SUCCEEDED])
def test_the_daily_round_removes_blobs_of_reports_that_ended_without_a_csv(
    engine: Engine, stores: Stores, status: Status
) -> None:
    report = ended(a_report(), status)
    stores.reports.insert(report)
    stores.blobs.publish(report.owner, report.id, ROW, [])
    expire(engine, stores, datetime.now(UTC) + timedelta(days=2))
    assert bool(list(stores.blobs.all())) == (status is Status.SUCCEEDED)


def test_a_canceled_reports_late_blocks_are_removed_although_the_host_died(
    engine: Engine, stores: Stores
) -> None:
    """An activity stages after the cancellation discarded, and dies before it takes that back."""
    report = a_report()
    stores.outbox.put(report.owner, report.id)
    stores.reports.insert(report)
    found = stores.reports.get(report.owner, report.id)
    assert found is not None
    mark_canceling(stores, found)
    canceled = finish_canceling(engine, stores, report)
    assert canceled is not None
    stores.blobs.stage(report.owner, report.id, "shard-000000", ROW)
    reconcile(engine, stores, ExecutionOptions())
    assert list(stores.blobs.all()) == []
