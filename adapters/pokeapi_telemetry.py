"""What the operator is told about PokéAPI: documents that did not come at once, and pauses."""

from threading import Lock
from time import perf_counter
from typing import Any, Literal

import requests
from circuitbreaker import CircuitBreaker
from urllib3.exceptions import MaxRetryError

from domain.events import PokeApiPaused, PokeApiTroubled, tell


class Tries:
    """The tries for one document. ``retries`` is how often the session tries again by itself."""

    def __init__(self, path: str, retries: int) -> None:
        self._path = path
        self._session_retries = retries
        self._began = perf_counter()
        self._requests = 0
        self._status = 0
        self._reason: str | None = None

    def answered(self, response: requests.Response) -> None:
        """An answer came, maybe after tries of the session's own. To be sent on is no try that failed."""
        retried = response.raw.retries
        self._requests += (not response.is_redirect) + (len(retried.history) if retried else 0)
        self._status = response.status_code
        self._reason = None

    def unanswered(self, fault: requests.RequestException, reason: str) -> None:
        """No answer came. A session that gave up has used its retries; other faults are not tried again."""
        gave_up = bool(fault.args) and isinstance(fault.args[0], MaxRetryError)
        self._requests += 1 + (self._session_retries if gave_up else 0)
        self._status = 0
        self._reason = reason

    def ended(self, outcome: Literal["recovered", "missing", "failed"]) -> None:
        """Tell of it, unless it came at the first try."""
        retries = max(self._requests - 1, 0)
        if outcome == "recovered" and not retries:
            return
        tell(
            PokeApiTroubled(
                outcome=outcome,
                resource=self._path.partition("/")[0],
                path=self._path,
                status=self._status,
                retries=retries,
                duration_ms=round((perf_counter() - self._began) * 1000, 1),
                reason=self._reason,
            )
        )


class TellingBreaker(CircuitBreaker):  # type: ignore[misc] # the library has no types
    """A circuit breaker that tells once each time it opens, however many threads fail together."""

    def __init__(self, failures: int, pause_seconds: float, expected: type[Exception]) -> None:
        super().__init__(failures, pause_seconds, expected)
        self._pause_seconds = pause_seconds
        self._lock = Lock()

    def __exit__(self, *fault: Any) -> None:
        with self._lock:
            was_open = self.opened
            super().__exit__(*fault)
            opens = self.opened and not was_open
            failures = self.failure_count
        if opens:
            tell(PokeApiPaused(failures=failures, pause_seconds=self._pause_seconds))
