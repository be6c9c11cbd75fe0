"""Walks the outbox and finishes what was interrupted: no accepted report is lost or stuck.

Every step depends on the record as it is at that moment, so several instances can reconcile at once.
"""

from collections import Counter
from datetime import UTC, datetime
from enum import StrEnum

from adapters.orchestrations import Instance, Phase
from adapters.outbox import OutboxRow
from domain import report as transitions
from domain.report import ENDED, PUBLISHED, Report, ReportError, Status
from domain.report_ids import made_at
from domain.telemetry import ReportFinished, ReportsReconciled, emit, log_exception, log_warning
from services.lifecycle import ReportLifecycle, is_final_check
from services.turns import ACCEPTANCE_GRACE_PERIOD

ORCHESTRATION_ENDED = (
    "An internal error ended the report before it was complete. It has been logged. Run the report again."
)


class Step(StrEnum):
    """What a round did about one outbox row."""

    STARTED = "started"
    WAITING = "waiting"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELED = "canceled"
    CLOSING = "closing"
    DELETED = "deleted"
    DROPPED = "dropped"
    BEING_ACCEPTED = "being_accepted"
    DEFERRED = "deferred"


STILL_OPEN = frozenset({Step.WAITING, Step.STARTED, Step.RUNNING, Step.DEFERRED})


def reconcile(lifecycle: ReportLifecycle) -> Counter[Step]:
    """Returns how often each step was taken. A row that fails is deferred until the next round.

    Admits waiting reports at the end: a process that ended a report may have died before it did that.
    """
    steps: Counter[Step] = Counter()
    still_open: list[str] = []
    for row in lifecycle.stores.outbox.read().rows.values():
        report_id = row.key.report_id
        try:
            step = _reconcile_row(lifecycle, row)
        except Exception:  # noqa: BLE001 - a row that fails must not block the others
            log_exception(f"Report {report_id} could not be reconciled.", report_id)
            step = Step.DEFERRED
        steps[step] += 1
        if step in STILL_OPEN and not row.closing:
            still_open.append(report_id)
    _emit_round(steps, still_open)
    lifecycle.turns.advance()
    lifecycle.turns.forget_ended_budgets()
    return steps


def _emit_round(steps: Counter[Step], still_open: list[str]) -> None:
    oldest = max(still_open, default=None)  # ids sort newest first
    age = (datetime.now(UTC) - made_at(oldest)).total_seconds() if oldest else 0.0
    emit(
        ReportsReconciled(
            outcome="deferred" if steps[Step.DEFERRED] else "done",
            open=len(still_open),
            oldest_seconds=round(age, 3),
            oldest_report_id=oldest,
            **{step.value: steps[step] for step in Step},
        )
    )


def _reconcile_row(lifecycle: ReportLifecycle, row: OutboxRow) -> Step:
    stored = lifecycle.stores.reports.get(row.key)
    if stored is None:
        return _without_record(lifecycle, row)
    report = stored.report
    if report.status is Status.DELETING:
        return Step.DELETED if lifecycle.finish_deleting(report) else Step.CLOSING
    if report.status is Status.CANCELING:
        lifecycle.finish_canceling(stored)
        lifecycle.stores.blobs.discard(report.key)
        return Step.CANCELED
    if report.status in ENDED:
        return _after_end(lifecycle, report, row)
    if not row.closing and row.place.admitted_at is None:
        return Step.WAITING
    instance = lifecycle.orchestrations.find(report.id)
    if instance is None:
        lifecycle.turns.start(report)
        return Step.STARTED
    if instance.phase is Phase.RUNNING:
        return Step.RUNNING
    return _close(lifecycle, report, instance)


def _after_end(lifecycle: ReportLifecycle, report: Report, row: OutboxRow) -> Step:
    if report.status not in PUBLISHED:
        # The activity that ended the report may have died before it removed the blocks.
        lifecycle.stores.blobs.discard(report.key)
    if report.status is Status.CANCELED:
        if not row.closing:
            # The process that canceled it died before the report left the line.
            lifecycle.turns.close(report.key)
            return Step.CLOSING
        stopped = lifecycle.orchestrations.stop_all(report.id)
        if not (stopped and is_final_check(report.updated_at)):
            return Step.CLOSING
    lifecycle.stores.outbox.delete_unchanged(row)
    return Step.DROPPED


def _without_record(lifecycle: ReportLifecycle, row: OutboxRow) -> Step:
    if not row.closing and datetime.now(UTC) - row.written_at < ACCEPTANCE_GRACE_PERIOD:
        return Step.BEING_ACCEPTED
    if not lifecycle.remove_traces(row.key, row.written_at):
        return Step.CLOSING
    lifecycle.stores.outbox.delete_unchanged(row)
    if lifecycle.stores.reports.get(row.key):
        # The request lived on and stored its report just now.
        lifecycle.turns.join(row.key, row.place.size)
        return Step.BEING_ACCEPTED
    return Step.DROPPED


def _close(lifecycle: ReportLifecycle, report: Report, instance: Instance) -> Step:
    """Fail a report whose orchestration ended without updating the record.

    The engine's reason is for operators: it can contain instance ids and what a library said.
    """
    log_warning(
        f"The orchestration of report {report.id} ended: {instance.reason or 'terminated'}", report.id
    )
    error = ReportError("The report could not be completed", ORCHESTRATION_ENDED)
    closed = lifecycle.stores.reports.change(
        report.key, lambda current: transitions.failed(current, error, datetime.now(UTC))
    )
    if not closed:
        return Step.DROPPED
    emit(ReportFinished.of(closed.report, "reconciler"))
    lifecycle.stores.blobs.discard(report.key)
    lifecycle.turns.end(closed.report)
    return Step.CLOSED
