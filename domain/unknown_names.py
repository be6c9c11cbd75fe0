"""The error message for an unknown type, generation, or column."""

from collections.abc import Iterable
from difflib import get_close_matches


def unknown_name(kind: str, name: str, known: Iterable[str]) -> str:
    """Return the message: it suggests the most similar known name, if any, and lists all of them."""
    names = list(known)
    nearest = get_close_matches(name, names, n=1)
    suggestion = f" Did you mean {nearest[0]!r}?" if nearest else ""
    return f"There is no {kind} {name!r}.{suggestion} Valid {kind}s: {', '.join(names)}."
