"""Fault decisions are reproducible and follow the configured rates; invalid switches are rejected."""

import re
from collections import Counter
from typing import Any

import pytest

from pokeapi_replica.faults import ERRORS, Decision, FaultInjector, FaultSwitches, Outcome


def _decisions(faults: FaultInjector, paths: list[str]) -> dict[str, list[Decision]]:
    decided: dict[str, list[Decision]] = {}
    for path in paths:
        decided.setdefault(path, []).append(faults.decide(path))
    return decided


def test_without_switches_there_are_no_faults_or_delays() -> None:
    faults = FaultInjector(FaultSwitches())
    assert {faults.decide("/api/v2/pokemon/1/") for _ in range(100)} == {Decision(Outcome.NORMAL, 0)}


def test_the_same_seed_gives_the_same_decisions_in_any_order_of_arrival() -> None:
    switches = FaultSwitches(seed=3, jitter_ms=50, error_rate=0.2, hang_rate=0.1, garbage_rate=0.2)
    paths = [f"/api/v2/pokemon/{number}/" for number in range(50)] * 4
    assert _decisions(FaultInjector(switches), paths) == _decisions(FaultInjector(switches), sorted(paths))


def test_different_seeds_give_different_decisions() -> None:
    paths = [f"/api/v2/pokemon/{number}/" for number in range(50)]
    first, second = (FaultInjector(FaultSwitches(seed=seed, error_rate=0.5)) for seed in (0, 1))
    assert _decisions(first, paths) != _decisions(second, paths)


def test_a_repeated_request_can_get_a_different_outcome() -> None:
    faults = FaultInjector(FaultSwitches(error_rate=0.5))
    assert len({faults.decide("/api/v2/pokemon/1/").outcome for _ in range(50)}) == 2


def test_faults_occur_at_the_configured_rates() -> None:
    faults = FaultInjector(FaultSwitches(error_rate=0.3, hang_rate=0.1, garbage_rate=0.2))
    counts = Counter(faults.decide(f"/{number}").outcome for number in range(10_000))
    assert counts[Outcome.ERROR] == pytest.approx(3000, rel=0.1)
    assert counts[Outcome.HANG] == pytest.approx(1000, rel=0.1)
    assert counts[Outcome.INVALID_JSON] == pytest.approx(1000, rel=0.1)
    assert counts[Outcome.TRUNCATED_BODY] == pytest.approx(1000, rel=0.1)


def test_every_error_status_occurs() -> None:
    faults = FaultInjector(FaultSwitches(error_rate=1))
    assert {faults.decide(f"/{number}").status for number in range(500)} == set(ERRORS)


def test_delays_are_between_the_latency_and_the_latency_plus_jitter() -> None:
    faults = FaultInjector(FaultSwitches(latency_ms=60, jitter_ms=20))
    delays = [faults.decide(f"/{number}").delay_seconds for number in range(500)]
    assert min(delays) >= 0.06
    assert max(delays) <= 0.08
    assert max(delays) - min(delays) > 0.015


def test_the_rate_limit_allows_the_requests_of_one_second_and_then_returns_the_wait() -> None:
    faults = FaultInjector(FaultSwitches(rate_limit=5))
    assert [faults.retry_after(100.0) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert faults.retry_after(100.1) == 1
    assert faults.retry_after(100.2) == 0


def test_a_rate_limit_below_one_per_second_returns_longer_waits() -> None:
    faults = FaultInjector(FaultSwitches(rate_limit=0.1))
    assert [faults.retry_after(100.0), faults.retry_after(100.0)] == [0, 10]
    assert faults.retry_after(110.0) == 0


def test_setting_the_seed_restarts_the_decisions() -> None:
    faults = FaultInjector(FaultSwitches(seed=1, error_rate=0.5))
    first = [faults.decide("/api/v2/type/") for _ in range(20)]
    faults.change({"seed": 1})
    assert [faults.decide("/api/v2/type/") for _ in range(20)] == first


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"error_rate": -0.1}, "error_rate must be a number of at least 0; got -0.1"),
        ({"error_rate": "often"}, "error_rate must be a number of at least 0; got 'often'"),
        ({"latency_ms": float("nan")}, "latency_ms must be a number of at least 0; got nan"),
        ({"rate_limit": True}, "rate_limit must be a number of at least 0; got True"),
        (
            {"error_rate": 0.7, "hang_rate": 0.7},
            "hang_rate, garbage_rate must be at most 1",
        ),
        ({"seed": 1.5}, "seed must be an integer; got 1.5"),
        ({"eror_rate": 0.1}, "unknown switch: eror_rate; the switches are seed, latency_ms"),
    ],
)
def test_an_invalid_switch_is_rejected_with_its_name(values: dict[str, Any], message: str) -> None:
    faults = FaultInjector(FaultSwitches(seed=9))
    with pytest.raises(ValueError, match=re.escape(message)):
        faults.change(values)
    assert faults.switches == FaultSwitches(seed=9)
