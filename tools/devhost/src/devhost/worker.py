"""Loads the app and invokes its functions through the published Functions worker library.

As in Azure, the app's import and its async functions run on one thread with one event loop, the worker's
loop, and its sync functions run on the library's thread pool. The host has an event loop of its own, so an
app that blocks its loop stops its functions but not the host.
"""

import asyncio
import json
import logging
import os
import sys
import threading
import time
import traceback
import uuid
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import azure_functions_runtime as runtime  # type: ignore[import-untyped]

from devhost import worker_messages
from devhost.errors import CannotRunError
from devhost.functions import Function, check_unique_names, describe_function
from devhost.log import invocation_label, label_messages, log_invocation
from devhost.worker_messages import (
    InvocationResponse,
    ParameterBinding,
    RpcException,
    StatusResult,
    TypedData,
)

_STOP_TIMEOUT = 0.4  # seconds

type ClientValue = Callable[[dict[str, Any]], str]


@dataclass(frozen=True, slots=True)
class InvocationResult:
    """The result of an invocation. ``error`` is None if it succeeded."""

    invocation_id: str
    value: TypedData | None
    outputs: dict[str, TypedData | None]
    error: RpcException | None


class Worker:
    """Loads one function app and invokes its functions.

    There can be only one per process, because the library keeps its state in module globals.
    """

    def __init__(self, client_value: ClientValue, function_timeout: float | None) -> None:
        """``client_value`` returns the JSON text that the function receives for a durableClient binding.

        ``function_timeout`` is the limit of an invocation in seconds, None for no limit.
        """
        self.loop = asyncio.new_event_loop()
        self._client_value = client_value
        self._function_timeout = function_timeout
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    async def start(self, app: Path) -> list[Function]:
        """Import the app in the folder ``app`` and return its functions.

        Raises CannotRunError if it cannot be loaded.
        """
        # The library logs each step at INFO and each load error with a traceback. The host reports both.
        logging.getLogger("azure.functions").setLevel(logging.CRITICAL)
        os.chdir(app)
        sys.path.insert(0, str(app))
        script = os.environ.get("PYTHON_SCRIPT_FILE_NAME", "function_app.py")
        if not (app / script).is_file():
            raise CannotRunError(f"{app / script} not found; the Python v2 programming model needs it")
        runtime.start_threadpool_executor()
        self._thread.start()
        functions = await self.submit(self._load(app))
        logging.getLogger("azure.functions").setLevel(logging.WARNING)
        return functions

    def submit[T](self, work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
        """Run a coroutine on the worker's loop; the future belongs to the caller's running loop."""
        return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))

    async def invoke(
        self,
        function: Function,
        trigger_value: TypedData,
        *,
        instance_id: str | None = None,
        trace_parent: str = "",
        trace_state: str = "",
    ) -> InvocationResult:
        """Invoke a function with its trigger's value and its durable clients, and log the invocation.

        Must run on the worker's loop.
        """
        invocation_id = str(uuid.uuid4())
        inputs = [
            ParameterBinding(function.trigger["name"], trigger_value),
            *(
                ParameterBinding(client["name"], TypedData(string=self._client_value(client)))
                for client in function.clients
            ),
        ]
        invocation = SimpleNamespace(
            invocation_id=invocation_id,
            function_id=function.id,
            input_data=inputs,
            trigger_metadata={},
            trace_context=SimpleNamespace(trace_parent=trace_parent, trace_state=trace_state, attributes={}),
            retry_context=SimpleNamespace(retry_count=0, max_retry_count=0, exception=None),
        )
        request = SimpleNamespace(properties={}, request=SimpleNamespace(invocation_request=invocation))
        label = invocation_label(function, invocation_id, instance_id)
        started_at = time.perf_counter()
        with label_messages(invocation_id, label):
            response = await self._with_timeout(invocation_id, runtime.invocation_request(request))
        error = response.result.exception
        log_invocation(function, label, time.perf_counter() - started_at, error)
        outputs = {output.name: output.data for output in response.output_data}
        return InvocationResult(invocation_id, response.return_value, outputs, error)

    async def _with_timeout(
        self, invocation_id: str, invocation: Coroutine[Any, Any, InvocationResponse]
    ) -> InvocationResponse:
        """Wait for an invocation, at most for host.json's functionTimeout.

        After the timeout Azure stops the worker process and starts another. This worker shares its process
        with the host: an async function is canceled, but a thread cannot be killed. A sync function runs on
        and occupies its thread until it returns, and its result is discarded.
        """
        task = self.loop.create_task(invocation)
        done, _ = await asyncio.wait({task}, timeout=self._function_timeout)
        if done:
            return task.result()
        task.cancel()
        limit = timedelta(seconds=self._function_timeout or 0)
        message = f"FunctionTimeoutException: the invocation exceeded host.json's functionTimeout, {limit}"
        error = StatusResult(StatusResult.Failure, RpcException(message, "", None))
        return InvocationResponse(invocation_id, error)

    def stop(self) -> None:
        """Cancel what is running and stop the loop, without waiting for functions that block a thread."""
        pool = runtime.get_threadpool_executor()
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._cancel_and_stop(), self.loop)
            self._thread.join(_STOP_TIMEOUT)

    async def _cancel_and_stop(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_STOP_TIMEOUT / 2)
        self.loop.stop()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    async def _load(self, app: Path) -> list[Function]:
        init_request = SimpleNamespace(capabilities={}, function_app_directory=str(app))
        request = SimpleNamespace(
            properties={"host": "127.0.0.1", "protos": worker_messages},
            request=SimpleNamespace(worker_init_request=init_request),
        )
        response = await runtime.worker_init_request(request)
        if response.result.exception is not None:
            raise CannotRunError(_load_error(response.result.exception, app))
        if "HttpUri" in response.capabilities:
            raise CannotRunError(
                "devhost does not support HTTP streaming; remove azurefunctions-extensions-http-*"
            )
        metadata = await runtime.functions_metadata_request(request)
        functions = [
            describe_function(
                function.name, function.function_id, [json.loads(text) for text in function.raw_bindings]
            )
            for function in metadata.function_metadata_results or []
        ]
        check_unique_names(functions)
        return functions


def _load_error(exception: RpcException, app: Path) -> str:
    """One line with the error that the app's import raised, and its place in the app's code."""
    error = exception.error
    if error is None:
        return exception.message
    if isinstance(error, ImportError) and isinstance(error.__context__, ImportError):
        error = error.__context__  # the library's own exception adds all of sys.path to the message
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}: {type(error).__name__}: {error.msg}"
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).is_relative_to(app):
            place = f"{frame.filename}:{frame.lineno}: "
    return " ".join(f"{place}{type(error).__name__}: {error}".split())
