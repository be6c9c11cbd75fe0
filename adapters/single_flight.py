"""Shares one load of a key among the threads that ask for it at the same time."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any


class SingleFlight:
    """Runs one load per key at a time. It caches nothing: a call after the load has ended loads again."""

    def __init__(self) -> None:
        self._loads: dict[Hashable, Future[Any]] = {}
        self._lock = Lock()

    def do[T](self, key: Hashable, load: Callable[[], T], *, timeout: float) -> T:
        """Return what ``load`` returns, or raise what it raises. While another thread loads the same key,
        wait for its result instead. Raises TimeoutError after ``timeout`` seconds of waiting."""
        with self._lock:
            running = self._loads.get(key)
            if running is None:
                own = self._loads[key] = Future()
        if running is not None:
            shared: T = running.result(timeout)
            return shared
        try:
            value = load()
        except BaseException as error:
            self._release(key)
            own.set_exception(error)
            raise
        self._release(key)
        own.set_result(value)
        return value

    def _release(self, key: Hashable) -> None:
        with self._lock:
            del self._loads[key]
