"""Errors that the use cases and the adapters raise. The HTTP layer maps each to problem details.

PokeQueueError
├── PokeApiError
│   ├── PokemonNotFoundError
│   └── PokeApiUnavailableError
├── StorageUnavailableError
├── EngineUnavailableError
├── ReportNotFoundError
├── ReportEndedError
├── ReportOpenError
├── ReportNotPublishedError
├── NothingMissingError
├── LinkNotFoundError
├── TooManyOpenReportsError
├── TooManyReportsPerHourError
├── TooManyKeptReportsError
├── IdempotencyKeyReusedError
└── ReportBeingDeletedError
"""

import math
from datetime import timedelta


class PokeQueueError(Exception):
    """The base of every error below."""


class PokeApiError(PokeQueueError):
    """PokéAPI did not return a document. The message is worded for a report's reader, and appears in
    reports: it contains nothing that PokéAPI or a library said."""


class PokemonNotFoundError(PokeApiError):
    """PokéAPI has no such document. A retry does not help."""


class PokeApiUnavailableError(PokeApiError):
    """PokéAPI is unreachable, overloaded, or returns invalid responses. A later retry may help."""


class StorageUnavailableError(PokeQueueError):
    """Blob or Table Storage did not do what it was asked to. The cause is the client's own error."""


class EngineUnavailableError(PokeQueueError):
    """The durable engine did not do what it was asked to. The cause is the client's own error."""


class ReportNotFoundError(PokeQueueError):
    """There is no report with this id for this owner, or it is being deleted."""

    def __init__(self, report_id: str) -> None:
        super().__init__(f"There is no report {report_id!r}.")


class ReportEndedError(PokeQueueError):
    """The report has ended, so it cannot be canceled."""

    def __init__(self) -> None:
        super().__init__("Only a queued or running report can be canceled.")


class ReportOpenError(PokeQueueError):
    """The report has not ended, so it cannot be run again."""

    def __init__(self, status: str) -> None:
        super().__init__(f"The report is {status}. Run it again after it has ended.")


class ReportNotPublishedError(PokeQueueError):
    """The report has no CSV."""

    def __init__(self, status: str) -> None:
        super().__init__(f"Its status is {status}. A CSV is available when it is succeeded or partial.")


class NothingMissingError(PokeQueueError):
    """The report is not partial, so there are no rows to take over and to complete."""

    def __init__(self, status: str) -> None:
        super().__init__(
            f"Its status is {status}, and only a partial report has missing rows. Retry it without a body."
        )


class LinkNotFoundError(PokeQueueError):
    """A share link was revoked, its report was deleted, or it never existed."""

    def __init__(self) -> None:
        super().__init__("The link was revoked, or its report was deleted. Ask its owner for a new link.")


class TooManyOpenReportsError(PokeQueueError):
    """The owner, or all visitors together, have as many open reports as the limits allow."""

    def __init__(self, limit: int, *, of_visitors: bool = False) -> None:
        whose = " of all visitors who are not signed in" if of_visitors else ""
        remedy = "Sign in, or try again later." if of_visitors else "Wait for one to end, or cancel one."
        super().__init__(f"At most {limit} reports{whose} can be queued or running at once. {remedy}")


class TooManyReportsPerHourError(PokeQueueError):
    """The owner requested as many reports within an hour as the limits allow."""

    def __init__(self, limit: int, wait: timedelta) -> None:
        self.retry_after_seconds = math.ceil(wait.total_seconds())
        minutes = math.ceil(self.retry_after_seconds / 60)
        super().__init__(f"At most {limit} reports can be requested per hour. Try again in {minutes} min.")


class TooManyKeptReportsError(PokeQueueError):
    """The owner has as many reports as the limits allow."""

    retry_after_seconds = 3600

    def __init__(self, limit: int) -> None:
        super().__init__(f"At most {limit} reports can be kept. Delete reports that you no longer need.")


class IdempotencyKeyReusedError(PokeQueueError):
    """The idempotency key was used before, with a different request."""

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used with a different request body. Use a new key.")


class ReportBeingDeletedError(PokeQueueError):
    """The report that the idempotency key stands for is being deleted."""

    def __init__(self) -> None:
        super().__init__("Use a new Idempotency-Key, or try again later.")
