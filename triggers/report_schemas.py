"""The models of the reports in responses: a whole report, and its summary in the list."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, WithJsonSchema

from triggers.schemas import Model, ReportId, Status


def _rfc3339(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Timestamp = Annotated[
    datetime,
    PlainSerializer(_rfc3339, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class _Filters(Model):
    type: str | None
    generation: str | None
    include_forms: bool
    sample_size: int | None
    seed: int


class ReportRequestView(_Filters):
    """The request with every default filled in. Sent again, it creates the same report."""

    columns: list[str]


class RequestSummaryView(_Filters):
    """The request with every default filled in, without its columns."""

    column_count: int


class ProgressView(Model):
    """Numbers of Pokémon. done includes failed. The total is 0 until the report is planned."""

    total: int
    done: int
    failed: int


class ColumnView(Model):
    name: str
    type: Literal["integer", "number", "boolean", "string", "list"]


class PreviewView(Model):
    """The first rows of a report that has not been created."""

    request: ReportRequestView
    total: int = Field(description="The number of Pokémon in the report.")
    columns: list[ColumnView]
    rows: list[list[str]] = Field(description="Up to 5 rows, with their cells as they are in the CSV.")


class ResultSummaryView(Model):
    """The published CSV, without its columns."""

    rows: int = Field(description="The number of rows, without the header.")
    bytes: int
    sha256: str = Field(description="The hash of the whole file, in hexadecimal.")


class ResultView(ResultSummaryView):
    """The published CSV."""

    columns: list[ColumnView]


class FailureView(Model):
    """A Pokémon that is missing from the CSV."""

    pokemon: str
    reason: str


class ErrorView(Model):
    """The reason why the report failed."""

    title: str
    detail: str


class LinksView(Model):
    """The URLs of the report and its actions. An action that is not possible now is null."""

    self: str
    download: str | None
    cancel: str | None
    retry: str | None
    shared: str | None = Field(
        description="The report for anyone with this link, while it is shared. Only its owner sees this."
    )


class _Report[Request: _Filters, Result: ResultSummaryView](Model):
    id: ReportId
    name: str | None = Field(description="What its owner calls it.")
    status: Status
    request: Request
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
    result: Result | None = Field(description="Null unless the report is succeeded or partial.")
    failure_count: int = Field(description="The number of all failures.")
    error: ErrorView | None
    retry_of: str | None = Field(description="The id of the report that this report repeats.")
    links: LinksView


class ReportSummaryView(_Report[RequestSummaryView, ResultSummaryView]):
    """A report in the list: without its columns, failures and warnings. Times are RFC 3339 in UTC."""


class ReportView(_Report[ReportRequestView, ResultView]):
    """A report. Times are RFC 3339 in UTC."""

    failures: list[FailureView] = Field(description="The first 100 failures.")
    warnings: list[str]


class ReportsView(Model):
    """A page of reports, newest first."""

    reports: list[ReportSummaryView]
    next_cursor: ReportId | None = Field(description="Null on the last page.")
