"""Report records in Table Storage: one entity per report, changed under its ETag.

PartitionKey is the owner and RowKey the report id. Ids sort newest first, so a list is one range read. Lists
and objects are stored as JSON in string properties, of at most 64 KiB each.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode

from adapters.errors import storage_errors
from domain.report import Failure, Progress, Report, ReportError, ReportKey, ReportRequest, Result, Status

MAX_CONFLICTS = 20
SUMMARY = [
    *("PartitionKey", "RowKey", "Status", "Name", "Request", "RetryOf", "ShareToken"),
    *("CreatedAt", "UpdatedAt", "ExpiresAt", "StartedAt", "FinishedAt"),
    *("Total", "Done", "Failed", "Result", "FailureCount", "Error"),
]
"""The properties that the list reads."""


class ConflictError(Exception):
    """Other writers kept changing a record before this one could."""


@dataclass(frozen=True)
class Stored:
    """A report as it is stored, with the ETag of that state."""

    report: Report
    etag: str


class ReportTable:
    def __init__(self, client: TableClient) -> None:
        self._client = client

    @storage_errors
    def insert(self, report: Report) -> Report:
        """Store a new report. Returns the stored report, which is an earlier one if the id exists already."""
        try:
            self._client.create_entity(_entity(report))
        except ResourceExistsError:
            stored = self.get(report.key)
            return stored.report if stored else report
        return report

    @storage_errors
    def get(self, key: ReportKey) -> Stored | None:
        try:
            return _stored(self._client.get_entity(key.owner, key.report_id))
        except ResourceNotFoundError:
            return None

    @storage_errors
    def change(
        self, key: ReportKey, change: Callable[[Report], Report | None], read: Stored | None = None
    ) -> Stored | None:
        """Apply ``change`` to the current record, and again if another writer changed it first.

        ``read`` is the record that the caller has just read or written, which saves a read here.
        Returns the report as written, or None if there is no record or ``change`` returned None.
        Raises ConflictError after MAX_CONFLICTS conflicts.
        """
        for _ in range(MAX_CONFLICTS):
            stored, read = read or self.get(key), None
            changed = stored and change(stored.report)
            if not stored or not changed:
                return None
            try:
                written = self._client.update_entity(
                    _entity(changed),
                    UpdateMode.REPLACE,
                    etag=stored.etag,
                    match_condition=MatchConditions.IfNotModified,
                )
            except ResourceModifiedError:
                continue
            except ResourceNotFoundError:
                return None
            return Stored(changed, written["etag"])
        raise ConflictError(f"The record of report {key.report_id} changed {MAX_CONFLICTS} times in a row.")

    @storage_errors
    def delete(self, key: ReportKey) -> None:
        # The SDK treats a missing entity as a success.
        self._client.delete_entity(key.owner, key.report_id)

    @storage_errors
    def page(
        self,
        owner: str,
        *,
        limit: int | None,
        after: str | None = None,
        statuses: Collection[Status] | None = None,
        type_: str | None = None,
    ) -> list[Report]:
        """Up to ``limit`` reports, newest first, that follow the report with the id ``after``.

        They come without failures and warnings, which can be large. Reports that have expired are left out,
        before the daily cleanup deletes them.
        """
        shown = sorted(statuses or set(Status) - {Status.DELETING})
        parameters: dict[str, Any] = {"owner": owner, "now": datetime.now(UTC).isoformat()}
        parameters |= {f"s{n}": status for n, status in enumerate(shown)}
        any_status = " or ".join(f"Status eq @s{n}" for n in range(len(shown)))
        # Parameters are replaced only if they are words of their own, so there are spaces in the parentheses.
        conditions = ["PartitionKey eq @owner", "ExpiresAt gt @now", f"( {any_status} )"]
        for name, operator, value in (("RowKey", "gt", after), ("RequestedType", "eq", type_)):
            if value is not None:
                conditions.append(f"{name} {operator} @{name}")
                parameters[name] = value
        found = self._client.query_entities(
            " and ".join(conditions), parameters=parameters, results_per_page=limit, select=SUMMARY
        )
        return [_report(entity) for entity in islice(found, limit)]

    @storage_errors
    def count(self, owner: str, most: int) -> int:
        """The owner's reports, except those that are being deleted; at most ``most`` of them are counted."""
        found = self._client.query_entities(
            "PartitionKey eq @owner and Status ne @deleting",
            parameters={"owner": owner, "deleting": Status.DELETING.value},
            select=["RowKey"],
        )
        return sum(1 for _ in islice(found, most))

    @storage_errors
    def expired(self, now: datetime) -> list[Stored]:
        """The expired reports of all owners. Reads the whole table: for the daily cleanup."""
        found = self._client.query_entities(
            "ExpiresAt lt @now and Status ne @deleting",
            parameters={"now": now.isoformat(), "deleting": Status.DELETING.value},
        )
        return [_stored(entity) for entity in found]

    @storage_errors
    def ids(self) -> set[str]:
        """The row keys of the whole table, which include the ids of all reports: for the daily cleanup."""
        return {entity["RowKey"] for entity in self._client.list_entities(select=["RowKey"])}

    @storage_errors
    def check(self) -> None:
        """Run a query that matches nothing. Raises StorageUnavailableError if the table cannot be read."""
        next(iter(self._client.query_entities("PartitionKey eq ''", results_per_page=1)), None)


