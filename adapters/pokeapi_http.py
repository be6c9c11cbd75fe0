"""The HTTP session for PokéAPI. It limits what a response can cost, whatever the server sends.

urllib3's timeouts limit the wait for the next bytes, so a server that sends one byte at a time can hold a
thread for hours, and nothing limits the size of a response. Here a deadline ends a request with everything
that it does: the wait for a connection, connecting, each attempt and the delays between attempts, the headers
and the body. The limit of the size applies to the bytes on the wire and to the decoded body.

The session follows no redirects, and sends no cookies back.
"""

import io
import socket
import time
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, PoolManager, Retry, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import EmptyPoolError, HTTPError, MaxRetryError, ReadTimeoutError, ResponseError

from adapters.settings import PokeApiSettings

USER_AGENT = "poke-queue/1.0 (Azure Durable Functions report generator)"
MAX_RETRY_AFTER_SECONDS = 30
CHUNK_BYTES = 64 * 1024
OVERHEAD_BYTES = 128 * 1024
"""The size of a response's headers and framing, in addition to its body."""
SHORTEST_TIMEOUT_SECONDS = 0.001
"""urllib3 rejects a timeout of 0."""


@dataclass(frozen=True)
class Response:
    """A complete response. ``location`` is set if it is a redirect, and ``body`` is decoded."""

    status: int
    headers: Mapping[str, str]
    location: str | None
    body: bytes
    attempts: int


class NoResponseError(Exception):
    """There is no complete response. The message is the reason, worded for a report's reader."""

    def __init__(self, reason: str, attempts: int) -> None:
        super().__init__(reason)
        self.attempts = attempts


class PokeApiSession:
    """Sends GET requests. Threads can share it."""

    def __init__(self, settings: PokeApiSettings) -> None:
        self._timeouts = (settings.connect_timeout_seconds, settings.read_timeout_seconds)
        retry = _Retry(
            total=settings.retries,
            backoff_factor=settings.backoff_seconds,
            backoff_jitter=settings.backoff_seconds,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods=("GET",),
            raise_on_status=False,
            respect_retry_after_header=True,
            retry_after_max=MAX_RETRY_AFTER_SECONDS,
        )
        # A blocking pool limits the connections, whatever the number of threads.
        adapter = _Adapter(
            pool_connections=1, pool_maxsize=settings.connections, pool_block=True, max_retries=retry
        )
        self._session = _Session()
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # Session.get would read the environment and look for a .netrc file before each request, which takes a
        # third of its CPU time. Here both happen once.
        self._request = self._session.prepare_request(
            requests.Request("GET", settings.base_url, {"User-Agent": USER_AGENT})
        )
        self._options = dict[str, Any](
            self._session.merge_environment_settings(settings.base_url, {}, True, None, None)
        )

    def get(self, url: str, headers: Mapping[str, str], *, ends_at: float, max_bytes: int) -> Response:
        """The response, whatever its status. Raises NoResponseError.

        ``ends_at`` is the deadline on the monotonic clock; ``max_bytes`` is the largest decoded body.
        """
        request = _Request(ends_at, max_bytes)
        if not request.seconds_left:
            raise NoResponseError("timeout", attempts=0)
        token = _current.set(request)
        try:
            message = self._request.copy()
            message.prepare_url(url, None)
            message.headers.update(headers)
            with self._session.send(
                message, timeout=self._timeouts, allow_redirects=False, **self._options
            ) as response:
                location = response.headers["Location"] if response.is_redirect else None
                body = _read(response, max_bytes)
        # ValueError: urllib3 converts a Retry-After header of any length to a number.
        except (requests.RequestException, HTTPError, ValueError) as error:
            raise NoResponseError(_reason(error), request.attempts) from error
        finally:
            _current.reset(token)
        return Response(response.status_code, response.headers, location, body, request.attempts)


@dataclass
class _Request:
    ends_at: float
    max_bytes: int
    attempts: int = 0

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.ends_at - time.monotonic())


_current: ContextVar[_Request] = ContextVar("request")
"""The request that this thread sends. requests has no argument that would pass it to the classes below."""


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """Without a target, the session does not read the body of a redirect, for which it has no limit."""


class _Pool(HTTPConnectionPool):
    # urllib3 calls this once for each attempt.
    def urlopen(self, *arguments: Any, timeout: Timeout, **options: Any) -> BaseHTTPResponse:  # type: ignore[override]
        request = _current.get()
        request.attempts += 1
        seconds = max(request.seconds_left, SHORTEST_TIMEOUT_SECONDS)
        limited = Timeout(connect=timeout.connect_timeout, read=timeout.read_timeout, total=seconds)
        return super().urlopen(*arguments, **options | {"timeout": limited, "pool_timeout": seconds})


class _Retry(Retry):
    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: Any = None,
        _stacktrace: Any = None,
    ) -> Self:
        """Allow no retry that would start after the deadline."""
        retry = super().increment(method, url, response, error, _pool, _stacktrace)
        delay = (self.get_retry_after(response) if response else None) or retry.get_backoff_time()
        if delay >= _current.get().seconds_left:
            raise MaxRetryError(_pool, url, error or ResponseError(ResponseError.GENERIC_ERROR))
        return retry


class _Reader(io.RawIOBase):
    """Reads from a socket until the deadline, and at most as many bytes as the response may have."""

    def __init__(self, raw: io.RawIOBase, connection: socket.socket) -> None:
        self._raw = raw
        self._connection = connection
        self._timeout = connection.gettimeout()
        self._request = _current.get()
        self._bytes_left = self._request.max_bytes + OVERHEAD_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        seconds = self._request.seconds_left
        if not seconds:
            raise TimeoutError("The deadline has passed.")
        if self._timeout is None or seconds < self._timeout:
            self._connection.settimeout(seconds)
        count: int | None = self._raw.readinto(buffer)
        self._bytes_left -= count or 0
        if self._bytes_left < 0:
            raise OSError("The response is too large.")
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _HTTPResponse(HTTPResponse):
    """The base class reads the whole response, its status line included, from ``fp``."""

    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.fp = io.BufferedReader(_Reader(self.fp.detach(), sock))


class _HTTPConnection(HTTPConnection):
    response_class = _HTTPResponse


class _HTTPSConnection(HTTPSConnection):
    response_class = _HTTPResponse


class _HTTPPool(_Pool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(_Pool, HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        _limit(self.poolmanager)

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> PoolManager:
        manager: PoolManager = super().proxy_manager_for(*arguments, **options)
        _limit(manager)
        return manager


def _limit(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}


class _TooLargeError(requests.RequestException):
    pass


def _read(response: requests.Response, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_content(CHUNK_BYTES):
        size += len(part)
        if size > max_bytes:
            raise _TooLargeError
        parts.append(part)
    return b"".join(parts)


def _reason(error: Exception) -> str:
    # For a timeout of the last attempt, or of the body, requests raises ConnectionError with the timeout
    # inside.
    inner = error.args[0] if error.args else None
    cause = getattr(inner, "reason", inner)
    if isinstance(error, requests.Timeout | EmptyPoolError) or isinstance(cause, ReadTimeoutError):
        return "timeout"
    if isinstance(error, requests.ConnectionError):
        return "connection failed"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "incomplete response"
    if isinstance(error, _TooLargeError):
        return "response too large"
    return "invalid response"
