"""A chaos run: build the oracle, run load with faults, wait until the system settles, and check it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from tools.chaos import invariants, servers_under_test
from tools.chaos.client import ReportClient
from tools.chaos.faults import LANES, Lane, plan_faults
from tools.chaos.findings import Findings, Invariant
from tools.chaos.ledger import Ledger
from tools.chaos.load import FILTERS, LoadClient
from tools.chaos.oracle import Oracle
from tools.chaos.servers_under_test import ServersUnderTest

CLIENTS = 6
SETTLE_TIMEOUT_SECONDS = 400
JOIN_TIMEOUT_SECONDS = 240
CHECK_INTERVAL_SECONDS = 1
PROGRESS_INTERVAL_SECONDS = 30
ORACLE_TIMEOUT_SECONDS = 180
SCAN_DELAY_SECONDS = 360
"""Longer than any message of Azure's host stays invisible."""

type Print = Callable[[str], None]


class AbortedRunError(Exception):
    """The run itself failed, so it has no result."""


@dataclass(frozen=True)
class RunResult:
    ledger: Ledger
    lanes: list[Lane]
    actions: int
    settle_seconds: float

    @property
    def findings(self) -> Findings:
        return self.ledger.findings


def run(folder: Path, seed: int, seconds: float, report_progress: Print) -> RunResult:
    """Inject faults for ``seconds``, then settle and check. Raises AbortedRunError or ServerError."""
    with servers_under_test.running(folder, seed=seed) as servers:
        oracle = build_oracle(servers)
        ledger = Ledger(Findings())
        actions, lanes = _run_load_and_faults(servers, ledger, seed, seconds, report_progress)
        report_progress("Faults ended. Waiting until no report is open.\n")
        started_at = time.monotonic()
        snapshot = invariants.settle(
            servers, ledger, timeout_seconds=SETTLE_TIMEOUT_SECONDS, wait_for_young_rows=True
        )
        settle_seconds = time.monotonic() - started_at
        invariants.verify(servers, ledger, oracle, snapshot)
        invariants.delete_all(servers, ledger, timeout_seconds=SETTLE_TIMEOUT_SECONDS)
        if servers.on_azures_host:
            report_progress(f"Waiting {SCAN_DELAY_SECONDS} s before the storage scan.\n")
            time.sleep(SCAN_DELAY_SECONDS)
        invariants.verify_no_traces(servers, ledger)
        return RunResult(ledger, lanes, actions, settle_seconds)


def build_oracle(servers: ServersUnderTest) -> Oracle:
    """Make a report of each filter while there are no faults, and delete it. Raises AbortedRunError."""
    oracle, ledger = Oracle(), Ledger(Findings())
    client = ReportClient(servers, ledger)
    deadline = time.monotonic() + ORACLE_TIMEOUT_SECONDS
    for spec in FILTERS:
        report = client.create(spec)
        content = None
        while report is not None and content is None and time.monotonic() < deadline:
            client.show(report)
            content = client.download(report)
        if report is None or content is None or ledger.findings.violations:
            raise AbortedRunError(f"{spec} failed before any fault: {ledger.findings.violations}")
        oracle.add(spec, content)
        client.delete(report)
    return oracle


def _run_load_and_faults(
    servers: ServersUnderTest, ledger: Ledger, seed: int, seconds: float, report_progress: Print
) -> tuple[int, list[Lane]]:
    stop_faults, stop_clients = Event(), Event()
    faults = plan_faults(seed, seconds)
    lanes = [
        Lane(servers, name, [fault for fault in faults if fault.lane == name], stop_faults) for name in LANES
    ]
    clients = [LoadClient(number, seed, servers, ledger, stop_clients) for number in range(1, CLIENTS + 1)]
    threads: list[Lane | LoadClient] = [*lanes, *clients]
    started_at = time.monotonic()
    progress_at, printed_violations = started_at, 0
    try:
        for thread in threads:
            thread.start()
        while time.monotonic() < started_at + seconds and not any(thread.error for thread in threads):
            time.sleep(CHECK_INTERVAL_SECONDS)
            invariants.check_line(servers, ledger)
            if not servers.on_azures_host:
                invariants.check_orphans(servers, ledger)
            if time.monotonic() - progress_at > PROGRESS_INTERVAL_SECONDS:
                progress_at = time.monotonic()
                report_progress(_progress(progress_at - started_at, ledger, lanes))
            for violation in ledger.findings.violations[printed_violations:]:
                printed_violations += 1
                report_progress(f"VIOLATION {violation}\n")
    finally:
        stop_faults.set()
        for lane in lanes:
            lane.join(JOIN_TIMEOUT_SECONDS)
        stop_clients.set()
        for client in clients:
            client.join(JOIN_TIMEOUT_SECONDS)
    for thread in threads:
        if thread.error or thread.is_alive():
            raise AbortedRunError(f"{thread.name} failed: {thread.error!r}") from thread.error
    exits = servers.unexpected_exits
    if not servers.all_hosts_run:
        exits += 1
        servers.start_host()
    ledger.findings.check(Invariant.HOST, exits == 0, "", f"it exited unexpectedly {exits} times")
    return sum(client.actions for client in clients), lanes


def _progress(elapsed: float, ledger: Ledger, lanes: list[Lane]) -> str:
    findings = ledger.findings
    injected = sum(lane.injected.total() for lane in lanes)
    return (
        f"{elapsed:4.0f} s: {len(ledger.known())} reports, {findings.responses.total()} responses, "
        f"{injected} faults, {len(findings.violations)} violations\n"
    )
