"""Lets threads that want the same thing at the same time have it brought once, for all of them."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any


class SingleFlight:
    """Keeps nothing: who comes after a flight has ended starts the next."""

    def __init__(self) -> None:
        self._under_way: dict[Hashable, Future[Any]] = {}
        self._lock = Lock()

    def join[T](self, key: Hashable, bring: Callable[[], T]) -> T:
        """What ``bring`` returns or raises, be it this caller's or that of one who came before."""
        with self._lock:
            flight = self._under_way.get(key)
            if flight is None:
                mine = self._under_way[key] = Future()
        if flight is not None:
            joined: T = flight.result()
            return joined
        try:
            brought = bring()
        except BaseException as fault:
            self._land(key)
            mine.set_exception(fault)
            raise
        self._land(key)
        mine.set_result(brought)
        return brought

    def _land(self, key: Hashable) -> None:
        with self._lock:
            del self._under_way[key]
