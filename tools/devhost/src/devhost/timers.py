"""Timer triggers: NCRONTAB expressions and hh:mm:ss intervals. Scheduled runs of a timer never overlap."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

from croniter import CroniterError, croniter  # type: ignore[import-untyped]

from devhost.app_settings import resolve_settings, time_zone
from devhost.errors import CannotRunError
from devhost.functions import TIMER, Function
from devhost.timespans import parse_timespan
from devhost.worker import Worker
from devhost.worker_messages import TypedData

_MINUTE = timedelta(minutes=1)
_NEVER = datetime.min.replace(tzinfo=UTC)


class Timer:
    """A timer function and its schedule."""

    def __init__(self, function: Function, worker: Worker) -> None:
        """Raises CannotRunError if the schedule is neither an NCRONTAB expression nor an interval."""
        self.function = function
        self._worker = worker
        self._zone = time_zone()
        schedule = str(function.trigger.get("schedule") or "")
        self.schedule = resolve_settings(schedule, f"function {function.name}: schedule")
        self._interval = parse_timespan(self.schedule)
        if self._interval is None:
            self._check_cron()
        elif not self._interval:
            raise CannotRunError(
                f"function {function.name}: the schedule {self.schedule!r} must be longer than 00:00:00"
            )
        self._status = self._status_after(_NEVER, datetime.now(UTC)) if self._is_monitored() else None

    async def run_on_schedule(self) -> None:
        """Run the function at each scheduled time, until canceled.

        A time that passes during a run is skipped.
        """
        if self.function.trigger.get("runOnStartup"):
            await self._run_scheduled()
        while True:
            due = self.next_after(datetime.now(UTC))
            while (remaining := (due - datetime.now(UTC)).total_seconds()) > 0:
                await asyncio.sleep(remaining)
            await self._run_scheduled()

    async def run_now(self) -> None:
        """Run the function now, independent of its scheduled runs and without changing its status."""
        value = {
            "Schedule": {"AdjustForDST": self._interval is None},
            "ScheduleStatus": self._status,
            "IsPastDue": False,
        }
        await self._worker.submit(self._worker.invoke(self.function, TypedData(json=json.dumps(value))))

    async def _run_scheduled(self) -> None:
        started_at = datetime.now(UTC)
        await self.run_now()
        if self._status is not None:
            self._status = self._status_after(started_at, started_at)

    def _status_after(self, last: datetime, moment: datetime) -> dict[str, str]:
        return {
            "Last": last.isoformat(),
            "Next": self.next_after(moment).isoformat(),
            "LastUpdated": last.isoformat(),
        }

    def _is_monitored(self) -> bool:
        """Whether the timer has a status: no if use_monitor is off or it runs more than once a minute."""
        if self.function.trigger.get("useMonitor") is False:
            return False
        if self._interval is not None:
            return self._interval >= _MINUTE
        *seconds, minutes, hours, days, months, weekdays = self.schedule.split()
        if not seconds or any(
            field not in ("*", "*/1") for field in (minutes, hours, days, months, weekdays)
        ):
            return True
        first = self.next_after(datetime.now(UTC))
        return self.next_after(first) - first >= _MINUTE

    def next_after(self, moment: datetime) -> datetime:
        """The first scheduled time after ``moment``; both are in UTC."""
        if self._interval is not None:
            return moment + self._interval
        # With six fields NCRONTAB has seconds first. A day must match both day fields.
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
                raise ValueError("it must have five or six fields")
            self.next_after(datetime.now(UTC))
        except (CroniterError, ValueError) as error:
            raise CannotRunError(
                f"function {self.function.name}: the schedule {self.schedule!r} is neither an NCRONTAB "
                f"expression nor an hh:mm:ss interval: {error}"
            ) from error


def create_timers(functions: list[Function], worker: Worker) -> dict[str, Timer]:
    """Create a timer per timer function, by its name in lower case.

    Raises CannotRunError if a schedule is invalid.
    """
    return {
        function.name.lower(): Timer(function, worker) for function in functions if function.kind == TIMER
    }
