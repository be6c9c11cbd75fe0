"""The routes in the OpenAPI document: parameters, responses, headers, and problems of each operation."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel

from triggers import schemas
from triggers.report_schemas import ReportsView, ReportView

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
    "Allow": {"description": "The methods of the route.", "schema": {"type": "string"}},
}
ACCEPTED_HEADERS = ["Location", "Retry-After"]
VALIDATED_HEADERS = ["ETag", "Cache-Control"]
ACCEPTED = "The report. It is created in the background."


def paths(queries: Json) -> Json:
    """The ``paths`` object. ``queries`` has the schema of each query parameter, by model and name."""
    parameters = {
        model: [
            _parameter("query", name, schema, schema.pop("description")) for name, schema in query.items()
        ]
        for model, query in queries.items()
    }
    return {
        "/reports": _reports(parameters["ReportsQuery"]),
        "/reports/{report_id}": _report(),
        "/reports/{report_id}/download": _download(),
        "/reports/{report_id}/cancel": _cancel(),
        "/reports/{report_id}/retry": _retry(),
        "/types": _types(parameters["TypesQuery"]),
        "/generations": _generations(parameters["GenerationsQuery"]),
        "/health": _health(),
        "/openapi.json": _openapi(),
    }


def _reports(list_parameters: list[Json]) -> Json:
    key = _parameter(
        "header",
        "Idempotency-Key",
        {"type": "string", "minLength": 1, "maxLength": schemas.MAX_IDEMPOTENCY_KEY_LENGTH},
        "Requests with the same key and the same body create only one report.",
    )
    return {
        "get": _operation(
            "list_reports",
            "List reports, newest first",
            {
                200: _json(ReportsView, "A page of reports.", VALIDATED_HEADERS),
                304: _empty("The page has not changed.", VALIDATED_HEADERS),
            },
            problems=[400],
            parameters=[*list_parameters, _if_none_match()],
        ),
        "post": _operation(
            "create_report",
            "Create a report",
            {202: _json(ReportView, ACCEPTED, ACCEPTED_HEADERS, links=_links_of_report())},
            problems=[400, 409, 413, 415, 422, 429],
            parameters=[key],
            body={"content": {"application/json": {"schema": _ref("ReportRequestBody")}}, "required": True},
        ),
    }


def _report() -> Json:
    shown = "The report. The header Retry-After is present until the report has ended."
    return {
        "parameters": [_report_id()],
        "get": _operation(
            "get_report",
            "Get a report",
            {
                200: _json(ReportView, shown, [*VALIDATED_HEADERS, "Retry-After"]),
                304: _empty("The report has not changed.", VALIDATED_HEADERS),
            },
            problems=[404],
            parameters=[_if_none_match()],
        ),
        "delete": _operation(
            "delete_report",
            "Delete a report",
            {204: _empty("The report and its CSV are deleted. If the report was running, it is stopped.")},
            problems=[404],
        ),
    }


def _download() -> Json:
    return {
        "parameters": [_report_id()],
        "get": _operation(
            "download_report",
            "Download the CSV of a report",
            {302: _empty("A link to the CSV, valid for ten minutes.", ["Location"])},
            problems=[404, 409],
        ),
    }


def _cancel() -> Json:
    description = "The report. Its status is canceling or canceled."
    return {
        "parameters": [_report_id()],
        "post": _operation(
            "cancel_report",
            "Cancel a report",
            {202: _json(ReportView, description, ACCEPTED_HEADERS)},
            problems=[404, 409],
        ),
    }


def _retry() -> Json:
    return {
        "parameters": [_report_id()],
        "post": _operation(
            "retry_report",
            "Create a report with the same request and seed",
            {202: _json(ReportView, ACCEPTED, ACCEPTED_HEADERS)},
            problems=[404, 409, 429],
        ),
    }


def _types(parameters: list[Json]) -> Json:
    return {
        "get": _operation(
            "list_types",
            "List the types, with the number of Pokémon of each",
            {200: _json(schemas.TypesView, "All types.", ["Cache-Control"])},
            problems=[],
            parameters=parameters,
        )
    }


def _generations(parameters: list[Json]) -> Json:
    return {
        "get": _operation(
            "list_generations",
            "List the generations, with the number of Pokémon of each",
            {200: _json(schemas.GenerationsView, "All generations.", ["Cache-Control"])},
            problems=[],
            parameters=parameters,
        )
    }


def _health() -> Json:
    return {
        "get": _operation(
            "get_health",
            "Check the dependencies of the app",
            {
                200: _json(schemas.HealthView, "All dependencies are available."),
                503: _json(schemas.HealthView, "At least one dependency is unavailable."),
            },
            problems=[],
        )
    }


def _openapi() -> Json:
    return {
        "get": _operation(
            "get_openapi",
            "Get this document",
            {200: {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {}}}}},
            problems=[],
        )
    }


def _operation(
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
            **{str(status): _problem(HTTPStatus(status)) for status in sorted(statuses)},
        },
    }
    if parameters:
        operation["parameters"] = parameters
    if body:
        operation["requestBody"] = body
    return operation


def _json(model: type[BaseModel], description: str, headers: list[str] | None = None, **more: Json) -> Json:
    content = {"application/json": {"schema": _ref(model.__name__)}}
    return {**_empty(description, headers), "content": content, **more}


def _empty(description: str, headers: list[str] | None = None) -> Json:
    response: Json = {"description": description}
    if headers:
        response["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    return response


def _problem(status: HTTPStatus) -> Json:
    headers = {HTTPStatus.SERVICE_UNAVAILABLE: ["Retry-After"], HTTPStatus.TOO_MANY_REQUESTS: ["Retry-After"]}
    content = {"application/problem+json": {"schema": _ref("ProblemView")}}
    return {**_empty(status.phrase, headers.get(status)), "content": content}


def _links_of_report() -> Json:
    """The operations that take the id of a new report."""
    operations = ("get_report", "delete_report", "download_report", "cancel_report", "retry_report")
    return {
        name: {"operationId": name, "parameters": {"report_id": "$response.body#/id"}} for name in operations
    }


def _report_id() -> Json:
    # No pattern: a string that cannot be an id gets the same 404 as an unknown id.
    schema = {"type": "string", "examples": [schemas.EXAMPLE_ID]}
    return _parameter("path", "report_id", schema, "The id of the report.")


def _if_none_match() -> Json:
    return _parameter(
        "header", "If-None-Match", {"type": "string"}, "The ETag of the version that the client has."
    )


def _parameter(location: str, name: str, schema: Json, description: str) -> Json:
    return {
        "in": location,
        "name": name,
        "schema": schema,
        "description": description,
        "required": location == "path",
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
