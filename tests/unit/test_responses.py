import json
import logging
from http import HTTPStatus
from typing import Any

import azure.functions as func
import pytest

from adapters.pokeapi import PokeApiUnavailableError
from adapters.settings import SettingError
from domain import errors
from domain.errors import (
    EngineUnavailableError,
    ReportEndedError,
    ReportNotFoundError,
    StorageUnavailableError,
    TooManyOpenReportsError,
)
from domain.telemetry import LOGGER
from triggers import responses
from triggers.responses import Problem, invalid, json_response, problem_details


def response_to(error: Exception) -> func.HttpResponse:
    @problem_details
    def handler() -> func.HttpResponse:
        raise error

    return handler()


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
    def list_numbers(count: int, *, first: int) -> func.HttpResponse:
        return json_response(list(range(first, first + count)))

    assert json.loads(list_numbers(2, first=7).get_body()) == [7, 8]
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


def test_a_missing_setting_is_named() -> None:
    response = response_to(SettingError("ReportStorage is not set."))

    assert response.status_code == 500
    assert body(response)["type"] == "urn:poke-queue:problem:internal"
    assert body(response)["detail"] == "ReportStorage is not set."


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
