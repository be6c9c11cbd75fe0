"""HTTP responses: JSON for results, and RFC 9457 problem details for errors."""

import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import azure.functions as func
from werkzeug.http import parse_etags, quote_etag

from adapters.settings import SettingError
from domain import errors
from domain.telemetry import Refusal, RequestRefused, emit, log_exception
from triggers.foreign_origins import ForeignOriginError, refuse_foreign_origin

PROBLEM_TYPES = "urn:poke-queue:problem:"
RETRY_AFTER_SECONDS = 5
MAX_LISTED_ERRORS = 20
MAX_ERROR_LENGTH = 1000
"""Characters of an error: enough to list all columns, and not to echo a whole request."""


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """A request that fails; ``kind`` is the end of the problem type's URN."""

    def __init__(
        self,
        status: HTTPStatus,
        kind: str,
        title: str,
        detail: str,
        *,
        errors: list[dict[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.headers = headers or {}
        self.body: dict[str, Any] = {
            "type": PROBLEM_TYPES + kind,
            "title": title,
            "status": status.value,
            "detail": detail,
        }
        if errors:
            self.body["errors"] = errors


def invalid(detail: str, found: list[dict[str, str]]) -> Problem:
    """400 with the first errors: each of ``found`` has a JSON pointer and a detail."""
    listed = [
        {name: shorten(text, MAX_ERROR_LENGTH) for name, text in error.items()}
        for error in found[:MAX_LISTED_ERRORS]
    ]
    return Problem(
        HTTPStatus.BAD_REQUEST, "invalid-request", "The request is not valid", detail, errors=listed
    )


def shorten(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}…"


PROBLEMS: dict[type[Exception], tuple[HTTPStatus, str, str]] = {
    ForeignOriginError: (HTTPStatus.FORBIDDEN, "foreign-origin", "The request comes from another site"),
    errors.ReportNotFoundError: (HTTPStatus.NOT_FOUND, "no-such-report", "Report not found"),
    errors.ReportEndedError: (HTTPStatus.CONFLICT, "already-ended", "The report has ended"),
    errors.ReportOpenError: (HTTPStatus.CONFLICT, "still-open", "The report has not ended"),
    errors.ReportNotPublishedError: (HTTPStatus.CONFLICT, "not-published", "The report has no CSV"),
    errors.NothingMissingError: (HTTPStatus.CONFLICT, "nothing-missing", "No rows are missing"),
    errors.LinkNotFoundError: (HTTPStatus.NOT_FOUND, "no-such-link", "Link not found"),
    errors.TooManyOpenReportsError: (
        HTTPStatus.TOO_MANY_REQUESTS,
        "too-many-open-reports",
        "Too many open reports",
    ),
    errors.TooManyReportsPerHourError: (
        HTTPStatus.TOO_MANY_REQUESTS,
        "too-many-reports-per-hour",
        "Too many reports in an hour",
    ),
    errors.TooManyKeptReportsError: (
        HTTPStatus.TOO_MANY_REQUESTS,
        "too-many-kept-reports",
        "Too many reports",
    ),
    errors.IdempotencyKeyReusedError: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "key-reused",
        "The idempotency key belongs to a different request",
    ),
    errors.ReportBeingDeletedError: (
        HTTPStatus.CONFLICT,
        "key-of-deleted-report",
        "The report of this idempotency key is being deleted",
    ),
}
"""The status, the problem type, and the title of each expected error. Its message is the detail."""

REFUSALS: dict[str, Refusal] = {
    "foreign-origin": "foreign_origin",
    "invalid-principal": "invalid_identity",
    "invalid-visitor": "invalid_identity",
    "no-such-report": "unknown_report",
    "too-many-open-reports": "limit",
    "too-many-reports-per-hour": "limit",
    "too-many-kept-reports": "limit",
}
"""The problems that can be signs of an attack, and the outcomes of their events."""

DEPENDENCIES: dict[type[Exception], str] = {
    errors.PokeApiError: "PokéAPI",
    errors.StorageUnavailableError: "The storage",
    errors.EngineUnavailableError: "The durable engine",
}
"""What does not respond when these are raised."""

COMMON_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
"""Of every response that does not set its own. Reports are their owner's, so no cache may store them."""

RETRY_LATER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


def json_response(
    body: Any, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> func.HttpResponse:
    return func.HttpResponse(
        json.dumps(body), status_code=status, headers=headers, mimetype="application/json"
    )


def unless_known(request: func.HttpRequest, response: func.HttpResponse) -> func.HttpResponse:
    """The response with an ETag, or 304 if the client has it already.

    Browsers store the response for this user only, and ask whether it has changed before each use.
    """
    etag = hashlib.sha256(response.get_body()).hexdigest()[:32]
    response.headers["ETag"] = quote_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    if not parse_etags(request.headers.get("If-None-Match")).contains_weak(etag):
        return response
    return func.HttpResponse(status_code=HTTPStatus.NOT_MODIFIED, headers=dict(response.headers))


def problem_details[**P](handler: Callable[P, func.HttpResponse]) -> Callable[P, func.HttpResponse]:
    """An HTTP function: refuses foreign origins, turns the errors of the handler into problem details, and
    logs the unexpected ones."""

    @functools.wraps(handler)
    def call(*args: P.args, **kwargs: P.kwargs) -> func.HttpResponse:
        try:
            refuse_foreign_origin(_request(args, kwargs))
            response = handler(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - the edge: no error may become a bare 500
            problem = _problem(error)
            response = func.HttpResponse(
                json.dumps(problem.body),
                status_code=problem.status,
                headers=problem.headers,
                mimetype="application/problem+json",
            )
        for name, value in COMMON_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return call


def _request(args: tuple[object, ...], kwargs: Mapping[str, object]) -> func.HttpRequest:
    """The Functions worker passes arguments by name, tests by position."""
    request = kwargs.get("req") or args[0]
    assert isinstance(request, func.HttpRequest)  # noqa: S101
    return request


def _problem(error: Exception) -> Problem:
    if type(error) in PROBLEMS:
        status, kind, title = PROBLEMS[type(error)]
        seconds = getattr(error, "retry_after_seconds", RETRY_AFTER_SECONDS)
        error = Problem(status, kind, title, str(error), headers=_retry_after(status, seconds))
    if isinstance(error, Problem):
        if refusal := REFUSALS.get(error.kind):
            emit(RequestRefused(outcome=refusal))
        return error
    log_exception("The request failed.")
    for kind_of_error, dependency in DEPENDENCIES.items():
        if isinstance(error, kind_of_error):
            return _unavailable(dependency)
    detail = "The error has been logged."
    if isinstance(error, SettingError):
        detail = f"The app's setting {error.setting} is missing or invalid. The log has the details."
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "Internal error", detail)


def _unavailable(dependency: str) -> Problem:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return Problem(
        status,
        "dependency-unavailable",
        f"{dependency} is unavailable",
        f"{dependency} did not respond, and this request needs it. Try again later.",
        headers=_retry_after(status),
    )


def _retry_after(status: HTTPStatus, seconds: int = RETRY_AFTER_SECONDS) -> dict[str, str]:
    return {"Retry-After": str(seconds)} if status in RETRY_LATER else {}
