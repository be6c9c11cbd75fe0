"""Reads and validates requests. All errors of a request are reported at once."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import azure.functions as func
from pydantic import BaseModel, ValidationError
from werkzeug.http import parse_options_header

from adapters.pokeapi import PokeApi
from domain.columns import COLUMNS
from domain.errors import PokeApiError
from domain.report import ReportRequest
from domain.unknown_names import unknown_name
from triggers.responses import Problem, invalid
from triggers.schemas import ReportRequestBody, RetryBody

MAX_BODY_BYTES = 16 * 1024
INVALID_QUERY = "The query has invalid parameters."

FieldError = dict[str, str]
"""``pointer``, a JSON pointer to the field, and ``detail``, which says what is wrong."""


VERBATIM = {"name"}
"""The fields of which letter case matters."""


@dataclass(frozen=True)
class NewReport:
    """What a client asks for. ``request`` has every default filled in."""

    request: ReportRequest
    name: str | None


def read_new_report(request: func.HttpRequest, pokeapi: PokeApi) -> NewReport:
    """Raises Problem with all errors of the body."""
    data = _normalized(_json_object(request))
    body, errors = _validate(ReportRequestBody, data)
    errors += [*_column_errors(data.get("columns")), *_name_errors(data, pokeapi)]
    if body is None or errors:
        raise invalid_body(errors)
    return NewReport(
        ReportRequest(
            type=body.type,
            generation=body.generation,
            include_forms=body.include_forms is not False,
            sample_size=body.sample_size,
            seed=secrets.randbelow(2**32) if body.seed is None else body.seed,
            columns=tuple(body.columns or COLUMNS),
        ),
        body.name,
    )


def read_retry(request: func.HttpRequest) -> RetryBody:
    """The body of a retry, which can be empty. Raises Problem with all errors of the body."""
    if not request.get_body():
        return RetryBody(only=None)
    body, errors = _validate(RetryBody, _json_object(request))
    if body is None:
        raise invalid_body(errors)
    return body


def read_query[Query: BaseModel](request: func.HttpRequest, model: type[Query]) -> Query:
    """The query parameters as ``model``; unknown parameters are ignored. Raises Problem if any is invalid."""
    # The Functions host omits parameters without a value from request.params.
    parameters = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    known = {name: value for name, value in parameters if name in model.model_fields}
    query, errors = _validate(model, known)
    if query is None:
        raise invalid(INVALID_QUERY, errors)
    return query


def known_id(kind: str, name: str, known: Mapping[str, int]) -> int:
    """The id of the type or generation in a query. Raises Problem if the name is unknown."""
    if name not in known:
        raise invalid(INVALID_QUERY, [{"pointer": f"/{kind}", "detail": unknown_name(kind, name, known)}])
    return known[name]


def _validate[Model: BaseModel](
    model: type[Model], data: dict[str, Any]
) -> tuple[Model | None, list[FieldError]]:
    """The model, or None and the errors."""
    try:
        return model.model_validate(data), []
    except ValidationError as invalid_data:
        details = invalid_data.errors(include_url=False, include_input=False)
        return None, [_field_error(model, error) for error in details]


def _field_error(model: type[BaseModel], error: Any) -> FieldError:
    path = [str(part) for part in error["loc"]]
    unknown = error["type"] == "extra_forbidden"
    detail = unknown_name("field", path[-1], model.model_fields) if unknown else f"{error['msg']}."
    return {"pointer": "".join(f"/{_escaped(part)}" for part in path), "detail": detail}


def _escaped(part: str) -> str:
    """Escape one part of a JSON pointer (RFC 6901, section 3)."""
    return part.replace("~", "~0").replace("/", "~1")


def _normalized(data: dict[str, Any]) -> dict[str, Any]:
    """Ignore letter case and surrounding spaces in the names that PokéAPI and the columns have."""
    return {field: value if field in VERBATIM else _normalized_value(value) for field, value in data.items()}


def _normalized_value(value: Any) -> Any:
    return [_normalized_name(item) for item in value] if isinstance(value, list) else _normalized_name(value)


def _normalized_name(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _json_object(request: func.HttpRequest) -> dict[str, Any]:
    _require_json(request)
    return _parse_object(_limited_body(request))


def _require_json(request: func.HttpRequest) -> None:
    media_type, _ = parse_options_header(request.headers.get("Content-Type"))
    if media_type.lower() != "application/json":
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "The body is not JSON",
            "Send the body as JSON, with the header Content-Type: application/json.",
        )


def _limited_body(request: func.HttpRequest) -> bytes:
    body = request.get_body()
    if len(body) > MAX_BODY_BYTES:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "too-large",
            "The body is too large",
            f"The body must have at most {MAX_BODY_BYTES} bytes; got {len(body)}.",
        )
    return body


def _parse_object(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(
            body.decode(),
            object_pairs_hook=_object_without_duplicates,
            parse_constant=_reject_constant,
            parse_float=_number,
        )
    except (ValueError, RecursionError) as error:
        detail = f"The body is not valid JSON: {_parse_error(error)}."
        raise invalid_body([{"pointer": "", "detail": detail}]) from error
    if not isinstance(data, dict):
        raise invalid_body([{"pointer": "", "detail": "The body must be a JSON object, such as {}."}])
    return data


def _parse_error(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError | _AmbiguousJsonError):
        return str(error)
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return "a number has too many digits"


class _AmbiguousJsonError(ValueError):
    """JSON that Python's parser accepts and other parsers reject or read differently."""


def _object_without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise _AmbiguousJsonError("an object has the same name twice")
    return data


def _number(text: str) -> float | int:
    """Read 20.0 and 2e1 as whole numbers, as JSON Schema and JavaScript do."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _reject_constant(name: str) -> None:
    raise _AmbiguousJsonError(f"{name} is not a JSON value")


def _column_errors(columns: Any) -> Iterable[FieldError]:
    if not isinstance(columns, list) or len(columns) > len(COLUMNS):
        return
    if not columns:
        detail = "List at least one column, or leave the field out to get all columns."
        yield {"pointer": "/columns", "detail": detail}
    for index, name in enumerate(columns):
        if not isinstance(name, str):
            continue
        if name not in COLUMNS:
            yield {"pointer": f"/columns/{index}", "detail": unknown_name("column", name, COLUMNS)}
        elif name in columns[:index]:
            detail = f"The column {name!r} is listed twice. Remove one."
            yield {"pointer": f"/columns/{index}", "detail": detail}


def _name_errors(data: dict[str, Any], pokeapi: PokeApi) -> Iterable[FieldError]:
    lists = {"type": pokeapi.types, "generation": pokeapi.generations}
    for kind, load_names in lists.items():
        name = data.get(kind)
        if not isinstance(name, str):
            continue
        try:
            names = load_names()
        except PokeApiError:
            # While PokéAPI is unavailable, any name is accepted. Planning the report rejects unknown names.
            return
        if name not in names:
            yield {"pointer": f"/{kind}", "detail": unknown_name(kind, name, names)}


def invalid_body(errors: list[FieldError]) -> Problem:
    """400 with all errors of a body."""
    count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
    return invalid(f"The request has {count}.", errors)
