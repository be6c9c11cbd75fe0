"""ASP.NET route templates, which Functions uses: ``reports/{id:guid}/{page:int?}/{*rest}``.

A template becomes one regular expression for the path. The constraints are then checked against the values of
the parameters.
"""

import re
from dataclasses import dataclass

_ARGUMENTS = r"\((?:[^()]|\([^()]*\))*\)"
_PARAMETER = re.compile(
    rf"\{{(?P<star>\*{{0,2}})(?P<name>\w+)(?P<constraints>(?::\w+(?:{_ARGUMENTS})?)*)"
    r"(?:=(?P<default>[^{}]*))?(?P<optional>\?)?\}"
)
_PLACEHOLDER = re.compile("\0")  # replaces a parameter while the rest of the template is parsed
_CONSTRAINT = re.compile(rf":(?P<name>\w+)(?P<arguments>{_ARGUMENTS})?")
_INTEGER = r"\s*[+-]?[0-9]+\s*"
_NUMBER = r"\s*[+-]?(?:[0-9][0-9,]*\.?[0-9]*|\.[0-9]+)"
_FLOAT = rf"{_NUMBER}(?:e[+-]?[0-9]+)?\s*|nan|[+-]?infinity"
_PATTERNS = {
    "int": _INTEGER,
    "long": _INTEGER,
    "min": _INTEGER,
    "max": _INTEGER,
    "range": _INTEGER,
    "guid": r"\{?[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?",
    "alpha": r"[a-z]+",
    "bool": r"true|false",
    "decimal": rf"{_NUMBER}\s*",
    "double": _FLOAT,
    "float": _FLOAT,
    "datetime": r"\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:\d\d)?)?",
    "required": r".+",
}
_LIMITS = {"int": (-(2**31), 2**31 - 1), "long": (-(2**63), 2**63 - 1)}


@dataclass(frozen=True)
class Constraint:
    """A constraint of a parameter: a pattern that its value must contain, and bounds (None: no bound)."""

    pattern: re.Pattern[str]
    minimum: int | None = None
    maximum: int | None = None

    def accepts(self, value: str) -> bool:
        """Whether a value satisfies the constraint."""
        if self.pattern.search(value) is None:
            return False
        if self.minimum is not None and int(value) < self.minimum:
            return False
        return self.maximum is None or int(value) <= self.maximum


@dataclass(frozen=True)
class Parameter:
    """A ``{...}`` of a template."""

    name: str
    catch_all: bool
    optional: bool
    default: str | None
    constraints: tuple[Constraint, ...]

    @property
    def may_be_absent(self) -> bool:
        """Whether a path may end before this parameter."""
        return self.catch_all or self.optional or self.default is not None

    def accepts(self, value: str | None) -> bool:
        """Whether the template matches with this value (None: absent and without a default)."""
        if value is None:
            return self.optional or not self.constraints
        return all(constraint.accepts(value) for constraint in self.constraints)


class RouteTemplate:
    """A route template, compiled to match paths."""

    def __init__(self, text: str) -> None:
        """Raises ValueError, with the reason, if the template is invalid."""
        self._parameters = [_parameter(match) for match in _PARAMETER.finditer(text)]
        skeleton = _PARAMETER.sub("\0", text).strip("/")
        if re.search(r"[{}<>?]", skeleton):
            raise ValueError("it is not a valid template")
        if "//" in text:
            raise ValueError("it contains two consecutive slashes")
        self._pattern = re.compile(_path_pattern(skeleton, self._parameters), re.IGNORECASE | re.DOTALL)

    def match(self, path: str) -> dict[str, str] | None:
        """Return the parameters' values in a decoded path such as ``/api/x``; None if it does not match."""
        match = self._pattern.fullmatch(path)
        if match is None:
            return None
        values: dict[str, str] = {}
        for parameter, text in zip(self._parameters, match.groups(), strict=True):
            value = parameter.default if text is None else text
            if not parameter.accepts(value):
                return None
            if value is not None:
                values[parameter.name] = value
        return values


def _path_pattern(skeleton: str, parameters: list[Parameter]) -> str:
    """The regular expression for a template's paths, with a group per parameter. It is built from the end."""
    rest, rest_may_be_absent = "", True
    remaining = [*parameters]
    for number, segment in enumerate(reversed(skeleton.split("/") if skeleton else [])):
        pattern = "/"
        literals = _PLACEHOLDER.split(segment)
        here = [remaining.pop() for _ in literals[1:]][::-1]
        if any(parameter.catch_all for parameter in here) and (number or len(segment) > 1):
            raise ValueError("a catch-all parameter must be the whole of the last segment")
        if any(parameter.may_be_absent for parameter in here) and len(segment) > 1:
            raise ValueError("devhost supports optional parameters only as whole segments")
        for literal, parameter in zip(literals, [*here, None], strict=True):
            pattern += re.escape(literal)
            if parameter is not None:
                pattern += "([^/].*)" if parameter.catch_all else "([^/]+)"
        rest_may_be_absent = rest_may_be_absent and bool(here) and here[0].may_be_absent
        rest = f"(?:{pattern}{rest})?" if rest_may_be_absent else pattern + rest
    return rest + "/?"


def _parameter(match: re.Match[str]) -> Parameter:
    return Parameter(
        match["name"],
        bool(match["star"]),
        bool(match["optional"]),
        match["default"],
        _constraints(match["constraints"]),
    )


def _constraints(text: str) -> tuple[Constraint, ...]:
    constraints = []
    for constraint in _CONSTRAINT.finditer(text):
        try:
            constraints.append(
                _constraint(constraint["name"].lower(), (constraint["arguments"] or "()")[1:-1])
            )
        except (KeyError, ValueError, re.error) as error:
            raise ValueError(f"devhost does not support the constraint {constraint[0][1:]!r}") from error
    return tuple(constraints)


def _constraint(name: str, arguments: str) -> Constraint:
    if name == "regex":
        # A template doubles braces, and .NET searches the value for the expression.
        expression = arguments.replace("{{", "{").replace("}}", "}")
        return Constraint(re.compile(expression, re.IGNORECASE))
    numbers = [int(argument) for argument in arguments.split(",")] if arguments else []
    match name, numbers:
        case "length", [length]:
            return Constraint(_whole(f".{{{length}}}"))
        case "length", [low, high]:
            return Constraint(_whole(f".{{{low},{high}}}"))
        case "minlength", [low]:
            return Constraint(_whole(f".{{{low},}}"))
        case "maxlength", [high]:
            return Constraint(_whole(f".{{0,{high}}}"))
        case "min", [low]:
            return Constraint(_whole(_PATTERNS[name]), minimum=low)
        case "max", [high]:
            return Constraint(_whole(_PATTERNS[name]), maximum=high)
        case "range", [low, high]:
            return Constraint(_whole(_PATTERNS[name]), low, high)
        case _, []:
            return Constraint(_whole(_PATTERNS[name]), *_LIMITS.get(name, (None, None)))
    raise ValueError(arguments)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\A(?:{pattern})\Z", re.IGNORECASE | re.DOTALL | re.ASCII)
