"""Checks that a result belongs to the call that it arrived for.

The Azure Storage provider sends the messages of an episode before it stores the history. If the host dies in
between, the episode runs again. It may then process other events first, and give other numbers to its calls.
The results of the first run still arrive, each for the call that now has the number. Therefore orchestrators
check every result whose call can have such a number, and repeat a call that got the result of another.
Source: AzureStorageOrchestrationService.CompleteTaskOrchestrationWorkItemAsync in Azure/durabletask.
"""

from collections.abc import Callable, Generator
from typing import Any

from durabletask.task import OrchestrationContext, RetryPolicy, Task

from domain.message import Message


def call_activity[T](
    context: OrchestrationContext,
    name: str,
    payload: Message,
    retries: RetryPolicy,
    read: Callable[[Any], T | None],
) -> Generator[Task[Any], Any, T]:
    """Call an activity until ``read`` recognizes the result as that of this call."""
    while True:
        result = yield context.call_activity(name, input=payload.to_dict(), retry_policy=retries)
        if (recognized := read(result)) is not None:
            return recognized


def read_end(result: Any) -> dict[str, Any] | None:
    """The result of an activity that ends a report: ``{"status": ...}``."""
    return result if isinstance(result, dict) and "status" in result else None
