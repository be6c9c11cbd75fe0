"""The app folder's JSON files, as .NET's configuration reads them: names ignore case, null is nothing."""

import json
from pathlib import Path
from typing import Any

from devhost.errors import CannotRunError


def read_object(path: Path) -> dict[str, Any]:
    """The object in a file. Raises CannotRunError for a file without one."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise CannotRunError(f"{path} cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise CannotRunError(f"{path} must hold a JSON object")
    return document


def value_of(values: dict[str, Any], name: str) -> Any:
    """The value of a name, or None."""
    return next((value for key, value in values.items() if key.lower() == name.lower()), None)


def section(path: Path, document: dict[str, Any], *names: str) -> dict[str, Any]:
    """The object below ``document`` that the names lead to, empty where there is none.

    Raises CannotRunError where something else is in its place; ``path`` is the file to name then.
    """
    found = document
    for depth, name in enumerate(names, start=1):
        below = value_of(found, name)
        found = {} if below is None else below
        if not isinstance(found, dict):
            raise CannotRunError(f"{path}: {'.'.join(names[:depth])} must be an object")
    return found
