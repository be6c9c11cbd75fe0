"""The reports that someone still has to do something about, in one partition of the reports' table.

A row is written before the report's record and dropped after the report has ended, so what the
reconciler walks is as long as the list of open reports, however many there ever were.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from azure.core import MatchConditions
from azure.core.exceptions import ResourceModifiedError
from azure.data.tables import TableClient, UpdateMode

PARTITION = "outbox"


@dataclass(frozen=True)
class OutboxRow:
    """``closing`` rows are of reports being deleted: once the record is gone, nothing is left to do."""

    owner: str
    report_id: str
    closing: bool
    written_at: datetime
    etag: str


class Outbox:
    def __init__(self, client: TableClient) -> None:
        self._client = client

    def put(self, owner: str, report_id: str, *, closing: bool = False) -> None:
        row = {"PartitionKey": PARTITION, "RowKey": report_id, "Owner": owner, "Closing": closing}
        self._client.upsert_entity(row, UpdateMode.REPLACE)

    def drop(self, report_id: str) -> None:
        self._client.delete_entity(PARTITION, report_id)

    def drop_unchanged(self, row: OutboxRow) -> None:
        """Drop the row unless someone wrote it again since it was read, who then counts on it."""
        with suppress(ResourceModifiedError):
            self._client.delete_entity(
                PARTITION, row.report_id, etag=row.etag, match_condition=MatchConditions.IfNotModified
            )

    def rows(self, owner: str | None = None) -> Iterator[OutboxRow]:
        """All rows, or those of one owner, newest reports first."""
        conditions = "PartitionKey eq @partition" + (" and Owner eq @owner" if owner is not None else "")
        parameters = {"partition": PARTITION, "owner": owner}
        for row in self._client.query_entities(conditions, parameters=parameters):
            written_at, etag = row.metadata["timestamp"], row.metadata["etag"]
            assert written_at is not None, "the service stamps every row"  # noqa: S101
            assert etag is not None, "as every entity"  # noqa: S101
            yield OutboxRow(row["Owner"], row["RowKey"], row["Closing"], written_at, etag)
