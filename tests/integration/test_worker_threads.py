"""The worker runs as many calls at once as the setting says, however early its thread pool was made."""

import sys
import threading
from collections.abc import Iterator

import azure_functions_runtime as runtime  # type: ignore[import-untyped]
import pytest

from adapters import worker_threads

AT_ONCE = 32
"""`maxConcurrentActivityFunctions` in host.json."""


@pytest.fixture
def pool_of_a_cold_start(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pool is there before the app's settings are."""
    monkeypatch.setenv("PYTHON_THREADPOOL_THREAD_COUNT", "6")
    runtime.start_threadpool_executor()
    monkeypatch.setenv("PYTHON_THREADPOOL_THREAD_COUNT", "64")
    yield
    runtime.stop_threadpool_executor()


@pytest.mark.usefixtures("pool_of_a_cold_start")
def test_all_activities_that_the_host_sends_run_at_once() -> None:
    worker_threads.apply_setting()
    together = threading.Barrier(AT_ONCE + 1)
    pool = runtime.get_threadpool_executor()
    calls = [pool.submit(together.wait, 10) for _ in range(AT_ONCE)]
    together.wait(10)
    assert all(call.exception(10) is None for call in calls)


def test_without_a_worker_there_is_nothing_to_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "azure_functions_runtime")
    worker_threads.apply_setting()
