"""The decisions about faults: repeatable, in the shares asked for, and refused when they make no sense."""

import re
from collections import Counter
from typing import Any

import pytest

from pokeapi_replica.faults import ERRORS, Decision, Faults, Outcome, Switches


def _decisions(faults: Faults, paths: list[str]) -> dict[str, list[Decision]]:
    decided: dict[str, list[Decision]] = {}
    for path in paths:
        decided.setdefault(path, []).append(faults.decide(path))
    return decided


def test_without_switches_every_request_is_answered_at_once() -> None:
    faults = Faults(Switches())
    assert {faults.decide("/api/v2/pokemon/1/") for _ in range(100)} == {Decision(Outcome.ANSWER, 0)}


def test_the_same_seed_decides_the_same_in_any_order_of_arrival() -> None:
    switches = Switches(seed=3, jitter_ms=50, error_rate=0.2, hang_rate=0.1, garbage_rate=0.2)
    paths = [f"/api/v2/pokemon/{number}/" for number in range(50)] * 4
    assert _decisions(Faults(switches), paths) == _decisions(Faults(switches), sorted(paths))


def test_another_seed_decides_otherwise() -> None:
    paths = [f"/api/v2/pokemon/{number}/" for number in range(50)]
    one, other = (Faults(Switches(seed=seed, error_rate=0.5)) for seed in (0, 1))
    assert _decisions(one, paths) != _decisions(other, paths)


def test_asking_again_can_meet_another_fate() -> None:
    faults = Faults(Switches(error_rate=0.5))
    assert len({faults.decide("/api/v2/pokemon/1/").outcome for _ in range(50)}) == 2


def test_faults_come_in_the_shares_asked_for() -> None:
    faults = Faults(Switches(error_rate=0.3, hang_rate=0.1, garbage_rate=0.2))
    counts = Counter(faults.decide(f"/{number}").outcome for number in range(10_000))
    assert counts[Outcome.ERROR] == pytest.approx(3000, rel=0.1)
    assert counts[Outcome.HANG] == pytest.approx(1000, rel=0.1)
    assert counts[Outcome.BROKEN_JSON] == pytest.approx(1000, rel=0.1)
    assert counts[Outcome.HALF_BODY] == pytest.approx(1000, rel=0.1)


def test_every_kind_of_error_occurs() -> None:
    faults = Faults(Switches(error_rate=1))
    assert {faults.decide(f"/{number}").status for number in range(500)} == set(ERRORS)


def test_waits_lie_between_the_latency_and_the_latency_with_jitter() -> None:
    faults = Faults(Switches(latency_ms=60, jitter_ms=20))
    waits = [faults.decide(f"/{number}").wait for number in range(500)]
    assert min(waits) >= 0.06
    assert max(waits) <= 0.08
    assert max(waits) - min(waits) > 0.015


def test_the_rate_limit_lets_a_seconds_worth_through_and_then_says_when_to_come_back() -> None:
    faults = Faults(Switches(rate_limit=5))
    assert [faults.seconds_to_wait(100.0) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert faults.seconds_to_wait(100.1) == 1
    assert faults.seconds_to_wait(100.2) == 0


def test_a_rate_limit_below_one_per_second_asks_for_longer_waits() -> None:
    faults = Faults(Switches(rate_limit=0.1))
    assert [faults.seconds_to_wait(100.0), faults.seconds_to_wait(100.0)] == [0, 10]
    assert faults.seconds_to_wait(110.0) == 0


def test_giving_a_seed_starts_the_decisions_anew() -> None:
    faults = Faults(Switches(seed=1, error_rate=0.5))
    first = [faults.decide("/api/v2/type/") for _ in range(20)]
    faults.change({"seed": 1})
    assert [faults.decide("/api/v2/type/") for _ in range(20)] == first


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"error_rate": -0.1}, "error_rate must be a number, 0 or more, not -0.1"),
        ({"error_rate": "often"}, "error_rate must be a number, 0 or more, not 'often'"),
        ({"latency_ms": float("nan")}, "latency_ms must be a number, 0 or more, not nan"),
        ({"rate_limit": True}, "rate_limit must be a number, 0 or more, not True"),
        ({"error_rate": 0.7, "hang_rate": 0.7}, "together at most 1"),
        ({"seed": 1.5}, "seed must be a whole number, not 1.5"),
        ({"eror_rate": 0.1}, "no such switch: eror_rate; there are seed, latency_ms"),
    ],
)
def test_a_senseless_switch_is_refused_by_name(values: dict[str, Any], message: str) -> None:
    faults = Faults(Switches(seed=9))
    with pytest.raises(ValueError, match=re.escape(message)):
        faults.change(values)
    assert faults.switches == Switches(seed=9)
