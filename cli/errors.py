"""Errors that `poke` reports to its user, and the exit status of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit statuses of `poke`. Scripts rely on them: docs/poke.md documents them."""

    SUCCESS = 0
    NO_CSV = 1
    REFUSED = 2
    NOT_FOUND = 3
    UNREACHABLE = 4
    PARTIAL = 5
    INTERRUPTED = 130


@dataclass(frozen=True)
class FieldError:
    """An invalid field of a request. ``pointer`` is a JSON pointer into the request (RFC 6901)."""

    pointer: str
    detail: str


class PokeError(Exception):
    """An error whose message, one or more full sentences, is written for the user."""

    exit_status: ExitStatus

    def __init__(self, message: str, field_errors: Sequence[FieldError] = ()) -> None:
        super().__init__(message)
        self.field_errors = tuple(field_errors)


class NoCsvError(PokeError):
    """The report failed or was canceled."""

    exit_status = ExitStatus.NO_CSV


class RefusedError(PokeError):
    """The API rejected the request, or the request cannot be sent."""

    exit_status = ExitStatus.REFUSED


class CannotSaveError(PokeError):
    """The CSV cannot be written, or would overwrite a file without permission."""

    exit_status = ExitStatus.REFUSED


class ReportNotFoundError(PokeError):
    """The report does not exist or was deleted."""

    exit_status = ExitStatus.NOT_FOUND


class UnreachableError(PokeError):
    """The server cannot be reached, fails, or is not a Poke Queue server."""

    exit_status = ExitStatus.UNREACHABLE


class StoppedWaitingError(PokeError):
    """The user pressed Ctrl-C while waiting. The report continues on the server."""

    exit_status = ExitStatus.INTERRUPTED
