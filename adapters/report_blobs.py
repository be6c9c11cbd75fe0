"""The reports' CSVs in Blob Storage, each put together from blocks so that it appears whole or not at all.

Blocks stay invisible until they are committed; one staged twice under the same id is one block.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.storage.blob import (
    BlobBlock,
    BlobClient,
    BlobSasPermissions,
    ContainerClient,
    ContentSettings,
    StorageErrorCode,
    UserDelegationKey,
    generate_blob_sas,
)

HEADER_BLOCK = "header"
CLOCK_SKEW = timedelta(minutes=5)
CONTENT_TYPE = "text/csv; charset=utf-8"
BLOCKS_GONE = (
    "The rows that were fetched are gone: the storage deletes them when a report stands still for a week. "
    "Make the report again."
)


class BlocksGoneError(Exception):
    """Blocks that were staged are not there any more; the message says so to the report's reader."""


class DelegationKeys(Protocol):
    """Gives the key that signs a SAS where the app has an identity and no account key."""

    def get_user_delegation_key(
        self, key_start_time: datetime, key_expiry_time: datetime
    ) -> UserDelegationKey: ...


@dataclass(frozen=True)
class Published:
    """``bytes`` is the size and ``sha256`` the hex digest of the CSV as it can be downloaded."""

    bytes: int
    sha256: str


class ReportBlobs:
    """``delegation_keys`` is None where the container's client holds an account key."""

    def __init__(self, container: ContainerClient, delegation_keys: DelegationKeys | None) -> None:
        self._container = container
        self._delegation_keys = delegation_keys

    @staticmethod
    def block_id(name: str) -> str:
        """Block ids of one blob must have equal lengths before they are encoded."""
        return base64.b64encode(name.ljust(16, ".").encode()).decode()

    def stage(self, owner: str, report_id: str, block_name: str, content: bytes) -> str:
        """Add one uncommitted block; returns its id, the same for the same name."""
        block_id = self.block_id(block_name)
        self._blob(owner, report_id).stage_block(block_id, content)
        return block_id

    def publish(self, owner: str, report_id: str, header: bytes, block_ids: Sequence[str]) -> Published:
        """Commit the header and then the blocks, in order, and read the CSV back for its checksum.

        Raises BlocksGoneError where a block is missing: Azure deletes blocks that stay uncommitted for
        a week. Source: Microsoft's "Put Block List".
        """
        blob = self._blob(owner, report_id)
        first = self.stage(owner, report_id, HEADER_BLOCK, header)
        try:
            blob.commit_block_list(
                [BlobBlock(block_id) for block_id in (first, *block_ids)],
                content_settings=ContentSettings(content_type=CONTENT_TYPE),
            )
        except HttpResponseError as error:
            if getattr(error, "error_code", None) == StorageErrorCode.INVALID_BLOCK_LIST:
                raise BlocksGoneError(BLOCKS_GONE) from error
            raise
        digest, size = hashlib.sha256(), 0
        for chunk in blob.download_blob().chunks():
            digest.update(chunk)
            size += len(chunk)
        return Published(size, digest.hexdigest())

    def discard(self, owner: str, report_id: str) -> None:
        """Remove the CSV, and any blocks staged for it; nothing to remove is fine."""
        blob = self._blob(owner, report_id)
        # Blocks that were never committed cannot be deleted, only replaced by an empty commit.
        if self._has_traces(blob):
            blob.commit_block_list([])
            try:
                blob.delete_blob()
            except ResourceNotFoundError:
                return

    def download_url(
        self, owner: str, report_id: str, file_name: str, now: datetime, valid_for: timedelta
    ) -> str:
        """A URL that reads this one blob, and nothing else, until ``valid_for`` from now."""
        blob = self._blob(owner, report_id)
        secure = urlsplit(blob.url).scheme == "https"
        sas = generate_blob_sas(
            account_name=_account_name(self._container.url),
            container_name=blob.container_name,
            blob_name=blob.blob_name,
            **self._signing_key(now - CLOCK_SKEW, now + valid_for),
            permission=BlobSasPermissions(read=True),
            start=now - CLOCK_SKEW,
            expiry=now + valid_for,
            protocol="https" if secure else "https,http",
            content_disposition=f'attachment; filename="{file_name}"',
        )
        return f"{blob.url}?{sas}"

    def all(self) -> Iterator[tuple[str, str]]:
        """The owner and report id of every CSV there is, published or only staged."""
        for blob in self._container.list_blobs(include=["uncommittedblobs"]):
            owner, _, file_name = blob.name.partition("/")
            yield owner, file_name.removesuffix(".csv")

    def check(self) -> None:
        """Fails where the container cannot be read."""
        self._container.get_container_properties()

    def _signing_key(self, start: datetime, expiry: datetime) -> dict[str, Any]:
        if self._delegation_keys is None:
            return {"account_key": self._container.credential.account_key}
        return {"user_delegation_key": self._delegation_keys.get_user_delegation_key(start, expiry)}

    def _blob(self, owner: str, report_id: str) -> BlobClient:
        return self._container.get_blob_client(f"{owner}/{report_id}.csv")

    @staticmethod
    def _has_traces(blob: BlobClient) -> bool:
        try:
            blob.get_block_list("all")
        except ResourceNotFoundError:
            return False
        return True


def _account_name(container_url: str) -> str:
    """From the host, or from the path of an emulator's URL.

    The SDK's own is wrong for the one and missing for endpoints of a DNS zone.
    """
    parts = urlsplit(container_url)
    *account, _container = parts.path.strip("/").split("/")
    return account[0] if account else str(parts.hostname).partition(".")[0]
