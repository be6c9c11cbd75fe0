"""The log on stderr: one line per invocation, and the app's own messages.

Every message that is logged during an invocation names the function, the invocation id and the orchestration
instance id.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from azure_functions_runtime.utils.executor import invocation_id_cv  # type: ignore[import-untyped]
from uvicorn.logging import ColourizedFormatter

from devhost.functions import HTTP, TIMER, Function
from devhost.worker_messages import RpcException

_logger = logging.getLogger("devhost.invocations")
_FORMAT = "%(asctime)s.%(msecs)03d %(levelprefix)s %(name)s%(invocation)s: %(message)s"

# An async function runs in the context of its invocation. A sync function runs in a thread of the worker
# library, whose context has only the invocation id.
_current: ContextVar[str] = ContextVar("invocation", default="")
_labels: dict[str, str] = {}  # by invocation id


def configure_logging(level: int, *, verbose: bool) -> None:
    """Log records from ``level`` up to stderr; ``verbose`` adds the durable invocations (DEBUG).

    A terminal gets colors, unless NO_COLOR is set.
    """
    handler = logging.StreamHandler(sys.stderr)
    colors = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    handler.setFormatter(ColourizedFormatter(_FORMAT, datefmt="%H:%M:%S", use_colors=colors))
    handler.addFilter(_add_invocation)
    logging.basicConfig(level=level, handlers=[handler])
    if verbose:
        logging.getLogger("devhost").setLevel(logging.DEBUG)
    # These log every request, work item and episode, which would hide the line per invocation.
    for name in (
        "uvicorn",
        "durabletask.testing.in_memory_backend",
        "azure.durable_functions.client",
        "azure.durable_functions.worker",
        "asyncio",
    ):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _add_invocation(record: logging.LogRecord) -> bool:
    label = _current.get() or _labels.get(invocation_id_cv.get() or "", "")
    record.invocation = f" [{label}]" if label else ""
    return True


def invocation_label(function: Function, invocation_id: str, instance_id: str | None) -> str:
    """The text that identifies an invocation in the log."""
    instance = f" instance {instance_id}" if instance_id else ""
    return f"{function.name} {invocation_id}{instance}"


@contextmanager
def label_messages(invocation_id: str, label: str) -> Iterator[None]:
    """Add ``label`` to the messages that the invocation logs inside this context."""
    _labels[invocation_id] = label
    token = _current.set(label)
    try:
        yield
    finally:
        _current.reset(token)
        del _labels[invocation_id]


def log_invocation(function: Function, label: str, seconds: float, error: RpcException | None) -> None:
    """Log one line for an invocation, and the traceback if it failed.

    Successful durable invocations have level DEBUG, because a fan-out has thousands of them.
    """
    level = logging.INFO if function.kind in (HTTP, TIMER) else logging.DEBUG
    if error is not None:
        level = logging.ERROR if level == logging.INFO else logging.WARNING
    if not _logger.isEnabledFor(level):
        return
    outcome = "ok" if error is None else f"failed: {error.message}\n{error.stack_trace.rstrip()}"
    _logger.log(level, "%s %.0f ms %s", label, seconds * 1000, outcome.rstrip())
