"""The routes in the OpenAPI document: parameters, responses, headers, and problems of each operation."""

from triggers import schemas
from triggers.openapi_operations import Json, json_body, no_body, operation, parameter, ref
from triggers.report_schemas import PreviewView, ReportsView, ReportView
from triggers.visitor_identity import VISITOR_HEADER

ACCEPTED_HEADERS = ["Location", "Retry-After"]
VALIDATED_HEADERS = ["ETag", "Cache-Control"]
REPORT_REQUEST: Json = {
    "content": {"application/json": {"schema": ref("ReportRequestBody")}},
    "required": True,
}
ACCEPTED = "The report. It is created in the background."


def paths(queries: Json) -> Json:
    """The ``paths`` object. ``queries`` has the schema of each query parameter, by model and name."""
    parameters = {
        model: [parameter("query", name, schema, schema.pop("description")) for name, schema in query.items()]
        for model, query in queries.items()
    }
    return {
        "/reports": _reports(parameters["ReportsQuery"]),
        "/reports/{report_id}": _report(),
        "/reports/{report_id}/download": _download(),
        "/reports/{report_id}/cancel": _cancel(),
        "/reports/{report_id}/retry": _retry(),
        "/visitor": _visitor(),
        "/visitor/adopt": _adopt(),
        "/reports/{report_id}/share": _share(),
        "/shared/{token}": _shared_report(),
        "/shared/{token}/download": _shared_download(),
        "/previews": _previews(),
        "/types": _types(parameters["TypesQuery"]),
        "/generations": _generations(parameters["GenerationsQuery"]),
        "/health": _health(),
        "/openapi.json": _openapi(),
    }


def _reports(list_parameters: list[Json]) -> Json:
    return {
        "get": operation(
            "list_reports",
            "List reports, newest first",
            {
                200: json_body(ReportsView, "A page of reports.", [*VALIDATED_HEADERS, VISITOR_HEADER]),
                304: no_body("The page has not changed.", VALIDATED_HEADERS),
            },
            problems=[400],
            parameters=[*list_parameters, _if_none_match()],
        ),
        "post": operation(
            "create_report",
            "Create a report",
            {
                202: json_body(
                    ReportView, ACCEPTED, [*ACCEPTED_HEADERS, VISITOR_HEADER], links=_links_of_report()
                )
            },
            problems=[400, 403, 409, 413, 415, 422, 429],
            parameters=[_idempotency_key()],
            body=REPORT_REQUEST,
        ),
    }


def _report() -> Json:
    shown = "The report. The header Retry-After is present until the report has ended."
    return {
        "parameters": [_report_id()],
        "get": operation(
            "get_report",
            "Get a report",
            {
                200: json_body(ReportView, shown, [*VALIDATED_HEADERS, "Retry-After"]),
                304: no_body("The report has not changed.", VALIDATED_HEADERS),
            },
            problems=[404],
            parameters=[_if_none_match()],
        ),
        "delete": operation(
            "delete_report",
            "Delete a report",
            {204: no_body("The report and its CSV are deleted. If the report was running, it is stopped.")},
            problems=[403, 404],
        ),
    }


def _download() -> Json:
    return {
        "parameters": [_report_id()],
        "get": operation(
            "download_report",
            "Download the CSV of a report",
            {302: no_body("A link to the CSV, valid for ten minutes.", ["Location"])},
            problems=[404, 409],
        ),
    }


def _cancel() -> Json:
    description = "The report. Its status is canceling or canceled."
    return {
        "parameters": [_report_id()],
        "post": operation(
            "cancel_report",
            "Cancel a report",
            {202: json_body(ReportView, description, ACCEPTED_HEADERS)},
            problems=[403, 404, 409],
        ),
    }


def _retry() -> Json:
    return {
        "parameters": [_report_id()],
        "post": operation(
            "retry_report",
            "Create a report with the same request and seed",
            {202: json_body(ReportView, ACCEPTED, ACCEPTED_HEADERS)},
            problems=[400, 403, 404, 409, 413, 415, 422, 429],
            parameters=[_idempotency_key()],
            body={"content": {"application/json": {"schema": ref("RetryBody")}}},
        ),
    }


