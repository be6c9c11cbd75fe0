"""The reports that still need work, in one partition of the reports table.

A row is written before the report's record and deleted after the report has ended. The reconciler therefore
reads as many rows as there are open reports, however many reports exist.

The rows are also the line: a row says whether its report waits or runs. One more entity in the partition
makes changes of the line atomic: each change is a transaction that also writes this entity, if nobody else
wrote it since the line was read. An entity per owner who requested a report within the hour holds what they
used of their budget.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import ResourceModifiedError
from azure.data.tables import TableClient, TableTransactionError, UpdateMode

from adapters.errors import storage_errors
from domain.budgets import Budget
from domain.line import Lane, Line, Place
from domain.report import ReportKey

PARTITION = "outbox"
LINE = {"PartitionKey": PARTITION, "RowKey": "line"}
BUDGET_PREFIX = "owner-"
"""The start of the row keys of budgets. Report ids start with a hexadecimal digit."""
CHANGED_MEANWHILE = frozenset({404, 409, 412})

type Operation = tuple[str, dict[str, Any], dict[str, Any]]


@dataclass(frozen=True)
class OutboxRow:
    """``closing`` rows belong to reports that end or are being deleted. They are not in the line any more,
    and stay until nothing of their report is left."""

    place: Place
    closing: bool
    written_at: datetime
    etag: str

    @property
    def key(self) -> ReportKey:
        return self.place.key


@dataclass(frozen=True)
class Snapshot:
    """The outbox as it was read. ``pace`` is that of the line; ``etag`` is None before the first report."""

    rows: tuple[OutboxRow, ...]
    pace: float | None
    etag: str | None
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    """By owner."""

    def row(self, key: ReportKey) -> OutboxRow | None:
        return next((row for row in self.rows if row.key == key), None)

    def line(self, reports_at_once: int) -> Line:
        places = tuple(row.place for row in self.rows if not row.closing)
        return Line(places, reports_at_once, self.pace)


@dataclass(frozen=True)
class LineChange:
    """What one transaction does. At most 98 reports can be admitted in one."""

    join: Place | None = None
    close: ReportKey | None = None
    remove: OutboxRow | None = None
    admit: Sequence[Place] = ()
    pace: float | None = None
    spend: Budget | None = None
    """The new budget of the owner whose report joins."""


class Outbox:
    def __init__(self, client: TableClient) -> None:
        self._client = client

    @storage_errors
    def read(self) -> Snapshot:
        """All rows, newest reports first, and the state of the line."""
        rows, budgets, pace, etag = [], {}, None, None
        for entity in self._client.query_entities("PartitionKey eq @p", parameters={"p": PARTITION}):
            row_key = entity["RowKey"]
            if row_key == LINE["RowKey"]:
                pace, etag = entity.get("Pace"), entity.metadata["etag"]
            elif row_key.startswith(BUDGET_PREFIX):
                budget = Budget(entity["HourBegan"], entity["Requested"], entity["Kept"])
                budgets[row_key.removeprefix(BUDGET_PREFIX)] = budget
            else:
                rows.append(_row(entity))
        return Snapshot(tuple(rows), pace, etag, budgets)

    @storage_errors
    def get(self, key: ReportKey) -> OutboxRow | None:
        found = self._client.query_entities(
            "PartitionKey eq @p and RowKey eq @r", parameters={"p": PARTITION, "r": key.report_id}
        )
        return next((_row(entity) for entity in found), None)

    @storage_errors
    def commit(self, read: Snapshot, change: LineChange) -> bool:
        """Returns False, and changes nothing, if the line or one of the rows was changed since ``read``."""
        line = {**LINE, **({} if change.pace is None else {"Pace": change.pace})}
        operations: list[Operation] = [
            ("create", line, {}) if read.etag is None else ("update", line, _unchanged(read.etag))
        ]
        if change.join:
            operations.append(_write(_entity(change.join), read.row(change.join.key), UpdateMode.REPLACE))
            if change.spend:
                budget = _budget_entity(change.join.key.owner, change.spend)
                operations.append(("upsert", budget, {"mode": UpdateMode.REPLACE}))
        if change.close:
            row = read.row(change.close)
            operations.append(_write({**_identity(change.close), "Closing": True}, row, UpdateMode.MERGE))
        if change.remove:
            entity = _identity(change.remove.key)
            operations.append(("delete", entity, _matches(change.remove.etag)))
        for place in change.admit:
            row = read.row(place.key)
            assert row is not None, "only reports in the line are admitted"  # noqa: S101
            operations.append(
                ("update", {**_identity(place.key), "AdmittedAt": datetime.now(UTC)}, _unchanged(row.etag))
            )
        return self._submit(operations)

    def _submit(self, operations: list[Operation]) -> bool:
        try:
            self._client.submit_transaction(operations)
        except TableTransactionError as error:
            if error.status_code not in CHANGED_MEANWHILE:
                raise
            return False
        return True

    @storage_errors
    def delete_budgets(self, read: Snapshot, owners: Collection[str]) -> bool:
        """Forget what these owners used. Returns False if the line changed since ``read``."""
        deletions: list[Operation] = [
            ("delete", {"PartitionKey": PARTITION, "RowKey": BUDGET_PREFIX + owner}, {}) for owner in owners
        ]
        return read.etag is None or self._submit([("update", LINE, _unchanged(read.etag)), *deletions])

    @storage_errors
    def close(self, key: ReportKey) -> None:
        """Write the row of a report that is not in the line: the reconciler removes what is left of it."""
        self._client.upsert_entity({**_identity(key), "Closing": True}, UpdateMode.MERGE)

    @storage_errors
    def delete(self, report_id: str) -> None:
        self._client.delete_entity(PARTITION, report_id)

    @storage_errors
    def delete_unchanged(self, row: OutboxRow) -> None:
        """Delete the row unless it was written again since it was read: that writer depends on it."""
        with suppress(ResourceModifiedError):
            self._client.delete_entity(PARTITION, row.key.report_id, **_matches(row.etag))


def _write(entity: dict[str, Any], existing: OutboxRow | None, mode: UpdateMode) -> Operation:
    if existing is None:
        return ("create", entity, {})
    return ("update", entity, {"mode": mode, **_matches(existing.etag)})


def _matches(etag: str) -> dict[str, Any]:
    return {"etag": etag, "match_condition": MatchConditions.IfNotModified}


def _unchanged(etag: str) -> dict[str, Any]:
    return {"mode": UpdateMode.MERGE, **_matches(etag)}


def _identity(key: ReportKey) -> dict[str, Any]:
    return {"PartitionKey": PARTITION, "RowKey": key.report_id, "Owner": key.owner}


def _budget_entity(owner: str, budget: Budget) -> dict[str, Any]:
    return {
        "PartitionKey": PARTITION,
        "RowKey": BUDGET_PREFIX + owner,
        "HourBegan": budget.hour_began,
        "Requested": budget.requested,
        "Kept": budget.kept,
    }


def _entity(place: Place) -> dict[str, Any]:
    optional = {"Size": place.size, "AdmittedAt": place.admitted_at}
    return {
        **_identity(place.key),
        "Closing": False,
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
