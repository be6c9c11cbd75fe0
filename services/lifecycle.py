"""Cancels and deletes reports. Each step can be repeated from any point.

Canceling and deleting mark the record first. From the mark on, an activity that is still running sees it and
removes what it wrote, so late results cannot restore a report. A request marks the record, asks the engine
to stop, and returns; the reconciler repeats the remaining steps until nothing is left.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from adapters import settings
from adapters.dependencies import Stores
from adapters.orchestrations import Orchestrations
from adapters.report_table import ReportTable, Stored
from domain import report as transitions
from domain.errors import ReportEndedError, ReportNotFoundError
from domain.report import ENDED, Report, ReportKey, Status
from domain.telemetry import ReportDeleted, ReportFinished, emit
from services.turns import UNAVAILABLE, Turns


def find_report(reports: ReportTable, key: ReportKey) -> Stored:
    """Raises ReportNotFoundError if there is no such report, it has expired, or it is being deleted."""
    stored = reports.get(key)
    if stored is None or stored.report.status is Status.DELETING or stored.report.expires_at <= _now():
        raise ReportNotFoundError(key.report_id)
    return stored


@dataclass(frozen=True)
class ReportLifecycle:
    turns: Turns

    @property
    def orchestrations(self) -> Orchestrations:
        return self.turns.orchestrations

    @property
    def stores(self) -> Stores:
        return self.turns.stores

    def cancel(self, stored: Stored) -> Report:
        """Mark the report as canceling and ask the engine to stop. Raises ReportEndedError.

        Returns the report, still ``canceling`` if the engine cannot be reached: the reconciler cancels it.
        """
        key = stored.report.key
        marked = self.stores.reports.change(key, lambda report: transitions.canceling(report, _now()), stored)
        if marked is None:
            raise ReportEndedError
        with suppress(*UNAVAILABLE):
            return (self.finish_canceling(marked) or marked).report
        return marked.report

    def finish_canceling(self, marked: Stored) -> Stored | None:
        """Stop a report that is marked as canceling. Its instances stay, for operators to see.

        Its outbox row stays too: the reconciler terminates its shards and removes its blocks.
        """
        report = marked.report
        # The line moves on at the same time, because a request waits for both.
        with ThreadPoolExecutor(1) as pool:
            leaving = pool.submit(self.turns.close, report.key)
            self.orchestrations.stop(report.id)
            canceled = self.stores.reports.change(
                report.key, lambda current: transitions.canceled(current, _now()), marked
            )
            if canceled:
                emit(ReportFinished.of(canceled.report, "user"))
            leaving.result()
        return canceled

    def delete(self, key: ReportKey) -> None:
        """Delete a report as far as one request can. Raises ReportNotFoundError.

        The report is gone for its owner at once, with its idempotency key and its CSV. The reconciler removes
        its instances and its record.
        """
        stored = find_report(self.stores.reports, key)
        marked = self.mark_deleting(stored)
        stop = partial(self.orchestrations.stop, key.report_id)
        calls: list[Callable[[], object]] = (
            [] if stored.report.status in ENDED else [stop, self.turns.advance]
        )
        with suppress(*UNAVAILABLE), ThreadPoolExecutor(2) as pool:
            running = [pool.submit(call) for call in calls]
            self.release_key(marked)
            if marked.result:
                self.stores.blobs.discard(key)
            for call in running:
                call.result()

    def mark_deleting(self, stored: Stored) -> Report:
        """Mark the record, so that the report is not found from now on. Raises ReportNotFoundError."""
        key = stored.report.key
        self.stores.outbox.close(key)
        marked = self.stores.reports.change(key, lambda report: transitions.deleting(report, _now()), stored)
        if marked is None:
            raise ReportNotFoundError(key.report_id)
        return marked.report

    def finish_deleting(self, report: Report) -> bool:
        """Remove everything that belongs to a marked report, its outbox row last.

        Returns whether the report is gone.
        """
        if not self.remove_traces(report.key, report.finished_at or report.updated_at):
            return False
        # Before the record, which alone knows the key.
        self.release_key(report)
        self.stores.shares.remove_all(report.key)
        self.stores.reports.delete(report.key)
        emit(ReportDeleted(report_id=report.id))
        self.stores.outbox.delete(report.id)
        return True

    def release_key(self, report: Report) -> None:
        """Make the report's idempotency key available again, if it has one."""
        if report.idempotency_key:
            self.stores.keys.release(report.key, report.idempotency_key)

    def remove_traces(self, key: ReportKey, since: datetime) -> bool:
        """Remove the CSV, blocks, and instances of a report that ended or was deleted at ``since``.

        Returns whether nothing is left, which only a late enough check can confirm.
        """
        self.stores.blobs.discard(key)
        stopped = self.orchestrations.stop_all(key.report_id)
        return (
            stopped
            and is_final_check(since)
            and self.orchestrations.purge(key.report_id, settings.last_look_after())
        )


def is_final_check(since: datetime) -> bool:
    """Whether the engine now shows every instance that existed when a report ended or was deleted.

    Messages that a killed host had dequeued stay invisible until their visibility timeout expires, and a new
    shard has no instance row until its first episode ends.
    """
    return _now() - since >= settings.last_look_after()


def _now() -> datetime:
    return datetime.now(UTC)
