"""What a client asks, checked whole: every fault is found in one go."""

import json
import secrets
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import azure.functions as func
from pydantic import BaseModel, ValidationError

from adapters.pokeapi import PokeApi, PokeApiError
from domain.catalogue import unknown_name
from domain.columns import COLUMNS
from domain.report import ReportRequest
from triggers.responses import Problem, invalid
from triggers.schemas import ReportRequestBody

MAX_BODY_BYTES = 16 * 1024
UNUSABLE_QUERY = "The query has parameters that cannot be used."

Fault = dict[str, str]


def read_request(request: func.HttpRequest, pokeapi: PokeApi) -> ReportRequest:
    """The validated request with its defaults, or the Problem that says all that is wrong with it."""
    data = _normalised(_json_object(request))
    faults = [*__faults(data), *_column_faults(data.get("columns")), *_name_faults(data, pokeapi)]
    if faults:
        raise _invalid(faults)
    body = ReportRequestBody.model_validate(data)
    return ReportRequest(
        type=body.type,
        generation=body.generation,
        include_forms=body.include_forms is not False,
        sample_size=body.sample_size,
        seed=secrets.randbelow(2**32) if body.seed is None else body.seed,
        columns=tuple(body.columns or COLUMNS),
    )


def read_query[Query: BaseModel](request: func.HttpRequest, model: type[Query]) -> Query:
    """The query of a GET, as its model has it; parameters that it does not know are passed over."""
    # Not request.params, from which the Functions host leaves out parameters without a value.
    asked = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    known = {name: value for name, value in asked if name in model.model_fields}
    try:
        return model.model_validate(known)
    except ValidationError as fault:
        faults = [_fault(error) for error in fault.errors(include_url=False, include_input=False)]
        raise invalid(UNUSABLE_QUERY, faults) from fault


def known_id(kind: str, name: str, known: Mapping[str, int]) -> int:
    """The id of the type or generation that a query names; a Problem where there is none."""
    if name not in known:
        raise invalid(UNUSABLE_QUERY, [{"pointer": f"/{kind}", "detail": unknown_name(kind, name, known)}])
    return known[name]


def _normalised(data: dict[str, Any]) -> dict[str, Any]:
    """Names are taken in any case and between spaces, as people write them."""
    return {
        field: [_name(one) for one in value] if isinstance(value, list) else _name(value)
        for field, value in data.items()
    }


def _name(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def __faults(data: dict[str, Any]) -> list[Fault]:
    try:
        ReportRequestBody.model_validate(data)
    except ValidationError as fault:
        return [_fault(error) for error in fault.errors(include_url=False, include_input=False)]
    return []


def _json_object(request: func.HttpRequest) -> dict[str, Any]:
    content_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "The body is not JSON",
            "Send the request as JSON, with Content-Type: application/json.",
        )
    body = request.get_body()
    if len(body) > MAX_BODY_BYTES:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "too-large",
            "The body is too large",
            f"The body has {len(body)} bytes; at most {MAX_BODY_BYTES} are read.",
        )
    try:
        data = json.loads(
            body.decode(), object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_number
        )
    except (ValueError, RecursionError) as fault:
        detail = f"The body cannot be read as JSON: {_json_reason(fault)}."
        raise _invalid([{"pointer": "", "detail": detail}]) from fault
    if not isinstance(data, dict):
        raise _invalid([{"pointer": "", "detail": "The body must be a JSON object, such as {}."}])
    return data


def _json_reason(fault: Exception) -> str:
    if isinstance(fault, json.JSONDecodeError | _JsonFaultError):
        return str(fault)
    if isinstance(fault, UnicodeDecodeError):
        return "it is not UTF-8"
    if isinstance(fault, RecursionError):
        return "it is nested too deeply"
    return "a number has too many digits"


class _JsonFaultError(ValueError):
    """JSON that Python would read, and other readers differently or not at all."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise _JsonFaultError("a name is there twice in one object")
    return data


def _number(text: str) -> float | int:
    """20.0 and 2e1 are whole numbers too, in JSON Schema as in JavaScript."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _no_constant(name: str) -> None:
    raise _JsonFaultError(f"{name} is not JSON")


def _fault(error: Any) -> Fault:
    pointer = "".join(f"/{_escaped(str(part))}" for part in error["loc"])
    if error["type"] == "extra_forbidden":
        fields = ", ".join(ReportRequestBody.model_fields)
        return {"pointer": pointer, "detail": f"There is no such field. There are: {fields}."}
    return {"pointer": pointer, "detail": f"{error['msg']}."}


def _escaped(part: str) -> str:
    """RFC 6901's escapes."""
    return part.replace("~", "~0").replace("/", "~1")


def _column_faults(columns: Any) -> Iterable[Fault]:
    if not isinstance(columns, list) or len(columns) > len(COLUMNS):
        return
    if not columns:
        yield {"pointer": "/columns", "detail": "Name at least one column, or leave it out for all."}
    for index, name in enumerate(columns):
        if not isinstance(name, str):
            continue
        if name not in COLUMNS:
            yield {"pointer": f"/columns/{index}", "detail": unknown_name("column", name, COLUMNS)}
        elif name in columns[:index]:
            yield {"pointer": f"/columns/{index}", "detail": f"The column {name!r} is there twice."}


def _name_faults(data: dict[str, Any], pokeapi: PokeApi) -> Iterable[Fault]:
    lists = {"type": pokeapi.types, "generation": pokeapi.generations}
    for kind, known in lists.items():
        name = data.get(kind)
        if not isinstance(name, str):
            continue
        try:
            names = known()
        except PokeApiError:
            # While PokéAPI is away the report is taken all the same: its plan finds an unknown name.
            return
        if name not in names:
            yield {"pointer": f"/{kind}", "detail": unknown_name(kind, name, names)}


def _invalid(faults: list[Fault]) -> Problem:
    count = len(faults)
    return invalid(f"{count} {'thing is' if count == 1 else 'things are'} wrong with the request.", faults)
