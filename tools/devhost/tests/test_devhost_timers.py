"""Timer triggers: their runs on a running host, and the times of their schedules."""

import asyncio
import itertools
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, cast

import pytest

from devhost.errors import CannotRunError
from devhost.functions import Function
from devhost.timers import Timer
from devhost.worker import Worker
from devhost.worker_messages import TypedData
from tools.devhost.tests.host import APPS, DevhostProcess, Host, host_for, wait_until

MONDAY = datetime(2026, 11, 23, 10, 15, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_for(APPS / "timers") as running:
        yield running


def runs(host: Host) -> dict[str, Any]:
    return dict(host.request("GET", "/api/runs").json())


def timer(schedule: str, worker: Any = None, **trigger: Any) -> Timer:
    trigger = {"type": "timerTrigger", "name": "timer", "schedule": schedule, **trigger}
    return Timer(Function("tick", "id", trigger, (), ()), cast(Worker, worker))


def test_cron_and_interval_timers_run_every_second(host: Host) -> None:
    wait_until(
        lambda: len(runs(host)["every_second"]) >= 3 and len(runs(host)["every_interval"]) >= 2,
        "the timers have run three times and twice",
    )
    recorded = runs(host)["every_second"]
    for earlier, later in itertools.pairwise(recorded):
        assert 0.8 < later[0] - earlier[0] < 1.3
    run_at, past_due, status = recorded[1]
    assert run_at % 1 < 0.3
    assert past_due is False
    assert status == {}  # timers that run more than once a minute have no status


def test_a_timer_can_run_at_startup_and_gets_its_status(host: Host) -> None:
    ((_, schedule, status),) = runs(host)["at_startup"]
    assert schedule == {"AdjustForDST": True}
    assert status["Last"] == status["LastUpdated"] == "0001-01-01T00:00:00+00:00"  # never
    assert re.fullmatch("20..-01-01T00:00:00[+]00:00", status["Next"])
    assert runs(host)["unmonitored"] == [{}]


def test_the_status_of_a_timer_has_the_time_of_its_last_run() -> None:
    class FakeWorker:
        statuses: ClassVar[list[dict[str, str]]] = []

        def invoke(self, function: Function, value: TypedData) -> TypedData:
            return value

        async def submit(self, value: TypedData) -> None:
            self.statuses.append(json.loads(value.json or "")["ScheduleStatus"])
            if len(self.statuses) == 2:
                raise asyncio.CancelledError

    before = datetime.now(UTC)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(run_without_waiting(timer("00:01:00", FakeWorker(), runOnStartup=True)))
    first, second = FakeWorker.statuses
    assert first["Last"] < "0002"
    assert before <= datetime.fromisoformat(second["Last"]) <= datetime.now(UTC)
    assert second["Last"] == second["LastUpdated"] < second["Next"]


async def run_without_waiting(minute_timer: Timer) -> None:
    minute_timer.next_after = lambda moment: moment + timedelta(milliseconds=1)  # type: ignore[method-assign]
    await minute_timer.run_on_schedule()


def test_requested_runs_of_a_timer_may_overlap(host: Host) -> None:
    for _ in range(3):
        assert host.request("POST", "/admin/functions/slow", json={}).status_code == 202
    wait_until(lambda: len(runs(host)["slow"]) == 3, "three runs have overlapped")


def test_the_startup_output_lists_the_schedules_with_their_settings_resolved() -> None:
    with DevhostProcess(APPS / "timers") as host:
        assert "  every_second: timerTrigger * * * * * *\n" in host.startup_output
        assert "  every_interval: timerTrigger 00:00:01\n" in host.startup_output


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("0 */5 * * * *", MONDAY.replace(minute=20, second=0)),
        ("*/5 * * * *", MONDAY.replace(minute=20, second=0)),
        ("45 15 10 * * *", MONDAY.replace(second=45)),
        ("0 30 9 * * Mon-Fri", MONDAY.replace(day=24, hour=9, minute=30, second=0)),
        ("0 0 0 1 Jan *", datetime(2027, 1, 1, tzinfo=UTC)),
        ("0 0 12 13 * 5", datetime(2027, 8, 13, 12, tzinfo=UTC)),  # a Friday the 13th
        ("00:00:10", MONDAY + timedelta(seconds=10)),
        ("1.00:00:00", MONDAY + timedelta(days=1)),
        ("24:00:00", MONDAY + timedelta(days=24)),
    ],
)
def test_a_schedule_determines_the_next_run(schedule: str, expected: datetime) -> None:
    assert timer(schedule).next_after(MONDAY) == expected


def test_schedules_use_the_time_zone_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBSITE_TIME_ZONE", "America/New_York")
    assert timer("0 0 9 * * *").next_after(MONDAY) == MONDAY.replace(hour=14, minute=0, second=0)


@pytest.mark.parametrize(
    "schedule", ["", "every minute", "0 0 25 * * *", "@hourly", "* * * *", "%NO_SUCH_SETTING%"]
)
def test_an_invalid_schedule_is_rejected_with_the_functions_name(schedule: str) -> None:
    with pytest.raises(CannotRunError, match="function tick: "):
        timer(schedule)


def test_an_unknown_time_zone_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBSITE_TIME_ZONE", "Kanto/Pallet_Town")
    with pytest.raises(CannotRunError, match="Kanto/Pallet_Town"):
        timer("0 0 9 * * *")
