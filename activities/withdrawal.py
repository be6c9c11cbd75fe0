"""What an activity does when its report was canceled or deleted while it ran."""

from collections.abc import Set

from adapters.dependencies import Stores
from domain.report import Report, Status


def take_back_unless(statuses: Set[Status], stores: Stores, owner: str, report_id: str) -> Report | None:
    """Remove the report's CSV and blocks unless its record has one of the statuses.

    Returns the report as its record is now, or None where the record is gone. An orchestration of a
    report that is gone was shown by the engine only after the deletion, so the reconciler has to look again.
    """
    found = stores.reports.get(owner, report_id)
    if found is None:
        stores.outbox.put(owner, report_id, closing=True)
    if found is None or found.report.status not in statuses:
        stores.blobs.discard(owner, report_id)
    return found.report if found else None
