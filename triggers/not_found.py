"""Handles requests that match no other route: 405 for a method, 404 for a path that the API does not have.

The Functions host sends neither problem details nor 405. It answers 404 if no function has the method.
"""

import re
from http import HTTPStatus

import azure.durable_functions as df
import azure.functions as func

from triggers.openapi import document
from triggers.responses import Problem, problem_details

CATCH_ALL = "zz_find_no_route"
"""The name of the function. The Functions host tries HTTP routes in the alphabetical order of the function
names, and the first match wins, so this name must sort after all others."""

blueprint = df.Blueprint()


@blueprint.function_name(CATCH_ALL)
@blueprint.route("{*path}")
@problem_details
def find_no_route(req: func.HttpRequest) -> func.HttpResponse:
    path = "/" + req.route_params.get("path", "")
    allowed = allowed_methods(path)
    if not allowed:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            "no-such-route",
            "Route not found",
            "See GET /api/openapi.json for the available routes.",
        )
    raise Problem(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "Method not allowed",
        f"Use one of the methods of this route: {', '.join(allowed)}.",
        headers={"Allow": ", ".join(allowed)},
    )


def allowed_methods(path: str) -> list[str]:
    """The methods of the documented route that matches ``path``, or none if no route matches."""
    for template, operations in document()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path, re.IGNORECASE):
            return sorted(method.upper() for method in operations if method != "parameters")
    return []
