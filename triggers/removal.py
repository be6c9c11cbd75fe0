"""Cancels and deletes reports. Each marks the record first and can be repeated from any point.

From the mark on, an activity that is still running finds it and takes back what it wrote, so nothing
that comes late can bring a report back. A request marks, asks the engine to stop and answers; the
reconciler goes on until a look finds nothing.
"""

from datetime import UTC, datetime

from adapters import settings
from adapters.dependencies import Stores
from adapters.orchestrations import Orchestrations
from adapters.report_table import Stored
from domain import report as life
from domain.events import ReportDeleted, ReportFinished, tell
from domain.report import Report, Status


def mark_canceling(stores: Stores, read: Stored) -> Report | None:
    """Returns the report, or None where it has ended or is not there any more."""
    report = read.report
    return stores.reports.change(report.owner, report.id, lambda one: life.canceling(one, _now()), read)


def finish_canceling(orchestrations: Orchestrations, stores: Stores, report: Report) -> Report | None:
    """Stop a report that is marked; its instances stay for the operator to see.

    Its outbox row stays too: the reconciler removes its blocks, and stops what the engine did not show yet.
    """
    orchestrations.stop(report.id)
    canceled = stores.reports.change(report.owner, report.id, lambda one: life.canceled(one, _now()))
    if canceled:
        tell(ReportFinished.of(canceled, "visitor"))
    return canceled


def mark_deleting(stores: Stores, owner: str, report_id: str) -> Report | None:
    """Returns the report, which answers 404 from now on, or None where it did so already."""
    read = stores.reports.get(owner, report_id)
    if read is None or read.report.status is Status.DELETING:
        return None
    stores.outbox.put(owner, report_id, closing=True)
    return stores.reports.change(owner, report_id, lambda one: life.deleting(one, _now()), read)


def begin_deleting(orchestrations: Orchestrations, stores: Stores, report: Report) -> None:
    """What a request does for a marked report: its key and its CSV go, and what runs is asked to stop."""
    _release_key(stores, report)
    if report.result:
        stores.blobs.discard(report.owner, report.id)
    orchestrations.stop(report.id)


def finish_deleting(orchestrations: Orchestrations, stores: Stores, report: Report) -> bool:
    """Remove all there is of a report that is marked, its outbox row last. Returns whether it is gone."""
    since = report.finished_at or report.updated_at
    if not remove_traces(orchestrations, stores, report.owner, report.id, since):
        return False
    # Before the record, which alone knows the key.
    _release_key(stores, report)
    stores.reports.delete(report.owner, report.id)
    tell(ReportDeleted(report_id=report.id))
    stores.outbox.drop(report.id)
    return True


def _release_key(stores: Stores, report: Report) -> None:
    if report.idempotency_key:
        stores.keys.release(report.owner, report.idempotency_key, report.id)


def remove_traces(
    orchestrations: Orchestrations, stores: Stores, owner: str, report_id: str, since: datetime
) -> bool:
    """The CSV, blocks and instances of a report that ended or was deleted at ``since``.

    Returns whether nothing is left, by a look that is late enough to tell.
    """
    stores.blobs.discard(owner, report_id)
    stopped = orchestrations.stop(report_id)
    return stopped and is_last_look(since) and orchestrations.purge(report_id, settings.last_look_after())


def is_last_look(since: datetime) -> bool:
    """Whether the engine shows by now whatever it held when a report ended or was deleted.

    A message that a killed host held is invisible until its visibility timeout has passed, and a shard
    that was just started has no instance until its first episode has ended.
    """
    return _now() - since >= settings.last_look_after()


def _now() -> datetime:
    return datetime.now(UTC)
