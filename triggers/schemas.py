"""The models of the requests and responses of the HTTP API.

They validate requests and serialize responses, and the OpenAPI document is generated from them: docstrings
and descriptions are part of it.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
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


def _rfc3339(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Timestamp = Annotated[
    datetime,
    PlainSerializer(_rfc3339, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


def _parse_digits(value: object) -> object:
    """Read up to nine ASCII digits of a query parameter as an integer; the rest is left for validation."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ReportRequestBody(_Model):
    """The filters and options of a report. Every field is optional, and null means the default."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"type": "electric", "sample_size": 20, "seed": 7},
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


def _check_cursor(value: object) -> object:
    if isinstance(value, str) and not is_report_id(value):
        raise PydanticCustomError("cursor", "Input should be the next_cursor of an earlier page")
    return value


class ReportsQuery(_Model):
    """Filters and paging of the list of reports."""

    status: Status | None = Field(None, description="Only reports with this status.")
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


class TypesQuery(_Model):
    """The Pokémon to count for each type."""

    generation: str | None = Field(
        None, max_length=MAX_NAME_LENGTH, description="Only Pokémon of this generation."
    )
    include_forms: IncludeForms = True


class GenerationsQuery(_Model):
    """The Pokémon to count for each generation."""

    type: str | None = Field(None, max_length=MAX_NAME_LENGTH, description="Only Pokémon of this type.")
    include_forms: IncludeForms = True


class ReportRequestView(_Model):
    """The request with every default filled in. Sent again, it creates the same report."""

    type: str | None
    generation: str | None
    include_forms: bool
    sample_size: int | None
    seed: int
    columns: list[str]


class ProgressView(_Model):
    """Numbers of Pokémon. done includes failed. The total is 0 until the report is planned."""

    total: int
    done: int
    failed: int


class ColumnView(_Model):
    name: str
    type: Literal["integer", "number", "boolean", "string", "list"]


class ResultView(_Model):
    """The published CSV."""

    rows: int = Field(description="The number of rows, without the header.")
    bytes: int
    sha256: str = Field(description="The hash of the whole file, in hexadecimal.")
    columns: list[ColumnView]


class FailureView(_Model):
    """A Pokémon that is missing from the CSV."""

    pokemon: str
    reason: str


class ErrorView(_Model):
    """The reason why the report failed."""

    title: str
    detail: str


class LinksView(_Model):
    """The URLs of the report and its actions. An action that is not possible now is null."""

    self: str
    download: str | None
    cancel: str | None
    retry: str | None


class ReportView(_Model):
    """A report. Times are RFC 3339 in UTC."""

    id: ReportId
    status: Status
    request: ReportRequestView
    created_at: Timestamp
    started_at: Timestamp | None
    finished_at: Timestamp | None
    updated_at: Timestamp
    expires_at: Timestamp = Field(description="The time when the report and its CSV will be deleted.")
    progress: ProgressView
    queue_position: int | None = Field(
        description="The position of a report that waits for its turn; 1 is next. Null for other reports."
    )
    estimated_seconds_left: int | None = Field(
        description="The time until the report ends, estimated from the measured pace. Null if it is unknown."
    )
    result: ResultView | None = Field(description="Null unless the report is succeeded or partial.")
    failures: list[FailureView] = Field(description="The first 100 failures.")
    failure_count: int = Field(description="The number of all failures.")
    warnings: list[str]
    error: ErrorView | None
    retry_of: str | None = Field(description="The id of the report that this report repeats.")
    links: LinksView


class ReportsView(_Model):
    """A page of reports, newest first."""

    reports: list[ReportView]
    next_cursor: ReportId | None = Field(description="Null on the last page.")


class NameCount(_Model):
    name: str
    pokemon_count: int = Field(description="The number of Pokémon in a report with this filter.")


class TypesView(_Model):
    types: list[NameCount]


class GenerationsView(_Model):
    generations: list[NameCount]


class DependencyView(_Model):
    status: Literal["ok", "unavailable"]
    reason: str | None = None


class HealthView(_Model):
    """The state of each dependency of the app."""

    status: Literal["ok", "unavailable"]
    dependencies: dict[Literal["blob_storage", "table_storage", "durable_engine", "pokeapi"], DependencyView]


class VisitorView(_Model):
    """The visitor identity of the caller."""

    signed_in: bool = Field(description="Whether a user is signed in beside it.")
    reports: int = Field(description="The reports of the visitor identity.")


class AdoptionView(_Model):
    adopted: int = Field(description="The reports that now belong to the signed-in user, under new ids.")
    remaining: int = Field(description="The reports that have not moved. Those that have not ended cannot.")


class FieldErrorView(_Model):
    """An error in one field of the request."""

    pointer: str = Field(description="A JSON pointer (RFC 6901) to the field.", examples=["/columns/1"])
    detail: str = Field(description="What is wrong, and how to fix it.")


class ProblemView(_Model):
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
