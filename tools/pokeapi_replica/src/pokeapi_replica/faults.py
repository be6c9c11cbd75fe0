"""Decides what a request meets: how long it waits, and whether it is answered, refused, broken or left
hanging.

A decision depends on the seed, on the request's path and query, and on how often that path has been asked
before: never on time or on the order in which requests of different paths arrive. A run with the same seed
and the same requests therefore meets the same faults. Only the rate limit depends on time, so it decides
first and leaves no trace here.
"""

import dataclasses
import math
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

# The server's own failures, and what PokéAPI's edge answers wrongly now and then.
ERRORS = (500, 502, 503, 504, 403, 404, 429)
RATES = ("error_rate", "hang_rate", "garbage_rate")
AMOUNTS = ("latency_ms", "jitter_ms", "rate_limit", "max_age")


class Outcome(StrEnum):
    """What becomes of a request."""

    ANSWER = "answer"
    ERROR = "error"
    HANG = "hang"
    BROKEN_JSON = "broken json"
    HALF_BODY = "half body"


@dataclass(frozen=True, slots=True)
class Switches:
    """The faults to make. Rates are shares of all requests; `rate_limit` is requests per second, 0 for none.

    Every answer waits `latency_ms` and up to `jitter_ms` more. `missing` are ids of Pokémon whose documents
    are not there, as if PokéAPI listed them and had lost them. Answers may be kept for
    `max_age` seconds. Raises ValueError, naming the switch, for values that make no sense.
    """

    seed: int = 0
    latency_ms: float = 0
    jitter_ms: float = 0
    error_rate: float = 0
    rate_limit: float = 0
    hang_rate: float = 0
    garbage_rate: float = 0
    missing: tuple[int, ...] = ()
    max_age: float = 86_400

    def __post_init__(self) -> None:
        if not isinstance(self.seed, int) or isinstance(self.seed, bool):
            raise ValueError(f"seed must be a whole number, not {self.seed!r}")
        for name in (*RATES, *AMOUNTS):
            value = getattr(self, name)
            if (
                not isinstance(value, int | float)
                or isinstance(value, bool)
                or not math.isfinite(value)
                or value < 0
            ):
                raise ValueError(f"{name} must be a number, 0 or more, not {value!r}")
        if not all(isinstance(number, int) and not isinstance(number, bool) for number in self.missing):
            raise ValueError(f"missing must be ids of Pokémon, whole numbers, not {self.missing!r}")
        if sum(getattr(self, name) for name in RATES) > 1 + 1e-9:
            raise ValueError(f"{', '.join(RATES)} are shares of all requests: together at most 1")

    def changed(self, values: dict[str, Any]) -> "Switches":
        """These switches with some values changed. Raises ValueError for unknown names and bad values."""
        known = [field.name for field in dataclasses.fields(self)]
        unknown = sorted(set(values) - set(known))
        if unknown:
            raise ValueError(f"no such switch: {', '.join(unknown)}; there are {', '.join(known)}")
        if "missing" in values:
            if not isinstance(values["missing"], list):
                raise ValueError(f"missing must be a list of ids of Pokémon, not {values['missing']!r}")
            values = {**values, "missing": tuple(values["missing"])}
        return dataclasses.replace(self, **values)


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome, the seconds to wait before it, and the status where it is an error."""

    outcome: Outcome
    wait: float
    status: int = 0


class Faults:
    """The decisions for one run of the server."""

    def __init__(self, switches: Switches) -> None:
        self.switches = switches
        self._asked: Counter[str] = Counter()
        self._tokens = max(1.0, switches.rate_limit)
        self._refilled = 0.0

    def change(self, values: dict[str, Any]) -> None:
        """Change switches while running. Giving a seed starts the decisions anew. Raises ValueError."""
        self.switches = self.switches.changed(values)
        if "seed" in values:
            self._asked.clear()
        if "rate_limit" in values:
            self._tokens = max(1.0, self.switches.rate_limit)

    def seconds_to_wait(self, now: float) -> int:
        """0 when the rate limit lets a request through at `now` (monotonic seconds), else when to try again.

        A token bucket that holds one second's worth of requests.
        """
        rate = self.switches.rate_limit
        if rate == 0:
            return 0
        self._tokens = min(max(1.0, rate), self._tokens + (now - self._refilled) * rate)
        self._refilled = now
        if self._tokens < 1:
            return math.ceil((1 - self._tokens) / rate)
        self._tokens -= 1
        return 0

    def decide(self, target: str) -> Decision:
        """The decision for the next request of `target` (path and query)."""
        switches = self.switches
        self._asked[target] += 1
        rng = Random(f"{switches.seed} {self._asked[target]} {target}")  # noqa: S311  (no secret)
        # The same numbers are drawn whatever the rates are: changing a rate leaves the waits as they were.
        share, kind, jitter = rng.random(), rng.random(), rng.random()
        wait = (switches.latency_ms + switches.jitter_ms * jitter) / 1000
        if share < switches.error_rate:
            return Decision(Outcome.ERROR, wait, ERRORS[int(kind * len(ERRORS))])
        if share < switches.error_rate + switches.hang_rate:
            return Decision(Outcome.HANG, wait)
        if share < switches.error_rate + switches.hang_rate + switches.garbage_rate:
            return Decision(Outcome.BROKEN_JSON if kind < 0.5 else Outcome.HALF_BODY, wait)
        return Decision(Outcome.ANSWER, wait)
