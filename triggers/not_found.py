"""Answers requests that match no other route: 405 for another method, 404 for another path.

The Functions host knows neither problem details nor 405: it answers 404 for a method that no function has.
"""

import re
from http import HTTPStatus

import azure.durable_functions as df
import azure.functions as func

from triggers.openapi import document
from triggers.responses import Problem, problem_details

CATCH_ALL = "zz_find_no_route"
"""The name of the function. The Functions host tries HTTP routes in the alphabetical order of the function
names, and the first match wins, so this name must sort after every other."""

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
            "There is no such route",
            "What there is, GET /api/openapi.json tells.",
        )
    raise Problem(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "The route does not take this method",
        f"It takes {', '.join(allowed)}.",
        headers={"Allow": ", ".join(allowed)},
    )


def allowed_methods(path: str) -> list[str]:
    """The methods of the documented route that ``path`` is of; none where it is of no route."""
    for template, operations in document()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path, re.IGNORECASE):
            return sorted(method.upper() for method in operations if method != "parameters")
    return []
