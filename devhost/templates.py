"""Functions' route templates, which are ASP.NET's: ``reports/{id:guid}/{page:int?}/{*rest}``.

Translates one template into literals and parameters, and a parameter's constraints into a converter of
werkzeug's.
"""

import re
from dataclasses import dataclass

from werkzeug.routing import BaseConverter

_ARGUMENTS = r"\((?:[^()]|\([^()]*\))*\)"
_PARAMETER = re.compile(
    rf"\{{(?P<star>\*{{0,2}})(?P<name>\w+)(?P<constraints>(?::\w+(?:{_ARGUMENTS})?)*)"
    r"(?:=(?P<default>[^{}]*))?(?P<optional>\?)?\}"
)
_CONSTRAINT = re.compile(rf":(?P<name>\w+)(?P<arguments>{_ARGUMENTS})?")
_PATTERNS = {
    "int": r"[+-]?\d+",
    "long": r"[+-]?\d+",
    "min": r"[+-]?\d+",
    "max": r"[+-]?\d+",
    "range": r"[+-]?\d+",
    "guid": r"\{?[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?",
    "alpha": r"[a-z]+",
    "bool": r"true|false",
    "decimal": r"[+-]?\d+(?:\.\d+)?",
    "double": r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?",
    "float": r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?",
    "datetime": r"\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:\d\d)?)?",
    "required": r"[^/]+",
}
_LIMITS = {"int": (-(2**31), 2**31 - 1), "long": (-(2**63), 2**63 - 1)}


class OutOfRangeError(Exception):
    """The route numbered ``route`` fits a path by its shape, but a value does not meet a constraint."""

    def __init__(self, route: int) -> None:
        super().__init__(route)
        self.route = route


@dataclass(frozen=True)
class Constraint:
    """One constraint of a parameter: a pattern for the lower-case value, and bounds (None: no bound)."""

    pattern: str
    low: int | None = None
    high: int | None = None

    def accepts(self, value: str) -> bool:
        """Whether a value (in lower case) meets it."""
        if re.fullmatch(self.pattern, value) is None:
            return False
        return (self.low is None or int(value) >= self.low) and (self.high is None or int(value) <= self.high)


@dataclass(frozen=True)
class Parameter:
    """One ``{...}`` of a template."""

    name: str
    catch_all: bool
    may_be_absent: bool
    default: str | None
    constraints: tuple[Constraint, ...]


type Piece = str | Parameter


def parse_template(template: str) -> list[Piece]:
    """The literals and parameters of a template, in order. Raises ValueError saying what is wrong with it."""
    pieces: list[Piece] = []
    end = 0
    for found in _PARAMETER.finditer(template):
        pieces.append(template[end : found.start()])
        star, default = bool(found["star"]), found["default"]
        may_be_absent = star or default is not None or bool(found["optional"])
        pieces.append(
            Parameter(found["name"], star, may_be_absent, default, _constraints(found["constraints"]))
        )
        end = found.end()
    pieces.append(template[end:])
    if any(isinstance(piece, str) and re.search(r"[{}<>?]", piece) for piece in pieces):
        raise ValueError("it is not a valid template")
    return [piece for piece in pieces if piece != ""]


def converter(route: int, parameter: Parameter) -> type[BaseConverter]:
    """The werkzeug converter for a parameter of the route numbered ``route``; values stay text."""
    anything = ".+" if parameter.catch_all else "[^/]+"

    class Converter(BaseConverter):
        regex = f"(?:{parameter.constraints[0].pattern if parameter.constraints else anything})"
        part_isolating = not parameter.catch_all
        # ASP.NET's order after literals: constrained, then free, then catch-all.
        weight = (200 if parameter.catch_all else 100) - (50 if parameter.constraints else 0)

        def to_python(self, value: str) -> str:
            if not all(constraint.accepts(value) for constraint in parameter.constraints):
                raise OutOfRangeError(route)
            return value

    return Converter


def _constraints(text: str) -> tuple[Constraint, ...]:
    found = []
    for constraint in _CONSTRAINT.finditer(text):
        try:
            found.append(_constraint(constraint["name"].lower(), (constraint["arguments"] or "()")[1:-1]))
        except (KeyError, ValueError, re.error) as error:
            raise ValueError(f"this host does not know the constraint {constraint[0][1:]!r}") from error
    return tuple(found)


def _constraint(name: str, arguments: str) -> Constraint:
    if name == "regex":
        return Constraint(_unanchored(arguments))
    numbers = [int(argument) for argument in arguments.split(",")] if arguments else []
    match name, numbers:
        case "length", [exactly]:
            return Constraint(f"[^/]{{{exactly}}}")
        case "length", [low, high]:
            return Constraint(f"[^/]{{{low},{high}}}")
        case "minlength", [low]:
            return Constraint(f"[^/]{{{low},}}")
        case "maxlength", [high]:
            return Constraint(f"[^/]{{1,{high}}}")
        case "min", [low]:
            return Constraint(_PATTERNS[name], low=low)
        case "max", [high]:
            return Constraint(_PATTERNS[name], high=high)
        case "range", [low, high]:
            return Constraint(_PATTERNS[name], low, high)
        case _, []:
            return Constraint(_PATTERNS[name], *_LIMITS.get(name, (None, None)))
    raise ValueError(arguments)


def _unanchored(expression: str) -> str:
    # Braces are doubled in a template; .NET searches where a route must match from end to end.
    expression = expression.replace("{{", "{").replace("}}", "}")
    before = "" if expression.startswith("^") else "[^/]*?"
    after = "" if expression.endswith("$") else "[^/]*"
    pattern = f"{before}(?:{expression.removeprefix('^').removesuffix('$')}){after}"
    re.compile(pattern)
    return pattern
