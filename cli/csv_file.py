"""Saves a report's CSV completely or not at all, and never overwrites another file without --force."""

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
from .errors import CannotSaveError, UnreachableError

STDOUT = Path("-")


def default_path(report: Json) -> Path:
    """A file name that contains the report's id, so different reports never share a file."""
    return Path(f"report-{report['id']}.csv")


def check_path(out: Path | None, *, force: bool) -> None:
    """Raise CannotSaveError if the CSV could not be saved. Call it before creating a report."""
    if out is None or out == STDOUT:
        return
    folder = out.absolute().parent
    if not folder.is_dir():
        raise CannotSaveError(f"The folder {folder} does not exist.")
    if out.is_dir():
        raise CannotSaveError(f"{out} is a folder. Choose a file with --out.")
    if out.is_file() and not force:
        raise _already_exists(out)


def save(api: Api, report: Json, out: Path, *, force: bool) -> None:
    """Download the CSV of a published report, verify its checksum, and write it to ``out``.

    A file that already holds the CSV is left unchanged; any other file is overwritten only with ``force``.
    STDOUT and paths that are not regular files (``/dev/stdout``, a pipe) are written to, not replaced.
    Raises CannotSaveError, the errors of Api, and OSError if STDOUT cannot be written.
    """
    if out == STDOUT:
        _write_through(api, report, sys.stdout.buffer)
        return
    try:
        if out.exists() and not out.is_file():
            with out.open("wb") as target:
                _write_through(api, report, target)
        elif not _holds_csv_of(report, out):
            if out.is_file() and not force:
                raise _already_exists(out)
            with _replacing(out.resolve()) as file:
                _download_verified(api, report, file)
    except OSError as error:
        raise CannotSaveError(f"Cannot write {out}: {error.strerror or error}.") from error


def _write_through(api: Api, report: Json, target: IO[bytes]) -> None:
    with tempfile.TemporaryFile() as file:
        _download_verified(api, report, file)
        file.seek(0)
        shutil.copyfileobj(file, target)
    target.flush()


def _download_verified(api: Api, report: Json, file: IO[bytes]) -> None:
    if api.download_csv(report["links"]["download"], file) != report["result"]["sha256"]:
        raise UnreachableError(
            "The downloaded CSV is damaged: its checksum does not match the report's. Nothing was saved. "
            "Download it again."
        )


def _holds_csv_of(report: Json, out: Path) -> bool:
    if not out.is_file():
        return False
    with out.open("rb") as file:
        return file_digest(file, "sha256").hexdigest() == str(report["result"]["sha256"])


@contextmanager
def _replacing(out: Path) -> Iterator[IO[bytes]]:
    """A new file next to ``out`` that replaces it if the block succeeds, and is removed otherwise."""
    part = out.parent / f".poke-{secrets.token_hex(6)}.part"
    try:
        with part.open("xb") as file:
            yield file
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _already_exists(out: Path) -> CannotSaveError:
    return CannotSaveError(
        f"{out} already exists. Use --force to overwrite it, or --out to choose another file."
    )
