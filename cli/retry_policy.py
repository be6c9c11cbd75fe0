"""Retries of failed requests, with exponential backoff."""

import time
from collections.abc import Callable

from .errors import PokeError

FIRST_BACKOFF_SECONDS = 0.5
MAX_BACKOFF_SECONDS = 10.0


class RetryableError(Exception):
    """A failed attempt that may succeed later.

    ``error`` is raised when no retry succeeds. ``retry_after_seconds`` is the server's ``Retry-After``, or 0.
    """

    def __init__(self, error: PokeError, *, retry_after_seconds: float = 0) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry_after_seconds = retry_after_seconds


class RetryPolicy:
    """Retries for ``timeout_seconds`` from the first failed attempt. With 0 there is a single attempt."""

    def __init__(
        self,
        timeout_seconds: float,
        print_message: Callable[[str], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._timeout_seconds = timeout_seconds
        self._print_message = print_message
        self._clock = clock
        self._sleep = sleep

    def run[T](self, attempt: Callable[[], T]) -> T:
        """Call ``attempt`` until it raises no RetryableError, and return its result.

        The backoff doubles, but is never shorter than the server's ``Retry-After``. Raises the ``error`` of
        the last RetryableError at the timeout, or earlier if ``Retry-After`` is longer than the time left.
        """
        deadline: float | None = None
        backoff = FIRST_BACKOFF_SECONDS
        while True:
            try:
                result = attempt()
            except RetryableError as failure:
                now = self._clock()
                is_first_failure = deadline is None
                deadline = now + self._timeout_seconds if deadline is None else deadline
                seconds_left = deadline - now
                pause = max(failure.retry_after_seconds, min(backoff, seconds_left))
                if seconds_left <= 0 or pause > seconds_left:
                    raise failure.error from failure
                if is_first_failure:
                    self._print_message(f"{failure.error} Retrying for up to {self._timeout_seconds:g} s.")
                self._sleep(pause)
                backoff = min(backoff * 2, MAX_BACKOFF_SECONDS)
            else:
                if deadline is not None:
                    self._print_message("The server is available again.")
                return result
