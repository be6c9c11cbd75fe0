"""A minute of chaos, and a fault that so short a run may not reach."""

import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tools.chaos import __main__ as chaos
from tools.chaos import servers_under_test
from tools.chaos.client import ReportClient
from tools.chaos.findings import Findings
from tools.chaos.ledger import Ledger, RequestSpec
from tools.local import hosts

MINUTES = os.environ.get("CHAOS_MINUTES", "1")
LATENCY_MS = 700
OUTAGE_SECONDS = 15
TIMEOUT_SECONDS = 60


def test_a_report_survives_a_storage_outage_during_its_planning(tmp_path: Path) -> None:
    with servers_under_test.running(tmp_path, latency_ms=LATENCY_MS) as servers:
        client = ReportClient(servers, Ledger(Findings()))
        report = client.create(RequestSpec(type="ice", sample_size=1))
        assert report
        servers.stop_storage()
        time.sleep(OUTAGE_SECONDS)
        servers.start_storage()
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while report.outcome is None and time.monotonic() < deadline:
            time.sleep(0.2)
            client.show(report)
    assert report.outcome
    assert report.outcome["status"] == "succeeded", report.outcome["error"]


@pytest.mark.timeout(1200 if hosts.selected() == hosts.FUNC else 300)
def test_a_minute_of_chaos_violates_no_invariant(
    tmp_path: Path, live_output: Callable[[], AbstractContextManager[None]]
) -> None:
    arguments = ["--minutes", MINUTES, "--logs", str(tmp_path)]
    if seed := os.environ.get("CHAOS_SEED"):
        arguments += ["--seed", seed]
    with live_output():
        print()
        assert chaos.main(arguments) == 0
