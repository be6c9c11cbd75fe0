"""The app's side of the host: its functions, loaded and called by the published Functions worker library.

Everything of the app (its import, its async functions) lives on one thread with one event loop, the worker's
loop, and its sync functions on the library's thread pool, exactly as in Azure. The host's own loop is
another, so an app that blocks its loop stops its functions but not the host.
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

from devhost import protos
from devhost.errors import CannotRunError
from devhost.functions import Function, describe_function, refuse_names_twice
from devhost.log import call_name, log_invocation, named_in_log

_PATIENCE = 0.4  # seconds a stop waits for the loop to end

type ClientConfiguration = Callable[[dict[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call came to. ``failure`` is None when it succeeded."""

    invocation_id: str
    value: protos.TypedData | None
    outputs: dict[str, protos.TypedData | None]
    failure: protos.RpcException | None


class Worker:
    """Loads one function app and calls its functions.

    One per process: the library keeps its state in module globals.
    """

    def __init__(self, client_configuration: ClientConfiguration, function_timeout: float | None) -> None:
        """``client_configuration`` gives the JSON text a durableClient binding receives.

        ``function_timeout`` is the seconds that a call may take, None for no limit.
        """
        self.loop = asyncio.new_event_loop()
        self._client_configuration = client_configuration
        self._function_timeout = function_timeout
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    async def start(self, app: Path) -> list[Function]:
        """Import the app in ``app`` and return its functions.

        Raises CannotRunError when it cannot be loaded.
        """
        # The library reports each step at INFO and each load failure with its own traceback; the host says
        # both itself.
        logging.getLogger("azure.functions").setLevel(logging.CRITICAL)
        os.chdir(app)
        sys.path.insert(0, str(app))
        script = os.environ.get("PYTHON_SCRIPT_FILE_NAME", "function_app.py")
        if not (app / script).is_file():
            raise CannotRunError(f"{app / script} is missing: the Python v2 model needs it")
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
        trigger_value: protos.TypedData,
        *,
        instance_id: str | None = None,
        trace_parent: str = "",
        trace_state: str = "",
    ) -> Outcome:
        """Call a function, on the worker's loop, with its trigger's value and durable clients, and log it."""
        invocation_id = str(uuid.uuid4())
        inputs = [protos.ParameterBinding(function.trigger["name"], trigger_value)]
        for client in function.clients:
            configuration = protos.TypedData(string=self._client_configuration(client))
            inputs.append(protos.ParameterBinding(client["name"], configuration))
        invocation = SimpleNamespace(
            invocation_id=invocation_id,
            function_id=function.id,
            input_data=inputs,
            trigger_metadata={},
            trace_context=SimpleNamespace(trace_parent=trace_parent, trace_state=trace_state, attributes={}),
            retry_context=SimpleNamespace(retry_count=0, max_retry_count=0, exception=None),
        )
        started = time.perf_counter()
        request = SimpleNamespace(properties={}, request=SimpleNamespace(invocation_request=invocation))
        call = call_name(function, invocation_id, instance_id)
        with named_in_log(invocation_id, call):
            response = await self._within_time(invocation_id, runtime.invocation_request(request))
        failure = response.result.exception
        log_invocation(function, call, time.perf_counter() - started, failure)
        outputs = {output.name: output.data for output in response.output_data}
        return Outcome(invocation_id, response.return_value, outputs, failure)

    async def _within_time(
        self, invocation_id: str, call: Coroutine[Any, Any, protos.InvocationResponse]
    ) -> protos.InvocationResponse:
        """Wait for a call, but no longer than host.json's functionTimeout.

        Azure then ends the worker's process and starts another. This worker shares its process with the
        host: an async function is cancelled, but a thread cannot be killed. A sync function goes on, keeps
        its place in the thread pool until it returns, and what it returns comes to nothing.
        """
        task = self.loop.create_task(call)
        done, _ = await asyncio.wait({task}, timeout=self._function_timeout)
        if done:
            return task.result()
        task.cancel()
        limit = timedelta(seconds=self._function_timeout or 0)
        message = f"FunctionTimeoutException: it took longer than host.json's functionTimeout, {limit}"
        failed = protos.StatusResult(protos.StatusResult.Failure, protos.RpcException(message, "", None))
        return protos.InvocationResponse(invocation_id, failed)

    def stop(self) -> None:
        """Cut off what is running and end the loop; a function that sleeps in a thread is not waited for."""
        pool = runtime.get_threadpool_executor()
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._end(), self.loop)
            self._thread.join(_PATIENCE)

    async def _end(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_PATIENCE / 2)
        self.loop.stop()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    async def _load(self, app: Path) -> list[Function]:
        initialisation = SimpleNamespace(capabilities={}, function_app_directory=str(app))
        request = SimpleNamespace(
            properties={"host": "127.0.0.1", "protos": protos},
            request=SimpleNamespace(worker_init_request=initialisation),
        )
        answer = await runtime.worker_init_request(request)
        if answer.result.exception is not None:
            raise CannotRunError(_load_failure(answer.result.exception, app))
        if "HttpUri" in answer.capabilities:
            raise CannotRunError(
                "the app streams HTTP (azurefunctions-extensions-http-*), which this host cannot serve"
            )
        metadata = await runtime.functions_metadata_request(request)
        functions = [
            describe_function(
                found.name, found.function_id, [json.loads(text) for text in found.raw_bindings]
            )
            for found in metadata.function_metadata_results or []
        ]
        refuse_names_twice(functions)
        return functions


def _load_failure(failure: protos.RpcException, app: Path) -> str:
    error = failure.error
    if error is None:
        return failure.message
    if isinstance(error, ImportError) and isinstance(error.__context__, ImportError):
        error = error.__context__  # the library's own wrapping adds the whole of sys.path to the message
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}: {type(error).__name__}: {error.msg}"
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename).is_relative_to(app):
            place = f"{frame.filename}:{frame.lineno}: "
    return " ".join(f"{place}{type(error).__name__}: {error}".split())
