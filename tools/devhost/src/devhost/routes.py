"""Which function an HTTP request belongs to, as the Functions host decides it.

The host tries the functions one after another, in the order of their names, and takes the first whose
template and method both fit. No template goes before another: ``{*path}`` in a function named ``a`` hides
every literal route of the functions after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from devhost.errors import CannotRunError
from devhost.functions import HTTP, Function
from devhost.templates import Template

_RESERVED = ("admin", "runtime")


@dataclass(frozen=True)
class Route:
    """One function's address. ``template`` includes the route prefix; ``methods`` None means any method."""

    function: Function
    template: str
    methods: frozenset[str] | None


class Router:
    """Finds the function of a request. ``routes`` are in the order in which they are tried."""

    def __init__(self, functions: Iterable[Function], prefix: str) -> None:
        """Take the HTTP functions' routes under ``prefix``.

        Raises CannotRunError for a route that the host in Azure would not serve: a template that cannot be
        read, one that is reserved, or one that is another function's already, for the same method.
        """
        # StringComparer.OrdinalIgnoreCase compares in upper case: "ab" goes before "a_".
        ordered = sorted(functions, key=lambda function: function.name.upper())
        self.routes = [_route_of(function, prefix) for function in ordered if function.kind == HTTP]
        self._templates = [_template_of(route) for route in self.routes]
        self._refuse_clashes()

    def match(self, path: str, method: str) -> tuple[Route, dict[str, str]] | None:
        """The route for a decoded path (``/api/reports/7``) and its parameters' values, or None.

        A disabled function keeps its route: the host answers 404 for it and tries no other.
        """
        for route, template in zip(self.routes, self._templates, strict=True):
            if route.methods is None or method.upper() in route.methods:
                values = template.match(path)
                if values is not None:
                    return route, values
        return None

    def _refuse_clashes(self) -> None:
        routes_of: dict[str, list[Route]] = {}
        for route in self.routes:
            others = routes_of.setdefault(route.template.strip("/").lower(), [])
            for other in others:
                if route.methods is None or other.methods is None or route.methods & other.methods:
                    raise CannotRunError(
                        f"function {route.function.name}: the route {route.template!r} is already that of "
                        f"function {other.function.name}, for the same method"
                    )
            others.append(route)


def _route_of(function: Function, prefix: str) -> Route:
    template = str(function.trigger.get("route") or function.name)
    if template.strip("/").lower().startswith(_RESERVED):
        raise CannotRunError(
            f"function {function.name}: the route {template!r} is the host's own; "
            f"no route may begin with {' or '.join(_RESERVED)}"
        )
    methods = function.trigger.get("methods")
    return Route(
        function,
        f"{prefix}/{template}" if prefix else template.lstrip("/"),
        frozenset(str(method).upper() for method in methods) if methods else None,
    )


def _template_of(route: Route) -> Template:
    try:
        return Template(route.template)
    except ValueError as error:
        raise CannotRunError(
            f"function {route.function.name}: the route {route.template!r}: {error}"
        ) from error
