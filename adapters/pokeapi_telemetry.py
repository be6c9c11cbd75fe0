"""Events about requests to PokéAPI: retried and failed requests, and a circuit breaker that opens."""

from time import perf_counter
from typing import Literal

from pybreaker import STATE_OPEN, CircuitBreaker, CircuitBreakerListener, CircuitBreakerState

from adapters.pokeapi_http import NoResponseError, Response
from domain.telemetry import PokeApiCircuitOpened, PokeApiRequestRetried, emit


class RequestAttempts:
    """Counts the attempts to fetch one document, and keeps the outcome of the last one."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._started = perf_counter()
        self._attempts = 0
        self._status = 0
        self._reason: str | None = None

    def record_response(self, response: Response) -> None:
        """Count the attempts that led to the response. A redirect does not count as an attempt."""
        self._attempts += response.attempts - (response.location is not None)
        self._status = response.status
        self._reason = None

    def record_error(self, error: NoResponseError) -> None:
        self._attempts += error.attempts
        self._status = 0
        self._reason = str(error)

    def finish(self, outcome: Literal["recovered", "missing", "failed"]) -> None:
        """Emit an event, unless the first attempt succeeded."""
        retries = max(self._attempts - 1, 0)
        if outcome == "recovered" and not retries:
            return
        emit(
            PokeApiRequestRetried(
                outcome=outcome,
                resource=self._path.partition("/")[0],
                path=self._path,
                status=self._status,
                retries=retries,
                duration_ms=round((perf_counter() - self._started) * 1000, 1),
                reason=self._reason,
            )
        )


class CircuitOpenedListener(CircuitBreakerListener):
    """Emits one event each time the circuit opens, however many threads fail together."""

    def state_change(
        self, cb: CircuitBreaker, old_state: CircuitBreakerState | None, new_state: CircuitBreakerState
    ) -> None:
        was_open = old_state is not None and old_state.name == STATE_OPEN
        if new_state.name == STATE_OPEN and not was_open:
            emit(PokeApiCircuitOpened(failures=cb.fail_max, pause_seconds=cb.reset_timeout))
