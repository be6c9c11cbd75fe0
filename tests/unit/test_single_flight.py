import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from adapters.single_flight import SingleFlight


def test_concurrent_calls_share_one_load() -> None:
    flights = SingleFlight()
    loads = []

    def load() -> int:
        time.sleep(0.2)
        loads.append(1)
        return len(loads)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: flights.do("key", load), range(8))) == [1] * 8


def test_an_error_reaches_every_waiting_call_and_the_next_call_loads_again() -> None:
    flights = SingleFlight()

    def fail() -> int:
        time.sleep(0.2)
        raise OSError("unreachable")

    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(flights.do, "key", fail) for _ in range(4)]
    assert len({call.exception() for call in calls}) == 1
    assert flights.do("key", lambda: "loaded") == "loaded"


def test_different_keys_load_concurrently() -> None:
    flights = SingleFlight()
    together = threading.Barrier(2, timeout=5)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda key: flights.do(key, together.wait), ("a", "b")))


def test_results_are_not_cached() -> None:
    flights = SingleFlight()
    numbers = iter(range(3))
    assert [flights.do("key", lambda: next(numbers)) for _ in range(3)] == [0, 1, 2]


def test_an_interrupted_load_releases_its_key() -> None:
    flights = SingleFlight()

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        flights.do("key", interrupted)
    assert flights.do("key", lambda: 1) == 1
