"""A false document that a hostile PokéAPI left in the cache is replaced, by itself and by the runbook."""

import secrets
import time
from collections.abc import Callable, Iterator

import pytest
from azure.data.tables import TableClient, TableServiceClient

from adapters.pokeapi import REFRESH_SECONDS
from adapters.pokeapi_catalog import POKEMON
from pokeapi_replica.hostile import POISONED_NAME, Attack
from tests.integration.app_instance import Instance, counting_requests
from tests.replica_process import running_replica
from tools.local.emulators import Storage
from tools.local.replica_control import set_faults

DAY = 86_400


@pytest.fixture
def cache_table(storage: Storage) -> Iterator[TableClient]:
    service = TableServiceClient.from_connection_string(storage.connection_string)
    name = f"t{secrets.token_hex(8)}"
    yield service.create_table(name)
    service.delete_table(name)


@pytest.fixture
def replica() -> Iterator[str]:
    with running_replica() as base_url:
        yield base_url


@pytest.fixture
def poisoned(replica: str, cache_table: TableClient) -> Instance:
    """An instance with a false Pikachu, which says that it is fresh for 3,000 years and has the true ETag.

    PokéAPI is honest again.
    """
    set_faults(replica, hostile={"pokemon/25": Attack.POISON})
    instance = Instance(replica, cache_table)
    assert instance.pokeapi.get(POKEMON, 25).name == POISONED_NAME
    instance.cache.flush()
    set_faults(replica, hostile={})
    return instance


@pytest.fixture
def days_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    real = time.time

    def pass_days(days: float) -> None:
        for module in ("adapters.pokeapi_cache", "adapters.pokeapi"):
            monkeypatch.setattr(f"{module}.time.time", lambda: real() + days * DAY)

    return pass_days


def test_a_false_document_is_replaced_after_a_week_whatever_its_lifetime(
    replica: str, poisoned: Instance, cache_table: TableClient, days_later: Callable[[float], None]
) -> None:
    days_later(REFRESH_SECONDS / DAY + 0.1)
    for instance in (poisoned, Instance(replica, cache_table)):
        with counting_requests(replica) as refreshed:
            assert instance.pokeapi.get(POKEMON, 25).name == "pikachu"
        assert refreshed == {"ok": 1}


def test_a_document_that_is_revalidated_daily_is_transferred_again_after_a_week(
    replica: str, cache_table: TableClient, days_later: Callable[[float], None]
) -> None:
    instance = Instance(replica, cache_table)
    outcomes: list[str] = []
    for day in range(0, 18, 2):
        days_later(day)
        with counting_requests(replica) as requests:
            instance.pokeapi.get(POKEMON, 25)
        outcomes += requests
    assert outcomes == ["ok", *["not_modified"] * 3, "ok", *["not_modified"] * 3, "ok"]


def test_deleting_the_entities_and_a_restart_heal_the_cache_at_once(
    replica: str, poisoned: Instance, cache_table: TableClient
) -> None:
    assert Instance(replica, cache_table).pokeapi.get(POKEMON, 25).name == POISONED_NAME
    for entity in cache_table.list_entities(select=["PartitionKey", "RowKey"]):
        cache_table.delete_entity(entity)
    assert Instance(replica, cache_table).pokeapi.get(POKEMON, 25).name == "pikachu"
