"""Maps the token of each share link to its report, in one partition of the reports table.

The report's record has its token, which alone decides whether a link is valid: a row only finds the record. A
row's key is the SHA-256 of the token, because the addresses of storage requests are logged, and a token is a
secret. Rows are removed by their report, so deleting a report also finds a row that a crash left.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import TableClient

from adapters.errors import storage_errors
from adapters.idempotency_keys import hash_of
from domain.report import ReportKey

PARTITION = "shares"


@dataclass(frozen=True)
class ShareRow:
    token_hash: str
    report: ReportKey
    written_at: datetime


class ShareLinks:
    def __init__(self, client: TableClient) -> None:
        self._client = client

    @storage_errors
    def add(self, token: str, report: ReportKey) -> None:
        row = {"PartitionKey": PARTITION, "RowKey": hash_of_token(token)}
        self._client.upsert_entity({**row, "Owner": report.owner, "ReportId": report.report_id})

    @storage_errors
    def find(self, token: str) -> ReportKey | None:
        """The report that the token was added for, or None."""
        try:
            row = self._client.get_entity(PARTITION, hash_of_token(token))
        except ResourceNotFoundError:
            return None
        return ReportKey(row["Owner"], row["ReportId"])

    @storage_errors
    def remove(self, token_hash: str) -> None:
        # The SDK treats a missing entity as a success.
        self._client.delete_entity(PARTITION, token_hash)

    @storage_errors
    def remove_all(self, report: ReportKey) -> None:
        """Remove every row of a report. Reads the rows of all shared reports: not for requests."""
        found = self._client.query_entities(
            "PartitionKey eq @p and ReportId eq @r", parameters={"p": PARTITION, "r": report.report_id}
        )
        for row in found:
            self._client.delete_entity(PARTITION, row["RowKey"])

    @storage_errors
    def all(self) -> list[ShareRow]:
        """For the daily cleanup."""
        found = self._client.query_entities("PartitionKey eq @p", parameters={"p": PARTITION})
        return [_row(row) for row in found]


def hash_of_token(token: str) -> str:
    # A client can send any characters as a token.
    return hash_of(token.encode("utf-8", "surrogatepass"))


def _row(entity: Any) -> ShareRow:
    report = ReportKey(entity["Owner"], entity["ReportId"])
    return ShareRow(entity["RowKey"], report, entity.metadata["timestamp"])
