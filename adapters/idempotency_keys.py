"""Which report each idempotency key stands for, so that a request sent twice makes one report."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from azure.core import MatchConditions
from azure.core.exceptions import ResourceExistsError, ResourceModifiedError, ResourceNotFoundError
from azure.data.tables import TableClient

PARTITIONS = "keys-"
"""Each owner has a partition of keys, whose name starts so."""


@dataclass(frozen=True)
class Claim:
    """The report that a key stands for, and the fingerprint of the request it came with."""

    report_id: str
    fingerprint: str


class IdempotencyKeys:
    """Keys are known by their hashes: clients may put anything into a key, a table's keys not."""

    def __init__(self, client: TableClient) -> None:
        self._client = client

    def claim(self, owner: str, key_hash: str, claim: Claim) -> Claim:
        """Take the key for this claim; returns the claim that has it, which may be an earlier one."""
        partition = PARTITIONS + owner
        entity = {"ReportId": claim.report_id, "Fingerprint": claim.fingerprint}
        try:
            self._client.create_entity({"PartitionKey": partition, "RowKey": key_hash, **entity})
        except ResourceExistsError:
            taken = self._client.get_entity(partition, key_hash)
            return Claim(taken["ReportId"], taken["Fingerprint"])
        return claim

    def find(self, owner: str, key_hash: str) -> Claim | None:
        """The claim that has the key, if any has."""
        try:
            taken = self._client.get_entity(PARTITIONS + owner, key_hash)
        except ResourceNotFoundError:
            return None
        return Claim(taken["ReportId"], taken["Fingerprint"])

    def release(self, owner: str, key_hash: str, report_id: str) -> None:
        """Free the key, unless it stands for another report than this one by now."""
        with suppress(ResourceNotFoundError, ResourceModifiedError):
            taken = self._client.get_entity(PARTITIONS + owner, key_hash)
            if taken["ReportId"] == report_id:
                self._client.delete_entity(
                    taken, etag=taken.metadata["etag"], match_condition=MatchConditions.IfNotModified
                )

    def all(self) -> Iterator[tuple[str, str, str]]:
        """The owner, hash and report id of every key. For a daily round."""
        after_last = PARTITIONS[:-1] + chr(ord(PARTITIONS[-1]) + 1)
        found = self._client.query_entities(
            f"PartitionKey ge '{PARTITIONS}' and PartitionKey lt '{after_last}'"
        )
        for entity in found:
            owner = entity["PartitionKey"].removeprefix(PARTITIONS)
            yield owner, entity["RowKey"], entity["ReportId"]


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
