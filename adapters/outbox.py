"""The reports that still need work, in one partition of the reports table.

A row is written before the report's record and deleted after the report has ended. The reconciler therefore
reads as many rows as there are open reports, however many reports exist.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from azure.core import MatchConditions
from azure.core.exceptions import ResourceModifiedError
from azure.data.tables import TableClient, UpdateMode

from adapters.errors import storage_errors
from domain.report import ReportKey

PARTITION = "outbox"


@dataclass(frozen=True)
class OutboxRow:
    """``closing`` rows belong to reports that are being deleted, and stay until nothing of them is left."""

    key: ReportKey
    closing: bool
    written_at: datetime
    etag: str


class Outbox:
    def __init__(self, client: TableClient) -> None:
        self._client = client

    @storage_errors
    def put(self, key: ReportKey, *, closing: bool = False) -> None:
        row = {"PartitionKey": PARTITION, "RowKey": key.report_id, "Owner": key.owner, "Closing": closing}
        self._client.upsert_entity(row, UpdateMode.REPLACE)

    @storage_errors
    def delete(self, report_id: str) -> None:
        self._client.delete_entity(PARTITION, report_id)

    @storage_errors
    def delete_unchanged(self, row: OutboxRow) -> None:
        """Delete the row unless it was written again since it was read: that writer depends on it."""
        with suppress(ResourceModifiedError):
            self._client.delete_entity(
                PARTITION, row.key.report_id, etag=row.etag, match_condition=MatchConditions.IfNotModified
            )

    @storage_errors
    def rows(self, owner: str | None = None) -> list[OutboxRow]:
        """All rows, or those of one owner, newest reports first."""
        conditions = "PartitionKey eq @partition" + (" and Owner eq @owner" if owner is not None else "")
        parameters = {"partition": PARTITION, "owner": owner}
        rows = []
        for row in self._client.query_entities(conditions, parameters=parameters):
            written_at, etag = row.metadata["timestamp"], row.metadata["etag"]
            assert written_at is not None, "the service stamps every row"  # noqa: S101
            assert etag is not None, "as every entity"  # noqa: S101
            rows.append(OutboxRow(ReportKey(row["Owner"], row["RowKey"]), row["Closing"], written_at, etag))
        return rows
