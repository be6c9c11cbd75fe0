"""One chaos run: the truth first, then load and faults together, then calm, and the reckoning."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from tools.chaos import invariants, system
from tools.chaos.faults import LANES, Lane, planned
from tools.chaos.findings import Findings, Rule
from tools.chaos.ledger import Ledger
from tools.chaos.load import FILTERS, Client
from tools.chaos.system import System
from tools.chaos.truth import Truth
from tools.chaos.visitor import Visitor

CLIENTS = 6
PATIENCE_SECONDS = 400
LAST_WORDS_SECONDS = 240
WATCH_AGAIN_SECONDS = 1
TELL_EVERY_SECONDS = 30
LEARN_SECONDS = 180
SEARCH_AFTER_SECONDS = 360
"""Longer than anything that Azure's host holds stays invisible."""

type Tell = Callable[[str], None]


class BrokenRunError(Exception):
    """The run itself did not work, so it says nothing about the system."""


@dataclass(frozen=True)
class Outcome:
    ledger: Ledger
    lanes: list[Lane]
    deeds: int
    settled_after_seconds: float

    @property
    def findings(self) -> Findings:
        return self.ledger.findings


def run(folder: Path, seed: int, seconds: float, tell: Tell) -> Outcome:
    """``seconds`` is how long faults are injected; settling and checking come on top."""
    with system.running(folder, seed=seed) as running:
        truth = learn(running)
        ledger = Ledger(Findings())
        deeds, lanes = _bad_day(running, ledger, seed, seconds, tell)
        tell("Calm again; waiting until nothing is open.\n")
        began = time.monotonic()
        remains = invariants.settle(
            running, ledger, patience_seconds=PATIENCE_SECONDS, wait_for_young_rows=True
        )
        settled = time.monotonic() - began
        invariants.verify(running, ledger, truth, remains)
        invariants.delete_all(running, ledger, patience_seconds=PATIENCE_SECONDS)
        if running.on_azures_host:
            tell(f"Searching the storage for deleted reports in {SEARCH_AFTER_SECONDS} s.\n")
            time.sleep(SEARCH_AFTER_SECONDS)
        invariants.verify_traceless(running, ledger)
        return Outcome(ledger, lanes, deeds, settled)


def learn(running: System) -> Truth:
    """What all rows must be, from reports made and deleted while everything is well."""
    truth, ledger = Truth(), Ledger(Findings())
    visitor = Visitor(running, ledger)
    deadline = time.monotonic() + LEARN_SECONDS
    for wish in FILTERS:
        told = visitor.ask(wish)
        content = None
        while told is not None and content is None and time.monotonic() < deadline:
            visitor.show(told)
            content = visitor.download(told)
        if told is None or content is None or ledger.findings.breaches:
            raise BrokenRunError(f"Before any fault, {wish} came to nothing: {ledger.findings.breaches}")
        truth.learn(wish, content)
        visitor.delete(told)
    return truth


def _bad_day(
    running: System, ledger: Ledger, seed: int, seconds: float, tell: Tell
) -> tuple[int, list[Lane]]:
    stop_faults, stop_clients = Event(), Event()
    faults = planned(seed, seconds)
    lanes = [Lane(running, name, [one for one in faults if one.lane == name], stop_faults) for name in LANES]
    clients = [Client(number, seed, running, ledger, stop_clients) for number in range(1, CLIENTS + 1)]
    threads: list[Lane | Client] = [*lanes, *clients]
    began = time.monotonic()
    told_at, told_breaches = began, 0
    try:
        for thread in threads:
            thread.start()
        while time.monotonic() < began + seconds and not any(thread.fault for thread in threads):
            time.sleep(WATCH_AGAIN_SECONDS)
            if not running.on_azures_host:
                invariants.watch(running, ledger)
            if time.monotonic() - told_at > TELL_EVERY_SECONDS:
                told_at = time.monotonic()
                tell(_progress(told_at - began, ledger, lanes))
            for breach in ledger.findings.breaches[told_breaches:]:
                told_breaches += 1
                tell(f"BREACH {breach}\n")
    finally:
        stop_faults.set()
        for lane in lanes:
            lane.join(LAST_WORDS_SECONDS)
        stop_clients.set()
        for client in clients:
            client.join(LAST_WORDS_SECONDS)
    for thread in threads:
        if thread.fault or thread.is_alive():
            raise BrokenRunError(f"{thread.name} broke down: {thread.fault!r}") from thread.fault
    ended = running.ended_by_itself
    if not running.host_runs:
        ended += 1
        running.start_host()
    ledger.findings.check(Rule.ALIVE, ended == 0, "", f"it ended by itself {ended} times")
    return sum(client.deeds for client in clients), lanes


def _progress(elapsed: float, ledger: Ledger, lanes: list[Lane]) -> str:
    findings = ledger.findings
    injected = sum(lane.injected.total() for lane in lanes)
    return (
        f"{elapsed:4.0f} s: {len(ledger.known())} reports, {findings.answers.total()} answers, "
        f"{injected} faults, {len(findings.breaches)} breaches\n"
    )
