"""Which function an HTTP request belongs to: the functions' route templates on werkzeug's router.

Keeps the rules in which the Functions host differs from werkzeug: literals ignore case, HEAD is not implied
by GET, a trailing slash is ignored, and a value outside its constraint lets the next fitting route try.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from devhost.errors import CannotRunError
from devhost.functions import HTTP, Function
from devhost.templates import OutOfRangeError, Piece, converter, parse_template

_FOLD = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}  # ASCII only: lengths must not change


@dataclass(frozen=True)
class Route:
    """One function's address. ``template`` includes the route prefix; ``methods`` None means any method."""

    function: Function
    template: str
    methods: frozenset[str] | None


class Router:
    """Finds the route of a request, and its parameters."""

    def __init__(self, functions: Iterable[Function], prefix: str) -> None:
        """Take the HTTP functions' routes under ``prefix``.

        Raises CannotRunError for a bad template or a clash.
        """
        self.routes = [_route_of(function, prefix) for function in functions if function.kind == HTTP]
        self._pieces = [_pieces_of(route) for route in self.routes]
        self._refuse_clashes()
        self._map_without = cache(
            self._build_map
        )  # one Map per set of routes whose constraints a request missed
        self._map_without(frozenset())

    def match(self, path: str, method: str) -> tuple[Route, dict[str, str]] | None:
        """The route for a decoded path and its parameters' values, or None."""
        path = path.strip("/")
        without: frozenset[int] = frozenset()
        while True:
            try:
                adapter = self._map_without(without).bind("host")
                index, values = adapter.match("/" + path.translate(_FOLD), method.upper())
            except HTTPException:
                return None
            except OutOfRangeError as miss:
                without |= {miss.route}
                continue
            return self.routes[index], self._in_original_case(self._pieces[index], path, values)

    def _in_original_case(self, pieces: list[Piece], path: str, values: Mapping[str, str]) -> dict[str, str]:
        # The folded path was matched; in the real one, literals and values follow one another at equal
        # lengths.
        found: dict[str, str] = {}
        position = 0
        for piece in pieces:
            if isinstance(piece, str):
                position += len(piece)
            elif piece.name in values:
                found[piece.name] = path[position : position + len(values[piece.name])]
                position += len(values[piece.name])
            elif piece.default is not None:
                found[piece.name] = piece.default
        return found

    def _build_map(self, without: frozenset[int]) -> Map:
        table = Map([], strict_slashes=False, merge_slashes=False, redirect_defaults=False)
        for index, route in enumerate(self.routes):
            if index in without:
                continue
            rule = ""
            variants = []
            for piece in self._pieces[index]:
                if isinstance(piece, str):
                    rule += piece.translate(_FOLD)
                else:
                    if piece.may_be_absent:
                        variants.append(rule.rstrip("/"))
                    name = f"route_{index}_{piece.name}"
                    table.converters[name] = converter(index, piece)
                    rule += f"<{name}:{piece.name}>"
            for variant in [*variants, rule]:
                added = Rule("/" + variant, endpoint=index, methods=route.methods)
                if route.methods is not None:
                    added.methods = set(
                        route.methods
                    )  # werkzeug adds HEAD to GET; the Functions host does not
                table.add(added)
        return table

    def _refuse_clashes(self) -> None:
        routes_of: dict[str, list[Route]] = {}
        for route, pieces in zip(self.routes, self._pieces, strict=True):
            shape = "".join(
                piece.translate(_FOLD)
                if isinstance(piece, str)
                else f"{{{piece.catch_all}{piece.constraints}}}"
                for piece in pieces
            )
            for other in routes_of.setdefault(shape, []):
                if route.methods is None or other.methods is None or route.methods & other.methods:
                    raise CannotRunError(
                        f"function {route.function.name}: the route {route.template!r} is already that of "
                        f"function {other.function.name}, for the same method"
                    )
            routes_of[shape].append(route)


def _route_of(function: Function, prefix: str) -> Route:
    template = str(function.trigger.get("route") or function.name).strip("/")
    methods = function.trigger.get("methods")
    return Route(
        function,
        f"{prefix}/{template}" if prefix else template,
        frozenset(str(method).upper() for method in methods) if methods else None,
    )


def _pieces_of(route: Route) -> list[Piece]:
    try:
        return parse_template(route.template)
    except ValueError as error:
        raise CannotRunError(
            f"function {route.function.name}: the route {route.template!r}: {error}"
        ) from error
