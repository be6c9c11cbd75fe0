import json
import logging
from http import HTTPStatus
from typing import Any

import azure.functions as func
import grpc
import pytest
from azure.core.exceptions import HttpResponseError, ServiceRequestError

from adapters.pokeapi import PokeApiUnavailableError
from adapters.settings import SettingError
from domain.events import LOGGER
from triggers.responses import Problem, answering, invalid, json_response


def answer_to(fault: Exception) -> func.HttpResponse:
    @answering
    def handler() -> func.HttpResponse:
        raise fault

    return handler()


def body(response: func.HttpResponse) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(response.get_body())
    return data


def test_an_answer_is_json_with_its_status_and_headers() -> None:
    response = json_response({"name": "Flabébé"}, HTTPStatus.ACCEPTED, {"Location": "/api/reports/1"})

    assert response.status_code == 202
    assert response.mimetype == "application/json"
    assert response.headers["Location"] == "/api/reports/1"
    assert body(response) == {"name": "Flabébé"}


def test_an_answer_is_ok_unless_it_says_otherwise() -> None:
    assert json_response({}).status_code == 200


def test_a_handler_that_answers_is_left_alone() -> None:
    @answering
    def list_numbers(count: int, *, first: int) -> func.HttpResponse:
        return json_response(list(range(first, first + count)))

    assert json.loads(list_numbers(2, first=7).get_body()) == [7, 8]
    assert list_numbers.__name__ == "list_numbers"


def test_a_problem_is_told_as_rfc_9457_says() -> None:
    response = answer_to(
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


def test_an_invalid_request_lists_every_fault() -> None:
    errors = [{"pointer": "/seed", "detail": "Too small."}, {"pointer": "/type", "detail": "Unknown."}]

    response = answer_to(invalid("2 things are wrong with the request.", errors))

    assert response.status_code == 400
    assert body(response) == {
        "type": "urn:poke-queue:problem:invalid-request",
        "title": "The request is not valid",
        "status": 400,
        "detail": "2 things are wrong with the request.",
        "errors": errors,
    }


@pytest.mark.parametrize(
    ("fault", "dependency"),
    [
        (PokeApiUnavailableError("PokéAPI did not answer."), "PokéAPI"),
        (ServiceRequestError("no route to account.table.core.windows.net"), "The storage"),
        (HttpResponseError("denied to account"), "The storage"),
        (grpc.RpcError(), "The durable engine"),
        (TimeoutError(), "The durable engine"),
    ],
)
def test_a_dependency_that_is_away_is_named_and_may_be_tried_again(fault: Exception, dependency: str) -> None:
    response = answer_to(fault)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert body(response) == {
        "type": "urn:poke-queue:problem:dependency-unavailable",
        "title": f"{dependency} cannot be reached",
        "status": 503,
        "detail": f"{dependency} did not answer, and this request needs it. Try again in a while.",
    }


def test_a_missing_setting_is_told_by_its_name() -> None:
    response = answer_to(SettingError("ReportStorage is not set."))

    assert response.status_code == 500
    assert body(response)["type"] == "urn:poke-queue:problem:internal"
    assert body(response)["detail"] == "ReportStorage is not set."


def test_any_other_fault_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        response = answer_to(RuntimeError("the account key is hunter2"))

    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert b"hunter2" not in response.get_body()
    assert body(response)["detail"] == "The fault has been logged."
    [record] = caplog.records
    assert record.name == LOGGER.name
    assert record.exc_info is not None
    assert "hunter2" in str(record.exc_info[1])


def test_a_problem_is_no_fault_of_ours_and_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    answer_to(invalid("1 thing is wrong with the request.", [{"pointer": "", "detail": "Empty."}]))

    assert caplog.records == []
