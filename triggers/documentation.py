"""The OpenAPI document of the API, and a Swagger UI page that shows it.

Swagger UI's files come from the package ``swagger-ui-bundle-v2``, so the page needs no network. The page
has the hash of each file as in npm's ``swagger-ui-dist`` of the same version, and browsers refuse any
other content.
"""

import gzip
from functools import cache
from http import HTTPStatus
from pathlib import Path

import azure.durable_functions as df
import azure.functions as func
from swagger_ui_bundle import swagger_ui_path  # type: ignore[import-untyped]

from adapters import dependencies
from domain.errors import PokeApiError
from triggers.openapi import document
from triggers.responses import Problem, json_response, problem_details

FOLDER = Path(__file__).parent / "api_docs"
ASSETS: dict[str, tuple[Path, str]] = {
    "swagger-ui-bundle.js": (swagger_ui_path, "text/javascript"),
    "swagger-ui.css": (swagger_ui_path, "text/css"),
    "start.js": (FOLDER, "text/javascript"),
}
"""The folder and the media type of each file that the page loads."""
# Swagger UI writes style attributes. Everything else is served from here, and no script is inline.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)

blueprint = df.Blueprint()


@blueprint.route("openapi.json", methods=["GET"])
@problem_details
def get_openapi(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the binding needs it
    pokeapi = dependencies.pokeapi_for_requests()
    try:
        return json_response(document(tuple(pokeapi.types()), tuple(pokeapi.generations())))
    except PokeApiError:
        return json_response(document())


@blueprint.route("docs", methods=["GET"])
@problem_details
def show_docs(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the binding needs it
    headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "X-Content-Type-Options": "nosniff"}
    page = (FOLDER / "index.html").read_bytes()
    return func.HttpResponse(page, headers=headers, mimetype="text/html", charset="utf-8")


@blueprint.route("docs/{asset}", methods=["GET"])
@problem_details
def get_docs_asset(req: func.HttpRequest) -> func.HttpResponse:
    name = req.route_params["asset"]
    if name not in ASSETS:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            "no-such-file",
            "File not found",
            f"There is no file {name!r}. The page at GET /api/docs loads {', '.join(ASSETS)}.",
        )
    folder, media_type = ASSETS[name]
    headers = {"Cache-Control": "public, max-age=86400", "Content-Encoding": "gzip"}
    return func.HttpResponse(_gzipped(folder / name), headers=headers, mimetype=media_type)


@cache
def _gzipped(file: Path) -> bytes:
    """The file as gzip, which every browser accepts: 418 instead of 1,510 KB for Swagger UI's script."""
    return gzip.compress(file.read_bytes(), mtime=0)
