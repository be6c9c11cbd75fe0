"""Lets open reports take turns: a limited number of them runs at once, and the others wait in the line.

Reports join the line and are admitted in transactions under its ETag, so several instances of the app can do
that at the same time. Changes that one instance makes at the same time share a transaction. A change that
ends a report also admits the next ones, and the process that made it starts their orchestrations. If that
process dies, the reconciler starts them.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from adapters.dependencies import Stores
from adapters.grouped_changes import Decision
from adapters.orchestrations import Orchestrations
from adapters.outbox import Outbox, OutboxRow, Snapshot
from domain.budgets import Limits, spend
from domain.errors import EngineUnavailableError, StorageUnavailableError
from domain.line import Line, Place, Standing, new_pace
from domain.messages import ExecutionOptions, GenerateReport
from domain.report import OPEN, PUBLISHED, Report, ReportKey, Status
from domain.telemetry import log_exception

UNAVAILABLE = (EngineUnavailableError, StorageUnavailableError)
ACCEPTANCE_GRACE_PERIOD = timedelta(minutes=1)
"""A report in the line that has no record after this time was left by a request that died."""
MOST_FORGOTTEN = 99
"""A table transaction has at most 100 operations, and one of them is for the line itself."""


@dataclass(frozen=True)
class AdmissionPolicy:
    """How reports are executed, and how many can be open and run at once."""

    options: ExecutionOptions
    reports_at_once: int
    """Of each lane."""
    limits: Limits


@dataclass(frozen=True)
class Turns:
    orchestrations: Orchestrations
    stores: Stores
    policy: AdmissionPolicy

    def join(self, key: ReportKey, size: int | None) -> Place:
        """Put a report of ``size`` Pokémon in the line, admitted if it is its turn. A no-op if it is there.

        Raises TooManyOpenReportsError, TooManyReportsPerHourError and TooManyKeptReportsError, and then
        writes nothing.
        """
        limits = self.policy.limits

        def join(outbox: Snapshot) -> tuple[Snapshot, Place]:
            row = outbox.rows.get(key)
            if row and not row.closing:
                return outbox, row.place
            line = self._line(outbox)
            limits.check_open(line, key.owner)
            now = datetime.now(UTC)
            budget = spend(
                outbox.budgets.get(key.owner),
                now,
                limits,
                lambda: self.stores.reports.count(key.owner, limits.kept),
            )
            place = line.place(key, size, small_size=self.policy.options.shard_size)
            if place in replace(line, places=(*line.places, place)).next():
                place = replace(place, admitted_at=now)
            joined = outbox.having(OutboxRow(place))
            return replace(joined, budgets={**outbox.budgets, key.owner: budget}), place

        return self.stores.outbox.change(join)

    def end(self, report: Report) -> None:
        """Take a report that has ended, and of which nothing is left to remove, out of the line."""

        def leave(outbox: Snapshot) -> tuple[Snapshot, list[Place]]:
            row = outbox.rows.get(report.key)
            if row is None or row.closing:
                return self._admit(outbox)
            pace = new_pace(outbox.pace, report) if report.status in PUBLISHED else outbox.pace
            return self._admit(replace(outbox.without(report.key), pace=pace))

        self._change_and_start(leave)

    def close(self, key: ReportKey) -> None:
        """Take a report out of the line, of which the reconciler has to remove what is left."""
        self.stores.outbox.close(key)
        self.advance()

    def leave(self, key: ReportKey) -> None:
        """Take a report out of the line that was not stored: another request stands for it."""

        def leave(outbox: Snapshot) -> tuple[Snapshot, list[Place]]:
            row = outbox.rows.get(key)
            return self._admit(outbox if row is None or row.closing else outbox.without(key))

        self._change_and_start(leave)

    def forget_ended_budgets(self) -> None:
        """Forget the budgets whose hour has ended, so that the line stays short."""
        outbox = self.stores.outbox.read()
        now = datetime.now(UTC)
        ended = [owner for owner, budget in outbox.budgets.items() if budget.has_ended(now)]
        kept = outbox.budgets.keys() - ended[:MOST_FORGOTTEN]
        budgets = {owner: outbox.budgets[owner] for owner in kept}
        self.stores.outbox.commit(outbox, replace(outbox, budgets=budgets))

    def advance(self) -> None:
        """Admit and start the reports whose turn it is."""
        self._change_and_start(self._admit)

    def start(self, report: Report) -> None:
        """Start the orchestration of an admitted report; a no-op if it already runs.

        Raises EngineUnavailableError. If the report is deleted meanwhile, the orchestration finds that out.
        """
        rows_of = report.retry_of if report.keeps_rows else None
        self.orchestrations.start(GenerateReport(report.key, report.request, self.policy.options, rows_of))

    def try_start(self, report: Report) -> bool:
        """Returns False if the engine is unavailable: the reconciler starts the report later."""
        try:
            self.start(report)
        except UNAVAILABLE:
            log_exception(f"Report {report.id} will be started later.", report.id, logging.WARNING)
            return False
        return True

    def is_admitted(self, key: ReportKey) -> bool:
        row = self.stores.outbox.get(key)
        return row is not None and row.place.admitted_at is not None

    def _line(self, outbox: Snapshot) -> Line:
        return outbox.line(self.policy.reports_at_once)

    def _admit(self, outbox: Snapshot) -> tuple[Snapshot, list[Place]]:
        """Admit the reports whose turn it is. Returns their places as well."""
        now = datetime.now(UTC)
        admitted = [replace(place, admitted_at=now) for place in self._line(outbox).next()]
        for place in admitted:
            outbox = outbox.having(OutboxRow(place))
        return outbox, admitted

    def _change_and_start(self, decide: Decision[Snapshot, list[Place]]) -> None:
        for place in self.stores.outbox.change(decide):
            # A request that has not stored its record yet starts its report itself.
            stored = self.stores.reports.get(place.key)
            if stored and stored.report.status in OPEN:
                self.try_start(stored.report)


def standings(outbox: Outbox, reports_at_once: int, reports: Sequence[Report]) -> dict[str, Standing]:
    """The standings of the waiting reports among these, by report id."""
    if not any(report.status is Status.QUEUED for report in reports):
        return {}
    line, now = outbox.read().line(reports_at_once), datetime.now(UTC)
    found = {report.id: line.standing(report.id, now) for report in reports}
    return {report_id: standing for report_id, standing in found.items() if standing}
