"""What an activity does if its report was canceled or deleted while the activity ran."""

from collections.abc import Set

from adapters.dependencies import Stores
from adapters.report_table import Stored
from domain.report import PUBLISHED, Report, ReportKey, Status
from domain.telemetry import ReportFinished, emit
from services.turns import Turns


def discard_unless(statuses: Set[Status], stores: Stores, key: ReportKey) -> Report | None:
    """Discard the report's CSV and blocks unless its record has one of the statuses.

    Returns the report as it is now, or None if its record is gone. The engine then showed this orchestration
    only after the deletion looked for instances, so the reconciler has to look again.
    """
    stored = stores.reports.get(key)
    if stored is None:
        stores.outbox.close(key)
    if stored is None or stored.report.status not in statuses:
        stores.blobs.discard(key)
    return stored.report if stored else None


def finish(turns: Turns, key: ReportKey, ended: Stored | None) -> dict[str, str]:
    """End the last activity: ``ended`` is the record it wrote, or None if the report did not accept it.

    Returns ``{"status": ...}``, "gone" if the report was deleted.
    """
    if ended is None:
        current = discard_unless(PUBLISHED, turns.stores, key)
    else:
        current = ended.report
        emit(ReportFinished.of(current, "orchestration"))
        if current.status not in PUBLISHED:
            turns.stores.blobs.discard(key)
    if current and current.status in PUBLISHED | {Status.FAILED}:
        turns.end(current)
    return {"status": current.status if current else "gone"}
