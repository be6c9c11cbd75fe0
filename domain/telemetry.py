"""The events that the app logs: one log record each, with the event's fields as flat dimensions.

These classes are the only source of the names, phases, outcomes and dimensions that queries and alerts
rely on; ``python -m infra.telemetry`` derives ``infra/telemetry.json`` from them.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, cast

from domain.report import Failure, Report

LOGGER = logging.getLogger("poke_queue")

ClosedBy = Literal["orchestration", "reconciler", "user"]
AcceptanceOutcome = Literal["started", "queued", "deferred", "repeated"]
Refusal = Literal["foreign_origin", "invalid_identity", "unknown_report", "limit"]
ReportOutcome = Literal["succeeded", "partial", "failed", "canceled"]


def emit(event: "Event") -> None:
    """Log the event. Orchestrators call this only while they are not replaying."""
    with suppress(Exception):  # a failing log handler must not fail a report
        LOGGER.log(event.level, event.message, extra=event.dimensions)


def log_warning(message: str, report_id: str) -> None:
    """Log the message, with the id of its report as a dimension."""
    with suppress(Exception):
        LOGGER.warning(message, extra={"report_id": report_id})


def log_exception(message: str, report_id: str | None = None, level: int = logging.ERROR) -> None:
    """Log the exception that is being handled, with the id of its report as a dimension."""
    with suppress(Exception):
        LOGGER.log(level, message, exc_info=True, extra={"report_id": report_id} if report_id else {})


@dataclass(frozen=True, kw_only=True)
class Event(ABC):
    """A record of something that happened. A dimension that is None is left out of the log record."""

    name: ClassVar[str]
    phase: ClassVar[
        Literal["access", "preview", "accept", "plan", "fetch", "finish", "share", "reconcile", "expire"]
    ]
    warnings: ClassVar[frozenset[str]] = frozenset()
    """The outcomes that are logged at level WARNING; the others are logged at INFO."""

    outcome: str

    @property
    @abstractmethod
    def message(self) -> str:
        """The text for people who read the log. Queries use the dimensions instead."""

    @property
    def level(self) -> int:
        return logging.WARNING if self.outcome in self.warnings else logging.INFO

    @property
    def dimensions(self) -> dict[str, Any]:
        named = {"event": self.name, "phase": self.phase, **vars(self)}
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class ReportAccepted(Event):
    """A report was accepted. queued: it waits for its turn. deferred: the reconciler will start its
    orchestration, because the request could not. repeated: the report had been accepted before."""

    name = "report_accepted"
    phase = "accept"
    outcome: AcceptanceOutcome
    report_id: str
    retry_of: Annotated[str | None, "the report that this one runs again"]

    @property
    def message(self) -> str:
        return f"Report {self.report_id} was accepted."


@dataclass(frozen=True, kw_only=True)
class RequestRefused(Event):
    """A request was refused for a reason that can be a sign of an attack. foreign_origin: a page of another
    site sent it. invalid_identity: its user or visitor is malformed. unknown_report: its caller has no
    report with this id. limit: its caller has reached a limit."""

    name = "request_refused"
    phase = "access"
    outcome: Refusal

    @property
    def message(self) -> str:
        return f"A request was refused: {self.outcome}."


@dataclass(frozen=True, kw_only=True)
class ReportPlanned(Event):
    """The Pokémon of a report were chosen. impossible: the request cannot be fulfilled. withdrawn: the
    report was canceled or deleted meanwhile."""

    name = "report_planned"
    phase = "plan"
    outcome: Literal["planned", "impossible", "withdrawn"]
    report_id: str
    pokemon: Annotated[int, "how many were chosen; 0 unless the outcome is planned"] = 0
    rows_kept: Annotated[int, "rows that are taken over from the report that this one retries"] = 0

    @property
    def message(self) -> str:
        return f"Report {self.report_id} is about {self.pokemon} Pokémon."


@dataclass(frozen=True, kw_only=True)
class ShardFinished(Event):
    """A shard with cache misses has fetched them and staged its rows. partial: some of the Pokémon that it
    fetched failed. failed: all of them failed. In a report of more than 5,000 Pokémon a shard runs several
    times and emits the figures of each run."""

    name = "shard_finished"
    phase = "fetch"
    outcome: Literal["complete", "partial", "failed"]
    report_id: str
    shard: Annotated[int, "index of the shard"]
    fetched: Annotated[int, "Pokémon that were fetched; those in the cache do not count"]
    failed: Annotated[int, "Pokémon that could not be fetched"]
    duration_seconds: Annotated[float, "in orchestration time, from the shard's start"]
    reason: Annotated[str | None, "why the first Pokémon failed"]

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
    """A report has ended. Emitted once per report, by the code that changed its status."""

    name = "report_finished"
    phase = "finish"
    warnings = frozenset({"failed"})
    outcome: ReportOutcome
    report_id: str
    closed_by: ClosedBy
    pokemon: Annotated[int, "how many the report asked for"]
    failed: Annotated[int, "Pokémon that could not be fetched"]
    rows: Annotated[int, "rows of the CSV; 0 if none was published"]
    bytes: Annotated[int, "size of the CSV; 0 if none was published"]
    queued_seconds: Annotated[float | None, "from creation to start; left out if it never started"]
    duration_seconds: Annotated[float, "from creation to end"]
    reason: Annotated[str | None, "the error's detail, if the report failed"]

    @classmethod
    def of(cls, report: Report, closed_by: ClosedBy) -> "ReportFinished":
        """The event of a report that has just ended: ``updated_at`` is the time at which it ended."""
        return cls(
            outcome=cast("ReportOutcome", report.status.value),
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
    def message(self) -> str:
        return f"Report {self.report_id} has ended: {self.outcome}."


@dataclass(frozen=True, kw_only=True)
class ReportDeleted(Event):
    """A report's record was deleted, by its owner or because the report expired."""

    name = "report_deleted"
    phase = "finish"
    outcome: Literal["deleted"] = "deleted"
    report_id: str

    @property
    def message(self) -> str:
        return f"Report {self.report_id} was deleted."


