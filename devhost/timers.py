"""Timer triggers: NCRONTAB expressions and hh:mm:ss intervals, one run of a timer at a time."""

import asyncio
import json
from datetime import UTC, datetime

from croniter import CroniterError, croniter  # type: ignore[import-untyped]

from devhost.app_settings import resolved, time_zone
from devhost.errors import CannotRunError
from devhost.functions import TIMER, Function
from devhost.protos import TypedData
from devhost.timespans import parse_timespan
from devhost.worker import Worker


class Timer:
    """One timer function and its schedule."""

    def __init__(self, function: Function, worker: Worker) -> None:
        """Raises CannotRunError for a schedule that is neither a cron expression nor an interval."""
        self.function = function
        self._worker = worker
        self._zone = time_zone()
        self._one_at_a_time = asyncio.Lock()
        self._last: datetime | None = None
        schedule = str(function.trigger.get("schedule") or "")
        self.schedule = resolved(schedule, f"function {function.name}: schedule")
        self._interval = parse_timespan(self.schedule)
        if self._interval is None:
            self._check_cron()
        elif not self._interval:
            raise CannotRunError(
                f"function {function.name}: the schedule {self.schedule!r} is no time at all"
            )

    async def keep_time(self) -> None:
        """Run the function at each of its times, until cancelled.

        A time that passes during a run is skipped.
        """
        if self.function.trigger.get("runOnStartup"):
            await self.run()
        while True:
            due = self.next_after(datetime.now(UTC))
            while (remaining := (due - datetime.now(UTC)).total_seconds()) > 0:
                await asyncio.sleep(remaining)
            await self.run()

    async def run(self) -> None:
        """Run the function now, or as soon as its present run has ended."""
        async with self._one_at_a_time:
            started = datetime.now(UTC)
            status = {
                "Last": (self._last or datetime.min.replace(tzinfo=UTC)).isoformat(),
                "LastUpdated": started.isoformat(),
                "Next": self.next_after(started).isoformat(),
            }
            self._last = started
            value = {"Schedule": {"AdjustForDST": True}, "ScheduleStatus": status, "IsPastDue": False}
            await self._worker.submit(self._worker.invoke(self.function, TypedData(json=json.dumps(value))))

    def next_after(self, moment: datetime) -> datetime:
        """The next time after ``moment`` (both UTC)."""
        if self._interval is not None:
            return moment + self._interval
        # NCRONTAB has seconds first when there are six fields, and a day must fit both day fields.
        times = croniter(
            self.schedule,
            moment.astimezone(self._zone),
            ret_type=datetime,
            day_or=False,
            second_at_beginning=True,
        )
        due: datetime = times.get_next()
        return due.astimezone(UTC)

    def _check_cron(self) -> None:
        try:
            if len(self.schedule.split()) not in (5, 6):
                raise ValueError("it has neither five nor six fields")
            self.next_after(datetime.now(UTC))
        except (CroniterError, ValueError) as error:
            raise CannotRunError(
                f"function {self.function.name}: the schedule {self.schedule!r} is neither an NCRONTAB "
                f"expression nor an hh:mm:ss interval: {error}"
            ) from error


def timers_of(functions: list[Function], worker: Worker) -> dict[str, Timer]:
    """The timer functions, by lower-cased name. Raises CannotRunError for a bad schedule."""
    return {
        function.name.lower(): Timer(function, worker) for function in functions if function.kind == TIMER
    }
