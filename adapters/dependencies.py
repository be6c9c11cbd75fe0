"""Builds the adapters from the settings, once per process and set of settings.

Clients are expensive to create and safe to share among threads. A changed setting creates new ones.
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
from adapters.errors import storage_errors
from adapters.idempotency_keys import IdempotencyKeys
from adapters.outbox import Outbox
from adapters.pokeapi import PokeApi
from adapters.pokeapi_cache import DocumentCache
from adapters.pokeapi_table import PokeApiTable
from adapters.report_blobs import ReportBlobs
from adapters.report_table import ReportTable
from adapters.settings import PokeApiSettings, StorageSettings
from adapters.share_links import ShareLinks

REQUEST_SECONDS = 20
"""How long an HTTP function can wait for PokéAPI. Static Web Apps ends a request after 45 s."""
CONTAINER = TABLE = "reports"
POKEAPI_TABLE = "pokeapi"


@dataclass(frozen=True)
class Stores:
    """Where reports are stored."""

    reports: ReportTable
    blobs: ReportBlobs
    outbox: Outbox
    keys: IdempotencyKeys
    shares: ShareLinks


# This logger logs every storage call twice, at a level that Application Insights stores and bills.
logging.getLogger("azure.core.pipeline.policies.http_logging_policy").setLevel(logging.WARNING)

# By default the SDKs retry for a minute and more when the storage is unreachable. Orchestrators retry their
# activities, and users should not wait that long for a response.
_TIMEOUTS = {"connection_timeout": 5, "read_timeout": 20}
_BLOB_OPTIONS: dict[str, Any] = {
    **_TIMEOUTS,
    "retry_policy": ExponentialRetry(initial_backoff=1, increment_base=2, retry_total=2),
    # A CSV is read back in chunks to compute its checksum; by default 32 MB would be read at once.
    "max_single_get_size": 4 * 1024 * 1024,
}
_TABLE_OPTIONS: dict[str, Any] = {**_TIMEOUTS, "retry_total": 2}


def pokeapi() -> PokeApi:
    return _pokeapi(settings.pokeapi_settings())


def pokeapi_for_requests() -> PokeApi:
    """For one request of a user who waits: it fails after seconds, not minutes, however many documents the
    request needs."""
    configured = settings.pokeapi_settings()
    return _pokeapi(
        replace(
            configured,
            retries=min(configured.retries, 1),
            connect_timeout_seconds=min(configured.connect_timeout_seconds, 3),
            read_timeout_seconds=min(configured.read_timeout_seconds, 5),
        )
    ).within(REQUEST_SECONDS)


@storage_errors
def report_table() -> ReportTable:
    return _report_table(settings.storage_settings())


@storage_errors
def report_blobs() -> ReportBlobs:
    return _report_blobs(settings.storage_settings())


@storage_errors
def stores() -> Stores:
    configured = settings.storage_settings()
    table = _table_client(configured)
    return Stores(
        _report_table(configured),
        _report_blobs(configured),
        _outbox(configured),
        IdempotencyKeys(table),
        ShareLinks(table),
    )


# Unlike lru_cache, these create one object when many calls need it at once. Otherwise each of a new
# instance's first activities would get connections, a cache and an outbox of its own.
@cached({}, condition=Condition())
def _pokeapi(configured: PokeApiSettings) -> PokeApi:
    return PokeApi(configured, _document_cache(configured.base_url))


@cached({}, condition=Condition())
def _document_cache(base_url: str) -> DocumentCache:
    """The table is opened at its first use, so that functions that need no storage work without it."""
    return DocumentCache(PokeApiTable(base_url, lambda: _pokeapi_table(settings.storage_settings())))


@cached({}, condition=Condition())
def _outbox(storage: StorageSettings) -> Outbox:
    """One per process, so that the changes of all its threads can share a transaction."""
    return Outbox(_table_client(storage))


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
    return _open_table(TABLE, storage, _TABLE_OPTIONS)


@lru_cache
def _pokeapi_table(storage: StorageSettings) -> TableClient:
    return _open_table(POKEAPI_TABLE, storage, pokeapi_table.TIMEOUTS)


def _open_table(name: str, storage: StorageSettings, options: dict[str, Any]) -> TableClient:
    if storage.connection_string:
        service = TableServiceClient.from_connection_string(storage.connection_string, **options)
    else:
        service = TableServiceClient(
            str(storage.table_service_uri), credential=_credential(storage), **options
        )
    client = service.get_table_client(name)
    with suppress(ResourceExistsError):
        client.create_table()
    return client


@lru_cache
def _credential(storage: StorageSettings) -> TokenCredential:
    # Importing this takes a sixth of the app's import time, and only identities need it.
    from azure.identity import DefaultAzureCredential, ManagedIdentityCredential

    if storage.managed_identity:
        return ManagedIdentityCredential(client_id=storage.client_id)
    return DefaultAzureCredential(managed_identity_client_id=storage.client_id)
