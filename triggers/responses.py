"""HTTP answers: JSON for what was asked, RFC 9457 problem details for what went wrong."""

import functools
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import azure.functions as func
import grpc
from azure.core.exceptions import AzureError

from adapters.pokeapi import PokeApiError
from adapters.settings import SettingError
from domain.events import tell_fault

PROBLEM_TYPES = "urn:poke-queue:problem:"
RETRY_AFTER_SECONDS = 5


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """A request that cannot be answered as asked; ``kind`` ends the problem type's URN."""

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


def invalid(detail: str, errors: list[dict[str, str]]) -> Problem:
    """400 with every fault at once: ``errors`` holds a JSON pointer and a detail each."""
    return Problem(
        HTTPStatus.BAD_REQUEST, "invalid-request", "The request is not valid", detail, errors=errors
    )


def unavailable(dependency: str) -> Problem:
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "dependency-unavailable",
        f"{dependency} cannot be reached",
        f"{dependency} did not answer, and this request needs it. Try again in a while.",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def json_response(
    body: Any, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> func.HttpResponse:
    return func.HttpResponse(
        json.dumps(body), status_code=status, headers=headers, mimetype="application/json"
    )


def answering[**P](handler: Callable[P, func.HttpResponse]) -> Callable[P, func.HttpResponse]:
    """Turn what a handler raises into problem details, and log what nobody asked for."""

    @functools.wraps(handler)
    def answer(*args: P.args, **kwargs: P.kwargs) -> func.HttpResponse:
        try:
            return handler(*args, **kwargs)
        except Exception as fault:  # noqa: BLE001 - the edge: nothing may pass as a bare 500
            problem = _problem(fault)
            return func.HttpResponse(
                json.dumps(problem.body),
                status_code=problem.status,
                headers=problem.headers,
                mimetype="application/problem+json",
            )

    return answer


def _problem(fault: Exception) -> Problem:
    if isinstance(fault, Problem):
        return fault
    tell_fault("The request failed.")
    if isinstance(fault, PokeApiError):
        return unavailable("PokéAPI")
    if isinstance(fault, AzureError):
        return unavailable("The storage")
    if isinstance(fault, grpc.RpcError | TimeoutError):
        return unavailable("The durable engine")
    detail = str(fault) if isinstance(fault, SettingError) else "The fault has been logged."
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "Something went wrong here", detail)
