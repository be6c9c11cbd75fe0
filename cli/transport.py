"""One HTTP request and what came of it, in words: an answer, a trouble that may pass, or a fault that stays.

Redirects are not followed: they would carry the user's headers, which are secrets, to wherever they lead.
Headers go to the deployment's own origin and nowhere else.
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
from .faults import FieldFault, NoSuchReportError, PokeError, RefusedError, UnreachableError
from .patience import TroubleError

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 60.0
UNUSABLE_REQUESTS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
)


class Transport:
    """``url`` is where the deployment is; ``asked_to_wait`` the ``Retry-After`` of its last answer, or 0."""

    def __init__(
        self, url: str, *, headers: dict[str, str] | None = None, answer_seconds: float = ANSWER_SECONDS
    ) -> None:
        self.url = url.rstrip("/")
        self.asked_to_wait = 0.0
        self._headers = {"User-Agent": f"poke/{__version__}", **(headers or {})}
        self._timeout = (CONNECT_SECONDS, answer_seconds)
        self._session = requests.Session()
        self._has_connected = False

    def attempt(
        self,
        method: str,
        reference: str,
        *,
        headers: dict[str, str] | None = None,
        answers: Collection[int] = (),
        **request: Any,
    ) -> requests.Response:
        """Send one request; ``reference`` is resolved against the URL.

        Raises TroubleError for 429, 5xx (but those in ``answers``) and for what breaks on the way, and
        UnreachableError or RefusedError for what trying again will not mend. A server that cannot be
        connected to from the start is such a case: its address is wrong more often than it is down.
        """
        url = urljoin(f"{self.url}/", reference)
        own = self._headers if _origin(url) == _origin(self.url) else {}
        with self.telling_troubles():
            answer = self._session.request(
                method,
                url,
                headers={**own, **(headers or {})},
                timeout=self._timeout,
                allow_redirects=False,
                **request,
            )
        self._has_connected = True
        self.asked_to_wait = _seconds(answer.headers.get("Retry-After"))
        status = answer.status_code
        if status not in answers and (status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500):
            may_have_acted = status != HTTPStatus.TOO_MANY_REQUESTS
            fault = refusal(answer)
            raise TroubleError(fault, retry_after=self.asked_to_wait, may_have_acted=may_have_acted)
        return answer

    @contextmanager
    def telling_troubles(self) -> Iterator[None]:
        """Turn what `requests` raises, also while a body is read, into TroubleError or PokeError."""
        try:
            yield
        except UNUSABLE_REQUESTS as fault:
            raise RefusedError(f"The request cannot be sent: {fault}.") from fault
        except requests.exceptions.SSLError as fault:
            reason, _ = _reason(fault)
            raise UnreachableError(f"{self.url} cannot be reached: {reason}.") from fault
        except requests.RequestException as fault:
            reason, never_sent = _reason(fault)
            unreachable = UnreachableError(f"{self.url} cannot be reached: {reason}.")
            if never_sent and not self._has_connected:
                raise unreachable from fault
            raise TroubleError(unreachable, may_have_acted=not never_sent) from fault


def refusal(answer: requests.Response) -> PokeError:
    """What an answer that is not what was asked for says, as the fault it is."""
    status = answer.status_code
    told = f"{answer.url} answered {status} {answer.reason or ''}".rstrip() + "."
    problem = _problem(answer)
    if problem is None:
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return RefusedError(f"{told} Pass what it wants to see with --header.")
        if answer.is_redirect:
            where = answer.headers["Location"]
            return UnreachableError(f"{told} It leads to {where}: is --url right, or is a --header missing?")
        return UnreachableError(f"{told} Is it a Poke Queue?")
    errors = problem.get("errors", ())
    faults = [FieldFault(str(one.get("pointer", "")), str(one.get("detail", ""))) for one in errors]
    message = problem["title"] + "." if faults else problem.get("detail", problem["title"])
    if status == HTTPStatus.NOT_FOUND:
        return NoSuchReportError(message, faults)
    if status >= 500:
        return UnreachableError(f"{told} {message}", faults)
    return RefusedError(message, faults)


def body_of(answer: requests.Response, *names: str) -> dict[str, Any]:
    """The JSON object of a successful answer, which has these names in it; else the fault is raised."""
    body = _json(answer)
    if body is not None and names and all(name in body for name in names):
        return body
    raise UnreachableError(f"{answer.url} does not answer as Poke Queue does. Is --url right?")


def unless_refused(answer: requests.Response) -> requests.Response:
    if answer.ok and not answer.is_redirect:
        return answer
    raise refusal(answer)


def _problem(answer: requests.Response) -> dict[str, Any] | None:
    problem = _json(answer)
    return problem if problem and isinstance(problem.get("title"), str) else None


def _json(answer: requests.Response) -> dict[str, Any] | None:
    try:
        body = answer.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _seconds(retry_after: str | None) -> float:
    """Of a ``Retry-After``, which may be a date; one that cannot be read counts as none."""
    try:
        return Retry().parse_retry_after(retry_after) if retry_after else 0.0
    except InvalidHeader:
        return 0.0


def _reason(fault: requests.RequestException) -> tuple[str, bool]:
    """Why a request came to nothing, and whether it certainly never reached the server."""
    cause = fault.args[0] if fault.args else None
    if isinstance(cause, MaxRetryError):
        cause = cause.reason
    if isinstance(cause, NameResolutionError):
        return "there is no host of this name", True
    if isinstance(cause, NewConnectionError):
        error = cause.__cause__
        return (error.strerror or str(error)).lower() if isinstance(error, OSError) else "no connection", True
    if isinstance(fault, requests.exceptions.SSLError):
        return f"no encrypted connection ({cause})", True
    if isinstance(fault, requests.ConnectTimeout):
        return f"no connection in {CONNECT_SECONDS:g} s", True
    if isinstance(fault, requests.Timeout):
        return "no answer in time", False
    return "the connection broke before the whole answer came", False