def _visitor() -> Json:
    shown = "The identity that the request has or gets."
    return {
        "get": operation(
            "get_visitor",
            "Count the reports of the visitor identity",
            {200: json_body(schemas.VisitorView, shown, [VISITOR_HEADER])},
            problems=[],
        )
    }


def _adopt() -> Json:
    moved = "What has moved. Repeat the request while reports remain."
    return {
        "post": operation(
            "adopt_reports",
            "Move the reports of the visitor identity to the signed-in user",
            {200: json_body(schemas.AdoptionView, moved)},
            problems=[403, 409],
        )
    }


def _share() -> Json:
    shared = "The report. Anyone with the link links.shared can read it, until it is revoked."
    return {
        "parameters": [_report_id()],
        "put": operation(
            "share_report",
            "Share a report",
            {200: json_body(ReportView, shared)},
            problems=[403, 404, 409],
        ),
        "delete": operation(
            "unshare_report",
            "Revoke the link of a shared report",
            {204: no_body("The report is not shared.")},
            problems=[403, 404],
        ),
    }


def _shared_report() -> Json:
    shown = "The report, with links that work for anyone."
    return {
        "parameters": [_token()],
        "get": operation(
            "get_shared_report",
            "Get a shared report",
            {
                200: json_body(ReportView, shown, VALIDATED_HEADERS),
                304: no_body("The report has not changed.", VALIDATED_HEADERS),
            },
            problems=[404],
            parameters=[_if_none_match()],
        ),
    }


def _shared_download() -> Json:
    return {
        "parameters": [_token()],
        "get": operation(
            "download_shared_report",
            "Download the CSV of a shared report",
            {302: no_body("A link to the CSV, valid for ten minutes.", ["Location"])},
            problems=[404],
        ),
    }


def _previews() -> Json:
    return {
        "post": operation(
            "preview_report",
            "Show the first rows of a report without creating it",
            {200: json_body(PreviewView, "The first rows of the CSV that this request and seed create.")},
            problems=[400, 403, 413, 415],
            body=REPORT_REQUEST,
        )
    }


def _types(parameters: list[Json]) -> Json:
    return {
        "get": operation(
            "list_types",
            "List the types, with the number of Pokémon of each",
            {200: json_body(schemas.TypesView, "All types.", ["Cache-Control"])},
            problems=[],
            parameters=parameters,
        )
    }


def _generations(parameters: list[Json]) -> Json:
    return {
        "get": operation(
            "list_generations",
            "List the generations, with the number of Pokémon of each",
            {200: json_body(schemas.GenerationsView, "All generations.", ["Cache-Control"])},
            problems=[],
            parameters=parameters,
        )
    }


def _health() -> Json:
    return {
        "get": operation(
            "get_health",
            "Check the dependencies of the app",
            {
                200: json_body(schemas.HealthView, "All dependencies are available."),
                503: json_body(schemas.HealthView, "At least one dependency is unavailable."),
            },
            problems=[],
        )
    }


def _openapi() -> Json:
    return {
        "get": operation(
            "get_openapi",
            "Get this document",
            {200: {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {}}}}},
            problems=[],
        )
    }


def _links_of_report() -> Json:
    """The operations that take the id of a new report."""
    operations = (
        *("get_report", "delete_report", "download_report", "cancel_report", "retry_report"),
        *("share_report", "unshare_report"),
    )
    return {
        name: {"operationId": name, "parameters": {"report_id": "$response.body#/id"}} for name in operations
    }


def _idempotency_key() -> Json:
    return parameter(
        "header",
        "Idempotency-Key",
        {"type": "string", "minLength": 1, "maxLength": schemas.MAX_IDEMPOTENCY_KEY_LENGTH},
        "Requests with the same key and the same body create only one report.",
    )


def _report_id() -> Json:
    # No pattern: a string that cannot be an id gets the same 404 as an unknown id.
    schema = {"type": "string", "examples": [schemas.EXAMPLE_ID]}
    return parameter("path", "report_id", schema, "The id of the report.")


def _token() -> Json:
    return parameter("path", "token", {"type": "string"}, "The secret in the share link.")


def _if_none_match() -> Json:
    return parameter(
        "header", "If-None-Match", {"type": "string"}, "The ETag of the version that the client has."
    )
