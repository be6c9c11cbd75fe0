"""The reports that still need work, in one partition of the reports table.

A row is written before the report's record and deleted after the report has ended. The reconciler therefore
reads as many rows as there are open reports, however many reports exist.

The rows are also the line: a row says whether its report waits or runs. One more entity in the partition
makes changes of the line atomic: each transaction also writes this entity, if nobody else wrote it since
the line was read. An entity per owner who requested a report within the hour holds what they used of their
budget.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Self

from azure.core import MatchConditions
from azure.core.exceptions import ResourceModifiedError
from azure.data.tables import TableClient, TableTransactionError, UpdateMode

from adapters.errors import storage_errors
from adapters.grouped_changes import Decision, GroupedChanges
from domain.budgets import Budget
from domain.line import Lane, Line, Place
from domain.report import ReportKey

PARTITION = "outbox"
LINE = {"PartitionKey": PARTITION, "RowKey": "line"}
BUDGET_PREFIX = "owner-"
"""The start of the row keys of budgets. Report ids start with a hexadecimal digit."""
CHANGED_MEANWHILE = frozenset({404, 409, 412})

MOST_CHANGES_AT_ONCE = 8
"""A table transaction has at most 100 operations: one for the line, up to two for each report that joins, and
up to 80 for admitted reports, as REPORTS_AT_ONCE is at most 40 and there are two lanes."""

type Entity = dict[str, Any]
type Operation = tuple[str, Entity, dict[str, Any]]


@dataclass(frozen=True)
class OutboxRow:
    """``closing`` rows belong to reports that end or are being deleted. They are not in the line any more,
    and stay until nothing of their report is left. ``etag`` is empty before the row is stored."""

    place: Place
    closing: bool = False
    written_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    etag: str = ""

    @property
    def key(self) -> ReportKey:
        return self.place.key


@dataclass(frozen=True)
class Snapshot:
    """The outbox as it was read, or as it should become. ``pace`` is that of the line."""

    rows: Mapping[ReportKey, OutboxRow] = field(default_factory=dict)
    """Newest reports first."""
    pace: float | None = None
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    """By owner."""
    etags: Mapping[str, str] = field(default_factory=dict)
    """Of the stored entities, by row key."""

    def line(self, reports_at_once: int) -> Line:
        places = tuple(row.place for row in self.rows.values() if not row.closing)
        return Line(places, reports_at_once, self.pace)

    def having(self, row: OutboxRow) -> Self:
        return replace(self, rows={**self.rows, row.key: row})

    def without(self, key: ReportKey) -> Self:
        return replace(self, rows={other: row for other, row in self.rows.items() if other != key})

    def entities(self) -> dict[str, Entity]:
        """Of the rows and the budgets, by row key."""
        rows = {key.report_id: _entity(row) for key, row in self.rows.items()}
        return rows | {BUDGET_PREFIX + owner: _budget_entity(owner, b) for owner, b in self.budgets.items()}


class Outbox:
    def __init__(self, client: TableClient) -> None:
        self._client = client
        self._changes = GroupedChanges(self, most_at_once=MOST_CHANGES_AT_ONCE)

    def change[Result](self, decide: Decision[Snapshot, Result]) -> Result:
        """Change the line, and return the decision's result. Raises what ``decide`` raises."""
        return self._changes.make(decide)

    @storage_errors
    def read(self) -> Snapshot:
        rows, budgets, pace = {}, {}, None
        etags: dict[str, Any] = {}
        for entity in self._client.query_entities("PartitionKey eq @p", parameters={"p": PARTITION}):
            row_key = entity["RowKey"]
            etags[row_key] = entity.metadata["etag"]
            if row_key == LINE["RowKey"]:
                pace = entity.get("Pace")
            elif row_key.startswith(BUDGET_PREFIX):
                budget = Budget(entity["HourBegan"], entity["Requested"], entity["Kept"])
                budgets[row_key.removeprefix(BUDGET_PREFIX)] = budget
            else:
                row = _row(entity)
                rows[row.key] = row
        return Snapshot(rows, pace, budgets, etags)

    @storage_errors
    def get(self, key: ReportKey) -> OutboxRow | None:
        found = self._client.query_entities(
            "PartitionKey eq @p and RowKey eq @r", parameters={"p": PARTITION, "r": key.report_id}
        )
        return next((_row(entity) for entity in found), None)

    @storage_errors
    def commit(self, read: Snapshot, wanted: Snapshot) -> bool:
        """Returns False, and changes nothing, if the line or one of the rows was changed since ``read``."""
        operations = _operations(read, wanted)
        if not operations and wanted.pace == read.pace:
            return True
        line = {**LINE, **({} if wanted.pace is None else {"Pace": wanted.pace})}
        try:
            self._client.submit_transaction([_write(line, read, UpdateMode.MERGE), *operations])
        except TableTransactionError as error:
            if error.status_code not in CHANGED_MEANWHILE:
                raise
            return False
        return True

    @storage_errors
    def close(self, key: ReportKey) -> None:
        """Take a report out of the line, and let the reconciler remove what is left of it.

        Writes its row if it is not in the line. A concurrent change of the same row is decided again.
        """
        self._client.upsert_entity({**_identity(key), "Closing": True}, UpdateMode.MERGE)

    @storage_errors
    def delete(self, report_id: str) -> None:
        self._client.delete_entity(PARTITION, report_id)

    @storage_errors
    def delete_unchanged(self, row: OutboxRow) -> None:
        """Delete the row unless it was written again since it was read: that writer depends on it."""
        with suppress(ResourceModifiedError):
            self._client.delete_entity(PARTITION, row.key.report_id, **_matches(row.etag))


