"""Cancels and deletes reports. Each marks the record first and can be repeated from any point.

From the mark on, an activity that is still running finds it and takes back what it wrote, so nothing
that comes late can bring a report back.
"""

from datetime import UTC, datetime

from adapters.dependencies import Stores
from adapters.orchestrations import Orchestrations
from domain import report as life
from domain.events import ReportDeleted, ReportFinished, tell
from domain.report import Report


def mark_canceling(stores: Stores, owner: str, report_id: str) -> Report | None:
    """Returns the report, or None where it has ended or is not there."""
    return stores.reports.change(owner, report_id, lambda one: life.canceling(one, _now()))


def finish_canceling(orchestrations: Orchestrations, stores: Stores, report: Report) -> Report | None:
    """Stop a report that is marked; its instances stay for the operator to see."""
    orchestrations.stop(report.id)
    stores.blobs.discard(report.owner, report.id)
    canceled = stores.reports.change(report.owner, report.id, lambda one: life.canceled(one, _now()))
    if canceled:
        tell(ReportFinished.of(canceled, "visitor"))
    return canceled


def mark_deleting(stores: Stores, owner: str, report_id: str) -> Report | None:
    """Returns the report, which answers 404 from now on, or None where there is none."""
    if stores.reports.get(owner, report_id) is None:
        return None
    stores.outbox.put(owner, report_id, closing=True)
    return stores.reports.change(owner, report_id, lambda one: life.deleting(one, _now()))


def finish_deleting(orchestrations: Orchestrations, stores: Stores, report: Report) -> None:
    """Remove all there is of a report that is marked, its outbox row last."""
    remove_traces(orchestrations, stores, report.owner, report.id)
    if report.idempotency_key:
        # Before the record, which alone knows the key.
        stores.keys.release(report.owner, report.idempotency_key, report.id)
    stores.reports.delete(report.owner, report.id)
    tell(ReportDeleted(report_id=report.id))
    stores.outbox.drop(report.id)


def remove_traces(orchestrations: Orchestrations, stores: Stores, owner: str, report_id: str) -> None:
    """The instances and blocks of a report, whether it has a record or not."""
    orchestrations.remove(report_id)
    stores.blobs.discard(owner, report_id)


def _now() -> datetime:
    return datetime.now(UTC)
