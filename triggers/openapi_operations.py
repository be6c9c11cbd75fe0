"""The parts of an operation in the OpenAPI document: parameters, responses, headers, and problems."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel

from triggers.visitor_identity import SECURE_COOKIES, VISITOR_HEADER

Json = dict[str, Any]

HEADERS: dict[str, Json] = {
    "Location": {
        "description": "The URL of the report or of its CSV.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Retry-After": {
        "description": "The number of seconds to wait before the next request.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "ETag": {
        "description": "The version of the response. Send it as If-None-Match.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {"description": "How long the response can be stored.", "schema": {"type": "string"}},
    VISITOR_HEADER: {
        "description": "A new visitor token, if the request had no identity. Send it with later requests.",
        "schema": {"type": "string"},
    },
    "Allow": {"description": "The methods of the route.", "schema": {"type": "string"}},
}
SECURITY_SCHEMES: dict[str, Json] = {
    "visitor": {
        "type": "apiKey",
        "in": "header",
        "name": VISITOR_HEADER,
        "description": "The token of a visitor who is not signed in.",
    },
    "visitor_cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": SECURE_COOKIES[0],
        "description": "The same token in a browser.",
    },
}


def operation(
    operation_id: str,
    summary: str,
    responses: dict[int, Json],
    *,
    problems: list[int],
    parameters: list[Json] | None = None,
    body: Json | None = None,
) -> Json:
    # Any request can have an invalid client principal, fail, or need an unavailable service.
    statuses = {*problems, 400, 500, 503} - set(responses)
    operation: Json = {
        "operationId": operation_id,
        "summary": summary,
        "responses": {
            **{str(status): response for status, response in responses.items()},
            **{str(status): problem_body(HTTPStatus(status)) for status in sorted(statuses)},
        },
    }
    if parameters:
        operation["parameters"] = parameters
    if body:
        operation["requestBody"] = body
    return operation


def json_body(
    model: type[BaseModel], description: str, headers: list[str] | None = None, **more: Json
) -> Json:
    content = {"application/json": {"schema": ref(model.__name__)}}
    return {**no_body(description, headers), "content": content, **more}


def no_body(description: str, headers: list[str] | None = None) -> Json:
    response: Json = {"description": description}
    if headers:
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    return response


def problem_body(status: HTTPStatus) -> Json:
    headers = {HTTPStatus.SERVICE_UNAVAILABLE: ["Retry-After"], HTTPStatus.TOO_MANY_REQUESTS: ["Retry-After"]}
    content = {"application/problem+json": {"schema": ref("ProblemView")}}
    return {**no_body(status.phrase, headers.get(status)), "content": content}


def parameter(location: str, name: str, schema: Json, description: str) -> Json:
    return {
        "in": location,
        "name": name,
        "schema": schema,
        "description": description,
        "required": location == "path",
    }


def ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
