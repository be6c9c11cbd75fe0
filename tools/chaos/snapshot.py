"""A snapshot of the data of all reports in the table, the blobs and the durable engine, without the app."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests
from azure.data.tables import TableClient
from azure.storage.blob import ContainerClient

from adapters.outbox import BUDGET_PREFIX, LINE
from domain.messages import report_of_instance
from tools.chaos.servers_under_test import ServersUnderTest

NAME = "reports"
OUTBOX = "outbox"
KEYS = "keys-"
SHARES = "shares"
INSTANCES = "PokeQueueInstances"
ALL_INSTANCES = 1_000_000
TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class OutboxRow:
    """An outbox row and the time of its last write."""

    closing: bool
    written_at: datetime


@dataclass(frozen=True)
class StoreSnapshot:
    """Data by report id. ``blobs`` has the number of committed blocks.

    Uncommitted blocks next to a published CSV, from a second run whose host died, are allowed: a deletion
    removes them, and Azure discards them a week after the last block. Source: Microsoft's "Put Block".
    """

    records: dict[str, dict[str, Any]]
    outbox: dict[str, OutboxRow]
    keys: dict[str, list[str]]
    shares: dict[str, list[str]]
    """The hashes of the tokens of share links. A process that dies can leave an invalid one."""
    blobs: dict[str, int]
    instances: dict[str, str]
    """The runtime status by instance id."""

    @property
    def is_empty(self) -> bool:
        return not (self.records or self.outbox or self.keys or self.shares or self.blobs or self.instances)


def take_snapshot(servers: ServersUnderTest, *, with_blobs: bool = True) -> StoreSnapshot:
    """Read all stores. Each blob takes a request, so frequent callers leave blobs out."""
    records: dict[str, dict[str, Any]] = {}
    outbox: dict[str, OutboxRow] = {}
    keys: dict[str, list[str]] = {}
    shares: dict[str, list[str]] = {}
    with TableClient.from_connection_string(servers.storage.connection_string, NAME) as table:
        for entity in table.list_entities():
            partition, row = entity["PartitionKey"], entity["RowKey"]
            if row == LINE["RowKey"] or row.startswith(BUDGET_PREFIX):
                continue
            if partition == OUTBOX:
                written_at = entity.metadata["timestamp"]
                assert written_at is not None, "the service sets every row's timestamp"  # noqa: S101
                outbox[row] = OutboxRow(entity["Closing"], written_at)
            elif partition == SHARES:
                shares.setdefault(entity["ReportId"], []).append(row)
            elif partition.startswith(KEYS):
                keys.setdefault(entity["ReportId"], []).append(row)
            else:
                records[row] = dict(entity)
    blobs = _blobs(servers) if with_blobs else {}
    return StoreSnapshot(records, outbox, keys, shares, blobs, _instances(servers))


@dataclass(frozen=True)
class LineSnapshot:
    """The ids of the reports of one owner in the line, and of those among them without a record."""

    reports: set[str]
    without_record: set[str]


def read_line(servers: ServersUnderTest, owner: str) -> LineSnapshot:
    """Read the line while the system works.

    A report leaves the line before its record is deleted, so a deleted report is no longer there.
    """
    with TableClient.from_connection_string(servers.storage.connection_string, NAME, retry_total=0) as table:
        reports = _line_of(table, owner)
        missing = {report_id for report_id in reports if not _has_record(table, owner, report_id)}
        return LineSnapshot(reports, missing & _line_of(table, owner) if missing else missing)


def _line_of(table: TableClient, owner: str) -> set[str]:
    rows = table.query_entities(
        "PartitionKey eq @outbox and Owner eq @owner and Closing eq false",
        parameters={"outbox": OUTBOX, "owner": owner},
    )
    return {row["RowKey"] for row in rows}


def _has_record(table: TableClient, owner: str, report_id: str) -> bool:
    found = table.query_entities(
        "PartitionKey eq @owner and RowKey eq @id", parameters={"owner": owner, "id": report_id}
    )
    return any(True for _ in found)


def orphaned_instances(servers: ServersUnderTest, candidates: set[str]) -> dict[str, str]:
    """Return the instances of candidate reports that have neither a record nor an outbox row.

    It can run while the system works. An instance is removed before its outbox row and its record, so an
    instance that exists both before and after they are missing will never be removed.
    """
    before = {name for name in _instances(servers) if report_of_instance(name) in candidates}
    if not before:
        return {}
    with TableClient.from_connection_string(servers.storage.connection_string, NAME, retry_total=0) as table:
        gone = {report for report in map(report_of_instance, before) if not _is_known(table, report)}
    after = _instances(servers) if gone else {}
    return {
        name: status for name, status in after.items() if name in before and report_of_instance(name) in gone
    }


def _is_known(table: TableClient, report_id: str) -> bool:
    rows = table.query_entities("RowKey eq @id", parameters={"id": report_id}, select=["PartitionKey"])
    return any(True for _ in rows)


def _blobs(servers: ServersUnderTest) -> dict[str, int]:
    blobs: dict[str, int] = {}
    with ContainerClient.from_connection_string(servers.storage.connection_string, NAME) as container:
        for blob in container.list_blobs(include=["uncommittedblobs"]):
            report_id = blob.name.rpartition("/")[2].removesuffix(".csv")
            committed, _uncommitted = container.get_blob_client(blob.name).get_block_list("committed")
            blobs[report_id] = len(committed)
    return blobs


def _instances(servers: ServersUnderTest) -> dict[str, str]:
    if servers.on_azures_host:
        # A killed host can leave an incomplete row without a name, at which the management API fails.
        with TableClient.from_connection_string(servers.storage.connection_string, INSTANCES) as table:
            return {row["PartitionKey"]: row.get("RuntimeStatus", "Running") for row in table.list_entities()}
    response = requests.get(servers.durable_url, params={"top": ALL_INSTANCES}, timeout=TIMEOUT_SECONDS)
    response.raise_for_status()
    return {instance["instanceId"]: instance["runtimeStatus"] for instance in response.json()}
