"""Reports in real storage, with a fake durable engine."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from adapters.dependencies import Stores
from adapters.orchestrations import Instance, Orchestrations, Phase
from adapters.pokeapi_cache import Resource
from adapters.pokeapi_catalog import Catalog
from domain.budgets import Limits
from domain.errors import (
    EngineUnavailableError,
    PokeApiError,
    TooManyKeptReportsError,
    TooManyOpenReportsError,
    TooManyReportsPerHourError,
)
from domain.messages import ExecutionOptions, GenerateReport
from domain.report import Report, ReportKey, ReportRequest, Status, new_report
from domain.report_ids import new_report_id
from services.acceptance import Acceptance
from services.lifecycle import ReportLifecycle, find_report
from services.reconciliation import reconcile
from services.turns import AdmissionPolicy, Turns

OWNER = "anonymous"
REQUEST = ReportRequest("fire", None, include_forms=True, sample_size=None, seed=1, columns=("id",))
RETENTION = timedelta(days=30)
NOW = datetime.now(UTC)
MAX_ROUNDS = 5
REFUSALS = (TooManyOpenReportsError, TooManyReportsPerHourError, TooManyKeptReportsError)
LIMITS = Limits(open=100, open_of_visitors=100, per_hour=1000, kept=1000)


@dataclass
class FakeEngine(Orchestrations):
    """``meanwhile`` runs once, at the next call; ``unavailable`` makes calls fail, except start and find."""

    instances: dict[str, Instance] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    started: list[GenerateReport] = field(default_factory=list)
    unavailable: bool = False
    can_start: bool = True
    meanwhile: Callable[[], object] = field(default=lambda: None)

    def start(self, order: GenerateReport) -> None:
        self._run_meanwhile("start")
        if not self.can_start:
            raise EngineUnavailableError
        self.started.append(order)
        self.instances[order.report.report_id] = Instance(Phase.RUNNING, "")

    def find(self, report_id: str) -> Instance | None:
        self._run_meanwhile("find")
        return self.instances.get(report_id)

    def stop(self, report_id: str) -> None:
        self._stop("stop", report_id)

    def stop_all(self, report_id: str) -> bool:
        return self._stop("stop_all", report_id)

    def _stop(self, call: str, report_id: str) -> bool:
        self._run_meanwhile(call)
        if self.unavailable:
            raise EngineUnavailableError
        instance = self.instances.get(report_id)
        if instance is None or instance.phase is not Phase.RUNNING:
            return True
        self.instances[report_id] = Instance(Phase.BROKEN, "")
        return False

    def purge(self, report_id: str, quiet: timedelta) -> bool:
        self.instances.pop(report_id, None)
        return True

    def report_ids(self, created_before: datetime) -> set[str]:
        if self.unavailable:
            raise EngineUnavailableError
        return set(self.instances)

    def _run_meanwhile(self, call: str) -> None:
        self.calls.append(call)
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()


class NothingCached(Catalog):
    def get[T](self, resource: Resource[T], number: int) -> T:
        raise PokeApiError(resource.path.format(number))


def turns_of(stores: Stores) -> Turns:
    return ReportFixture(stores).turns


@dataclass
class ReportFixture:
    stores: Stores
    engine: FakeEngine = field(default_factory=FakeEngine)
    limits: Limits = LIMITS
    reports_at_once: int = 100

    @property
    def turns(self) -> Turns:
        policy = AdmissionPolicy(ExecutionOptions(), self.reports_at_once, self.limits)
        return Turns(self.engine, self.stores, policy)

    @property
    def lifecycle(self) -> ReportLifecycle:
        return ReportLifecycle(self.turns)

    @property
    def acceptance(self) -> Acceptance:
        return Acceptance(self.lifecycle, NothingCached(), RETENTION)

    def limit(self, **limits: int) -> None:
        self.limits = replace(self.limits, **limits)

    def accept(self, key: str | None = None, owner: str = OWNER) -> Report:
        report = replace(self.new(), owner=owner)
        if key is None:
            return self.acceptance.accept(report)
        return self.acceptance.accept_once(report, key=key, body=b"{}")

    def try_to_accept(self, key: str | None = None) -> Report | None:
        """Returns None if the request is refused."""
        with suppress(*REFUSALS):
            return self.accept(key)
        return None

    @property
    def open_ids(self) -> set[str]:
        found = self.stores.reports.page(OWNER, limit=999)
        return {report.id for report in found if report.status is Status.QUEUED}

    def cancel(self, report_id: str) -> Report:
        stored = self.stores.reports.get(ReportKey(OWNER, report_id))
        assert stored is not None
        return self.lifecycle.cancel(stored)

    def delete(self, report_id: str) -> None:
        self.lifecycle.delete(ReportKey(OWNER, report_id))

    def cancel_all(self) -> None:
        for report_id in self.open_ids:
            self.cancel(report_id)

    def reconcile(self) -> dict[str, int]:
        return {step.value: count for step, count in reconcile(self.lifecycle).items()}

    def settle(self) -> None:
        """Reconcile until nothing is left to do."""
        for _ in range(MAX_ROUNDS):
            self.reconcile()
            if not self.rows:
                return

    def new(self, status: Status = Status.QUEUED, *, age: timedelta = timedelta()) -> Report:
        """A report that is not stored."""
        created = NOW - age
        report_id = new_report_id(created, secrets.token_hex(8))
        return replace(new_report(report_id, OWNER, REQUEST, created, retention=RETENTION), status=status)

    def add(
        self,
        status: Status = Status.QUEUED,
        *,
        age: timedelta = timedelta(),
        idempotency_key: str | None = None,
    ) -> Report:
        """A stored report, with a row in the outbox."""
        report = replace(self.new(status, age=age), idempotency_key=idempotency_key)
        self.turns.join(report.key, size=None)
        return self.stores.reports.insert(report)

    def mark_deleting(self, key: ReportKey) -> Report:
        return self.lifecycle.mark_deleting(find_report(self.stores.reports, key))

    def show(self, report: Report) -> Report | None:
        stored = self.stores.reports.get(report.key)
        return stored.report if stored else None

    @property
    def rows(self) -> list[str]:
        return [key.report_id for key in self.stores.outbox.read().rows]

    @property
    def csvs(self) -> list[ReportKey]:
        return self.stores.blobs.all()
