"""What a person following the host reads: one line per invocation, and whatever the app logs itself.

Every line that is written during a call says which: function, invocation id, orchestration instance id.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from azure_functions_runtime.utils.executor import invocation_id_cv  # type: ignore[import-untyped]
from uvicorn.logging import ColourizedFormatter

from devhost import protos
from devhost.functions import HTTP, TIMER, Function

_logger = logging.getLogger("devhost.invocations")
_FORMAT = "%(asctime)s.%(msecs)03d %(levelprefix)s %(name)s%(call)s: %(message)s"

# An async function runs in its call's context. A sync one runs in a thread of the worker library's, which
# knows no more than the invocation id.
_call: ContextVar[str] = ContextVar("call", default="")
_calls: dict[str, str] = {}


def configure_logging(level: int, *, verbose: bool) -> None:
    """Send log records from ``level`` up to stderr; ``verbose`` adds the durable invocations (DEBUG).

    A terminal gets colours, unless NO_COLOR is set.
    """
    handler = logging.StreamHandler(sys.stderr)
    colors = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    handler.setFormatter(ColourizedFormatter(_FORMAT, datefmt="%H:%M:%S", use_colors=colors))
    handler.addFilter(_name_call)
    logging.basicConfig(level=level, handlers=[handler])
    if verbose:
        logging.getLogger("devhost").setLevel(logging.DEBUG)
    # These tell of every request, work item and episode: noise beside the line per invocation.
    for name in (
        "uvicorn",
        "durabletask.testing.in_memory_backend",
        "azure.durable_functions.client",
        "azure.durable_functions.worker",
        "asyncio",
    ):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _name_call(record: logging.LogRecord) -> bool:
    call = _call.get() or _calls.get(invocation_id_cv.get() or "", "")
    record.call = f" [{call}]" if call else ""
    return True


def call_name(function: Function, invocation_id: str, instance_id: str | None) -> str:
    """A call as the log names it."""
    instance = f" instance {instance_id}" if instance_id else ""
    return f"{function.name} {invocation_id}{instance}"


@contextmanager
def named_in_log(invocation_id: str, call: str) -> Iterator[None]:
    """Have the lines that are logged in the meantime by one call name it."""
    _calls[invocation_id] = call
    token = _call.set(call)
    try:
        yield
    finally:
        _call.reset(token)
        del _calls[invocation_id]


def log_invocation(
    function: Function, call: str, seconds: float, failure: protos.RpcException | None
) -> None:
    """One line for one call; a failure adds the traceback.

    Durable calls are DEBUG so that fan-outs do not flood.
    """
    level = logging.INFO if function.kind in (HTTP, TIMER) else logging.DEBUG
    if failure is not None:
        level = logging.ERROR if level == logging.INFO else logging.WARNING
    if not _logger.isEnabledFor(level):
        return
    outcome = "ok" if failure is None else f"failed: {failure.message}\n{failure.stack_trace.rstrip()}"
    _logger.log(level, "%s %.0f ms %s", call, seconds * 1000, outcome.rstrip())
