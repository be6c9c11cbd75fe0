"""What is there of reports in table, blobs and durable engine: looked at directly, past the app."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests
from azure.data.tables import TableClient
from azure.storage.blob import ContainerClient

from domain.messages import report_of_instance
from tools.chaos.system import System

NAME = "reports"
OUTBOX = "outbox"
KEYS = "keys-"
INSTANCES = "PokeQueueInstances"
ALL_INSTANCES = 1_000_000
LOOK_SECONDS = 60


@dataclass(frozen=True)
class Row:
    """An outbox row, and when it was last written."""

    closing: bool
    written_at: datetime


@dataclass(frozen=True)
class Remains:
    """Everything by report id. ``blobs`` counts the committed blocks of each.

    Blocks beside a published CSV, of a second run whose host died, are no harm: a deletion drops them, and
    Azure does a week after the last one. Source: Microsoft's "Put Block".
    """

    records: dict[str, dict[str, Any]]
    outbox: dict[str, Row]
    keys: dict[str, list[str]]
    blobs: dict[str, int]
    instances: dict[str, str]
    """The runtime status of each instance, by instance id."""

    @property
    def is_nothing(self) -> bool:
        return not (self.records or self.outbox or self.keys or self.blobs or self.instances)


def look(system: System, *, at_blobs: bool = True) -> Remains:
    """What there is now. Blobs take a request each, so whoever looks often looks without them."""
    records: dict[str, dict[str, Any]] = {}
    outbox: dict[str, Row] = {}
    keys: dict[str, list[str]] = {}
    with TableClient.from_connection_string(system.storage.connection_string, NAME) as table:
        for entity in table.list_entities():
            partition, row = entity["PartitionKey"], entity["RowKey"]
            if partition == OUTBOX:
                written_at = entity.metadata["timestamp"]
                assert written_at is not None, "the service stamps every row"  # noqa: S101
                outbox[row] = Row(entity["Closing"], written_at)
            elif partition.startswith(KEYS):
                keys.setdefault(entity["ReportId"], []).append(row)
            else:
                records[row] = dict(entity)
    return Remains(records, outbox, keys, _blobs(system) if at_blobs else {}, _instances(system))


def abandoned_instances(system: System, suspects: set[str]) -> dict[str, str]:
    """The instances of suspected reports that nobody will remove: no record and no outbox row leads there.

    To be asked while the system works: an instance goes before its row and its record, so what was
    there before them and after them is there to stay.
    """
    before = {name for name in _instances(system) if report_of_instance(name) in suspects}
    if not before:
        return {}
    with TableClient.from_connection_string(system.storage.connection_string, NAME, retry_total=0) as table:
        gone = {report for report in map(report_of_instance, before) if not _is_known(table, report)}
    after = _instances(system) if gone else {}
    return {
        name: status for name, status in after.items() if name in before and report_of_instance(name) in gone
    }


def _is_known(table: TableClient, report_id: str) -> bool:
    found = table.query_entities("RowKey eq @id", parameters={"id": report_id}, select=["PartitionKey"])
    return any(True for _ in found)


def _blobs(system: System) -> dict[str, int]:
    found: dict[str, int] = {}
    with ContainerClient.from_connection_string(system.storage.connection_string, NAME) as container:
        for blob in container.list_blobs(include=["uncommittedblobs"]):
            report_id = blob.name.rpartition("/")[2].removesuffix(".csv")
            committed, _uncommitted = container.get_blob_client(blob.name).get_block_list("committed")
            found[report_id] = len(committed)
    return found


def _instances(system: System) -> dict[str, str]:
    if system.on_azures_host:
        # The management API fails at a row that a killed host left incomplete, which has no name.
        with TableClient.from_connection_string(system.storage.connection_string, INSTANCES) as table:
            return {row["PartitionKey"]: row.get("RuntimeStatus", "Running") for row in table.list_entities()}
    answer = requests.get(system.durable_url, params={"top": ALL_INSTANCES}, timeout=LOOK_SECONDS)
    answer.raise_for_status()
    return {instance["instanceId"]: instance["runtimeStatus"] for instance in answer.json()}
