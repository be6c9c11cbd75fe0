"""The models of the requests and responses of the HTTP API; those of reports are in report_schemas.py.

They validate requests and serialize responses, and the OpenAPI document is generated from them: docstrings
and descriptions are part of it.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from domain.columns import COLUMNS
from domain.report_ids import ID_PATTERN, is_report_id

MAX_SEED = 2**53 - 1
"""The largest integer that every JSON parser reads exactly (RFC 8259, section 6)."""
DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE = 20, 100
MAX_IDEMPOTENCY_KEY_LENGTH = 255
MAX_NAME_LENGTH = 100
"""Of a type or generation in a query; PokéAPI's names are much shorter."""
EXAMPLE_ID = "e5df488ba50-05402d32cc039b2e"

Status = Literal["queued", "running", "succeeded", "partial", "failed", "canceling", "canceled"]
ColumnName = Annotated[str, WithJsonSchema({"type": "string", "enum": list(COLUMNS)})]
"""Not an enum: triggers/request_body.py reports unknown columns, with a suggestion."""
ReportId = Annotated[
    str,
    Field(
        pattern=f"^{ID_PATTERN}$",
        description="Opaque. Ids sort by creation time, newest first.",
        examples=[EXAMPLE_ID],
    ),
]


def _parse_digits(value: object) -> object:
    """Read up to nine ASCII digits of a query parameter as an integer; the rest is left for validation."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


MAX_NAME_LENGTH = 80
HIDDEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
"""The control and format characters and the separators of lines, for a character class. The escapes are those
that Python and JSON Schema (ECMA-262) share."""
SURROGATES = r"\ud800-\udfff"
"""Halves of characters, which Python reads from escapes in JSON, and other parsers reject."""


def _check_name(value: object) -> object:
    if not isinstance(value, str):
        return value
    if hidden := re.search(f"[{HIDDEN}{SURROGATES}]", value):
        raise PydanticCustomError(
            "hidden_character",
            "Input should have no control or format characters; remove {character}",
            {"character": f"U+{ord(hidden[0]):04X}"},
        )
    return value.strip()


def _with_pattern(schema: dict[str, Any]) -> None:
    """Surrounding spaces are removed, so a name has at least one other character."""
    schema["anyOf"][0]["pattern"] = f"^[^{HIDDEN}]*[^{HIDDEN}\\s][^{HIDDEN}]*$"


class ReportRequestBody(Model):
    """The filters and options of a report. Every field is optional, and null means the default."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"type": "electric", "sample_size": 20, "seed": 7, "name": "Electric twenty"},
                {"generation": "generation-i", "include_forms": False, "columns": ["id", "name", "weak_to"]},
                {},
            ]
        }
    )

    type: str | None = Field(None, description="The name of a type, such as electric. See GET /types.")
    generation: str | None = Field(
        None,
        description="The name of the generation that introduced the species, such as generation-i. "
        "See GET /generations.",
    )
    include_forms: bool | None = Field(
        None,
        description="Whether to include other forms than the default form of each species. Default: true.",
    )
    sample_size: int | None = Field(
        None,
        ge=1,
        le=1_000_000,
        description="The number of Pokémon to select at random. If fewer match, all are selected.",
    )
    seed: int | None = Field(
        None,
        ge=0,
        le=MAX_SEED,
        description="The same seed selects the same sample. Default: a random seed, saved with the report.",
    )
    columns: list[ColumnName] | None = Field(
        None,
        max_length=len(COLUMNS),
        description="The columns of the CSV, in this order. Default: all columns.",
        json_schema_extra={"minItems": 1, "uniqueItems": True},
    )
    name: Annotated[str | None, BeforeValidator(_check_name)] = Field(
        None,
        min_length=1,
        max_length=MAX_NAME_LENGTH,
        description="What to call the report. The name of the downloaded file starts with it.",
        json_schema_extra=_with_pattern,
    )


class RetryBody(Model):
    """What to retry. Without a body, everything."""

    only: Literal["missing"] | None = Field(
        None,
        description="missing: take over the rows of a partial report, and fetch only those that it lacks.",
    )


def _check_cursor(value: object) -> object:
    if isinstance(value, str) and not is_report_id(value):
        raise PydanticCustomError("cursor", "Input should be the next_cursor of an earlier page")
    return value


class ReportsQuery(Model):
    """Filters and paging of the list of reports."""

    status: Literal["open", Status] | None = Field(
        None, description="Only reports with this status. open: queued, running or canceling."
    )
    type: str | None = Field(None, max_length=MAX_NAME_LENGTH, description="Only reports about this type.")
    limit: Annotated[int, BeforeValidator(_parse_digits)] = Field(
        DEFAULT_PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE, description="The maximum number of reports on the page."
    )
    cursor: Annotated[ReportId | None, BeforeValidator(_check_cursor)] = Field(
        None, description="The next_cursor of the previous page."
    )


def _parse_boolean(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("boolean", "Input should be true or false")
        return value == "true"
    return value


IncludeForms = Annotated[
    bool,
    BeforeValidator(_parse_boolean),
    Field(description="Whether to count other forms than the default form of each species."),
]


class TypesQuery(Model):
    """The Pokémon to count for each type."""

    generation: str | None = Field(
        None, max_length=MAX_NAME_LENGTH, description="Only Pokémon of this generation."
    )
    include_forms: IncludeForms = True


class GenerationsQuery(Model):
    """The Pokémon to count for each generation."""

    type: str | None = Field(None, max_length=MAX_NAME_LENGTH, description="Only Pokémon of this type.")
    include_forms: IncludeForms = True


class NameCount(Model):
    name: str
    pokemon_count: int = Field(description="The number of Pokémon in a report with this filter.")


class TypesView(Model):
    types: list[NameCount]


class GenerationsView(Model):
    generations: list[NameCount]


class DependencyView(Model):
    status: Literal["ok", "unavailable"]
    reason: str | None = None


class HealthView(Model):
    """The state of each dependency of the app."""

    status: Literal["ok", "unavailable"]
    dependencies: dict[Literal["blob_storage", "table_storage", "durable_engine", "pokeapi"], DependencyView]


class VisitorView(Model):
    """The visitor identity of the caller."""

    signed_in: bool = Field(description="Whether a user is signed in beside it.")
    reports: int = Field(description="The reports of the visitor identity.")


class AdoptionView(Model):
    adopted: int = Field(description="The reports that now belong to the signed-in user, under new ids.")
    remaining: int = Field(description="The reports that have not moved. Those that have not ended cannot.")
    moved: dict[str, str] = Field(description="The new id of each report that moved, by its earlier id.")


class FieldErrorView(Model):
    """An error in one field of the request."""

    pointer: str = Field(description="A JSON pointer (RFC 6901) to the field.", examples=["/columns/1"])
    detail: str = Field(description="What is wrong, and how to fix it.")


class ProblemView(Model):
    """RFC 9457 problem details."""

    type: str = Field(
        description="A URN that identifies the kind of problem.",
        examples=["urn:poke-queue:problem:invalid-request"],
    )
    title: str
    status: int
    detail: str
    errors: list[FieldErrorView] | None = Field(
        None, description="The first 20 errors of an invalid request."
    )
