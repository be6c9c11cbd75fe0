"""Timers of every kind, and an HTTP function that returns their runs."""

import json
import threading
import time
from typing import Any

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)

_runs: dict[str, list[Any]] = {"every_second": [], "every_interval": [], "at_startup": [], "slow": []}
_all_run = threading.Barrier(3)


@app.timer_trigger(arg_name="timer", schedule="%EVERY_SECOND%")
def every_second(timer: func.TimerRequest) -> None:
    _runs["every_second"].append([time.time(), timer.past_due, timer.schedule_status])  # type: ignore[attr-defined]


@app.timer_trigger(arg_name="timer", schedule="00:00:01")
async def every_interval(timer: func.TimerRequest) -> None:
    _runs["every_interval"].append(time.time())


@app.timer_trigger(arg_name="timer", schedule="0 0 0 1 1 *", run_on_startup=True)
def at_startup(timer: func.TimerRequest) -> None:
    _runs["at_startup"].append([time.time(), timer.schedule, timer.schedule_status])  # type: ignore[attr-defined]


@app.timer_trigger(arg_name="timer", schedule="0 0 0 1 1 *", run_on_startup=True, use_monitor=False)
def unmonitored(timer: func.TimerRequest) -> None:
    _runs["unmonitored"] = [timer.schedule_status]  # type: ignore[attr-defined]


@app.timer_trigger(arg_name="timer", schedule="0 0 0 1 1 *")
def slow(timer: func.TimerRequest) -> None:
    """Ends when three runs of it overlap."""
    _all_run.wait(10)
    _runs["slow"].append(time.time())


@app.route(route="runs")
def runs(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(json.dumps(_runs), mimetype="application/json")
