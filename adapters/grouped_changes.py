"""Merges the changes that the threads of a process want to make at the same time into one write."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol

from domain.errors import StorageUnavailableError

MAX_CONFLICTS = 20

type Decision[State, Result] = Callable[[State], tuple[State, Result]]
"""Returns the wanted state, and the result for the caller. It is called again after a conflict."""


@dataclass(frozen=True)
class _Change[State]:
    decide: Decision[State, Any]
    result: Future[Any] = field(default_factory=Future)


class Store[State](Protocol):
    def read(self) -> State: ...

    def commit(self, read: State, wanted: State) -> bool:
        """Returns False, and changes nothing, if another process changed the state since it was read."""


class GroupedChanges[State]:
    """Changes the state in a store. At most ``most_at_once`` changes are in one write."""

    def __init__(self, store: Store[State], *, most_at_once: int) -> None:
        self._store = store
        self._most_at_once = most_at_once
        self._waiting: deque[_Change[State]] = deque()
        self._one_write_at_a_time = Lock()

    def make[Result](self, decide: Decision[State, Result]) -> Result:
        """Change the state, and return the decision's result. The thread whose turn it is writes the changes
        of all threads that wait, in their order.

        Raises what ``decide`` raises, which then changes nothing, and what reading and writing raise, such as
        StorageUnavailableError after MAX_CONFLICTS conflicts.
        """
        change = _Change(decide)
        self._waiting.append(change)
        with self._one_write_at_a_time:
            while not change.result.done():
                self._write(self._next_group())
        result: Result = change.result.result()
        return result

    def _next_group(self) -> list[_Change[State]]:
        return [self._waiting.popleft() for _ in range(min(len(self._waiting), self._most_at_once))]

    def _write(self, group: list[_Change[State]]) -> None:
        try:
            outcomes = self._decide_and_commit(group)
        except BaseException as error:  # noqa: BLE001 - every thread of the group raises it
            outcomes = [error] * len(group)
        for change, outcome in zip(group, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                change.result.set_exception(outcome)
            else:
                change.result.set_result(outcome)

    def _decide_and_commit(self, group: list[_Change[State]]) -> list[Any]:
        """Returns the result of each change, or what its decision raised."""
        for _ in range(MAX_CONFLICTS):
            read = self._store.read()
            wanted, outcomes = read, list[Any]()
            for change in group:
                try:
                    wanted, outcome = change.decide(wanted)
                except Exception as error:  # noqa: BLE001 - the thread of this change raises it
                    outcome = error
                outcomes.append(outcome)
            if self._store.commit(read, wanted):
                return outcomes
        raise StorageUnavailableError(f"The stored state changed {MAX_CONFLICTS} times in a row.")
