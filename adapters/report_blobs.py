"""The reports' CSVs in Blob Storage. Each is committed from blocks, so it appears whole or not at all.

Blocks are invisible until they are committed. A block that is staged twice under the same id is one block.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError, ResourceModifiedError, ResourceNotFoundError
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

from adapters.errors import storage_errors
from domain.report import ReportKey

HEADER_BLOCK = "header"
CLOCK_SKEW = timedelta(minutes=5)
CONTENT_TYPE = "text/csv; charset=utf-8"
BLOCKS_GONE = (
    "The fetched rows were deleted, because the report made no progress for a week. Run the report again."
)


class BlocksGoneError(Exception):
    """Staged blocks no longer exist. The message is worded for the report's reader."""


class DelegationKeys(Protocol):
    """Provides the key that signs a SAS when the app has an identity and no account key."""

    def get_user_delegation_key(
        self, key_start_time: datetime, key_expiry_time: datetime
    ) -> UserDelegationKey: ...


@dataclass(frozen=True)
class Published:
    """``bytes`` is the size and ``sha256`` the hex digest of the CSV as it is downloaded."""

    bytes: int
    sha256: str


class ReportBlobs:
    """``delegation_keys`` is None if the container's client holds an account key."""

    def __init__(self, container: ContainerClient, delegation_keys: DelegationKeys | None) -> None:
        self._container = container
        self._delegation_keys = delegation_keys

    @staticmethod
    def block_id(name: str) -> str:
        """Azure requires the ids of one blob's blocks to have equal lengths before they are encoded."""
        return base64.b64encode(name.ljust(16, ".").encode()).decode()

    @storage_errors
    def stage(self, key: ReportKey, block_name: str, content: bytes) -> str:
        """Add one uncommitted block; returns its id, the same for the same name."""
        block_id = self.block_id(block_name)
        self._blob(key).stage_block(block_id, content)
        return block_id

    @storage_errors
    def publish(self, key: ReportKey, header: bytes, block_ids: Sequence[str]) -> Published:
        """Commit the header and the blocks, in order, and read the CSV back to compute its checksum.

        Raises BlocksGoneError if a block is missing: Azure deletes blocks that stay uncommitted for a week.
        Source: Microsoft's "Put Block List".
        """
        blob = self._blob(key)
        first = self.stage(key, HEADER_BLOCK, header)
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

    @storage_errors
    def scan[T](self, key: ReportKey, read: Callable[[str, Iterator[bytes]], T]) -> T | None:
        """Call ``read`` with the ETag and the content of a CSV, in chunks. Returns None if there is none."""
        try:
            download = self._blob(key).download_blob()
        except ResourceNotFoundError:
            return None
        return read(str(download.properties.etag), iter(download.chunks()))

    @storage_errors
    def read_range(self, key: ReportKey, etag: str, start: int, end: int) -> bytes | None:
        """The bytes from ``start`` to ``end`` of a CSV, or None if it is gone or was written again."""
        if start == end:
            return b""
        try:
            return (
                self._blob(key)
                .download_blob(start, end - start, etag=etag, match_condition=MatchConditions.IfNotModified)
                .readall()
            )
        except (ResourceNotFoundError, ResourceModifiedError):
            return None

    @storage_errors
    def discard(self, key: ReportKey) -> None:
        """Delete the CSV and any blocks staged for it. A no-op if there are none."""
        blob = self._blob(key)
        # Uncommitted blocks cannot be deleted, only replaced by an empty commit.
        if self._has_traces(blob):
            blob.commit_block_list([])
            try:
                blob.delete_blob()
            except ResourceNotFoundError:
                return

    @storage_errors
    def copy(self, source: ReportKey, target: ReportKey) -> None:
        """Copy a published CSV. A no-op if it is gone."""
        with suppress(ResourceNotFoundError):
            content = self._blob(source).download_blob()
            settings = ContentSettings(content_type=CONTENT_TYPE)
            self._blob(target).upload_blob(content.chunks(), overwrite=True, content_settings=settings)

    @storage_errors
    def download_url(self, key: ReportKey, file_name: str, now: datetime, valid_for: timedelta) -> str:
        """A URL that can read only this blob, for ``valid_for`` from now."""
        blob = self._blob(key)
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

    @storage_errors
    def all(self) -> list[ReportKey]:
        """Every report that has a CSV, published or only staged."""
        keys = []
        for blob in self._container.list_blobs(include=["uncommittedblobs"]):
            owner, _, file_name = blob.name.partition("/")
            keys.append(ReportKey(owner, file_name.removesuffix(".csv")))
        return keys

    @storage_errors
    def check(self) -> None:
        """Raises StorageUnavailableError if the container cannot be read."""
        self._container.get_container_properties()

    def _signing_key(self, start: datetime, expiry: datetime) -> dict[str, Any]:
        if self._delegation_keys is None:
            return {"account_key": self._container.credential.account_key}
        return {"user_delegation_key": self._delegation_keys.get_user_delegation_key(start, expiry)}

    def _blob(self, key: ReportKey) -> BlobClient:
        return self._container.get_blob_client(f"{key.owner}/{key.report_id}.csv")

    @staticmethod
    def _has_traces(blob: BlobClient) -> bool:
        try:
            blob.get_block_list("all")
        except ResourceNotFoundError:
            return False
        return True


def _account_name(container_url: str) -> str:
    """The account's name from the host, or from the path of an emulator's URL.

    The SDK's own property is wrong for emulators and missing for endpoints in a DNS zone.
    """
    parts = urlsplit(container_url)
    *account, _container = parts.path.strip("/").split("/")
    return account[0] if account else str(parts.hostname).partition(".")[0]
