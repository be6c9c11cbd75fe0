"""How many reports an owner may request and keep."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import TooManyKeptReportsError, TooManyOpenReportsError, TooManyReportsPerHourError
from domain.line import Line
from domain.owners import is_visitor

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Limits:
    open: int
    """Queued and running reports of one owner."""
    open_of_visitors: int
    """Queued and running reports of all visitors together."""
    per_hour: int
    """Reports that one owner may request within an hour."""
    kept: int
    """Reports that one owner may have."""

    def check_open(self, line: Line, owner: str) -> None:
        """Raises TooManyOpenReportsError if the owner may not add a report to the line."""
        if line.count(owner) >= self.open:
            raise TooManyOpenReportsError(self.open)
        if is_visitor(owner) and line.count_of_visitors() >= self.open_of_visitors:
            raise TooManyOpenReportsError(self.open_of_visitors, of_visitors=True)


@dataclass(frozen=True)
class Budget:
    """What an owner has used. ``kept`` is an upper limit, because deletions do not change it."""

    hour_began: datetime
    requested: int
    kept: int

    def has_ended(self, now: datetime) -> bool:
        return now - self.hour_began >= HOUR


def spend(budget: Budget | None, now: datetime, limits: Limits, count_kept: Callable[[], int]) -> Budget:
    """The budget after one more report. ``count_kept`` counts the owner's reports, if it has to be known.

    Raises TooManyReportsPerHourError and TooManyKeptReportsError.
    """
    kept = budget.kept if budget else count_kept()
    if budget is None or budget.has_ended(now):
        budget = Budget(now, 0, kept)
    if budget.requested >= limits.per_hour:
        raise TooManyReportsPerHourError(limits.per_hour, budget.hour_began + HOUR - now)
    if kept >= limits.kept:
        kept = count_kept()
    if kept >= limits.kept:
        raise TooManyKeptReportsError(limits.kept)
    return Budget(budget.hour_began, budget.requested + 1, kept + 1)
