"""Lets a request to create a report run before activities, which share its Python interpreter.

Each storage call of a request gives up the interpreter's lock. If 32 activities run, it waits for all of them
until it gets the lock back. While such a request is handled, activities pause before their next step.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

LONGEST_PAUSE_SECONDS = 0.05
"""Of one step. However many requests there are, activities continue."""

_changed = Condition()
_requests = 0


@contextmanager
def requests_first() -> Iterator[None]:
    """Pause the activities of this process for the length of the block."""
    global _requests
    with _changed:
        _requests += 1
    try:
        yield
    finally:
        with _changed:
            _requests -= 1
            if not _requests:
                _changed.notify_all()


def pause_for_requests() -> None:
    """Wait until no request is handled, at most LONGEST_PAUSE_SECONDS. For activities only."""
    if _requests:
        with _changed:
            _changed.wait_for(lambda: not _requests, LONGEST_PAUSE_SECONDS)
