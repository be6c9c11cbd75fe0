"""What is injected and when: three lanes of faults, drawn from the seed, that overlap as they like."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from threading import Event, Thread
from typing import Any

from tools.chaos.system import System

LANES = HOST, STORAGE, POKEAPI = "the host", "the storage", "PokéAPI"
CALM_AT_THE_END_SECONDS = 3
NO_KILLS_AT_THE_END_SECONDS = 15
A_MINUTE_AWAY_FROM = 300
"""Runs of at least so many seconds have the storage away for most of a minute once."""


@dataclass(frozen=True)
class Fault:
    """``begins`` is in seconds from the start of the run; ``lasts`` in seconds."""

    lane: str
    name: str
    begins: float
    lasts: float
    switches: Mapping[str, Any] = field(default_factory=dict)


def planned(seed: int, seconds: float) -> list[Fault]:
    """The faults of a run; the same seed and length plan the same ones."""
    lanes = {HOST: _host, STORAGE: _storage, POKEAPI: _pokeapi}
    ends = dict.fromkeys(lanes, seconds - CALM_AT_THE_END_SECONDS)
    # What a killed host leaves half accepted takes a minute to go, of which this is a part.
    ends[HOST] = max(ends[STORAGE] / 2, seconds - NO_KILLS_AT_THE_END_SECONDS)
    faults = []
    for lane, draws in lanes.items():
        for fault in draws(Random(f"{seed} {lane}"), seconds):  # noqa: S311 - reproducible, not secret
            if fault.begins + fault.lasts > ends[lane]:
                break
            faults.append(fault)
    return faults


def _host(draw: Random, seconds: float) -> Iterator[Fault]:  # noqa: ARG001 - as the other lanes
    now = 0.0
    while True:
        # Lives too short for any report, and lives in which some are finished.
        now += draw.choice((draw.uniform(1, 4), draw.uniform(7, 18)))
        lasts = draw.choice((0, 0, 0.5, 2))
        yield Fault(HOST, "host killed and restarted", now, lasts)
        now += lasts


def _storage(draw: Random, seconds: float) -> Iterator[Fault]:
    now = 0.0
    long_one = seconds * draw.uniform(0.2, 0.6) if seconds >= A_MINUTE_AWAY_FROM else seconds
    while True:
        now += draw.uniform(6, 18)
        lasts = draw.uniform(0.5, 7)
        if now >= long_one:
            lasts, long_one = draw.uniform(45, 60), seconds
        yield Fault(STORAGE, "storage stopped and started", now, lasts)
        now += lasts


def _pokeapi(draw: Random, seconds: float) -> Iterator[Fault]:  # noqa: ARG001 - as the other lanes
    ways: list[tuple[str, Callable[[], dict[str, Any]]]] = [
        ("PokéAPI answers errors", lambda: {"error_rate": draw.uniform(0.1, 0.6)}),
        ("PokéAPI hangs", lambda: {"hang_rate": draw.uniform(0.02, 0.2)}),
        ("PokéAPI answers garbage", lambda: {"garbage_rate": draw.uniform(0.1, 0.6)}),
        ("PokéAPI limits the rate", lambda: {"rate_limit": draw.uniform(5, 60)}),
        ("PokéAPI is slow", lambda: {"latency_ms": draw.uniform(100, 800), "jitter_ms": 300}),
        ("PokéAPI lacks Pokémon", lambda: {"missing": draw.sample(range(1, 1026), 300)}),
    ]
    draw.shuffle(ways)
    now = 0.0
    for name, switches in cycle(ways):
        now += draw.uniform(1, 6)
        lasts = draw.uniform(1.5, 6)
        yield Fault(POKEAPI, name, now, lasts, {"seed": draw.randrange(1000), **switches()})
        now += lasts


class Lane(Thread):
    """Injects the faults of one lane, one after the other, each undone before the next."""

    def __init__(self, system: System, name: str, faults: list[Fault], stop: Event) -> None:
        super().__init__(name=f"the lane of {name}", daemon=True)
        self._system = system
        self._faults = faults
        self._stop_asked = stop
        self.injected: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.fault: Exception | None = None
        """Why a fault could not be injected or undone, which ends the run."""

    def run(self) -> None:
        began = time.monotonic()
        try:
            for fault in self._faults:
                if self._stop_asked.wait(max(0, began + fault.begins - time.monotonic())):
                    return
                self._inject(fault)
        except Exception as broken:  # noqa: BLE001 - the run tells of it
            self.fault = broken

    def _inject(self, fault: Fault) -> None:
        begin, end = {
            HOST: (self._system.kill_host, self._system.start_host),
            STORAGE: (self._system.stop_storage, self._system.start_storage),
            POKEAPI: (lambda: self._system.misbehave(fault.switches), self._system.behave),
        }[fault.lane]
        began = time.monotonic()
        begin()
        self._stop_asked.wait(fault.lasts)
        end()
        self.injected[fault.name] += 1
        self.seconds[fault.name] += time.monotonic() - began


def seconds_and_times(lanes: list[Lane]) -> dict[str, tuple[int, float]]:
    """How often each fault was injected, and how long it lasted in all."""
    return {
        name: (times, lane.seconds[name]) for lane in lanes for name, times in sorted(lane.injected.items())
    }
