"""The worker runs as many calls concurrently as configured, even if its pool is older than the setting."""

import sys
import threading
from collections.abc import Iterator

import azure_functions_runtime as runtime  # type: ignore[import-untyped]
import pytest

from adapters import worker_threads

CONCURRENT_CALLS = 32
"""`maxConcurrentActivityFunctions` in host.json."""


@pytest.fixture
def cold_start_pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The worker creates its pool before it gets the app's settings."""
    monkeypatch.setenv("PYTHON_THREADPOOL_THREAD_COUNT", "6")
    runtime.start_threadpool_executor()
    monkeypatch.setenv("PYTHON_THREADPOOL_THREAD_COUNT", "64")
    yield
    runtime.stop_threadpool_executor()


@pytest.mark.usefixtures("cold_start_pool")
def test_all_activities_that_the_host_dispatches_run_concurrently() -> None:
    worker_threads.apply_setting()
    together = threading.Barrier(CONCURRENT_CALLS + 1)
    pool = runtime.get_threadpool_executor()
    calls = [pool.submit(together.wait, 10) for _ in range(CONCURRENT_CALLS)]
    together.wait(10)
    assert all(call.exception(10) is None for call in calls)


def test_nothing_happens_without_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "azure_functions_runtime")
    worker_threads.apply_setting()
