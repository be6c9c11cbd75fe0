"""What can go wrong, sorted by the exit status that tells a script about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """What `poke` ends with; a promise to scripts, told in docs/poke.md."""

    DONE = 0
    NO_CSV = 1
    REFUSED = 2
    NONE = 3
    UNREACHABLE = 4
    PARTIAL = 5
    INTERRUPTED = 130


@dataclass(frozen=True)
class FieldFault:
    """One thing that is wrong with a request; ``pointer`` is a JSON pointer into it (RFC 6901)."""

    pointer: str
    detail: str


class PokeError(Exception):
    """A fault that a user can understand. The message is one or more whole sentences."""

    exit_status: Exit

    def __init__(self, message: str, faults: Sequence[FieldFault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


class NoCsvError(PokeError):
    """The report failed or was canceled."""

    exit_status = Exit.NO_CSV


class RefusedError(PokeError):
    """The API does not take this request, or it cannot even be sent."""

    exit_status = Exit.REFUSED


class CannotSaveError(PokeError):
    """The file is not, or must not be, written."""

    exit_status = Exit.REFUSED


class NoSuchReportError(PokeError):
    """There is no report of this id, or none any more."""

    exit_status = Exit.NONE


class UnreachableError(PokeError):
    """The server does not answer, or not as Poke Queue does."""

    exit_status = Exit.UNREACHABLE


class StoppedWaitingError(PokeError):
    """The user pressed Ctrl-C; the report goes on."""

    exit_status = Exit.INTERRUPTED
