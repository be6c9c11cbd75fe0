"""What the app tells its operator: each event is one log record, its fields the record's dimensions.

Names, phases, outcomes and dimensions are what ``infra/telemetry.json`` lists and what queries and alerts
find records by. All of the folders tell events, so this is where all of them can reach it; what becomes
of a record is the business of whoever listens to the logger.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from domain.report import Failure, Report, Status

LOGGER = logging.getLogger("poke_queue")
LOGGER.setLevel(logging.INFO)


def emit(event: "Event") -> None:
    """Log the event. In an orchestrator: only while it is not replaying."""
    with suppress(Exception):  # a listener that fails must not cost a report
        LOGGER.log(event.level, event.message, extra=event.dimensions)


def log_exception(message: str, report_id: str | None = None, level: int = logging.ERROR) -> None:
    """Log the exception that is being handled, with the report it concerns as a dimension."""
    with suppress(Exception):
        LOGGER.log(level, message, exc_info=True, extra={"report_id": report_id} if report_id else {})


@dataclass(frozen=True, kw_only=True)
class Event(ABC):
    """A dimension that is None is left out."""

    name: ClassVar[str]
    phase: ClassVar[str]
    outcome: str

    @property
    @abstractmethod
    def message(self) -> str:
        """For whoever reads the log; queries do not."""

    @property
    def level(self) -> int:
        return logging.INFO

    @property
    def dimensions(self) -> dict[str, Any]:
        named = {"event": self.name, "phase": self.phase, **vars(self)}
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class ReportAccepted(Event):
    """Deferred: its orchestration is left to the reconciler. Repeated: the report was there before."""

    name = "report_accepted"
    phase = "accept"
    outcome: Literal["started", "deferred", "repeated"]
    report_id: str
    retry_of: str | None

    @property
    def message(self) -> str:
        return f"Report {self.report_id} was accepted."


@dataclass(frozen=True, kw_only=True)
class ReportPlanned(Event):
    name = "report_planned"
    phase = "plan"
    outcome: Literal["planned", "impossible", "withdrawn"]
    report_id: str
    pokemon: int = 0

    @property
    def message(self) -> str:
        return f"Report {self.report_id} is about {self.pokemon} Pokémon."


@dataclass(frozen=True, kw_only=True)
class ShardFinished(Event):
    name = "shard_finished"
    phase = "fetch"
    outcome: Literal["complete", "partial", "failed"]
    report_id: str
    shard: int
    fetched: int
    failed: int
    duration_seconds: float
    reason: str | None

    @classmethod
    def of(
        cls,
        report_id: str,
        shard: int,
        *,
        fetched: int,
        failures: Sequence[Failure],
        began: datetime,
        ended: datetime,
    ) -> "ShardFinished":
        return cls(
            outcome="complete" if not failures else "partial" if fetched else "failed",
            report_id=report_id,
            shard=shard,
            fetched=fetched,
            failed=len(failures),
            duration_seconds=_seconds(began, ended),
            reason=failures[0].reason if failures else None,
        )

    @property
    def message(self) -> str:
        return f"Shard {self.shard} of report {self.report_id} has finished."


@dataclass(frozen=True, kw_only=True)
class ReportFinished(Event):
    """``rows`` and ``bytes`` are 0 where nothing was published."""

    name = "report_finished"
    phase = "finish"
    report_id: str
    closed_by: Literal["orchestration", "reconciler", "user"]
    pokemon: int
    failed: int
    rows: int
    bytes: int
    queued_seconds: float | None
    duration_seconds: float
    reason: str | None

    @classmethod
    def of(
        cls, report: Report, closed_by: Literal["orchestration", "reconciler", "user"]
    ) -> "ReportFinished":
        """Of a report that has just ended: every way to end writes ``updated_at`` with its end."""
        return cls(
            outcome=report.status.value,
            report_id=report.id,
            closed_by=closed_by,
            pokemon=report.progress.total,
            failed=report.failure_count,
            rows=report.result.rows if report.result else 0,
            bytes=report.result.bytes if report.result else 0,
            queued_seconds=_seconds(report.created_at, report.started_at) if report.started_at else None,
            duration_seconds=_seconds(report.created_at, report.updated_at),
            reason=report.error.detail if report.error else None,
        )

    @property
    def level(self) -> int:
        return logging.WARNING if self.outcome == Status.FAILED else logging.INFO

    @property
    def message(self) -> str:
        return f"Report {self.report_id} is {self.outcome}."


@dataclass(frozen=True, kw_only=True)
class ReportDeleted(Event):
    name = "report_deleted"
    phase = "finish"
    outcome: str = "deleted"
    report_id: str

    @property
    def message(self) -> str:
        return f"Report {self.report_id} was deleted."


@dataclass(frozen=True, kw_only=True)
class ReportsReconciled(Event):
    """One round. ``open`` reports are left for the next one, and their age is by their ids."""

    name = "reports_reconciled"
    phase = "reconcile"
    outcome: Literal["done", "deferred"]
    open: int
    oldest_seconds: float
    oldest_report_id: str | None
    started: int
    running: int
    closed: int
    canceled: int
    closing: int
    deleted: int
    dropped: int
    being_accepted: int
    deferred: int

    @property
    def message(self) -> str:
        return f"{self.open} reports are open."


@dataclass(frozen=True, kw_only=True)
class ReportsExpired(Event):
    """One round. What could not be removed is put off until the next one."""

    name = "reports_expired"
    phase = "expire"
    outcome: Literal["done", "deferred"]
    reports: int
    blobs: int
    keys: int
    instances: int
    deferred: int

    @property
    def message(self) -> str:
        return f"{self.reports} reports have expired."


@dataclass(frozen=True, kw_only=True)
class PokeApiRequestRetried(Event):
    """A document that did not come at the first try. ``status`` is 0 where the last try got no answer,
    for which ``reason`` then says why; ``duration_ms`` is that of all its tries together."""

    name = "pokeapi_request_retried"
    phase = "fetch"
    outcome: Literal["recovered", "missing", "failed"]
    resource: str
    path: str
    status: int
    retries: int
    duration_ms: float
    reason: str | None

    @property
    def level(self) -> int:
        return logging.WARNING

    @property
    def message(self) -> str:
        return f"PokéAPI was troubled over {self.path}."


@dataclass(frozen=True, kw_only=True)
class PokeApiCircuitOpened(Event):
    name = "pokeapi_circuit_opened"
    phase = "fetch"
    outcome: str = "paused"
    failures: int
    pause_seconds: float

    @property
    def level(self) -> int:
        return logging.WARNING

    @property
    def message(self) -> str:
        return f"PokéAPI is left alone for {self.pause_seconds:g} seconds."


def _seconds(began: datetime, ended: datetime) -> float:
    return round((ended - began).total_seconds(), 3)
