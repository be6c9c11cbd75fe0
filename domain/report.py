"""A report: its request, progress, and result, and the only transitions its status can make.

Each transition returns the changed report, or None if the report has ended or is being deleted and does not
accept it. Activities can run twice or late; they then change nothing.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

MAX_LISTED_FAILURES = 100
MAX_NAME_LENGTH = 100
MAX_REASON_LENGTH = 200
MAX_DETAIL_LENGTH = 1000
MAX_LISTED_SIZE = 30_000
"""UTF-16 code units of the listed failures as JSON; a table property holds 32 K of them."""


class Status(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    PARTIAL = "partial"
    FAILED = "failed"
    CANCELING = "canceling"
    CANCELED = "canceled"
    DELETING = "deleting"
    """Internal: to every client the report is gone."""


OPEN = frozenset({Status.QUEUED, Status.RUNNING})
UNFINISHED = OPEN | {Status.CANCELING}
"""What clients list as ``open``: the report still changes."""
PUBLISHED = frozenset({Status.SUCCEEDED, Status.PARTIAL})
ENDED = PUBLISHED | {Status.FAILED, Status.CANCELED}


@dataclass(frozen=True)
class ReportRequest:
    """What to report on, with every default resolved."""

    type: str | None
    generation: str | None
    include_forms: bool
    sample_size: int | None
    seed: int
    columns: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "generation": self.generation,
            "include_forms": self.include_forms,
            "sample_size": self.sample_size,
            "seed": self.seed,
            "columns": list(self.columns),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "ReportRequest":
        return cls(**{**data, "columns": tuple(data["columns"])})


@dataclass(frozen=True)
class Progress:
    """Pokémon counted; ``done`` includes the ``failed`` ones."""

    total: int = 0
    done: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Failure:
    """A Pokémon that is missing from the report, and the reason, worded for the report's reader."""

    pokemon: str
    reason: str

    def to_dict(self) -> dict[str, str]:
        return {"pokemon": self.pokemon, "reason": self.reason}


@dataclass(frozen=True)
class Result:
    """The published CSV: its rows without the header, its size in bytes, and its checksum in hex."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class ReportError:
    title: str
    detail: str


@dataclass(frozen=True)
class ReportKey:
    """Identifies one report record; ids are unique within an owner."""

    owner: str
    report_id: str

    def to_dict(self) -> dict[str, str]:
        return {"owner": self.owner, "report_id": self.report_id}

    @classmethod
    def from_dict(cls, data: dict[str, str]) -> "ReportKey":
        return cls(**data)


@dataclass(frozen=True)
class Report:
    """The record of one report. Times are aware, in UTC."""

    id: str
    owner: str
    status: Status
    request: ReportRequest
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    progress: Progress = Progress()
    result: Result | None = None
    failures: tuple[Failure, ...] = ()
    failure_count: int = 0
    warnings: tuple[str, ...] = ()
    error: ReportError | None = None
    name: str | None = None
    """What its owner calls it."""
    share_token: str | None = None
    """The secret in the report's share link, or None while it is not shared."""
    keeps_rows: bool = False
    """Whether the rows of the report that it retries are taken over, and only the missing are fetched."""
    plan_hash: str | None = None
    """Identifies the Pokémon that were planned."""
    failed_ids: bytes = b""
    """The ids of the Pokémon that are missing from the CSV, as ``pack_ids`` packs them; empty if unknown."""
    retry_of: str | None = None
    idempotency_key: str | None = None
    """The SHA-256 of the request's idempotency key, which is released when the report is deleted."""

    @property
    def key(self) -> ReportKey:
        return ReportKey(self.owner, self.id)


def seconds_left(report: Report, now: datetime) -> int | None:
    """Until a running report ends, at its pace so far. None if it does not run or has no progress yet."""
    progress = report.progress
    if report.status is not Status.RUNNING or report.started_at is None or not progress.done:
        return None
    elapsed = (now - report.started_at).total_seconds()
    return max(0, math.ceil((progress.total - progress.done) * elapsed / progress.done))


