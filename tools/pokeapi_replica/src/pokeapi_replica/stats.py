"""Counts what the server did, so that a test can ask what its client really asked for."""

from collections import Counter, defaultdict
from typing import Any


class Stats:
    """Requests below /api/v2 since the start, by resource and outcome, and how many were open at once."""

    def __init__(self) -> None:
        self._outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self._open = 0
        self._most_open = 0

    def opened(self) -> None:
        """A request has arrived."""
        self._open += 1
        self._most_open = max(self._most_open, self._open)

    def closed(self) -> None:
        """A request has been dealt with, one way or another."""
        self._open -= 1

    def count(self, resource: str, outcome: str) -> None:
        """What became of a request of this resource."""
        self._outcomes[resource][outcome] += 1

    def to_dict(self) -> dict[str, Any]:
        """`{"requests", "open", "max_concurrent", "resources": {resource: {outcome: count}}}`."""
        resources = {
            resource: dict(sorted(self._outcomes[resource].items())) for resource in sorted(self._outcomes)
        }
        return {
            "requests": sum(outcomes.total() for outcomes in self._outcomes.values()),
            "open": self._open,
            "max_concurrent": self._most_open,
            "resources": resources,
        }
