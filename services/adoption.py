"""Moves the reports of a visitor to a user who has signed in. Each step can be repeated from any point.

Only ended reports can move, because a running orchestration writes to the owner that it was started for.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace

from domain.errors import ReportNotFoundError
from domain.report import ENDED, PUBLISHED, Report
from services.lifecycle import ReportLifecycle

REPORTS_AT_ONCE = 25
"""Reports that one request moves: each takes about ten storage calls."""


@dataclass(frozen=True)
class Adoption:
    """``remaining`` reports can be moved by another request, once they have ended."""

    moved: dict[str, str]
    """The new id of each report that moved, by its earlier id."""
    remaining: int


def adopt(lifecycle: ReportLifecycle, visitor: str, user: str) -> Adoption:
    """Move up to REPORTS_AT_ONCE ended reports. A report keeps its times and its CSV, and gets another id."""
    stores = lifecycle.stores
    found = stores.reports.page(visitor, limit=None)
    ended = [report.key for report in found if report.status in ENDED][:REPORTS_AT_ONCE]
    stored = [stored for key in ended if (stored := stores.reports.get(key))]
    moved = {each.report.id: _move(lifecycle, each.report, user) for each in stored}
    return Adoption(moved, len(found) - len(ended))


def _move(lifecycle: ReportLifecycle, report: Report, user: str) -> str:
    """Returns the report's new id."""
    stores = lifecycle.stores
    moved = replace(report, id=_moved_id(report, user), owner=user, idempotency_key=None)
    if report.status in PUBLISHED:
        stores.blobs.copy(report.key, moved.key)
    stores.reports.insert(moved)
    if report.share_token:
        stores.shares.add(report.share_token, moved.key)
    with suppress(ReportNotFoundError):
        lifecycle.delete(report.key)
    return moved.id


def _moved_id(report: Report, user: str) -> str:
    """The same id whenever a move is repeated. It sorts like the report's own."""
    made_at, _, _ = report.id.partition("-")
    return f"{made_at}-{hashlib.sha256(f'{report.id}\n{user}'.encode()).hexdigest()[:16]}"
