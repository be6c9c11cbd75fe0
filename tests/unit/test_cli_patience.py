"""Trying again, on a clock that only sleeping moves."""

import pytest

from cli.faults import UnreachableError
from cli.patience import Patience, TroubleError


class Clock:
    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Attempt:
    """Fails with each trouble in turn, then returns "done"."""

    def __init__(self, *troubles: TroubleError) -> None:
        self.troubles = list(troubles)
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        if self.troubles:
            raise self.troubles.pop(0)
        return "done"


def trouble(retry_after: float = 0) -> TroubleError:
    return TroubleError(UnreachableError("It is away."), retry_after=retry_after)


def persist(attempt: Attempt, *, seconds: float = 60) -> tuple[list[float], list[str]]:
    """What was slept and said until the attempt was done."""
    clock, said = Clock(), list[str]()
    patience = Patience(seconds, said.append, clock=lambda: clock.now, sleep=clock.sleep)
    assert patience.persist(attempt) == "done"
    return clock.slept, said


def test_what_works_at_once_is_done_once_and_nothing_is_said() -> None:
    attempt = Attempt()

    assert persist(attempt) == ([], [])
    assert attempt.count == 1


def test_pauses_double_up_to_the_longest() -> None:
    slept, _ = persist(Attempt(*[trouble()] * 7))

    assert slept == [0.5, 1, 2, 4, 8, 10, 10]


def test_the_user_is_told_once_that_it_is_away_and_once_that_it_is_back() -> None:
    _, said = persist(Attempt(*[trouble()] * 3))

    assert said == ["It is away. Trying again for up to 60 s.", "The server answers again."]


def test_a_retry_after_is_never_undercut() -> None:
    slept, _ = persist(Attempt(trouble(retry_after=7), trouble()))

    assert slept == [7, 1]


def test_it_gives_up_when_the_patience_is_over_having_used_all_of_it() -> None:
    attempt, clock = Attempt(*[trouble()] * 100), Clock()

    with pytest.raises(UnreachableError, match="It is away"):
        Patience(5, lambda _: None, clock=lambda: clock.now, sleep=clock.sleep).persist(attempt)
    assert clock.now == 5


def test_a_retry_after_beyond_the_patience_is_not_waited_for() -> None:
    attempt, clock = Attempt(trouble(retry_after=61)), Clock()

    with pytest.raises(UnreachableError):
        Patience(60, lambda _: None, clock=lambda: clock.now, sleep=clock.sleep).persist(attempt)
    assert clock.slept == []


def test_no_patience_tries_once() -> None:
    attempt = Attempt(trouble())

    with pytest.raises(UnreachableError):
        persist(attempt, seconds=0)
    assert attempt.count == 1


def test_other_faults_pass_at_once() -> None:
    def broken() -> str:
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        Patience(60, lambda _: None, sleep=lambda _: pytest.fail("slept")).persist(broken)
