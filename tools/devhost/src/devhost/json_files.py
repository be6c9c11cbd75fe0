"""Reads JSON files by the rules of .NET's configuration: names ignore case, and null means absent."""

import json
from pathlib import Path
from typing import Any

from devhost.errors import CannotRunError


def read_object(path: Path) -> dict[str, Any]:
    """Read the JSON object in a file. Raises CannotRunError if the file does not contain one."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CannotRunError(f"{path} cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise CannotRunError(f"{path} must contain a JSON object")
    return document


def value_of(values: dict[str, Any], name: str) -> Any:
    """The value of ``name``, or None if it is absent."""
    return next((value for key, value in values.items() if key.lower() == name.lower()), None)


def section(path: Path, document: dict[str, Any], *names: str) -> dict[str, Any]:
    """The object at the path ``names`` in ``document``, empty if absent.

    Raises CannotRunError if a value on the way is not an object; the message names the file ``path``.
    """
    current = document
    for depth, name in enumerate(names, start=1):
        value = value_of(current, name)
        current = {} if value is None else value
        if not isinstance(current, dict):
            raise CannotRunError(f"{path}: {'.'.join(names[:depth])} must be a JSON object")
    return current
