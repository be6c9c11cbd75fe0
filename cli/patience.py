"""Trying again: how often, how long, and what the user is told meanwhile."""

import time
from collections.abc import Callable

from .faults import PokeError

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0


class TroubleError(Exception):
    """An attempt that may go better later; ``fault`` is what it comes to when it never does.

    ``retry_after`` is how many seconds the server asked to be left alone; ``may_have_acted`` whether it may
    have done what was asked, although no answer says so.
    """

    def __init__(self, fault: PokeError, *, retry_after: float = 0, may_have_acted: bool = True) -> None:
        super().__init__(str(fault))
        self.fault = fault
        self.retry_after = retry_after
        self.may_have_acted = may_have_acted


class Patience:
    """``seconds`` are counted from the first failed attempt of a row; 0 tries once."""

    def __init__(
        self,
        seconds: float,
        say: Callable[[str], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds = seconds
        self._say = say
        self._clock = clock
        self._sleep = sleep

    def persist[T](self, attempt: Callable[[], T]) -> T:
        """What ``attempt`` returns, as soon as it raises no TroubleError; then its fault is raised.

        Pauses double. A server's ``Retry-After`` is never undercut: where it is longer than the patience
        that is left, there is no point in waiting for less.
        """
        deadline: float | None = None
        backoff = FIRST_PAUSE_SECONDS
        while True:
            try:
                result = attempt()
            except TroubleError as trouble:
                now = self._clock()
                in_trouble_before = deadline is not None
                deadline = now + self._seconds if deadline is None else deadline
                left = deadline - now
                pause = max(trouble.retry_after, min(backoff, left))
                if left <= 0 or pause > left:
                    raise trouble.fault from trouble
                if not in_trouble_before:
                    self._say(f"{trouble.fault} Trying again for up to {self._seconds:g} s.")
                self._sleep(pause)
                backoff = min(backoff * 2, LONGEST_PAUSE_SECONDS)
            else:
                if deadline is not None:
                    self._say("The server answers again.")
                return result
