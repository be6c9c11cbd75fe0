"""Stores the visitor tokens of servers, one per server, in the configuration folder of the user.

A server that requires no sign-in knows its visitors by such tokens: with a token, anyone sees the reports.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

VISITOR_HEADER = "Poke-Visitor"
FILE_NAME = "visitors.json"


class Visitors:
    """``warn`` is called with a message if a token cannot be stored."""

    def __init__(self, warn: Callable[[str], object], folder: Path | None = None) -> None:
        self._file = (folder or Path(click.get_app_dir("poke"))) / FILE_NAME
        self._warn = warn

    def token(self, origin: str) -> str | None:
        """The token for a server such as https://reports.example.org, or None."""
        token = self._read().get(origin)
        return token if isinstance(token, str) and token.isascii() and token.isprintable() else None

    def store(self, origin: str, token: str) -> None:
        """Store the token so that only this user can read it."""
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # The new file replaces the old one at once, and only its owner can read it from the start.
            with NamedTemporaryFile("w", dir=self._file.parent, delete=False, encoding="utf-8") as file:
                json.dump(self._read() | {origin: token}, file, indent=2)
            Path(file.name).replace(self._file)
        except OSError as error:
            self._warn(
                f"Warning: cannot write {self._file} ({error.strerror}). Later commands will not find "
                "the reports of this one."
            )

    def _read(self) -> dict[str, object]:
        with suppress(OSError, ValueError):
            tokens = json.loads(self._file.read_text(encoding="utf-8"))
            if isinstance(tokens, dict):
                return tokens
        return {}