def _operations(read: Snapshot, wanted: Snapshot) -> list[Operation]:
    """What makes the rows and the budgets those that are wanted."""
    before, after = read.entities(), wanted.entities()
    return [
        *(_write(entity, read) for row_key, entity in after.items() if entity != before.get(row_key)),
        *(
            ("delete", entity, _matches(read.etags[row_key]))
            for row_key, entity in before.items()
            if row_key not in after
        ),
    ]


def _write(entity: Entity, read: Snapshot, mode: UpdateMode = UpdateMode.REPLACE) -> Operation:
    etag = read.etags.get(entity["RowKey"])
    return ("create", entity, {}) if etag is None else ("update", entity, {"mode": mode, **_matches(etag)})


def _matches(etag: str) -> dict[str, Any]:
    return {"etag": etag, "match_condition": MatchConditions.IfNotModified}


def _identity(key: ReportKey) -> Entity:
    return {"PartitionKey": PARTITION, "RowKey": key.report_id, "Owner": key.owner}


def _budget_entity(owner: str, budget: Budget) -> Entity:
    return {
        "PartitionKey": PARTITION,
        "RowKey": BUDGET_PREFIX + owner,
        "HourBegan": budget.hour_began,
        "Requested": budget.requested,
        "Kept": budget.kept,
    }


def _entity(row: OutboxRow) -> Entity:
    place = row.place
    optional = {"Size": place.size, "AdmittedAt": place.admitted_at}
    return {
        **_identity(place.key),
        "Closing": row.closing,
        "Lane": place.lane.value,
        "Round": place.round,
        **{name: value for name, value in optional.items() if value is not None},
    }


def _row(entity: Any) -> OutboxRow:
    place = Place(
        ReportKey(entity["Owner"], entity["RowKey"]),
        Lane(entity.get("Lane", Lane.LARGE)),
        entity.get("Round", 0),
        entity.get("Size"),
        entity.get("AdmittedAt"),
    )
    return OutboxRow(place, entity["Closing"], entity.metadata["timestamp"], entity.metadata["etag"])
