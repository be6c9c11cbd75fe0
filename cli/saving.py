"""Puts a report's CSV where the user wants it: whole or not at all, and never over something else unasked."""

import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import IO

from .api import Api, Json
from .faults import CannotSaveError, UnreachableError

STDOUT = Path("-")


def default_name(report: Json) -> Path:
    """A name of this report's own, so that it is never another report's file that is there already."""
    return Path(f"report-{report['id']}.csv")


def check_target(out: Path | None, *, force: bool) -> None:
    """Raise CannotSaveError where the CSV could not be written: before the report is made for nothing."""
    if out is None or out == STDOUT:
        return
    if not out.absolute().parent.is_dir():
        raise CannotSaveError(f"There is no folder {out.absolute().parent}.")
    if out.is_dir():
        raise CannotSaveError(f"{out} is a folder.")
    if out.is_file() and not force:
        raise _is_there(out)


def save(api: Api, report: Json, out: Path, *, force: bool) -> None:
    """Download the CSV of a published report, check it against the report's checksum, write it to ``out``.

    A file that holds these very bytes already is left as it is, and any other is overwritten with ``force``
    alone. What is not a regular file (``/dev/stdout``, a pipe) and STDOUT is written to, not replaced.
    Raises CannotSaveError, what the API raises, and OSError where STDOUT takes no more.
    """
    if out == STDOUT:
        _write_through(api, report, sys.stdout.buffer)
        return
    try:
        if out.exists() and not out.is_file():
            with out.open("wb") as target:
                _write_through(api, report, target)
        elif not _holds(out, report):
            if out.is_file() and not force:
                raise _is_there(out)
            with _replacing(out.resolve()) as file:
                _copy_checked(api, report, file)
    except OSError as fault:
        raise CannotSaveError(f"{out} cannot be written: {fault.strerror or fault}.") from fault


def _write_through(api: Api, report: Json, target: IO[bytes]) -> None:
    with tempfile.TemporaryFile() as file:
        _copy_checked(api, report, file)
        file.seek(0)
        shutil.copyfileobj(file, target)
    target.flush()


def _copy_checked(api: Api, report: Json, file: IO[bytes]) -> None:
    if api.copy_csv(report["links"]["download"], file) != report["result"]["sha256"]:
        raise UnreachableError("The CSV that came is not the one that was published: its checksum differs.")


def _holds(out: Path, report: Json) -> bool:
    if not out.is_file():
        return False
    with out.open("rb") as file:
        return file_digest(file, "sha256").hexdigest() == str(report["result"]["sha256"])


@contextmanager
def _replacing(out: Path) -> Iterator[IO[bytes]]:
    """A new file beside ``out`` that takes its place when the block ends well, and is removed when not."""
    part = out.parent / f".poke-{secrets.token_hex(6)}.part"
    try:
        with part.open("xb") as file:
            yield file
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _is_there(out: Path) -> CannotSaveError:
    return CannotSaveError(f"{out} is there already. Say --force to overwrite it, or --out for another file.")
