"""Walks the outbox and finishes what was left: nothing accepted is lost, nothing stays stuck.

Every step is conditional on what the record says by then, so many instances may do this at once.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

from adapters.dependencies import Stores
from adapters.orchestrations import Instance, Orchestrations, Phase
from adapters.outbox import OutboxRow
from domain.events import ReportFinished, ReportsReconciled, tell, tell_fault
from domain.messages import ExecutionOptions
from domain.report import ENDED, PUBLISHED, Report, ReportError, Status, failed
from domain.report_ids import made_at
from triggers.acceptance import start
from triggers.removal import finish_canceling, finish_deleting, is_last_look, remove_traces

STEPS = ("started", "running", "closed", "canceled", "deleted", "dropped", "put_off")
STILL_OPEN = frozenset({"started", "running", "put_off"})
BEING_ACCEPTED = timedelta(minutes=1)
"""How old a row without a record must be before it counts as left behind by a request that died."""


def reconcile(orchestrations: Orchestrations, stores: Stores, options: ExecutionOptions) -> Counter[str]:
    """Returns how often each thing was done. A row that cannot be dealt with now waits for the next round."""
    done: Counter[str] = Counter()
    waiting: list[str] = []
    for row in stores.outbox.rows():
        try:
            step = _reconcile_row(orchestrations, stores, options, row)
        except Exception:  # noqa: BLE001 - one row holds up no other
            tell_fault(f"Report {row.report_id} could not be reconciled.", row.report_id)
            step = "put_off"
        done[step] += 1
        if step in STILL_OPEN and not row.closing:
            waiting.append(row.report_id)
    _tell_round(done, waiting)
    return done


def _tell_round(done: Counter[str], waiting: list[str]) -> None:
    oldest = max(waiting, default=None)  # ids sort newest first
    age = (datetime.now(UTC) - made_at(oldest)).total_seconds() if oldest else 0.0
    tell(
        ReportsReconciled(
            outcome="put_off" if done["put_off"] else "done",
            open=len(waiting),
            oldest_seconds=round(age, 3),
            oldest_report_id=oldest,
            **{step: done[step] for step in STEPS},
        )
    )


def _reconcile_row(
    orchestrations: Orchestrations, stores: Stores, options: ExecutionOptions, row: OutboxRow
) -> str:
    stored = stores.reports.get(row.owner, row.report_id)
    if stored is None:
        return _without_record(orchestrations, stores, row)
    report = stored.report
    if report.status is Status.DELETING:
        return "deleted" if finish_deleting(orchestrations, stores, report) else "closing"
    if report.status is Status.CANCELING:
        finish_canceling(orchestrations, stores, report)
        stores.blobs.discard(report.owner, report.id)
        return "canceled"
    if report.status in ENDED:
        return _after_end(orchestrations, stores, report, row)
    instance = orchestrations.find(report.id)
    if instance is None:
        start(orchestrations, stores, report, options)
        return "started"
    if instance.phase is Phase.RUNNING:
        return "running"
    return _close(stores, report, instance)


def _after_end(orchestrations: Orchestrations, stores: Stores, report: Report, row: OutboxRow) -> str:
    if report.status not in PUBLISHED:
        # Whoever ended it may have died before it removed the blocks.
        stores.blobs.discard(report.owner, report.id)
    if report.status is Status.CANCELED:
        stopped = orchestrations.stop(report.id)
        if not (stopped and is_last_look(report.updated_at)):
            return "closing"
    stores.outbox.drop_unchanged(row)
    return "dropped"


def _without_record(orchestrations: Orchestrations, stores: Stores, row: OutboxRow) -> str:
    if not row.closing and datetime.now(UTC) - row.written_at < BEING_ACCEPTED:
        return "being_accepted"
    if not remove_traces(orchestrations, stores, row.owner, row.report_id, row.written_at):
        return "closing"
    stores.outbox.drop_unchanged(row)
    return "dropped"


def _close(stores: Stores, report: Report, instance: Instance) -> str:
    """The instance ended without a word in the record, so the record says what is known."""
    reason = instance.reason or "its orchestration was stopped from outside"
    error = ReportError("The report could not be finished", f"The report was given up: {reason}.")
    closed = stores.reports.change(report.owner, report.id, lambda one: failed(one, error, datetime.now(UTC)))
    if closed:
        tell(ReportFinished.of(closed, "reconciler"))
        stores.blobs.discard(report.owner, report.id)
    return "closed" if closed else "dropped"
