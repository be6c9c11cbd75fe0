"""Sets the size of the Functions worker's thread pool."""

import sys


def apply_setting() -> None:
    """Create the worker's pool again, with the current PYTHON_THREADPOOL_THREAD_COUNT.

    On Flex Consumption an instance starts before it is assigned to an app. The worker creates its pool first
    and gets the app's settings later, so without this call the pool has about cores + 4 threads. The app
    calls it while it loads, which is after both. Source: ``dispatcher.py`` of the proxy worker in
    azure-functions-python-worker, and ``utils/threadpool.py`` of azure-functions-runtime 1.3.0.
    """
    if runtime := sys.modules.get("azure_functions_runtime"):
        runtime.start_threadpool_executor()