@dataclass(frozen=True, kw_only=True)
class ReportsReconciled(Event):
    """The reconciler's run has ended. Every run emits this, also if there was nothing to do. deferred: some
    report could not be processed and is left to the next run."""

    name = "reports_reconciled"
    phase = "reconcile"
    outcome: Literal["done", "deferred"]
    open: Annotated[int, "reports that wait, were started, are running or were deferred"]
    oldest_seconds: Annotated[float, "age of the oldest open report by its id; 0 if none is open"]
    oldest_report_id: str | None
    started: Annotated[int, "orchestrations that were started"]
    waiting: Annotated[int, "reports that wait for their turn"]
    running: Annotated[int, "reports whose orchestration is running"]
    closed: Annotated[int, "reports that were failed because their orchestration had ended"]
    canceled: Annotated[int, "cancellations that were completed"]
    closing: Annotated[int, "cancellations and deletions whose orchestration has not stopped yet"]
    deleted: Annotated[int, "deletions that were completed"]
    dropped: Annotated[int, "outbox rows that were no longer needed"]
    being_accepted: Annotated[int, "outbox rows whose request may still be running"]
    deferred: Annotated[int, "outbox rows that could not be processed"]

    @property
    def message(self) -> str:
        return f"{self.open} reports are open."


@dataclass(frozen=True, kw_only=True)
class ReportsExpired(Event):
    """The daily cleanup has ended. Every run emits this, also if there was nothing to do. deferred: something
    could not be removed and is left to the next run."""

    name = "reports_expired"
    phase = "expire"
    outcome: Literal["done", "deferred"]
    reports: Annotated[int, "reports that were deleted"]
    blobs: Annotated[int, "CSVs without a report that were deleted"]
    keys: Annotated[int, "idempotency keys that were deleted"]
    shares: Annotated[int, "rows of share links that were no longer valid"]
    instances: Annotated[int, "orchestrations without a report that were purged"]
    deferred: Annotated[int, "removals that failed"]

    @property
    def message(self) -> str:
        return f"{self.reports} expired reports were deleted."


@dataclass(frozen=True, kw_only=True)
class PokeApiRequestRetried(Event):
    """A document could not be fetched from PokéAPI at the first attempt. recovered: a later attempt
    succeeded. missing: PokéAPI does not have the document. Reports share documents, so the event has no
    report. Not emitted while the circuit is open."""

    name = "pokeapi_request_retried"
    phase = "fetch"
    warnings = frozenset({"recovered", "missing", "failed"})
    outcome: Literal["recovered", "missing", "failed"]
    resource: Annotated[str, "pokemon, pokemon-species, type or generation"]
    path: Annotated[str, "relative to the base URL"]
    status: Annotated[int, "HTTP status of the last attempt; 0 if there was no response"]
    retries: Annotated[int, "attempts after the first"]
    duration_ms: Annotated[float, "all attempts together"]
    reason: Annotated[str | None, "why the last attempt got no response"]

    @property
    def message(self) -> str:
        return f"PokéAPI request {self.path}: {self.outcome} after {self.retries} retries."


@dataclass(frozen=True, kw_only=True)
class PokeApiCircuitOpened(Event):
    """The circuit breaker has opened: this instance sends no requests to PokéAPI for a while."""

    name = "pokeapi_circuit_opened"
    phase = "fetch"
    warnings = frozenset({"opened"})
    outcome: Literal["opened"] = "opened"
    failures: Annotated[int, "consecutive failures"]
    pause_seconds: Annotated[float, "time until the next request is let through"]

    @property
    def message(self) -> str:
        return f"The circuit breaker is open: no requests to PokéAPI for {self.pause_seconds:g} seconds."


def _seconds(began: datetime, ended: datetime) -> float:
    return round((ended - began).total_seconds(), 3)
