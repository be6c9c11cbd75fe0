"""The orchestrators' retry policies, and how a final failure is worded."""

from datetime import timedelta
from typing import Any

from durabletask.task import RetryPolicy, Task, TaskFailedError

from domain.errors import PokeApiError, StorageUnavailableError
from domain.messages import ExecutionOptions

STORAGE_RETRIES = RetryPolicy(
    first_retry_interval=timedelta(seconds=1),
    max_number_of_attempts=10,
    backoff_coefficient=2,
    max_retry_interval=timedelta(seconds=30),
)
"""Waits about two and a half minutes in total: a storage outage of a minute fails no report."""


def pokeapi_retries(options: ExecutionOptions) -> RetryPolicy:
    """On top of the HTTP client's own quick retries, these wait for an outage to end."""
    return RetryPolicy(
        first_retry_interval=timedelta(seconds=options.first_retry_seconds),
        max_number_of_attempts=options.attempts,
        backoff_coefficient=2,
        max_retry_interval=timedelta(minutes=1),
    )


def is_storage_failure(error: TaskFailedError) -> bool:
    return error.details.is_caused_by(StorageUnavailableError)


def failure_reason(failed: Task[Any] | TaskFailedError) -> str:
    """The reason of a failure, worded for a report's reader.

    Other messages can contain addresses, settings, instance ids and what a library said. They are only in
    the log of the function that failed.
    """
    error = failed if isinstance(failed, TaskFailedError) else failed.get_exception()
    if is_storage_failure(error):
        return "The storage did not respond."
    if error.details.is_caused_by(PokeApiError):
        return error.details.message
    return "An internal error occurred. It has been logged."
