"""The OpenAPI 3.1 document of the HTTP API, made from the models that validate and serialise.

What no model knows is written here: which routes there are, what each answers, with which headers.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from domain.columns import COLUMNS
from domain.report import ReportRequest, Result, new_report, published, started
from triggers import schemas
from triggers.report_view import to_view

Json = dict[str, Any]

QUERY_MODELS = (schemas.ReportsQuery, schemas.TypesQuery, schemas.GenerationsQuery)
REQUEST_MODELS = (schemas.ReportRequestBody, *QUERY_MODELS)
RESPONSE_MODELS = (
    schemas.ReportView,
    schemas.ReportsView,
    schemas.TypesView,
    schemas.GenerationsView,
    schemas.HealthView,
    schemas.ProblemView,
)
EXAMPLE_ID = "e5df488ba50-05402d32cc039b2e"

HEADERS: dict[str, Json] = {
    "Location": {"description": "The report.", "schema": {"type": "string", "format": "uri-reference"}},
    "Retry-After": {
        "description": "Ask again in so many seconds.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "ETag": {"description": "Of this state; send it as If-None-Match.", "schema": {"type": "string"}},
    "Allow": {"description": "The methods of this route.", "schema": {"type": "string"}},
}


@cache
def document(types: tuple[str, ...] = (), generations: tuple[str, ...] = ()) -> Json:
    """The whole document, as JSON values; the names there are to ask by, where they are known."""
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        *((model, "validation") for model in REQUEST_MODELS),
        *((model, "serialization") for model in RESPONSE_MODELS),
    ]
    _, definitions = models_json_schema(models, ref_template="#/components/schemas/{model}")
    components: Json = definitions["$defs"]
    queries: Json = {model.__name__: components.pop(model.__name__)["properties"] for model in QUERY_MODELS}
    components["ReportView"]["examples"] = [example_report()]
    asked = components["ReportRequestBody"]["properties"]
    for fields, field, names in (
        (asked, "type", types),
        (asked, "generation", generations),
        (queries["TypesQuery"], "generation", generations),
        (queries["GenerationsQuery"], "type", types),
    ):
        if names:
            fields[field]["anyOf"][0]["enum"] = names
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Poke Queue",
            "version": "1.0",
            "summary": "CSV reports about Pokémon, made in the background.",
            "description": (
                "Ask for a report, watch it, download its CSV. Errors are RFC 9457 problem details. "
                "Data comes from PokéAPI."
            ),
        },
        "servers": [{"url": "/api"}],
        "paths": _paths(queries),
        "components": {"schemas": components, "headers": HEADERS},
    }


def example_report() -> Json:
    """A report as it is shown once it has succeeded."""
    now = datetime(2026, 11, 24, 2, 51, 35, 727000, tzinfo=UTC)
    request = ReportRequest("electric", None, True, 20, 7, tuple(COLUMNS)[:5])
    report = new_report(EXAMPLE_ID, "anonymous", request, now, retention=timedelta(days=30))
    running = started(report, now)
    assert running is not None  # noqa: S101 - a new report can be started
    succeeded = published(running, Result(20, 1234, "0" * 64), (), now + timedelta(seconds=1))
    assert succeeded is not None  # noqa: S101 - and a running one published
    return to_view(succeeded)


def _paths(queries: Json) -> Json:
    body = {"content": {"application/json": {"schema": _ref("ReportRequestBody")}}, "required": True}
    key = _parameter(
        "header",
        "Idempotency-Key",
        {"type": "string", "minLength": 1, "maxLength": 255},
        "The same key and body answer the same report, however often they are sent.",
    )
    known = _parameter("header", "If-None-Match", {"type": "string"}, "The ETag of the state that is known.")
    parameters = {
        model: [
            _parameter("query", name, schema, schema.pop("description")) for name, schema in query.items()
        ]
        for model, query in queries.items()
    }
    report, accepted = schemas.ReportView, "The report, which is made in the background."
    return {
        "/reports": {
            "get": _operation(
                "list_reports",
                "Lists reports, newest first",
                {200: _json(schemas.ReportsView, "A page of reports.")},
                problems=[400],
                parameters=parameters["ReportsQuery"],
            ),
            "post": _operation(
                "create_report",
                "Asks for a report",
                {202: _json(report, accepted, ["Location", "Retry-After"], links=_links_of_report())},
                problems=[400, 409, 413, 415, 422, 429],
                parameters=[key],
                body=body,
            ),
        },
        "/reports/{report_id}": {
            "parameters": [_report_id()],
            "get": _operation(
                "get_report",
                "Shows a report",
                {
                    200: _json(report, "The report; Retry-After while it runs.", ["ETag", "Retry-After"]),
                    304: _empty("The report has not changed.", ["ETag"]),
                },
                problems=[404],
                parameters=[known],
            ),
            "delete": _operation(
                "delete_report",
                "Deletes a report, running or not",
                {204: _empty("The report is gone, and so is its CSV.")},
                problems=[404],
            ),
        },
        "/reports/{report_id}/download": {
            "parameters": [_report_id()],
            "get": _operation(
                "download_report",
                "Leads to the CSV",
                {302: _empty("A link that reads this one CSV for ten minutes.", ["Location"])},
                problems=[404, 409],
            ),
        },
        "/reports/{report_id}/cancel": {
            "parameters": [_report_id()],
            "post": _operation(
                "cancel_report",
                "Stops a report",
                {202: _json(report, "The report, canceling or canceled.", ["Location", "Retry-After"])},
                problems=[404, 409],
            ),
        },
        "/reports/{report_id}/retry": {
            "parameters": [_report_id()],
            "post": _operation(
                "retry_report",
                "Makes a report again, with the same request and seed",
                {202: _json(report, accepted, ["Location", "Retry-After"])},
                problems=[404, 409, 429],
            ),
        },
        "/types": {
            "get": _operation(
                "list_types",
                "Names the types, and counts the Pokémon of each",
                {200: _json(schemas.TypesView, "All of them.")},
                problems=[],
                parameters=parameters["TypesQuery"],
            )
        },
        "/generations": {
            "get": _operation(
                "list_generations",
                "Names the generations, and counts the Pokémon of each",
                {200: _json(schemas.GenerationsView, "All of them.")},
                problems=[],
                parameters=parameters["GenerationsQuery"],
            )
        },
        "/health": {
            "get": _operation(
                "get_health",
                "Tells whether what the app depends on can be reached",
                {
                    200: _json(schemas.HealthView, "Everything can be reached."),
                    503: _json(schemas.HealthView, "Something cannot."),
                },
                problems=[],
            )
        },
        "/openapi.json": {
            "get": _operation(
                "get_openapi",
                "This document",
                {200: {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {}}}}},
                problems=[],
            )
        },
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
    """Any request may meet a principal that cannot be read, or a dependency that is away."""
    told = {*problems, 400, 500, 503} - set(responses)
    operation: Json = {
        "operationId": operation_id,
        "summary": summary,
        "responses": {
            **{str(status): response for status, response in responses.items()},
            **{str(status): _problem(HTTPStatus(status)) for status in sorted(told)},
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
    """What can be done with a report that was just asked for."""
    operations = ("get_report", "delete_report", "download_report", "cancel_report", "retry_report")
    return {
        name: {"operationId": name, "parameters": {"report_id": "$response.body#/id"}} for name in operations
    }


def _report_id() -> Json:
    # Any text is a fair question: what is no report's id is a report that is not there.
    return _parameter("path", "report_id", {"type": "string", "examples": [EXAMPLE_ID]}, "The report's id.")


def _parameter(where: str, name: str, schema: Json, description: str) -> Json:
    return {
        "in": where,
        "name": name,
        "schema": schema,
        "description": description,
        "required": where == "path",
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
