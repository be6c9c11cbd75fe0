"""Two minutes of chaos, and the faults that chaos is too short to meet every time, one by one."""

import os
import time
from pathlib import Path

import pytest

from tools.chaos import __main__ as chaos
from tools.chaos import system
from tools.chaos.findings import Findings
from tools.chaos.ledger import Ledger, Wish
from tools.chaos.visitor import Visitor
from tools.local import hosts

MINUTES = os.environ.get("CHAOS_MINUTES", "1.9")
PLANNING_MS = 700
AWAY_SECONDS = 15
PATIENCE_SECONDS = 60


def test_storage_that_is_away_while_a_report_is_planned_costs_time_and_not_the_report(tmp_path: Path) -> None:
    with system.running(tmp_path, latency_ms=PLANNING_MS) as running:
        visitor = Visitor(running, Ledger(Findings()))
        told = visitor.ask(Wish(type="ice", sample_size=1))
        assert told
        running.stop_storage()
        time.sleep(AWAY_SECONDS)
        running.start_storage()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while told.outcome is None and time.monotonic() < deadline:
            time.sleep(0.2)
            visitor.show(told)
    assert told.outcome
    assert told.outcome["status"] == "succeeded", told.outcome["error"]


@pytest.mark.timeout(1200 if hosts.selected() == hosts.FUNC else 300)
def test_two_minutes_of_chaos_break_no_promise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--minutes", MINUTES, "--logs", str(tmp_path)]
    if seed := os.environ.get("CHAOS_SEED"):
        arguments += ["--seed", seed]
    with capsys.disabled():
        print()
        assert chaos.main(arguments) == 0
