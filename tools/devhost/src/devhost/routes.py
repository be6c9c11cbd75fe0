"""Finds the function for an HTTP request by the rules of the Functions host.

The host tries the functions in alphabetical order and uses the first whose template and method both match.
Templates have no precedence: ``{*path}`` in a function named ``a`` hides every literal route of the functions
after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from devhost.errors import CannotRunError
from devhost.functions import HTTP, Function
from devhost.route_templates import RouteTemplate

_RESERVED = ("admin", "runtime")


@dataclass(frozen=True)
class Route:
    """A function's route. ``template`` includes the route prefix; ``methods`` None means any method."""

    function: Function
    template: str
    methods: frozenset[str] | None


class Router:
    """Finds the function for a request. ``routes`` are in the order in which they are tried."""

    def __init__(self, functions: Iterable[Function], prefix: str) -> None:
        """Collect the routes of the HTTP functions under ``prefix``.

        Raises CannotRunError for a route that Azure's host would not serve: an invalid template, a reserved
        path, or the route and method of another function.
        """
        # StringComparer.OrdinalIgnoreCase compares in upper case: "ab" sorts before "a_".
        sorted_functions = sorted(functions, key=lambda function: function.name.upper())
        self.routes = [_route_of(function, prefix) for function in sorted_functions if function.kind == HTTP]
        self._templates = [_template_of(route) for route in self.routes]
        self._check_unique_routes()

    def match(self, path: str, method: str) -> tuple[Route, dict[str, str]] | None:
        """Return the route for a decoded path (``/api/reports/7``) and its parameters' values, or None.

        A disabled function keeps its route: the host responds 404 and tries no other function.
        """
        for route, template in zip(self.routes, self._templates, strict=True):
            if route.methods is None or method.upper() in route.methods:
                values = template.match(path)
                if values is not None:
                    return route, values
        return None

    def _check_unique_routes(self) -> None:
        routes_of: dict[str, list[Route]] = {}
        for route in self.routes:
            others = routes_of.setdefault(route.template.strip("/").lower(), [])
            for other in others:
                if route.methods is None or other.methods is None or route.methods & other.methods:
                    raise CannotRunError(
                        f"function {route.function.name}: the route {route.template!r} is already used by "
                        f"function {other.function.name} for the same method"
                    )
            others.append(route)


def _route_of(function: Function, prefix: str) -> Route:
    template = str(function.trigger.get("route") or function.name)
    if template.strip("/").lower().startswith(_RESERVED):
        raise CannotRunError(
            f"function {function.name}: the route {template!r} is reserved for the host; "
            f"a route cannot start with {' or '.join(_RESERVED)}"
        )
    methods = function.trigger.get("methods")
    return Route(
        function,
        f"{prefix}/{template}" if prefix else template.lstrip("/"),
        frozenset(str(method).upper() for method in methods) if methods else None,
    )


def _template_of(route: Route) -> RouteTemplate:
    try:
        return RouteTemplate(route.template)
    except ValueError as error:
        raise CannotRunError(
            f"function {route.function.name}: the route {route.template!r}: {error}"
        ) from error