def new_report(
    report_id: str,
    owner: str,
    request: ReportRequest,
    now: datetime,
    *,
    retention: timedelta,
    name: str | None = None,
    retry_of: str | None = None,
    idempotency_key: str | None = None,
) -> Report:
    return Report(
        id=report_id,
        owner=owner,
        status=Status.QUEUED,
        request=request,
        created_at=now,
        updated_at=now,
        expires_at=now + retention,
        name=name,
        retry_of=retry_of,
        idempotency_key=idempotency_key,
    )


def started(report: Report, now: datetime) -> Report | None:
    if report.status not in OPEN:
        return None
    return replace(report, status=Status.RUNNING, started_at=report.started_at or now, updated_at=now)


def planned(
    report: Report, total: int, warnings: Sequence[str], now: datetime, plan_hash: str | None = None
) -> Report | None:
    if report.status not in OPEN:
        return None
    progress = replace(report.progress, total=total)
    return replace(report, progress=progress, warnings=tuple(warnings), plan_hash=plan_hash, updated_at=now)


def advanced(report: Report, done: int, failed: int, now: datetime) -> Report | None:
    """Progress only grows: a late count that is lower than the stored one is ignored."""
    if report.status not in OPEN or done < report.progress.done:
        return None
    progress = replace(report.progress, done=done, failed=failed)
    return replace(report, progress=progress, updated_at=now)


def published(
    report: Report,
    result: Result,
    failures: Sequence[Failure],
    now: datetime,
    failed_ids: bytes = b"",
) -> Report | None:
    if report.status not in OPEN:
        return None
    total = result.rows + len(failures)
    return replace(
        report,
        status=Status.PARTIAL if failures else Status.SUCCEEDED,
        result=result,
        progress=Progress(total=total, done=total, failed=len(failures)),
        failed_ids=failed_ids,
        finished_at=now,
        updated_at=now,
        **_listed(failures),
    )


def failed(
    report: Report, error: ReportError, now: datetime, failures: Sequence[Failure] = ()
) -> Report | None:
    if report.status not in OPEN:
        return None
    done = max(report.progress.done, len(failures))
    return replace(
        report,
        status=Status.FAILED,
        error=replace(error, detail=error.detail[:MAX_DETAIL_LENGTH]),
        progress=replace(report.progress, done=done, failed=max(report.progress.failed, len(failures))),
        finished_at=now,
        updated_at=now,
        **_listed(failures),
    )


def shared(report: Report, token: str) -> Report | None:
    """None unless the report is published and not shared yet."""
    if report.status not in PUBLISHED or report.share_token is not None:
        return None
    return replace(report, share_token=token)


def unshared(report: Report, token: str) -> Report | None:
    """None if the report's link has another token by now, or none."""
    return replace(report, share_token=None) if report.share_token == token else None


def canceling(report: Report, now: datetime) -> Report | None:
    if report.status not in OPEN | {Status.CANCELING}:
        return None
    return replace(report, status=Status.CANCELING, updated_at=now)


def canceled(report: Report, now: datetime) -> Report | None:
    if report.status is not Status.CANCELING:
        return None
    return replace(report, status=Status.CANCELED, finished_at=now, updated_at=now)


def deleting(report: Report, now: datetime) -> Report:
    return replace(report, status=Status.DELETING, updated_at=now)


def _listed(failures: Sequence[Failure]) -> dict[str, Any]:
    listed: list[Failure] = []
    room = MAX_LISTED_SIZE
    for failure in failures[:MAX_LISTED_FAILURES]:
        short = Failure(failure.pokemon[:MAX_NAME_LENGTH], failure.reason[:MAX_REASON_LENGTH])
        text = json.dumps(short.to_dict(), ensure_ascii=False)
        room -= len(text.encode("utf-16-le")) // 2
        if room < 0:
            break
        listed.append(short)
    return {"failures": tuple(listed), "failure_count": len(failures)}
