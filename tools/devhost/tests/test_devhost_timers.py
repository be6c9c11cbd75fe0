"""Timer triggers: when they run, on a real devhost, and what their schedules mean."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, cast

import pytest

from devhost.errors import CannotRunError
from devhost.functions import Function
from devhost.protos import TypedData
from devhost.timers import Timer
from devhost.worker import Worker
from tools.devhost.tests.devhost_process import APPS, DevhostProcess, Host, host_of

MONDAY = datetime(2026, 11, 23, 10, 15, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_of(APPS / "timers") as running:
        yield running


def runs(host: Host) -> dict[str, Any]:
    return dict(host.call("GET", "/api/runs").json())


def timer(schedule: str) -> Timer:
    trigger = {"type": "timerTrigger", "name": "timer", "schedule": schedule}
    return Timer(Function("tick", "id", trigger, (), ()), cast(Worker, None))


def test_cron_and_interval_timers_run_about_every_second_and_one_at_startup(host: Host) -> None:
    deadline = time.monotonic() + 6
    while len(runs(host)["every_second"]) < 3 or len(runs(host)["every_interval"]) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    seen = runs(host)
    for earlier, later in zip(seen["every_second"], seen["every_second"][1:], strict=False):
        assert 0.8 < later[0] - earlier[0] < 1.3
    moment, past_due, status = seen["every_second"][1]
    assert moment % 1 < 0.3
    assert past_due is False
    assert status == {}  # none is kept for what runs more often than every minute


def test_a_timer_may_run_at_startup_and_learns_when_it_last_ran(host: Host) -> None:
    ((_, schedule, status),) = runs(host)["at_startup"]
    assert schedule == {"AdjustForDST": True}
    assert status["Last"] == status["LastUpdated"] == "0001-01-01T00:00:00+00:00"  # never
    assert re.fullmatch("20..-01-01T00:00:00[+]00:00", status["Next"])
    assert runs(host)["unmonitored"] == [{}]


def test_a_status_has_the_time_of_the_last_run() -> None:
    class Worker:
        statuses: ClassVar[list[dict[str, str]]] = []

        def invoke(self, function: Function, value: TypedData) -> TypedData:
            return value

        async def submit(self, value: TypedData) -> None:
            self.statuses.append(json.loads(value.json or "")["ScheduleStatus"])
            if len(self.statuses) == 2:
                raise asyncio.CancelledError

    trigger = {"type": "timerTrigger", "name": "timer", "schedule": "00:01:00", "runOnStartup": True}
    one = Timer(Function("tick", "id", trigger, (), ()), cast(Any, Worker()))
    before = datetime.now(UTC)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(keep_fast_time(one))
    first, second = Worker.statuses
    assert first["Last"] < "0002"
    assert before <= datetime.fromisoformat(second["Last"]) <= datetime.now(UTC)
    assert second["Last"] == second["LastUpdated"] < second["Next"]


async def keep_fast_time(one: Timer) -> None:
    """Keep the timer's time without its waits."""
    one.next_after = lambda moment: moment + timedelta(milliseconds=1)  # type: ignore[method-assign]
    await one.keep_time()


def test_a_timer_runs_when_it_is_told_to_and_beside_itself(host: Host) -> None:
    for _ in range(3):
        assert host.call("POST", "/admin/functions/slow", json={}).status_code == 202
    deadline = time.monotonic() + 5
    while len(runs(host)["slow"]) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_start_tells_each_schedule_with_its_settings_filled_in() -> None:
    with DevhostProcess(APPS / "timers") as host:
        assert "  every_second: timerTrigger * * * * * *\n" in host.announced
        assert "  every_interval: timerTrigger 00:00:01\n" in host.announced


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("0 */5 * * * *", MONDAY.replace(minute=20, second=0)),
        ("*/5 * * * *", MONDAY.replace(minute=20, second=0)),
        ("45 15 10 * * *", MONDAY.replace(second=45)),
        ("0 30 9 * * Mon-Fri", MONDAY.replace(day=24, hour=9, minute=30, second=0)),
        ("0 0 0 1 Jan *", datetime(2027, 1, 1, tzinfo=UTC)),
        ("0 0 12 13 * 5", datetime(2027, 8, 13, 12, tzinfo=UTC)),  # the 13th and a Friday, both
        ("00:00:10", MONDAY + timedelta(seconds=10)),
        ("1.00:00:00", MONDAY + timedelta(days=1)),
        ("24:00:00", MONDAY + timedelta(days=24)),
    ],
)
def test_the_next_time_of_a_schedule(schedule: str, expected: datetime) -> None:
    assert timer(schedule).next_after(MONDAY) == expected


def test_schedules_are_in_the_time_zone_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBSITE_TIME_ZONE", "America/New_York")
    assert timer("0 0 9 * * *").next_after(MONDAY) == MONDAY.replace(hour=14, minute=0, second=0)


@pytest.mark.parametrize(
    "schedule", ["", "every minute", "0 0 25 * * *", "@hourly", "* * * *", "%NO_SUCH_SETTING%"]
)
def test_a_bad_schedule_is_refused_with_the_functions_name(schedule: str) -> None:
    with pytest.raises(CannotRunError, match="function tick: "):
        timer(schedule)


def test_a_time_zone_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBSITE_TIME_ZONE", "Kanto/Pallet_Town")
    with pytest.raises(CannotRunError, match="Kanto/Pallet_Town"):
        timer("0 0 9 * * *")
