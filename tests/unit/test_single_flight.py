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
        assert list(pool.map(lambda _: flights.do("key", load, timeout=5), range(8))) == [1] * 8


def test_an_error_reaches_every_waiting_call_and_the_next_call_loads_again() -> None:
    flights = SingleFlight()

    def fail() -> int:
        time.sleep(0.2)
        raise OSError("unreachable")

    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(flights.do, "key", fail, timeout=5) for _ in range(4)]
    assert len({call.exception() for call in calls}) == 1
    assert flights.do("key", lambda: "loaded", timeout=5) == "loaded"


def test_a_call_waits_for_the_load_of_another_until_its_timeout() -> None:
    flights = SingleFlight()
    loading, loaded = threading.Event(), threading.Event()

    def load() -> str:
        loading.set()
        loaded.wait(10)
        return "loaded"

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(flights.do, "key", load, timeout=5)
        loading.wait(10)
        with pytest.raises(TimeoutError):
            flights.do("key", load, timeout=0.05)
        loaded.set()
        assert first.result() == "loaded"


def test_different_keys_load_concurrently() -> None:
    flights = SingleFlight()
    together = threading.Barrier(2, timeout=5)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda key: flights.do(key, together.wait, timeout=5), ("a", "b")))


def test_results_are_not_cached() -> None:
    flights = SingleFlight()
    numbers = iter(range(3))
    assert [flights.do("key", lambda: next(numbers), timeout=5) for _ in range(3)] == [0, 1, 2]


def test_an_interrupted_load_releases_its_key() -> None:
    flights = SingleFlight()

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        flights.do("key", interrupted, timeout=5)
    assert flights.do("key", lambda: 1, timeout=5) == 1
