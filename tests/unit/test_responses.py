import json
import logging
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import azure.functions as func
import pytest

from adapters.settings import SettingError
from domain import errors
from domain.errors import (
    EngineUnavailableError,
    PokeApiUnavailableError,
    ReportEndedError,
    ReportNotFoundError,
    StorageUnavailableError,
    TooManyKeptReportsError,
    TooManyOpenReportsError,
    TooManyReportsPerHourError,
)
from domain.telemetry import LOGGER
from triggers import responses
from triggers.responses import Problem, invalid, json_response, problem_details

REQUEST = func.HttpRequest("GET", "http://localhost/api/reports", headers={}, body=b"")


def response_to(error: Exception, request: func.HttpRequest = REQUEST) -> func.HttpResponse:
    @problem_details
    def handler(_: func.HttpRequest) -> func.HttpResponse:
        raise error

    return handler(request)


def body(response: func.HttpResponse) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(response.get_body())
    return data


def test_a_response_is_json_with_its_status_and_headers() -> None:
    response = json_response({"name": "Flabébé"}, HTTPStatus.ACCEPTED, {"Location": "/api/reports/1"})

    assert response.status_code == 202
    assert response.mimetype == "application/json"
    assert response.headers["Location"] == "/api/reports/1"
    assert body(response) == {"name": "Flabébé"}


def test_the_default_status_is_200() -> None:
    assert json_response({}).status_code == 200


def test_the_response_of_a_handler_is_not_changed() -> None:
    @problem_details
    def list_numbers(req: func.HttpRequest, client: int) -> func.HttpResponse:
        return json_response([req.method, client])

    # As the Functions worker calls it.
    assert json.loads(list_numbers(client=7, req=REQUEST).get_body()) == ["GET", 7]
    assert list_numbers.__name__ == "list_numbers"


def test_a_problem_has_the_format_of_rfc_9457() -> None:
    response = response_to(
        Problem(
            HTTPStatus.CONFLICT,
            "not-published",
            "The report has no CSV",
            "The report is running.",
            headers={"Retry-After": "1"},
        )
    )

    assert response.status_code == 409
    assert response.mimetype == "application/problem+json"
    assert response.headers["Retry-After"] == "1"
    assert body(response) == {
        "type": "urn:poke-queue:problem:not-published",
        "title": "The report has no CSV",
        "status": 409,
        "detail": "The report is running.",
    }


def test_an_invalid_request_lists_every_error() -> None:
    found = [{"pointer": "/seed", "detail": "Too small."}, {"pointer": "/type", "detail": "Unknown."}]

    response = response_to(invalid("The request has 2 errors.", found))

    assert response.status_code == 400
    assert body(response) == {
        "type": "urn:poke-queue:problem:invalid-request",
        "title": "The request is not valid",
        "status": 400,
        "detail": "The request has 2 errors.",
        "errors": found,
    }


@pytest.mark.parametrize(
    ("error", "dependency"),
    [
        (PokeApiUnavailableError("PokéAPI did not respond."), "PokéAPI"),
        (StorageUnavailableError("no route to account.table.core.windows.net"), "The storage"),
        (EngineUnavailableError("The durable engine failed."), "The durable engine"),
    ],
)
def test_an_unavailable_dependency_is_named_and_the_request_can_be_retried(
    error: Exception, dependency: str
) -> None:
    response = response_to(error)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert body(response) == {
        "type": "urn:poke-queue:problem:dependency-unavailable",
        "title": f"{dependency} is unavailable",
        "status": 503,
        "detail": f"{dependency} did not respond, and this request needs it. Try again later.",
    }


def test_an_invalid_setting_is_named_without_its_value(caplog: pytest.LogCaptureFixture) -> None:
    message = "POKEAPI_BASE_URL must be an http or https URL; got 'https://user:hunter2@mirror?key=abc'."
    with caplog.at_level(logging.ERROR):
        response = response_to(SettingError("POKEAPI_BASE_URL", message))

    assert response.status_code == 500
    assert body(response)["type"] == "urn:poke-queue:problem:internal"
    assert body(response)["detail"] == (
        "The app's setting POKEAPI_BASE_URL is missing or invalid. The log has the details."
    )
    assert "hunter2" in caplog.text


def test_no_response_is_sniffed_or_stored_by_a_cache_unless_it_says_so() -> None:
    @problem_details
    def handler(_: func.HttpRequest) -> func.HttpResponse:
        return json_response({}, headers={"Cache-Control": "public, max-age=300"})

    problem = response_to(RuntimeError())
    assert problem.headers["Cache-Control"] == "no-store"
    assert problem.headers["X-Content-Type-Options"] == "nosniff"
    assert handler(REQUEST).headers.get_all("Cache-Control") == ["public, max-age=300"]


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (TooManyOpenReportsError(20), "5"),
        (TooManyReportsPerHourError(60, timedelta(minutes=12)), "720"),
        (TooManyKeptReportsError(500), "3600"),
    ],
)
def test_a_refusal_says_when_to_try_again(error: Exception, seconds: str) -> None:
    response = response_to(error)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == seconds


def test_any_other_error_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        response = response_to(RuntimeError("the account key is hunter2"))

    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert b"hunter2" not in response.get_body()
    assert body(response)["detail"] == "The error has been logged."
    [record] = caplog.records
    assert record.name == LOGGER.name
    assert record.exc_info is not None
    assert "hunter2" in str(record.exc_info[1])


def test_a_problem_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    response_to(invalid("The request has 1 error.", [{"pointer": "", "detail": "Empty."}]))

    assert caplog.records == []


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (ReportNotFoundError("x"), 404, "no-such-report"),
        (ReportEndedError(), 409, "already-ended"),
        (TooManyOpenReportsError(20), 429, "too-many-open-reports"),
    ],
)
def test_an_error_of_a_use_case_is_a_problem_with_its_message(
    error: Exception, status: int, kind: str
) -> None:
    response = response_to(error)

    assert response.status_code == status
    assert body(response)["type"] == f"urn:poke-queue:problem:{kind}"
    assert body(response)["detail"] == str(error)


def test_every_error_of_a_use_case_has_a_problem() -> None:
    mapped = responses.PROBLEMS.keys() | responses.DEPENDENCIES.keys()

    assert set(errors.PokeQueueError.__subclasses__()) <= mapped
