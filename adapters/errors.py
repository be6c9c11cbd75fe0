"""Translates the errors of the clients into the app's own, so that no client's error leaves the adapters."""

import functools
from collections.abc import Callable

import grpc
from azure.core.exceptions import AzureError

from domain.errors import EngineUnavailableError, StorageUnavailableError


def storage_errors[**P, R](method: Callable[P, R]) -> Callable[P, R]:
    """Raise StorageUnavailableError in place of an AzureError. Not for generators."""

    @functools.wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except AzureError as error:
            raise StorageUnavailableError(f"The storage request failed: {type(error).__name__}.") from error

    return call


def engine_errors[**P, R](method: Callable[P, R]) -> Callable[P, R]:
    """Raise EngineUnavailableError in place of an RpcError. Not for generators."""

    @functools.wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except grpc.RpcError as error:
            raise EngineUnavailableError(f"The durable engine failed: {error.code().name}.") from error

    return call
