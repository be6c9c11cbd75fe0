"""Sizes the thread pool of the Functions worker that this process runs in."""

import sys


def apply_setting() -> None:
    """Make the worker's pool anew, as PYTHON_THREADPOOL_THREAD_COUNT says by now.

    On Flex Consumption an instance is started before it is an app's: the worker makes its pool first and
    gets the app's settings afterwards, so the setting alone leaves it with about cores + 4 threads.
    Called while the app is loaded, which is after both. Source: ``dispatcher.py`` of the proxy worker in
    azure-functions-python-worker, and ``utils/threadpool.py`` of azure-functions-runtime 1.3.0.
    """
    if runtime := sys.modules.get("azure_functions_runtime"):
        runtime.start_threadpool_executor()
