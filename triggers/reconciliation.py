"""Walks the outbox and finishes what was left: nothing accepted is lost, nothing stays stuck.

Every step is conditional on what the record says by then, so many instances may do this at once.
"""

import logging
from collections import Counter
from datetime import UTC, datetime, timedelta

from adapters.dependencies import Stores
from adapters.orchestrations import Instance, Orchestrations, Phase
from adapters.outbox import OutboxRow
from domain.messages import Pace
from domain.report import ENDED, PUBLISHED, Report, ReportError, Status, failed
from triggers.acceptance import start
from triggers.removal import finish_canceling, finish_deleting, remove_traces

BEING_ACCEPTED = timedelta(minutes=1)
"""How old a row without a record must be before it counts as left behind by a request that died."""


def reconcile(orchestrations: Orchestrations, stores: Stores, pace: Pace) -> Counter[str]:
    """Returns how often each thing was done. A row that cannot be dealt with now waits for the next round."""
    done: Counter[str] = Counter()
    for row in stores.outbox.rows():
        try:
            done[_reconcile_row(orchestrations, stores, pace, row)] += 1
        except Exception:
            logging.exception("Report %s could not be reconciled.", row.report_id)
            done["put off"] += 1
    return done


def _reconcile_row(orchestrations: Orchestrations, stores: Stores, pace: Pace, row: OutboxRow) -> str:
    stored = stores.reports.get(row.owner, row.report_id)
    if stored is None:
        return _without_record(orchestrations, stores, row)
    report = stored.report
    if report.status is Status.DELETING:
        finish_deleting(orchestrations, stores, report)
        return "deleted"
    if report.status is Status.CANCELING:
        finish_canceling(orchestrations, stores, report)
        return "canceled"
    if report.status in ENDED:
        if report.status not in PUBLISHED:
            # Whoever ended it may have died before it removed the blocks.
            stores.blobs.discard(report.owner, report.id)
        stores.outbox.drop_unchanged(row)
        return "dropped"
    instance = orchestrations.find(report.id)
    if instance is None:
        start(orchestrations, stores, report, pace)
        return "started"
    if instance.phase is Phase.RUNNING:
        return "running"
    return _close(stores, report, instance)


def _without_record(orchestrations: Orchestrations, stores: Stores, row: OutboxRow) -> str:
    if not row.closing and datetime.now(UTC) - row.written_at < BEING_ACCEPTED:
        return "being accepted"
    remove_traces(orchestrations, stores, row.owner, row.report_id)
    stores.outbox.drop_unchanged(row)
    return "dropped"


def _close(stores: Stores, report: Report, instance: Instance) -> str:
    """The instance ended without a word in the record, so the record says what is known."""
    reason = instance.reason or "its orchestration was stopped from outside"
    error = ReportError("The report could not be finished", f"The report was given up: {reason}.")
    closed = stores.reports.change(report.owner, report.id, lambda one: failed(one, error, datetime.now(UTC)))
    if closed:
        stores.blobs.discard(report.owner, report.id)
    return "closed" if closed else "dropped"
