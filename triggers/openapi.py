"""The OpenAPI 3.1 document of the HTTP API.

The schemas come from the models that validate requests and serialize responses. The routes, which have no
models, are in ``triggers/openapi_paths.py``.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from domain.columns import COLUMNS
from domain.report import ReportRequest, Result, new_report, published, started
from triggers import schemas
from triggers.openapi_operations import HEADERS, SECURITY_SCHEMES
from triggers.openapi_paths import paths
from triggers.report_schemas import PreviewView, ReportsView, ReportView
from triggers.report_view import to_view

Json = dict[str, Any]

QUERY_MODELS = (schemas.ReportsQuery, schemas.TypesQuery, schemas.GenerationsQuery)
REQUEST_MODELS = (schemas.ReportRequestBody, schemas.RetryBody, *QUERY_MODELS)
RESPONSE_MODELS = (
    ReportView,
    ReportsView,
    PreviewView,
    schemas.TypesView,
    schemas.GenerationsView,
    schemas.HealthView,
    schemas.VisitorView,
    schemas.AdoptionView,
    schemas.ProblemView,
)


@cache
def document(types: tuple[str, ...] = (), generations: tuple[str, ...] = ()) -> Json:
    """The document as JSON values. ``types`` and ``generations`` are the valid names, if they are known."""
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        *((model, "validation") for model in REQUEST_MODELS),
        *((model, "serialization") for model in RESPONSE_MODELS),
    ]
    _, definitions = models_json_schema(models, ref_template="#/components/schemas/{model}")
    components: Json = definitions["$defs"]
    queries: Json = {model.__name__: components.pop(model.__name__)["properties"] for model in QUERY_MODELS}
    components["ReportView"]["examples"] = [example_report()]
    body = components["ReportRequestBody"]["properties"]
    for fields, field, names in (
        (body, "type", types),
        (body, "generation", generations),
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
            "summary": "CSV reports about Pokémon, created in the background.",
            "description": (
                "Create a report, follow its progress, and download its CSV. "
                "Errors are RFC 9457 problem details. The data comes from PokéAPI."
            ),
        },
        "servers": [{"url": "/api"}],
        "paths": paths(queries),
        # Every request is possible without an identity, and then gets one.
        "security": [{}, *({name: []} for name in SECURITY_SCHEMES)],
        "components": {"schemas": components, "headers": HEADERS, "securitySchemes": SECURITY_SCHEMES},
    }


def example_report() -> Json:
    """The JSON of a report that has succeeded."""
    now = datetime(2026, 11, 24, 2, 51, 35, 727000, tzinfo=UTC)
    request = ReportRequest("electric", None, True, 20, 7, tuple(COLUMNS)[:5])
    report = new_report(schemas.EXAMPLE_ID, "visitor-example", request, now, retention=timedelta(days=30))
    running = started(report, now)
    assert running is not None  # noqa: S101 - a new report can start
    succeeded = published(running, Result(20, 1234, "0" * 64), (), now + timedelta(seconds=1))
    assert succeeded is not None  # noqa: S101 - a running report can be published
    return to_view(succeeded, succeeded.updated_at)
