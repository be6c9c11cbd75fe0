"""Changes that wait for each other share one write, and each thread gets the outcome of its own."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from adapters.grouped_changes import Decision, GroupedChanges
from domain.errors import StorageUnavailableError

MOST_AT_ONCE = 4


class Numbers:
    """A store of numbers. ``conflicts`` says how many of the next writes another process overtakes."""

    def __init__(self) -> None:
        self.stored: tuple[int, ...] = ()
        self.conflicts = 0
        self.commits: list[tuple[int, ...]] = []
        self.readable = threading.Event()
        self.readable.set()
        self.reading = threading.Event()

    def read(self) -> tuple[int, ...]:
        self.reading.set()
        self.readable.wait(10)
        return self.stored

    def commit(self, read: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
        if self.conflicts:
            self.conflicts -= 1
            self.stored = (*self.stored, -1)
        if read != self.stored:
            return False
        self.commits.append(wanted[len(read) :])
        self.stored = wanted
        return True


def adding(number: int) -> Decision[tuple[int, ...], int]:
    """Returns how many numbers there are then."""
    return lambda numbers: ((*numbers, number), len(numbers) + 1)


def refusing(numbers: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
    raise ValueError(f"there are {len(numbers)} numbers")


@contextmanager
def made_at_once(
    store: Numbers, changes: GroupedChanges[tuple[int, ...]], *decisions: Decision[tuple[int, ...], int]
) -> Iterator[list[Future[int]]]:
    """The first decision is being written while the others start to wait, in their order."""
    store.readable.clear()
    with ThreadPoolExecutor(len(decisions)) as pool:
        made = []
        for number, decision in enumerate(decisions):
            made.append(pool.submit(changes.make, decision))
            store.reading.wait(10)
            while number and len(changes._waiting) < number:
                time.sleep(0.001)
        store.readable.set()
        yield made


def test_changes_that_wait_share_a_write_in_their_order() -> None:
    store = Numbers()
    changes = GroupedChanges(store, most_at_once=MOST_AT_ONCE)
    with made_at_once(store, changes, *(adding(number) for number in range(8))) as made:
        assert [each.result(10) for each in made] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert store.commits == [(0,), (1, 2, 3, 4), (5, 6, 7)]


def test_a_refused_change_fails_alone() -> None:
    store = Numbers()
    changes = GroupedChanges(store, most_at_once=MOST_AT_ONCE)
    with made_at_once(store, changes, adding(0), adding(1), refusing, adding(2)) as made:
        with pytest.raises(ValueError, match="there are 2 numbers"):
            made[2].result(10)
        assert [made[index].result(10) for index in (0, 1, 3)] == [1, 2, 3]
    assert store.commits == [(0,), (1, 2)]


def test_a_group_that_another_process_overtakes_is_decided_again() -> None:
    store = Numbers()
    changes = GroupedChanges(store, most_at_once=MOST_AT_ONCE)
    store.conflicts = 2
    with made_at_once(store, changes, adding(0), adding(1), refusing) as made:
        assert [made[0].result(10), made[1].result(10)] == [3, 4]
        with pytest.raises(ValueError, match="there are 4 numbers"):
            made[2].result(10)
    assert store.stored == (-1, -1, 0, 1)


def test_every_change_of_a_group_that_cannot_be_written_fails_and_the_next_one_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = Numbers()
    changes = GroupedChanges(store, most_at_once=MOST_AT_ONCE)
    monkeypatch.setattr("adapters.grouped_changes.MAX_CONFLICTS", 3)
    store.conflicts = 6
    with made_at_once(store, changes, adding(0), adding(1), adding(2)) as made:
        for each in made:
            with pytest.raises(StorageUnavailableError, match="changed 3 times"):
                each.result(10)
    assert changes.make(adding(3)) == 7


def test_no_change_is_lost_or_made_twice_when_many_threads_make_them() -> None:
    store = Numbers()
    changes = GroupedChanges(store, most_at_once=MOST_AT_ONCE)
    with ThreadPoolExecutor(16) as pool:
        counts = list(pool.map(lambda number: changes.make(adding(number)), range(500)))
    assert sorted(store.stored) == list(range(500))
    assert all(store.stored[count - 1] == number for number, count in enumerate(counts))
