"""Functions' route templates, which are ASP.NET's: ``reports/{id:guid}/{page:int?}/{*rest}``.

A template becomes one regular expression for the shape of a path. The constraints of its parameters are
checked on the values that were found.
"""

import re
from dataclasses import dataclass

_ARGUMENTS = r"\((?:[^()]|\([^()]*\))*\)"
_PARAMETER = re.compile(
    rf"\{{(?P<star>\*{{0,2}})(?P<name>\w+)(?P<constraints>(?::\w+(?:{_ARGUMENTS})?)*)"
    r"(?:=(?P<default>[^{}]*))?(?P<optional>\?)?\}"
)
_PLACE = re.compile("\0")  # where a parameter was, while the rest of a template is looked at
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
    """One constraint of a parameter: what must be found in its value, and bounds (None: no bound)."""

    pattern: re.Pattern[str]
    low: int | None = None
    high: int | None = None

    def accepts(self, value: str) -> bool:
        """Whether a value meets it."""
        if self.pattern.search(value) is None:
            return False
        return (self.low is None or int(value) >= self.low) and (self.high is None or int(value) <= self.high)


@dataclass(frozen=True)
class Parameter:
    """One ``{...}`` of a template."""

    name: str
    catch_all: bool
    optional: bool
    default: str | None
    constraints: tuple[Constraint, ...]

    @property
    def may_be_absent(self) -> bool:
        """Whether a path may end before it."""
        return self.catch_all or self.optional or self.default is not None

    def accepts(self, value: str | None) -> bool:
        """Whether a path with this value (None: it is absent and has no default) can be the template's."""
        if value is None:
            return self.optional or not self.constraints
        return all(constraint.accepts(value) for constraint in self.constraints)


class Template:
    """A template that can be compared with paths."""

    def __init__(self, text: str) -> None:
        """Raises ValueError saying what is wrong with it."""
        found = [*_PARAMETER.finditer(text)]
        self._parameters = [_parameter(one) for one in found]
        shape = _PARAMETER.sub("\0", text).strip("/")
        if re.search(r"[{}<>?]", shape):
            raise ValueError("it is not a valid template")
        if "//" in text:
            raise ValueError("it has two slashes in a row")
        self._shape = re.compile(_shape(shape, self._parameters), re.IGNORECASE | re.DOTALL)

    def match(self, path: str) -> dict[str, str] | None:
        """The values of the parameters in a decoded path, which begins with a slash; None if it differs."""
        found = self._shape.fullmatch(path)
        if found is None:
            return None
        values: dict[str, str] = {}
        for parameter, text in zip(self._parameters, found.groups(), strict=True):
            value = parameter.default if text is None else text
            if not parameter.accepts(value):
                return None
            if value is not None:
                values[parameter.name] = value
        return values


def _shape(template: str, parameters: list[Parameter]) -> str:
    """The expression for a template's paths, with a group for each parameter. It is built from the end."""
    rest, rest_may_be_absent = "", True
    remaining = [*parameters]
    for number, segment in enumerate(reversed(template.split("/") if template else [])):
        pattern = "/"
        literals = _PLACE.split(segment)
        here = [remaining.pop() for _ in literals[1:]][::-1]
        if any(one.catch_all for one in here) and (number or len(segment) > 1):
            raise ValueError("a catch-all parameter must be the whole of the last segment")
        if any(one.may_be_absent for one in here) and len(segment) > 1:
            raise ValueError("this host knows optional parameters as whole segments only")
        for literal, parameter in zip(literals, [*here, None], strict=True):
            pattern += re.escape(literal)
            if parameter is not None:
                pattern += "([^/].*)" if parameter.catch_all else "([^/]+)"
        rest_may_be_absent = rest_may_be_absent and bool(here) and here[0].may_be_absent
        rest = f"(?:{pattern}{rest})?" if rest_may_be_absent else pattern + rest
    return rest + "/?"


def _parameter(found: re.Match[str]) -> Parameter:
    return Parameter(
        found["name"],
        bool(found["star"]),
        bool(found["optional"]),
        found["default"],
        _constraints(found["constraints"]),
    )


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
        # Braces are doubled in a template, and .NET finds the expression anywhere in the value.
        expression = arguments.replace("{{", "{").replace("}}", "}")
        return Constraint(re.compile(expression, re.IGNORECASE))
    numbers = [int(argument) for argument in arguments.split(",")] if arguments else []
    match name, numbers:
        case "length", [exactly]:
            return Constraint(_whole(f".{{{exactly}}}"))
        case "length", [low, high]:
            return Constraint(_whole(f".{{{low},{high}}}"))
        case "minlength", [low]:
            return Constraint(_whole(f".{{{low},}}"))
        case "maxlength", [high]:
            return Constraint(_whole(f".{{0,{high}}}"))
        case "min", [low]:
            return Constraint(_whole(_PATTERNS[name]), low=low)
        case "max", [high]:
            return Constraint(_whole(_PATTERNS[name]), high=high)
        case "range", [low, high]:
            return Constraint(_whole(_PATTERNS[name]), low, high)
        case _, []:
            return Constraint(_whole(_PATTERNS[name]), *_LIMITS.get(name, (None, None)))
    raise ValueError(arguments)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\A(?:{pattern})\Z", re.IGNORECASE | re.DOTALL | re.ASCII)
