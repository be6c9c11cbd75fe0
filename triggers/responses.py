"""HTTP responses: JSON for results, and RFC 9457 problem details for errors."""

import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import azure.functions as func
from werkzeug.http import parse_etags, quote_etag

from adapters.pokeapi import PokeApiError
from adapters.settings import SettingError
from domain import errors
from domain.telemetry import log_exception

PROBLEM_TYPES = "urn:poke-queue:problem:"
RETRY_AFTER_SECONDS = 5


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
    """400 with all errors at once: each of ``found`` has a JSON pointer and a detail."""
    return Problem(
        HTTPStatus.BAD_REQUEST, "invalid-request", "The request is not valid", detail, errors=found
    )


PROBLEMS: dict[type[Exception], tuple[HTTPStatus, str, str]] = {
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

DEPENDENCIES: dict[type[Exception], str] = {
    PokeApiError: "PokéAPI",
    errors.StorageUnavailableError: "The storage",
    errors.EngineUnavailableError: "The durable engine",
}
"""What does not respond when these are raised."""

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
    """Turn the errors that a handler raises into problem details, and log the unexpected ones."""

    @functools.wraps(handler)
    def call(*args: P.args, **kwargs: P.kwargs) -> func.HttpResponse:
        try:
            return handler(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - the edge: no error may become a bare 500
            problem = _problem(error)
            return func.HttpResponse(
                json.dumps(problem.body),
                status_code=problem.status,
                headers=problem.headers,
                mimetype="application/problem+json",
            )

    return call


def _problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if type(error) in PROBLEMS:
        status, kind, title = PROBLEMS[type(error)]
        return Problem(status, kind, title, str(error), headers=_retry_after(status))
    log_exception("The request failed.")
    for kind_of_error, dependency in DEPENDENCIES.items():
        if isinstance(error, kind_of_error):
            return _unavailable(dependency)
    detail = str(error) if isinstance(error, SettingError) else "The error has been logged."
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


def _retry_after(status: HTTPStatus) -> dict[str, str]:
    return {"Retry-After": str(RETRY_AFTER_SECONDS)} if status in RETRY_LATER else {}
