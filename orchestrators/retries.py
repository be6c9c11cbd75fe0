"""How patiently the orchestrators retry, and how a failure that is final is put into words."""

from datetime import timedelta
from typing import Any

from azure.core.exceptions import AzureError
from durabletask.task import RetryPolicy, Task, TaskFailedError

from domain.messages import ExecutionOptions

STORAGE_RETRIES = RetryPolicy(
    first_retry_interval=timedelta(seconds=1),
    max_number_of_attempts=10,
    backoff_coefficient=2,
    max_retry_interval=timedelta(seconds=30),
)
"""Waits about two and a half minutes in all: storage that is away for a minute costs no report."""


def pokeapi_retries(options: ExecutionOptions) -> RetryPolicy:
    """On top of the client's own retries, which are quick: these wait for an outage to pass."""
    return RetryPolicy(
        first_retry_interval=timedelta(seconds=options.first_retry_seconds),
        max_number_of_attempts=options.attempts,
        backoff_coefficient=2,
        max_retry_interval=timedelta(minutes=1),
    )


def is_of_storage(fault: TaskFailedError) -> bool:
    return fault.details.is_caused_by(AzureError)


def why(failed: Task[Any] | TaskFailedError) -> str:
    """For the reader of a report: what storage says of itself holds addresses, and is in the log."""
    fault = failed if isinstance(failed, TaskFailedError) else failed.get_exception()
    return "The storage did not answer." if is_of_storage(fault) else fault.details.message
