"""The gRPC call context for calls of the engine's service methods inside this process."""

import threading
from typing import NoReturn

import grpc


class EngineError(Exception):
    """The engine rejected a request; ``code`` is the gRPC status code."""

    def __init__(self, code: grpc.StatusCode, details: str) -> None:
        super().__init__(details)
        self.code = code


class InProcessContext(grpc.ServicerContext):  # type: ignore[misc]
    """A call context without gRPC. It implements only the methods that the engine uses."""

    def __init__(self) -> None:
        """The call is active until ``cancel``."""
        self._canceled = threading.Event()

    def is_active(self) -> bool:
        """Whether the caller still waits for responses."""
        return not self._canceled.is_set()

    def time_remaining(self) -> float | None:
        """None: the call has no deadline."""
        return None

    def cancel(self) -> bool:
        """Stop waiting for responses."""
        self._canceled.set()
        return True

    def abort(self, code: grpc.StatusCode, details: str) -> NoReturn:
        """Reject the call with EngineError."""
        raise EngineError(code, details)


InProcessContext.__abstractmethods__ = frozenset()
