"""Builds what an invocation needs from the settings, once per process and set of settings.

Clients are costly to make and safe to share among threads; a changed setting makes new ones.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Condition
from typing import Any

from azure.core.credentials import TokenCredential
from azure.core.exceptions import ResourceExistsError
from azure.data.tables import TableClient, TableServiceClient
from azure.storage.blob import BlobServiceClient, ExponentialRetry
from cachetools import cached

from adapters import pokeapi_table, settings
from adapters.idempotency_keys import IdempotencyKeys
from adapters.outbox import Outbox
from adapters.pokeapi import PokeApi
from adapters.pokeapi_cache import DocumentCache
from adapters.pokeapi_table import PokeApiTable
from adapters.report_blobs import ReportBlobs
from adapters.report_table import ReportTable
from adapters.settings import PokeApiSettings, StorageSettings

CONTAINER = TABLE = "reports"
POKEAPI_TABLE = "pokeapi"


@dataclass(frozen=True)
class Stores:
    """Everything that is kept of reports."""

    reports: ReportTable
    blobs: ReportBlobs
    outbox: Outbox
    keys: IdempotencyKeys


# It logs every storage call twice, at a level that Application Insights keeps and bills.
logging.getLogger("azure.core.pipeline.policies.http_logging_policy").setLevel(logging.WARNING)

# The SDKs' own defaults wait a minute and more before they give up on a storage that is away.
# Activities are retried by their orchestrator, and a person should not wait so long for an answer.
_TIMEOUTS = {"connection_timeout": 5, "read_timeout": 20}
_BLOB_OPTIONS: dict[str, Any] = {
    **_TIMEOUTS,
    "retry_policy": ExponentialRetry(initial_backoff=1, increment_base=2, retry_total=2),
    # A CSV is read back for its checksum, piece by piece: 32 MB would be read at once.
    "max_single_get_size": 4 * 1024 * 1024,
}
_TABLE_PATIENCE: dict[str, Any] = {**_TIMEOUTS, "retry_total": 2}


def pokeapi() -> PokeApi:
    return _pokeapi(settings.pokeapi_settings())


def pokeapi_for_requests() -> PokeApi:
    """For HTTP functions, where a person waits: it gives up after seconds, not minutes."""
    configured = settings.pokeapi_settings()
    return _pokeapi(
        replace(
            configured,
            retries=min(configured.retries, 1),
            connect_timeout_seconds=min(configured.connect_timeout_seconds, 3),
            read_timeout_seconds=min(configured.read_timeout_seconds, 5),
        )
    )


def report_table() -> ReportTable:
    return _report_table(settings.storage_settings())


def report_blobs() -> ReportBlobs:
    return _report_blobs(settings.storage_settings())


def stores() -> Stores:
    configured = settings.storage_settings()
    table = _table_client(configured)
    return Stores(_report_table(configured), _report_blobs(configured), Outbox(table), IdempotencyKeys(table))


# Unlike lru_cache, these make one thing where many calls need it at once: on a new instance's first
# activities, each would else ask PokéAPI with connections and a memory of its own.
@cached({}, condition=Condition())
def _pokeapi(configured: PokeApiSettings) -> PokeApi:
    return PokeApi(configured, _document_cache(configured.base_url))


@cached({}, condition=Condition())
def _document_cache(base_url: str) -> DocumentCache:
    """The table is opened at its first use: without storage, what needs none of it still answers."""
    return DocumentCache(PokeApiTable(base_url, lambda: _pokeapi_table(settings.storage_settings())))


@lru_cache
def _report_table(storage: StorageSettings) -> ReportTable:
    return ReportTable(_table_client(storage))


@lru_cache
def _report_blobs(storage: StorageSettings) -> ReportBlobs:
    if storage.connection_string:
        service = BlobServiceClient.from_connection_string(storage.connection_string, **_BLOB_OPTIONS)
    else:
        service = BlobServiceClient(str(storage.blob_service_uri), _credential(storage), **_BLOB_OPTIONS)
    container = service.get_container_client(CONTAINER)
    with suppress(ResourceExistsError):
        container.create_container()
    return ReportBlobs(container, None if storage.connection_string else service)


@lru_cache
def _table_client(storage: StorageSettings) -> TableClient:
    return _open_table(TABLE, storage, _TABLE_PATIENCE)


@lru_cache
def _pokeapi_table(storage: StorageSettings) -> TableClient:
    return _open_table(POKEAPI_TABLE, storage, pokeapi_table.PATIENCE)


def _open_table(name: str, storage: StorageSettings, patience: dict[str, Any]) -> TableClient:
    if storage.connection_string:
        service = TableServiceClient.from_connection_string(storage.connection_string, **patience)
    else:
        service = TableServiceClient(
            str(storage.table_service_uri), credential=_credential(storage), **patience
        )
    client = service.get_table_client(name)
    with suppress(ResourceExistsError):
        client.create_table()
    return client


@lru_cache
def _credential(storage: StorageSettings) -> TokenCredential:
    # A sixth of the app's import, and only where an identity is used.
    from azure.identity import DefaultAzureCredential, ManagedIdentityCredential

    if storage.managed_identity:
        return ManagedIdentityCredential(client_id=storage.client_id)
    return DefaultAzureCredential(managed_identity_client_id=storage.client_id)