def _entity(report: Report) -> dict[str, Any]:
    properties = {
        "PartitionKey": report.owner,
        "RowKey": report.id,
        "Status": report.status.value,
        "RequestedType": report.request.type,
        "Request": json.dumps(report.request.to_dict()),
        "CreatedAt": report.created_at.isoformat(),
        "UpdatedAt": report.updated_at.isoformat(),
        "ExpiresAt": report.expires_at.isoformat(),
        "StartedAt": _iso(report.started_at),
        "FinishedAt": _iso(report.finished_at),
        "Total": report.progress.total,
        "Done": report.progress.done,
        "Failed": report.progress.failed,
        "Result": _json(report.result),
        "Failures": json.dumps([failure.to_dict() for failure in report.failures], ensure_ascii=False),
        "FailureCount": report.failure_count,
        "Warnings": json.dumps(report.warnings, ensure_ascii=False),
        "Error": _json(report.error),
        "Name": report.name,
        "RetryOf": report.retry_of,
        "ShareToken": report.share_token,
        "KeepsRows": report.keeps_rows or None,
        "PlanHash": report.plan_hash,
        "FailedIds": report.failed_ids or None,
        "IdempotencyKey": report.idempotency_key,
    }
    return {name: value for name, value in properties.items() if value is not None}


def _stored(entity: Any) -> Stored:
    return Stored(_report(entity), entity.metadata["etag"])


def _report(entity: Any) -> Report:
    """A listed entity lacks the properties that are not in SUMMARY, and has null ones as None."""
    result, error = entity.get("Result"), entity.get("Error")
    return Report(
        id=entity["RowKey"],
        owner=entity["PartitionKey"],
        status=Status(entity["Status"]),
        request=ReportRequest.from_dict(json.loads(entity["Request"])),
        created_at=datetime.fromisoformat(entity["CreatedAt"]),
        updated_at=datetime.fromisoformat(entity["UpdatedAt"]),
        expires_at=datetime.fromisoformat(entity["ExpiresAt"]),
        started_at=_time(entity.get("StartedAt")),
        finished_at=_time(entity.get("FinishedAt")),
        progress=Progress(entity["Total"], entity["Done"], entity["Failed"]),
        result=Result(**json.loads(result)) if result else None,
        failures=tuple(Failure(**failure) for failure in json.loads(entity.get("Failures", "[]"))),
        failure_count=entity["FailureCount"],
        warnings=tuple(json.loads(entity.get("Warnings", "[]"))),
        error=ReportError(**json.loads(error)) if error else None,
        name=entity.get("Name"),
        retry_of=entity.get("RetryOf"),
        share_token=entity.get("ShareToken"),
        keeps_rows=entity.get("KeepsRows", False),
        plan_hash=entity.get("PlanHash"),
        failed_ids=entity.get("FailedIds", b""),
        idempotency_key=entity.get("IdempotencyKey"),
    )


def _iso(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _json(value: Result | ReportError | None) -> str | None:
    return None if value is None else json.dumps(asdict(value), ensure_ascii=False)
