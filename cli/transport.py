"""Sends single HTTP requests and turns every failure into an error that says whether to retry.

Redirects are not followed, because they would carry the user's headers, which are secrets, to any host.
Headers are sent to the deployment's own origin only.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import InvalidHeader, MaxRetryError, NameResolutionError, NewConnectionError
from urllib3.util import Retry

from . import __version__
from .errors import FieldError, PokeError, RefusedError, ReportNotFoundError, UnreachableError
from .retry_policy import RetryableError
from .visitors import VISITOR_HEADER, Visitors

CONNECT_TIMEOUT_SECONDS, READ_TIMEOUT_SECONDS = 5.0, 60.0
INVALID_REQUEST_ERRORS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
)


class Transport:
    """A connection to the deployment at ``url``, as the visitor whose token ``visitors`` has for it.

    ``retry_after_seconds`` is the ``Retry-After`` of the last response, or 0.
    """

    def __init__(
        self,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        read_timeout_seconds: float = READ_TIMEOUT_SECONDS,
        visitors: Visitors | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self._visitors = visitors
        self.retry_after_seconds = 0.0
        self._headers = {"User-Agent": f"poke/{__version__}", **(headers or {})}
        self._timeout = (CONNECT_TIMEOUT_SECONDS, read_timeout_seconds)
        self._session = requests.Session()
        self._has_connected = False

    def send(
        self,
        method: str,
        reference: str,
        *,
        headers: dict[str, str] | None = None,
        accepted_statuses: Collection[int] = (),
        **request: Any,
    ) -> requests.Response:
        """Send one request. ``reference`` is resolved against the deployment's URL.

        Raises RetryableError for 429, for 5xx unless in ``accepted_statuses``, and for a broken connection;
        RefusedError or UnreachableError if a retry cannot help. The latter includes a server that refuses the
        first connection: a wrong address is more likely than a server that is down.
        """
        url = urljoin(f"{self.url}/", reference)
        is_own = _origin(url) == _origin(self.url)
        own_headers = {**self._visitor(), **self._headers} if is_own else {}
        with self.translating_errors():
            response = self._session.request(
                method,
                url,
                headers={**own_headers, **(headers or {})},
                timeout=self._timeout,
                allow_redirects=False,
                **request,
            )
        self._has_connected = True
        if is_own and self._visitors and (token := response.headers.get(VISITOR_HEADER)):
            self._visitors.store(_origin_text(self.url), token)
        self.retry_after_seconds = _parse_retry_after(response.headers.get("Retry-After"))
        status = response.status_code
        if status not in accepted_statuses and (status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500):
            raise RetryableError(error_of(response), retry_after_seconds=self.retry_after_seconds)
        return response

    @property
    def lacks_visitor(self) -> bool:
        """Whether the server has not given this client an identity yet."""
        return self._visitors is not None and self._visitors.token(_origin_text(self.url)) is None

    def _visitor(self) -> dict[str, str]:
        token = self._visitors.token(_origin_text(self.url)) if self._visitors else None
        return {VISITOR_HEADER: token} if token else {}

    @contextmanager
    def translating_errors(self) -> Iterator[None]:
        """Turn the errors of `requests`, also those of reading a body, into RetryableError or PokeError."""
        try:
            yield
        except INVALID_REQUEST_ERRORS as error:
            raise RefusedError(f"Cannot send the request: {error}.") from error
        except requests.exceptions.SSLError as error:
            reason, _ = _failure_reason(error)
            raise UnreachableError(f"Cannot reach {self.url}: {reason}.") from error
        except requests.RequestException as error:
            reason, was_never_sent = _failure_reason(error)
            unreachable = UnreachableError(f"Cannot reach {self.url}: {reason}.")
            if was_never_sent and not self._has_connected:
                raise unreachable from error
            raise RetryableError(unreachable) from error


def error_of(response: requests.Response) -> PokeError:
    """The error that an unsuccessful response stands for."""
    status = response.status_code
    outcome = f"{response.url} returned {status} {response.reason or ''}".rstrip() + "."
    problem = _problem(response)
    if problem is None:
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return RefusedError(f"{outcome} Pass your credentials with --header.")
        if response.is_redirect:
            return UnreachableError(
                f"{outcome} It redirects to {response.headers['Location']}. "
                "Check --url, or pass your credentials with --header if the server requires a sign-in."
            )
        return UnreachableError(f"{outcome} Check that --url is the address of a Poke Queue server.")
    field_errors = [
        FieldError(str(error.get("pointer", "")), str(error.get("detail", "")))
        for error in problem.get("errors", ())
    ]
    message = problem["title"] + "." if field_errors else problem.get("detail", problem["title"])
    if status == HTTPStatus.NOT_FOUND:
        return ReportNotFoundError(message, field_errors)
    if status >= 500:
        return UnreachableError(f"{outcome} {message}", field_errors)
    return RefusedError(message, field_errors)


def json_body(response: requests.Response, *fields: str) -> dict[str, Any]:
    """The JSON object in a successful response. Raises UnreachableError if it lacks one of ``fields``."""
    body = _json_object(response)
    if body is not None and fields and all(field in body for field in fields):
        return body
    raise UnreachableError(
        f"The response of {response.url} is not from a Poke Queue server. Check that --url is correct."
    )


def ensure_success(response: requests.Response) -> requests.Response:
    """Return a successful response. Raises the error of any other response."""
    if response.ok and not response.is_redirect:
        return response
    raise error_of(response)


def _problem(response: requests.Response) -> dict[str, Any] | None:
    """The problem details in a response (RFC 9457)."""
    problem = _json_object(response)
    return problem if problem and isinstance(problem.get("title"), str) else None


def _json_object(response: requests.Response) -> dict[str, Any] | None:
    try:
        body = response.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _origin_text(url: str) -> str:
    scheme, host, port = _origin(url)
    return f"{scheme}://{host}:{port}"


def _parse_retry_after(value: str | None) -> float:
    """The seconds of a ``Retry-After``, which may be a date; 0 if it is missing or invalid."""
    try:
        return Retry().parse_retry_after(value) if value else 0.0
    except InvalidHeader:
        return 0.0


def _failure_reason(error: requests.RequestException) -> tuple[str, bool]:
    """Why a request failed, and whether it certainly never reached the server."""
    cause = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError):
        cause = cause.reason
    if isinstance(cause, NameResolutionError):
        return "the host name cannot be resolved", True
    if isinstance(cause, NewConnectionError):
        os_error = cause.__cause__
        if isinstance(os_error, OSError):
            return (os_error.strerror or str(os_error)).lower(), True
        return "connection failed", True
    if isinstance(error, requests.exceptions.SSLError):
        return f"TLS connection failed ({cause})", True
    if isinstance(error, requests.ConnectTimeout):
        return f"no connection within {CONNECT_TIMEOUT_SECONDS:g} s", True
    if isinstance(error, requests.Timeout):
        return "the response timed out", False
    return "the connection broke before the response was complete", False
