"""Count requests, so that tests can check which requests their client sent."""

from collections import Counter, defaultdict
from typing import Any


class Stats:
    """Requests below /api/v2 since the start, by resource and outcome, and the peak concurrency."""

    def __init__(self) -> None:
        self._outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        self._open = 0
        self._max_open = 0

    def opened(self) -> None:
        """Record the arrival of a request."""
        self._open += 1
        self._max_open = max(self._max_open, self._open)

    def closed(self) -> None:
        """Record the end of a request."""
        self._open -= 1

    def count(self, resource: str, outcome: str) -> None:
        """Record the outcome of a request."""
        self._outcomes[resource][outcome] += 1

    def to_dict(self) -> dict[str, Any]:
        """`{"requests", "open", "max_concurrent", "resources": {resource: {outcome: count}}}`."""
        resources = {
            resource: dict(sorted(self._outcomes[resource].items())) for resource in sorted(self._outcomes)
        }
        return {
            "requests": sum(outcomes.total() for outcomes in self._outcomes.values()),
            "open": self._open,
            "max_concurrent": self._max_open,
            "resources": resources,
        }
