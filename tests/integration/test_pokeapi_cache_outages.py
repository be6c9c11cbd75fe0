"""The PokéAPI client while the cache's table is unreachable, silent, or misconfigured."""

import logging
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from azure.data.tables import TableClient, TableServiceClient

from adapters import dependencies, pokeapi_cache, pokeapi_table
from adapters.pokeapi_catalog import POKEMON, SPECIES
from adapters.pokeapi_table import TIMEOUTS
from tests.integration.app_instance import Instance, counting_requests
from tools.local import emulators
from tools.local.emulators import Storage


def fetch_all(instance: Instance, count: int) -> float:
    """Fetch the first Pokémon, and return the seconds it took."""
    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        pokemon = pool.map(lambda number: instance.pokeapi.get(POKEMON, number), range(1, count + 1))
        assert len(list(pokemon)) == count
    instance.cache.flush()
    return time.monotonic() - started


def client_at(address: str) -> TableClient:
    storage = Storage(blob=address, queue=address, table=address)
    service = TableServiceClient.from_connection_string(storage.connection_string, **TIMEOUTS)
    return service.get_table_client("pokeapi")


def test_a_table_that_refuses_connections_costs_little_time(
    pokeapi_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    unreachable = client_at("http://127.0.0.1:9")
    with caplog.at_level(logging.WARNING):
        assert fetch_all(Instance(pokeapi_url, unreachable), 400) < 20
    # Eight requests can be in progress when the second one fails.
    warnings = [record for record in caplog.records if "PokéAPI cache" in record.getMessage()]
    assert 2 <= len(warnings) <= 9


def test_a_table_that_never_responds_is_skipped_after_seconds(pokeapi_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        silent_table = client_at(f"http://127.0.0.1:{silent.getsockname()[1]}")
        instance = Instance(pokeapi_url, silent_table)
        fetch_all(instance, 400)
        started = time.monotonic()
        instance.pokeapi.get(POKEMON, 600)
        instance.pokeapi.get(SPECIES, 600)
        assert time.monotonic() - started < 1


def test_documents_are_fetched_if_the_table_cannot_be_opened(pokeapi_url: str) -> None:
    def cannot() -> TableClient:
        raise ValueError("no such setting")

    assert Instance(pokeapi_url, cannot).pokeapi.get(POKEMON, 25).name == "pikachu"


def test_a_table_is_used_again_after_an_outage(
    pokeapi_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pokeapi_table, "PAUSE_SECONDS", 1)
    monkeypatch.setattr(pokeapi_cache, "NEGATIVE_CACHE_TTL_SECONDS", 0)
    azurite = emulators.azurite(tmp_path / "azurite.log")
    storage = Storage(*azurite.start())
    try:
        service = TableServiceClient.from_connection_string(storage.connection_string, **TIMEOUTS)
        instance = Instance(pokeapi_url, service.create_table("pokeapi"))
        instance.pokeapi.get(POKEMON, 1)
        azurite.stop()
        for number in (101, 201, 301, 401):
            assert instance.pokeapi.get(POKEMON, number).id == number
        ports = [address.rsplit(":", 1)[1] for address in (storage.blob, storage.queue, storage.table)]
        azurite = emulators.azurite(tmp_path / "azurite.log", ports=ports)
        azurite.start()
        service.create_table("pokeapi")
        time.sleep(1.2)  # a delayed write that failed before this line may have opened the circuit again
        instance.pokeapi.get(POKEMON, 501)
        instance.cache.flush()
        with counting_requests(pokeapi_url) as warm:
            Instance(pokeapi_url, service.get_table_client("pokeapi")).pokeapi.get(POKEMON, 501)
        assert warm == {}
    finally:
        azurite.stop()


def test_documents_are_fetched_without_a_storage_setting(
    pokeapi_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ReportStorage", "ReportStorage__blobServiceUri", "ReportStorage__tableServiceUri"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("POKEAPI_BASE_URL", f"{pokeapi_url}/")
    monkeypatch.setenv("POKEAPI_CONNECTIONS", "3")
    assert dependencies.pokeapi().type(13).name == "electric"
