"""Calls to the engine's service methods from this process, without gRPC in between."""

import threading
from typing import NoReturn

import grpc


class EngineError(Exception):
    """A request the engine refused, with its gRPC status code."""

    def __init__(self, code: grpc.StatusCode, details: str) -> None:
        super().__init__(details)
        self.code = code


class InProcess(grpc.ServicerContext):  # type: ignore[misc]
    """The call context such a call brings; what the engine never asks of one is not implemented."""

    def __init__(self) -> None:
        """Active until ``cancel`` is called."""
        self._cancelled = threading.Event()

    def is_active(self) -> bool:
        """Whether the caller still wants an answer."""
        return not self._cancelled.is_set()

    def time_remaining(self) -> float | None:
        """No deadline."""
        return None

    def cancel(self) -> bool:
        """Want no more answers."""
        self._cancelled.set()
        return True

    def abort(self, code: grpc.StatusCode, details: str) -> NoReturn:
        """Refuse the call."""
        raise EngineError(code, details)


InProcess.__abstractmethods__ = frozenset()
