"""Fixtures for tests on real storage: each test gets a table and a container of its own."""

import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from azure.core.pipeline.transport import RequestsTransport
from azure.data.tables import TableClient, TableServiceClient
from azure.storage.blob import BlobServiceClient, ContainerClient

from adapters.dependencies import Stores
from adapters.idempotency_keys import IdempotencyKeys
from adapters.outbox import Outbox
from adapters.report_blobs import ReportBlobs
from adapters.report_table import ReportTable
from adapters.share_links import ShareLinks
from tests.integration.report_fixture import ReportFixture
from tools.local.emulators import Storage


@pytest.fixture(autouse=True)
def written_pokeapi_caches() -> Iterator[None]:
    """A PokéAPI cache writes to its table after a delay, which must not log in the next test."""
    yield
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.function()


@pytest.fixture
def container(storage: Storage) -> Iterator[ContainerClient]:
    with BlobServiceClient.from_connection_string(storage.connection_string) as service:
        container = service.create_container(f"c{secrets.token_hex(8)}")
        yield container
        container.delete_container()


@pytest.fixture
def table_client(storage: Storage) -> Iterator[TableClient]:
    with TableServiceClient.from_connection_string(storage.connection_string) as service:
        client = service.create_table(f"t{secrets.token_hex(8)}")
        yield client
        client.delete_table()


@pytest.fixture
def stores(table_client: TableClient, container: ContainerClient) -> Stores:
    blobs = ReportBlobs(container, delegation_keys=None)
    return Stores(
        ReportTable(table_client),
        blobs,
        Outbox(table_client),
        IdempotencyKeys(table_client),
        ShareLinks(table_client),
    )


@pytest.fixture
def table(stores: Stores) -> ReportTable:
    return stores.reports


@pytest.fixture
def blobs(stores: Stores) -> ReportBlobs:
    return stores.blobs


@pytest.fixture
def storage_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Method and URL of each request to the storage, in order."""
    calls: list[str] = []
    send: Callable[..., Any] = RequestsTransport.send

    def record(self: RequestsTransport, request: Any, **options: Any) -> Any:
        calls.append(f"{request.method} {request.url}")
        return send(self, request, **options)

    monkeypatch.setattr(RequestsTransport, "send", record)
    return calls


@pytest.fixture
def reports(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> ReportFixture:
    """Every check of the reconciler counts as late enough to be the final one."""
    monkeypatch.setenv("LAST_LOOK_AFTER_SECONDS", "0")
    return ReportFixture(stores)
