"""What a person following the host reads: one line per invocation, and whatever the app logs itself."""

import logging
import sys

from devhost import protos
from devhost.functions import HTTP, TIMER, Function

_logger = logging.getLogger("devhost.invocations")


def configure_logging(level: int, *, verbose: bool) -> None:
    """Send log records from ``level`` up to stderr; ``verbose`` adds the durable invocations (DEBUG)."""
    logging.basicConfig(
        level=level,
        stream=sys.stderr,
        format="%(asctime)s.%(msecs)03d %(levelname)-7s %(name)s: %(message)s",
        datefmt="%H:%M:%S",
    )
    if verbose:
        logging.getLogger("devhost").setLevel(logging.DEBUG)
    # These tell of every request, work item and episode: noise beside the line per invocation.
    for name in (
        "uvicorn",
        "durabletask.testing.in_memory_backend",
        "azure.durable_functions.worker",
        "asyncio",
    ):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def log_invocation(
    function: Function,
    invocation_id: str,
    instance_id: str | None,
    seconds: float,
    failure: protos.RpcException | None,
) -> None:
    """One line for one call; a failure adds the traceback.

    Durable calls are DEBUG so that fan-outs do not flood.
    """
    level = logging.INFO if function.kind in (HTTP, TIMER) else logging.DEBUG
    if failure is not None:
        level = logging.ERROR if level == logging.INFO else logging.WARNING
    if not _logger.isEnabledFor(level):
        return
    instance = f" instance {instance_id}" if instance_id else ""
    outcome = "ok" if failure is None else f"failed: {failure.message}\n{failure.stack_trace.rstrip()}"
    _logger.log(level, "%s %s%s %.0f ms %s", function.name, invocation_id, instance, seconds * 1000, outcome)
