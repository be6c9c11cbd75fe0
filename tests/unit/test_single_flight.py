import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from adapters.single_flight import SingleFlight


def test_who_comes_while_a_flight_is_under_way_gets_what_it_brings() -> None:
    flights = SingleFlight()
    brought = []

    def bring() -> int:
        time.sleep(0.2)
        brought.append(1)
        return len(brought)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: flights.join("key", bring), range(8))) == [1] * 8


def test_a_fault_reaches_everyone_who_waited_and_the_next_flight_starts_anew() -> None:
    flights = SingleFlight()

    def fail() -> int:
        time.sleep(0.2)
        raise OSError("away")

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(flights.join, "key", fail) for _ in range(4)]
    assert len({one.exception() for one in waiting}) == 1
    assert flights.join("key", lambda: "back") == "back"


def test_flights_of_different_keys_do_not_wait_for_each_other() -> None:
    flights = SingleFlight()
    together = threading.Barrier(2, timeout=5)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda key: flights.join(key, together.wait), ("one", "other")))


def test_nothing_is_kept_of_a_flight_that_has_ended() -> None:
    flights = SingleFlight()
    numbers = iter(range(3))
    assert [flights.join("key", lambda: next(numbers)) for _ in range(3)] == [0, 1, 2]


def test_a_flight_that_is_broken_off_leaves_the_key_free() -> None:
    flights = SingleFlight()

    def broken_off() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        flights.join("key", broken_off)
    assert flights.join("key", lambda: 1) == 1
