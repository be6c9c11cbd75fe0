"""Retries, on a clock that advances only by sleeping."""

import pytest

from cli.errors import UnreachableError
from cli.retry_policy import RetryableError, RetryPolicy


class Clock:
    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


class Attempt:
    """Raises each failure in turn, then returns "done"."""

    def __init__(self, *failures: RetryableError) -> None:
        self.failures = list(failures)
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        if self.failures:
            raise self.failures.pop(0)
        return "done"


def failure(retry_after_seconds: float = 0) -> RetryableError:
    return RetryableError(UnreachableError("Cannot reach it."), retry_after_seconds=retry_after_seconds)


def run(attempt: Attempt, clock: Clock, *, timeout_seconds: float = 60) -> list[str]:
    """The messages printed until the attempt succeeds."""
    messages: list[str] = []
    policy = RetryPolicy(timeout_seconds, messages.append, clock=lambda: clock.now, sleep=clock.sleep)
    assert policy.run(attempt) == "done"
    return messages


def test_a_first_attempt_that_succeeds_is_silent_and_not_repeated() -> None:
    attempt, clock = Attempt(), Clock()

    assert run(attempt, clock) == []
    assert clock.pauses == []
    assert attempt.count == 1


def test_the_backoff_doubles_up_to_its_maximum() -> None:
    clock = Clock()
    run(Attempt(*[failure()] * 7), clock)

    assert clock.pauses == [0.5, 1, 2, 4, 8, 10, 10]


def test_the_first_failure_and_the_recovery_are_printed_once() -> None:
    messages = run(Attempt(*[failure()] * 3), Clock())

    assert messages == ["Cannot reach it. Retrying for up to 60 s.", "The server is available again."]


def test_a_pause_is_at_least_the_retry_after_of_the_server() -> None:
    clock = Clock()
    run(Attempt(failure(retry_after_seconds=7), failure()), clock)

    assert clock.pauses == [7, 1]


def test_retries_stop_exactly_at_the_timeout() -> None:
    clock = Clock()

    with pytest.raises(UnreachableError, match="Cannot reach it"):
        run(Attempt(*[failure()] * 100), clock, timeout_seconds=5)
    assert clock.now == 5


def test_a_retry_after_beyond_the_timeout_fails_at_once() -> None:
    clock = Clock()

    with pytest.raises(UnreachableError):
        run(Attempt(failure(retry_after_seconds=61)), clock)
    assert clock.pauses == []


def test_a_timeout_of_0_allows_a_single_attempt() -> None:
    attempt = Attempt(failure())

    with pytest.raises(UnreachableError):
        run(attempt, Clock(), timeout_seconds=0)
    assert attempt.count == 1


def test_other_errors_are_not_retried() -> None:
    def raise_bug() -> str:
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        RetryPolicy(60, lambda _: None, sleep=lambda _: pytest.fail("slept")).run(raise_bug)
