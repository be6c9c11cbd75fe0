"""The owners of reports: hashes, so that the storage contains neither users' ids nor visitors' tokens."""

import hashlib

VISITOR_PREFIX = "visitor-"
"""The start of the owner of a caller who is not signed in."""


def owner_of_user(provider: str, user_id: str) -> str:
    """Raises UnicodeEncodeError, a ValueError, if the identity is not Unicode text."""
    return "user-" + _hash(f"{provider}\n{user_id}")


def owner_of_visitor(token: str) -> str:
    return VISITOR_PREFIX + _hash(token)


def is_visitor(owner: str) -> bool:
    return owner.startswith(VISITOR_PREFIX)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
