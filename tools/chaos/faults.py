"""Plan and inject faults. Three lanes of faults, drawn from the seed, run in parallel."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from threading import Event, Thread
from typing import Any

from tools.chaos.servers_under_test import ServersUnderTest

LANES = HOST, STORAGE, POKEAPI = "the host", "the storage", "PokéAPI"
NO_FAULTS_AT_THE_END_SECONDS = 3
NO_KILLS_AT_THE_END_SECONDS = 15
LONG_OUTAGE_FROM_SECONDS = 300
"""Runs of at least this length have one storage outage of most of a minute."""


@dataclass(frozen=True)
class Fault:
    """``starts_at`` is in seconds from the start of the run, ``duration`` in seconds."""

    lane: str
    name: str
    starts_at: float
    duration: float
    switches: Mapping[str, Any] = field(default_factory=dict)


def plan_faults(seed: int, seconds: float) -> list[Fault]:
    """Plan the faults of a run. The same seed and length produce the same plan."""
    lanes = {HOST: _host_faults, STORAGE: _storage_faults, POKEAPI: _pokeapi_faults}
    ends = dict.fromkeys(lanes, seconds - NO_FAULTS_AT_THE_END_SECONDS)
    # Reports that a killed host accepted halfway are cleaned up after a minute, which includes this pause.
    ends[HOST] = max(ends[STORAGE] / 2, seconds - NO_KILLS_AT_THE_END_SECONDS)
    faults = []
    for lane, generate in lanes.items():
        for fault in generate(Random(f"{seed} {lane}"), seconds):  # noqa: S311 - reproducible, not secret
            if fault.starts_at + fault.duration > ends[lane]:
                break
            faults.append(fault)
    return faults


def _host_faults(draw: Random, seconds: float) -> Iterator[Fault]:  # noqa: ARG001 - same signature as others
    now = 0.0
    while True:
        # Uptimes that are too short for any report, and uptimes in which some reports end.
        now += draw.choice((draw.uniform(1, 4), draw.uniform(7, 18)))
        duration = draw.choice((0, 0, 0.5, 2))
        yield Fault(HOST, "host killed and restarted", now, duration)
        now += duration


def _storage_faults(draw: Random, seconds: float) -> Iterator[Fault]:
    now = 0.0
    long_outage_at = seconds * draw.uniform(0.2, 0.6) if seconds >= LONG_OUTAGE_FROM_SECONDS else seconds
    while True:
        now += draw.uniform(6, 18)
        duration = draw.uniform(0.5, 7)
        if now >= long_outage_at:
            duration, long_outage_at = draw.uniform(45, 60), seconds
        yield Fault(STORAGE, "storage stopped and restarted", now, duration)
        now += duration


def _pokeapi_faults(draw: Random, seconds: float) -> Iterator[Fault]:  # noqa: ARG001 - same signature as others
    kinds: list[tuple[str, Callable[[], dict[str, Any]]]] = [
        ("PokéAPI returns errors", lambda: {"error_rate": draw.uniform(0.1, 0.6)}),
        ("PokéAPI hangs", lambda: {"hang_rate": draw.uniform(0.02, 0.2)}),
        ("PokéAPI returns invalid responses", lambda: {"garbage_rate": draw.uniform(0.1, 0.6)}),
        ("PokéAPI limits the rate", lambda: {"rate_limit": draw.uniform(5, 60)}),
        ("PokéAPI is slow", lambda: {"latency_ms": draw.uniform(100, 800), "jitter_ms": 300}),
        ("PokéAPI lacks Pokémon", lambda: {"missing": draw.sample(range(1, 1026), 300)}),
    ]
    draw.shuffle(kinds)
    now = 0.0
    for name, switches in cycle(kinds):
        now += draw.uniform(1, 6)
        duration = draw.uniform(1.5, 6)
        yield Fault(POKEAPI, name, now, duration, {"seed": draw.randrange(1000), **switches()})
        now += duration


class Lane(Thread):
    """Injects the faults of one lane in sequence; each is undone before the next."""

    def __init__(self, servers: ServersUnderTest, name: str, faults: list[Fault], stop: Event) -> None:
        super().__init__(name=f"fault lane of {name}", daemon=True)
        self._servers = servers
        self._faults = faults
        self._stop_requested = stop
        self.injected: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.error: Exception | None = None
        """Why a fault could not be injected or undone, which aborts the run."""

    def run(self) -> None:
        started_at = time.monotonic()
        try:
            for fault in self._faults:
                if self._stop_requested.wait(max(0, started_at + fault.starts_at - time.monotonic())):
                    return
                self._inject(fault)
        except Exception as error:  # noqa: BLE001 - the run reports it
            self.error = error

    def _inject(self, fault: Fault) -> None:
        inject, undo = {
            HOST: (self._servers.kill_host, self._servers.start_host),
            STORAGE: (self._servers.stop_storage, self._servers.start_storage),
            POKEAPI: (
                lambda: self._servers.set_pokeapi_faults(fault.switches),
                self._servers.clear_pokeapi_faults,
            ),
        }[fault.lane]
        started_at = time.monotonic()
        inject()
        self._stop_requested.wait(fault.duration)
        undo()
        self.injected[fault.name] += 1
        self.seconds[fault.name] += time.monotonic() - started_at


def count_and_seconds(lanes: list[Lane]) -> dict[str, tuple[int, float]]:
    """Return how often each fault was injected, and its total duration in seconds."""
    return {
        name: (count, lane.seconds[name]) for lane in lanes for name, count in sorted(lane.injected.items())
    }
