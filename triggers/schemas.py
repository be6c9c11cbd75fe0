"""What the HTTP API takes and gives, as models that validate, serialise and document it.

Descriptions stand here because the OpenAPI document is made from these models.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from domain.columns import COLUMNS
from domain.report_ids import ID_PATTERN, is_report_id

MAX_SEED = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 8259, section 6)."""
DEFAULT_PAGE, LARGEST_PAGE = 20, 100

Status = Literal["queued", "running", "succeeded", "partial", "failed", "canceling", "canceled"]
ColumnName = Annotated[str, WithJsonSchema({"type": "string", "enum": list(COLUMNS)})]
"""Unknown names are told with those there are, which is more than a model would say."""
ReportId = Annotated[
    str,
    Field(
        pattern=f"^{ID_PATTERN}$",
        description="Opaque, and sorts newest first.",
        examples=["e5df488ba50-05402d32cc039b2e"],
    ),
]


def _rfc3339(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Timestamp = Annotated[
    datetime,
    PlainSerializer(_rfc3339, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


def _digits(value: object) -> object:
    """Query parameters are text; only plain digits are a number, and not thousands of them."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ReportRequestBody(_Model):
    """What to report on. Everything may be left out, and null is the same as leaving out."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"type": "electric", "sample_size": 20, "seed": 7},
                {"generation": "generation-i", "include_forms": False, "columns": ["id", "name", "weak_to"]},
                {},
            ]
        }
    )

    type: str | None = Field(None, description="A type by its name, such as electric; see GET /types.")
    generation: str | None = Field(
        None, description="Pokémon of the species that first appeared in it; see GET /generations."
    )
    include_forms: bool | None = Field(
        None, description="False keeps the default form of each species only. True unless said otherwise."
    )
    sample_size: int | None = Field(
        None, ge=1, le=1_000_000, description="How many at random; all of them where there are fewer."
    )
    seed: int | None = Field(
        None, ge=0, le=MAX_SEED, description="Makes the sample repeatable; drawn where none is given."
    )
    columns: list[ColumnName] | None = Field(
        None,
        max_length=len(COLUMNS),
        description="Some of the columns, in the order wanted.",
        json_schema_extra={"minItems": 1, "uniqueItems": True},
    )


def _cursor(value: object) -> object:
    if isinstance(value, str) and not is_report_id(value):
        raise PydanticCustomError("cursor", "It must be the next_cursor of an earlier page")
    return value


class ReportsQuery(_Model):
    """Which reports to list."""

    status: Status | None = Field(None, description="Only reports of this status.")
    type: str | None = Field(None, description="Only reports that were asked for this type.")
    limit: Annotated[int, BeforeValidator(_digits)] = Field(
        DEFAULT_PAGE, ge=1, le=LARGEST_PAGE, description="At most so many."
    )
    cursor: Annotated[ReportId | None, BeforeValidator(_cursor)] = Field(
        None, description="The next_cursor of the page before."
    )


def _truth(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise PydanticCustomError("truth", "It must be true or false")
        return value == "true"
    return value


IncludeForms = Annotated[
    bool,
    BeforeValidator(_truth),
    Field(description="False counts the default form of each species only."),
]


class TypesQuery(_Model):
    """Which Pokémon of each type are counted."""

    generation: str | None = Field(None, description="Only those of this generation.")
    include_forms: IncludeForms = True


class GenerationsQuery(_Model):
    """Which Pokémon of each generation are counted."""

    type: str | None = Field(None, description="Only those of this type.")
    include_forms: IncludeForms = True


class ReportRequestView(_Model):
    """The request with every default filled in; it makes the same report again."""

    type: str | None
    generation: str | None
    include_forms: bool
    sample_size: int | None
    seed: int
    columns: list[str]


class ProgressView(_Model):
    """Pokémon counted; done includes the failed ones. The total is 0 until the report is planned."""

    total: int
    done: int
    failed: int


class ColumnView(_Model):
    name: str
    type: Literal["integer", "number", "boolean", "string", "list"]


class ResultView(_Model):
    """The published CSV."""

    rows: int = Field(description="Without the header.")
    bytes: int
    sha256: str = Field(description="Of the whole file, in hex.")
    columns: list[ColumnView]


class FailureView(_Model):
    """A Pokémon that is not in the report."""

    pokemon: str
    reason: str


class ErrorView(_Model):
    """Why there is no report."""

    title: str
    detail: str


class LinksView(_Model):
    """Where to go from here; null where it makes no sense now."""

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
    expires_at: Timestamp = Field(description="When the report and its CSV will be deleted.")
    progress: ProgressView
    result: ResultView | None = Field(description="Null until the report is succeeded or partial.")
    failures: list[FailureView] = Field(description="The first hundred at most.")
    failure_count: int = Field(description="All of them.")
    warnings: list[str]
    error: ErrorView | None
    retry_of: str | None = Field(description="The report that this one makes again.")
    links: LinksView


class ReportsView(_Model):
    """A page of reports, newest first."""

    reports: list[ReportView]
    next_cursor: ReportId | None = Field(description="Null on the last page.")


class NameCount(_Model):
    name: str
    pokemon_count: int = Field(description="How many Pokémon a report of it would have.")


class TypesView(_Model):
    types: list[NameCount]


class GenerationsView(_Model):
    generations: list[NameCount]


class DependencyView(_Model):
    status: Literal["ok", "unavailable"]
    reason: str | None = None


class HealthView(_Model):
    """Each thing the app depends on."""

    status: Literal["ok", "unavailable"]
    dependencies: dict[Literal["blob_storage", "table_storage", "durable_engine", "pokeapi"], DependencyView]


class FaultView(_Model):
    pointer: str = Field(description="A JSON pointer (RFC 6901) to what is wrong.", examples=["/columns/1"])
    detail: str = Field(description="What is wrong, and what would be right.")


class ProblemView(_Model):
    """RFC 9457 problem details."""

    type: str = Field(
        description="A URN that tells problems apart.", examples=["urn:poke-queue:problem:invalid-request"]
    )
    title: str
    status: int
    detail: str
    errors: list[FaultView] | None = Field(None, description="Every fault of a request that is not valid.")
