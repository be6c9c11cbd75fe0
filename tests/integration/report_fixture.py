"""Reports in real storage, with an engine that the tests write by hand."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import grpc
from azure.data.tables import TableClient, TableServiceClient
from azure.storage.blob import BlobServiceClient

from adapters.dependencies import Stores
from adapters.idempotency_keys import IdempotencyKeys
from adapters.orchestrations import Instance, Orchestrations, Phase
from adapters.outbox import Outbox
from adapters.report_blobs import ReportBlobs
from adapters.report_table import ReportTable
from domain import report as life
from domain.messages import ExecutionOptions, GenerateReport
from domain.report import Report, ReportRequest, Status
from domain.report_ids import new_report_id
from tools.local.servers import Storage
from triggers.reconciliation import reconcile

REQUEST = ReportRequest("fire", None, include_forms=True, sample_size=None, seed=1, columns=("id",))
NOW = datetime.now(UTC)


@dataclass
class FakeOrchestrations(Orchestrations):
    """The instances there are, and what was done to them."""

    instances: dict[str, Instance] = field(default_factory=dict)
    started: list[GenerateReport] = field(default_factory=list)
    away: bool = False

    def start(self, order: GenerateReport) -> None:
        self.started.append(order)
        self.instances[order.report_id] = Instance(Phase.RUNNING, "")

    def find(self, report_id: str) -> Instance | None:
        return self.instances.get(report_id)

    def stop(self, report_id: str) -> bool:
        if self.away:
            raise grpc.RpcError
        instance = self.instances.get(report_id)
        if instance is None or instance.phase is not Phase.RUNNING:
            return True
        self.instances[report_id] = Instance(Phase.BROKEN, "")
        return False

    def purge(self, report_id: str, quiet: timedelta) -> bool:
        self.instances.pop(report_id, None)
        return True

    def report_ids(self, created_before: datetime) -> set[str]:
        if self.away:
            raise grpc.RpcError
        return set(self.instances)


@dataclass
class World:
    stores: Stores
    table: TableClient
    engine: FakeOrchestrations

    def reconcile(self) -> dict[str, int]:
        return dict(reconcile(self.engine, self.stores, ExecutionOptions()))

    def add(self, status: Status = Status.QUEUED, *, age: timedelta = timedelta()) -> Report:
        """A stored report, with a row in the outbox."""
        made = NOW - age
        report = life.new_report(
            new_report_id(made, secrets.token_hex(8)),
            "anonymous",
            REQUEST,
            made,
            retention=timedelta(days=30),
        )
        self.stores.outbox.put(report.owner, report.id)
        return self.stores.reports.insert(replace(report, status=status))

    def show(self, report: Report) -> Report | None:
        stored = self.stores.reports.get(report.owner, report.id)
        return stored.report if stored else None

    @property
    def rows(self) -> list[str]:
        return [row.report_id for row in self.stores.outbox.rows()]

    @property
    def csvs(self) -> list[tuple[str, str]]:
        return list(self.stores.blobs.all())


@contextmanager
def a_world(storage: Storage) -> Iterator[World]:
    name = secrets.token_hex(8)
    tables = TableServiceClient.from_connection_string(storage.connection_string)
    service = BlobServiceClient.from_connection_string(storage.connection_string)
    table, container = tables.create_table(f"t{name}"), service.create_container(f"c{name}")
    stores = Stores(ReportTable(table), ReportBlobs(container, None), Outbox(table), IdempotencyKeys(table))
    yield World(stores, table, FakeOrchestrations())
    tables.delete_table(f"t{name}")
    service.delete_container(f"c{name}")
