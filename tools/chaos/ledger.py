"""What clients know of each report. A 202 is a promise; a 503 or no response is not."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from threading import RLock
from typing import Any

from domain.report import ENDED
from domain.report_ids import made_at
from tools.chaos.findings import Findings, Invariant

OUTCOME = ("status", "request", "started_at", "finished_at", "progress", "result", "failures", "error")
"""The fields of a report that do not change after it has ended."""

NEVER = float("inf")
CLOCK_RESOLUTION = timedelta(milliseconds=10)
"""A report id has the time of its request in milliseconds."""


class Stage(IntEnum):
    """The state of a cancellation or a deletion. If it was only sent, it may not have taken effect."""

    NONE = 0
    SENT = 1
    ACCEPTED = 2


@dataclass(frozen=True)
class RequestSpec:
    """A request for a report. ``seed`` determines the sample."""

    type: str | None = None
    generation: str | None = None
    include_forms: bool = True
    sample_size: int | None = None
    seed: int = 0
    columns: tuple[str, ...] | None = None

    def body(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "generation": self.generation,
            "include_forms": self.include_forms,
            "sample_size": self.sample_size,
            "seed": self.seed,
            "columns": list(self.columns) if self.columns else None,
        }

    @classmethod
    def from_request(cls, request: dict[str, Any]) -> "RequestSpec":
        return cls(**{**request, "columns": tuple(request["columns"])})

    def matches(self, request: dict[str, Any]) -> bool:
        """Return whether a report's request is this one with the defaults filled in."""
        return all(request[name] == value for name, value in self.body().items() if value is not None)


@dataclass
class TrackedReport:
    """An accepted report, and what its clients know of it. Times are monotonic seconds."""

    id: str
    spec: RequestSpec
    key: str | None = None
    cancel: Stage = Stage.NONE
    delete: Stage = Stage.NONE
    deletions: int = 0
    """The number of deletions sent. Of two concurrent deletions, the first one sent may get the 404."""
    deleted_at: float = NEVER
    """When a deletion was first accepted."""
    expired: bool = False
    links: dict[str, float] = field(default_factory=dict)
    """When each share link was first known to be revoked, NEVER while it is not."""
    revocations: int = 0
    """The number of revocations sent. Each may have ended the links that existed then."""
    outcome: dict[str, Any] | None = None
    """The outcome when it was first seen."""
    ended_at: float = NEVER
    """When the outcome was first seen."""


@dataclass
class Attempt:
    """A request that can create a report. It can have left an outbox row if it was not answered."""

    began_at: datetime
    ended_at: datetime | None = None
    answered: bool = False


@dataclass
class Ledger:
    """Thread-safe."""

    findings: Findings
    reports: dict[str, TrackedReport] = field(default_factory=dict)
    keys: dict[str, RequestSpec] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """The names of the reports of which a request was refused."""
    possible: set[str] = field(default_factory=set)
    """The names of the reports of which a request was not refused: they may exist."""
    lock: RLock = field(default_factory=RLock)

    def known(self) -> list[TrackedReport]:
        """The reports in the order in which they were accepted."""
        with self.lock:
            return list(self.reports.values())

    def begin_attempt(self) -> Attempt:
        attempt = Attempt(datetime.now(UTC))
        with self.lock:
            self.attempts.append(attempt)
        return attempt

    def end_attempt(self, attempt: Attempt, name: str | None, *, answered: bool, refused: bool) -> None:
        """Record the end of a request to create the report of this name, or to retry a report."""
        with self.lock:
            attempt.ended_at, attempt.answered = datetime.now(UTC), answered
            if name is not None:
                (self.refused if refused else self.possible).add(name)

    def explains(self, report_id: str, read_at: datetime) -> bool:
        """Whether a report of which the line was read at ``read_at`` may have no record.

        Its request was under way, or never got an answer.
        """
        made = made_at(report_id)
        with self.lock:
            return any(
                attempt.began_at - CLOCK_RESOLUTION <= made
                and (attempt.ended_at is None or made <= attempt.ended_at)
                and not (attempt.answered and attempt.ended_at and attempt.ended_at < read_at)
                for attempt in self.attempts
            )

    def record_accepted(
        self, view: dict[str, Any], spec: RequestSpec, key: str | None, requested_at: float
    ) -> TrackedReport:
        """Record the 202 to a request that was sent at ``requested_at`` (monotonic seconds)."""
        report_id, check = view["id"], self.findings.check
        with self.lock:
            report = self.reports.setdefault(report_id, TrackedReport(report_id, spec, key))
            check(
                Invariant.DELETED,
                report.deleted_at > requested_at,
                report_id,
                "it was accepted again after its deletion",
            )
            if key is not None:
                ids = [
                    other.id
                    for other in self.reports.values()
                    if other.key == key and other.delete is Stage.NONE
                ]
                check(Invariant.IDEMPOTENT, len(ids) < 2, report_id, f"its key created {', '.join(ids)}")
        check(Invariant.CORRECT, spec.matches(view["request"]), report_id, f"{spec} became {view['request']}")
        self.record_view(report, view, requested_at)
        return report

    def record_view(self, report: TrackedReport, view: dict[str, Any], requested_at: float) -> None:
        """Record a report's state at some time after ``requested_at``; its first outcome must not change."""
        check = self.findings.check
        check(
            Invariant.RESPONSES, view["status"] != "deleting", report.id, "it was shown while being deleted"
        )
        if view["status"] not in ENDED:
            check(
                Invariant.FINAL,
                report.ended_at > requested_at,
                report.id,
                f"it had ended and is now {view['status']}",
            )
            return
        outcome = {name: view[name] for name in OUTCOME}
        with self.lock:
            if report.outcome is None:
                report.outcome, report.ended_at = outcome, time.monotonic()
        check(
            Invariant.FINAL,
            report.outcome == outcome,
            report.id,
            f"it was {report.outcome} and is now {outcome}",
        )

    def record_link(self, report: TrackedReport, link: str, requested_at: float) -> None:
        """Record the link of a report that was shared by a request sent at ``requested_at``."""
        with self.lock:
            revoked_at = report.links.setdefault(link, NEVER)
        self.findings.check(
            Invariant.LINKS, revoked_at > requested_at, report.id, "a revoked link became valid again"
        )

    def record_revocation(self, report: TrackedReport, links: Iterable[str]) -> None:
        """Record that these links were revoked."""
        with self.lock:
            for link in links:
                report.links[link] = min(report.links[link], time.monotonic())

    def record_cancel(self, report: TrackedReport, stage: Stage) -> None:
        with self.lock:
            report.cancel = max(report.cancel, stage)

    def record_delete(self, report: TrackedReport, stage: Stage) -> None:
        with self.lock:
            report.delete = max(report.delete, stage)
            if stage is Stage.SENT:
                report.deletions += 1
            else:
                report.deleted_at = min(report.deleted_at, time.monotonic())
