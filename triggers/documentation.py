"""The API's own documentation: the OpenAPI document, and a page that shows it."""

from http import HTTPStatus
from pathlib import Path

import azure.durable_functions as df
import azure.functions as func

from adapters import dependencies
from adapters.pokeapi import PokeApiError
from triggers.openapi import document
from triggers.responses import Problem, answering, json_response

FOLDER = Path(__file__).parent / "api_docs"
ASSETS = {
    "swagger-ui-bundle.js": ("swagger-ui-bundle.js.gz", "text/javascript"),
    "swagger-ui.css": ("swagger-ui.css.gz", "text/css"),
    "start.js": ("start.js", "text/javascript"),
}
"""What the page loads: the file of each, and its media type."""
# Swagger UI writes style attributes; everything else comes from here and is no inline script.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)

blueprint = df.Blueprint()


@blueprint.route("openapi.json", methods=["GET"])
@answering
def get_openapi(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the binding needs it
    pokeapi = dependencies.pokeapi_for_requests()
    try:
        return json_response(document(tuple(pokeapi.types()), tuple(pokeapi.generations())))
    except PokeApiError:
        return json_response(document())


@blueprint.route("docs", methods=["GET"])
@answering
def show_docs(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the binding needs it
    headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "X-Content-Type-Options": "nosniff"}
    page = (FOLDER / "index.html").read_bytes()
    return func.HttpResponse(page, headers=headers, mimetype="text/html", charset="utf-8")


@blueprint.route("docs/{asset}", methods=["GET"])
@answering
def get_docs_asset(req: func.HttpRequest) -> func.HttpResponse:
    name = req.route_params["asset"]
    if name not in ASSETS:
        raise Problem(HTTPStatus.NOT_FOUND, "no-such-file", "There is no such file", f"There is no {name!r}.")
    file_name, media_type = ASSETS[name]
    headers = {"Cache-Control": "public, max-age=86400"}
    if file_name.endswith(".gz"):
        headers["Content-Encoding"] = "gzip"
    return func.HttpResponse((FOLDER / file_name).read_bytes(), headers=headers, mimetype=media_type)
