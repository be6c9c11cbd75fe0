"""Decide each response's delay and fault.

A decision depends on the seed, the path and query, and the number of earlier requests for them. It does not
depend on time or on the order of requests for different paths, so the same seed and requests get the same
faults. Only the rate limit depends on time; it is applied first and does not affect the decisions.
"""

import dataclasses
import math
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

from pokeapi_replica.hostile import Attack

# Server errors, and statuses that PokéAPI's CDN sometimes returns by mistake.
ERRORS = (500, 502, 503, 504, 403, 404, 429)
RATES = ("error_rate", "hang_rate", "garbage_rate")
AMOUNTS = ("latency_ms", "jitter_ms", "rate_limit", "max_age")


class Outcome(StrEnum):
    """How a request is handled."""

    NORMAL = "normal"
    ERROR = "error"
    HANG = "hang"
    INVALID_JSON = "invalid json"
    TRUNCATED_BODY = "truncated body"


@dataclass(frozen=True, slots=True)
class FaultSwitches:
    """The faults to inject.

    Rates are shares of all requests. `rate_limit` is in requests per second, 0 for none. Every response is
    delayed by `latency_ms` plus up to `jitter_ms`. `missing` are ids of Pokémon that are listed but whose
    documents return 404. `max_age` is that of `Cache-Control`, in seconds. `hostile` maps targets to attacks,
    as `hostile.attack_on` says. Raises ValueError, with the switch's name, for an invalid value.
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
    hostile: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.seed, int) or isinstance(self.seed, bool):
            raise ValueError(f"seed must be an integer; got {self.seed!r}")
        for name in (*RATES, *AMOUNTS):
            value = getattr(self, name)
            if (
                not isinstance(value, int | float)
                or isinstance(value, bool)
                or not math.isfinite(value)
                or value < 0
            ):
                raise ValueError(f"{name} must be a number of at least 0; got {value!r}")
        if not all(isinstance(number, int) and not isinstance(number, bool) for number in self.missing):
            raise ValueError(f"missing must be Pokémon ids (integers); got {self.missing!r}")
        if not isinstance(self.hostile, dict) or not all(
            attack in list(Attack) for attack in self.hostile.values()
        ):
            raise ValueError(
                f"hostile must map targets to attacks ({', '.join(Attack)}); got {self.hostile!r}"
            )
        if sum(getattr(self, name) for name in RATES) > 1 + 1e-9:
            raise ValueError(f"the sum of {', '.join(RATES)} must be at most 1")

    def changed(self, values: dict[str, Any]) -> "FaultSwitches":
        """Return a copy with some values changed. Raises ValueError for unknown names and invalid values."""
        known = [field.name for field in dataclasses.fields(self)]
        unknown = sorted(set(values) - set(known))
        if unknown:
            raise ValueError(f"unknown switch: {', '.join(unknown)}; the switches are {', '.join(known)}")
        if "missing" in values:
            if not isinstance(values["missing"], list):
                raise ValueError(f"missing must be a list of Pokémon ids; got {values['missing']!r}")
            values = {**values, "missing": tuple(values["missing"])}
        return dataclasses.replace(self, **values)


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome, its delay in seconds, and the status if it is an error."""

    outcome: Outcome
    delay_seconds: float
    status: int = 0


class FaultInjector:
    """Makes the decisions while the server runs."""

    def __init__(self, switches: FaultSwitches) -> None:
        self.switches = switches
        self._requests: Counter[str] = Counter()
        self._tokens = max(1.0, switches.rate_limit)
        self._refilled = 0.0

    def change(self, values: dict[str, Any]) -> None:
        """Change switches at run time. Setting the seed restarts the decisions. Raises ValueError."""
        self.switches = self.switches.changed(values)
        if "seed" in values:
            self._requests.clear()
        if "rate_limit" in values:
            self._tokens = max(1.0, self.switches.rate_limit)

    def retry_after(self, now: float) -> int:
        """Return 0 if the rate limit allows a request at `now` (monotonic seconds), else seconds to wait.

        It is a token bucket that holds the tokens of one second.
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
        """Decide the next request for `target` (path and query)."""
        switches = self.switches
        self._requests[target] += 1
        rng = Random(f"{switches.seed} {self._requests[target]} {target}")  # noqa: S311 - reproducible, not secret
        # Always draw the same numbers, so that changing a rate does not change the delays.
        share, kind, jitter = rng.random(), rng.random(), rng.random()
        delay = (switches.latency_ms + switches.jitter_ms * jitter) / 1000
        if share < switches.error_rate:
            return Decision(Outcome.ERROR, delay, ERRORS[int(kind * len(ERRORS))])
        if share < switches.error_rate + switches.hang_rate:
            return Decision(Outcome.HANG, delay)
        if share < switches.error_rate + switches.hang_rate + switches.garbage_rate:
            return Decision(Outcome.INVALID_JSON if kind < 0.5 else Outcome.TRUNCATED_BODY, delay)
        return Decision(Outcome.NORMAL, delay)
