"""Shares published reports: anyone with a report's link can read it, until the link is revoked.

A link is valid while the report's record has its token. Sharing writes the row that finds the report first,
and revoking changes the record first. A process that dies in between therefore leaves at most a row whose
link does not work, which the report's deletion or the daily cleanup removes.
"""

import secrets
from datetime import UTC, datetime
from functools import partial

from adapters.dependencies import Stores
from adapters.report_table import Stored
from adapters.share_links import hash_of_token
from domain import report as transitions
from domain.errors import LinkNotFoundError, ReportNotPublishedError
from domain.report import PUBLISHED, Report
from domain.request_telemetry import SharingChanged
from domain.telemetry import emit
from services.lifecycle import find_report

TOKEN_BYTES = 16


def share(stores: Stores, stored: Stored) -> Report:
    """The report with the token of its link, which stays the same until it is revoked.

    Raises ReportNotPublishedError and ReportNotFoundError.
    """
    while stored.report.share_token is None:
        report = stored.report
        if report.status not in PUBLISHED:
            raise ReportNotPublishedError(report.status)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        stores.shares.add(token, report.key)
        changed = stores.reports.change(report.key, partial(transitions.shared, token=token), stored)
        if changed:
            emit(SharingChanged(outcome="shared", report_id=report.id))
            return changed.report
        # Another request shared or deleted the report first.
        stores.shares.remove(hash_of_token(token))
        stored = find_report(stores.reports, report.key)
    return stored.report


def revoke(stores: Stores, stored: Stored) -> None:
    """End the report's link at once. A no-op if it is not shared."""
    report, token = stored.report, stored.report.share_token
    if token is None:
        return
    if stores.reports.change(report.key, partial(transitions.unshared, token=token), stored):
        emit(SharingChanged(outcome="revoked", report_id=report.id))
    stores.shares.remove(hash_of_token(token))


def find_shared(stores: Stores, token: str) -> Report:
    """Raises LinkNotFoundError if the link was revoked, or its report is deleted."""
    key = stores.shares.find(token)
    stored = stores.reports.get(key) if key else None
    if stored is None or not is_valid(stored.report, hash_of_token(token)):
        raise LinkNotFoundError
    return stored.report


def is_valid(report: Report, hashed: str) -> bool:
    """Whether the token with this hash opens the report."""
    token = report.share_token
    has_csv = report.status in PUBLISHED and report.expires_at > datetime.now(UTC)
    return has_csv and token is not None and hash_of_token(token) == hashed
