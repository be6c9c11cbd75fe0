"""Maps each idempotency key to its report, so that a repeated request makes one report."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import TableClient

from adapters.errors import storage_errors
from domain.report import ReportKey

PARTITIONS = "keys-"
"""The prefix of the partitions that hold the keys, one per owner."""


@dataclass(frozen=True)
class Claim:
    """The report that a key stands for, and the fingerprint of the request it came with."""

    report_id: str
    fingerprint: str


class IdempotencyKeys:
    """Keys are stored as hashes: a client can use any characters in a key, a table key cannot hold them
    all."""

    def __init__(self, client: TableClient) -> None:
        self._client = client

    @storage_errors
    def claim(self, owner: str, key_hash: str, claim: Claim) -> Claim:
        """Claim the key. Returns the claim that holds it, which may be an earlier one."""
        partition = PARTITIONS + owner
        entity = {"ReportId": claim.report_id, "Fingerprint": claim.fingerprint}
        try:
            self._client.create_entity({"PartitionKey": partition, "RowKey": key_hash, **entity})
        except ResourceExistsError:
            taken = self._client.get_entity(partition, key_hash)
            return Claim(taken["ReportId"], taken["Fingerprint"])
        return claim

    @storage_errors
    def get(self, owner: str, key_hash: str) -> Claim | None:
        """The claim that holds the key, or None."""
        try:
            taken = self._client.get_entity(PARTITIONS + owner, key_hash)
        except ResourceNotFoundError:
            return None
        return Claim(taken["ReportId"], taken["Fingerprint"])

    @storage_errors
    def release(self, report: ReportKey, key_hash: str) -> None:
        """Make the key available again, unless it stands for another report by now."""
        with suppress(ResourceNotFoundError, ResourceModifiedError):
            taken = self._client.get_entity(PARTITIONS + report.owner, key_hash)
            if taken["ReportId"] == report.report_id:
                self._client.delete_entity(
                    taken, etag=taken.metadata["etag"], match_condition=MatchConditions.IfNotModified
                )

    @storage_errors
    def all(self) -> list[tuple[ReportKey, str]]:
        """The report and the hash of every key: for the daily cleanup."""
        after_last = PARTITIONS[:-1] + chr(ord(PARTITIONS[-1]) + 1)
        found = self._client.query_entities(
            f"PartitionKey ge '{PARTITIONS}' and PartitionKey lt '{after_last}'"
        )
        return [
            (ReportKey(entity["PartitionKey"].removeprefix(PARTITIONS), entity["ReportId"]), entity["RowKey"])
            for entity in found
        ]


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
