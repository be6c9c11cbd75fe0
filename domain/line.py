"""The line of open reports: which of them run, in which order the others follow, and how long that takes.

A report is in one of two lanes, so that small reports never wait for large ones. In each lane a limited
number of reports run at once. Within a lane, owners take turns: each report gets a round number when it is
accepted, and the reports of one owner have consecutive rounds. Lower rounds run first; within a round, older
reports do. This is start-time fair queuing with one unit of work per report.
Source: Goyal, Vin, Cheng, "Start-time Fair Queueing" (1996).

A later report can overtake only with a lower round. While a report waits, each other owner therefore
overtakes it at most as many times as its own owner has reports before it.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.owners import is_visitor
from domain.report import Report, ReportKey

WEIGHT_OF_LATEST_PACE = 0.3
"""How much the latest report counts in the moving average of the pace."""

SHORTEST_SECONDS = 0.1
"""Shorter reports count as this long, so that a tiny one does not make the pace look endless."""


class Lane(StrEnum):
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True)
class Place:
    """The place of an open report in the line. It waits until it is admitted."""

    key: ReportKey
    lane: Lane
    round: int
    size: int | None
    """Pokémon in the report, or None if that was not known when it was accepted."""
    admitted_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What a waiting report's owner sees: 1 is the next report, and None stands for an unknown time."""

    position: int
    seconds_left: int | None


@dataclass(frozen=True)
class Line:
    """All open reports. ``pace`` is the Pokémon per second of one running report, or None if unknown."""

    places: tuple[Place, ...]
    reports_at_once: int
    """The most reports of each lane that run at the same time."""
    pace: float | None = None

    def place(self, key: ReportKey, size: int | None, *, small_size: int) -> Place:
        """The place of a new report, which is small if it has at most ``small_size`` Pokémon."""
        lane = Lane.SMALL if size is not None and size <= small_size else Lane.LARGE
        ahead = [place.round for place in self.places if place.lane is lane and place.key.owner == key.owner]
        return Place(key, lane, max([self._current_round(lane), *(own + 1 for own in ahead)]), size)

    def count(self, owner: str) -> int:
        """The open reports of an owner."""
        return sum(1 for place in self.places if place.key.owner == owner)

    def count_of_visitors(self) -> int:
        """The open reports of all owners who are not signed in."""
        return sum(1 for place in self.places if is_visitor(place.key.owner))

    def next(self) -> list[Place]:
        """The waiting reports whose turn it is."""
        return [place for lane in Lane for place in self._waiting(lane)[: self._free(lane)]]

    def standing(self, report_id: str, now: datetime) -> Standing | None:
        """None unless the report is waiting."""
        for lane in Lane:
            waiting = self._waiting(lane)
            for index, place in enumerate(waiting):
                if place.key.report_id == report_id:
                    return Standing(index + 1, self._seconds_left(waiting[:index], place, now))
        return None

    def _seconds_left(self, ahead: list[Place], place: Place, now: datetime) -> int | None:
        """Until the report ends: the work before it is shared by all running reports, its own is not."""
        sizes = [other.size for other in ahead]
        if not self.pace or place.size is None or None in sizes:
            return None
        work = sum(float(size) for size in sizes if size is not None)
        work += sum(self._remaining(other, now) for other in self._running(place.lane))
        return math.ceil(work / self.pace / self.reports_at_once + place.size / self.pace)

    def _remaining(self, running: Place, now: datetime) -> float:
        if running.admitted_at is None or running.size is None or self.pace is None:
            return 0
        return max(0, running.size - self.pace * (now - running.admitted_at).total_seconds())

    def _current_round(self, lane: Lane) -> int:
        """The latest round that has begun: a new owner starts there."""
        running = self._running(lane)
        waiting = self._waiting(lane)
        return max((place.round for place in running), default=waiting[0].round if waiting else 0)

    def _running(self, lane: Lane) -> list[Place]:
        return [place for place in self.places if place.lane is lane and place.admitted_at]

    def _waiting(self, lane: Lane) -> list[Place]:
        waiting = [place for place in self.places if place.lane is lane and not place.admitted_at]
        oldest_first = sorted(waiting, key=lambda place: place.key.report_id, reverse=True)
        return sorted(oldest_first, key=lambda place: place.round)

    def _free(self, lane: Lane) -> int:
        return max(0, self.reports_at_once - len(self._running(lane)))


def new_pace(pace: float | None, published: Report) -> float | None:
    """The moving average of the pace after a report was published."""
    if not published.started_at or not published.finished_at or not published.progress.total:
        return pace
    seconds = (published.finished_at - published.started_at).total_seconds()
    latest = published.progress.total / max(seconds, SHORTEST_SECONDS)
    return latest if pace is None else pace + WEIGHT_OF_LATEST_PACE * (latest - pace)
