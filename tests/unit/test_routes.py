"""The function that the Functions host selects for each documented operation.

The host tries HTTP routes in the alphabetical order of the function names, and the first match wins.
"""

import re
from typing import Any

import pytest

from function_app import app
from triggers.not_found import CATCH_ALL
from triggers.openapi import document

NAMES = []
ROUTES: dict[str, tuple[str, set[str]]] = {}
"""The route template and the methods of each HTTP function; no methods means any method."""
for function in app.get_functions():
    trigger: dict[str, Any] = function.get_trigger().get_dict_repr()  # type: ignore[union-attr]
    NAMES.append(str(function.get_function_name()))
    if trigger["type"] == "httpTrigger":
        methods = {method.value for method in trigger.get("methods") or ()}
        ROUTES[NAMES[-1]] = (trigger["route"], methods)
OPERATIONS = [
    (method.upper(), path, operation["operationId"])
    for path, operations in document()["paths"].items()
    for method, operation in operations.items()
    if method != "parameters"
]


def selected(method: str, path: str) -> str:
    for name, (template, methods) in sorted(ROUTES.items()):
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        pattern = re.sub(r"\\\{\\\*\w+\\\}", ".*", pattern)
        if re.fullmatch(pattern, path) and (not methods or method in methods):
            return name
    raise AssertionError(f"no function matches {method} {path}")


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_the_host_selects_the_function_of_the_operation(method: str, path: str, operation: str) -> None:
    filled = path.strip("/").replace("{report_id}", "e5df45fc9b6-b4871c15782d0e21")
    assert selected(method, filled.replace("{token}", "9-_aF1Qz8d0kL2mN3oP4qR")) == operation


@pytest.mark.parametrize("path", ["docs", "docs/start.js"])
def test_the_host_selects_the_functions_of_the_documentation_page(path: str) -> None:
    assert selected("GET", path) != CATCH_ALL


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "nowhere"), ("PUT", "reports"), ("POST", "shared/x"), ("GET", "")]
)
def test_the_host_selects_the_catch_all_if_no_route_matches(method: str, path: str) -> None:
    assert selected(method, path) == CATCH_ALL


def test_the_names_of_functions_differ_in_more_than_case() -> None:
    assert len({name.lower() for name in NAMES}) == len(NAMES)
