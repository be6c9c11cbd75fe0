"""The PokéAPI cache in a real Azurite, shared by clients that stand for instances of the app."""

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from azure.data.tables import TableClient, TableServiceClient, UpdateMode

from adapters import dependencies, pokeapi_cache, pokeapi_table
from adapters.pokeapi import PokeApi
from adapters.pokeapi_cache import DocumentCache
from adapters.pokeapi_catalog import POKEMON
from adapters.pokeapi_table import TIMEOUTS, PokeApiTable
from domain.columns import COLUMNS
from domain.errors import PokeApiUnavailableError
from domain.messages import FetchPokemon
from domain.pokedex import PokemonRef
from services.pokemon_rows import fetch_rows
from tests.integration.app_instance import Instance, counting_requests
from tests.pokeapi_builders import electric, link, pokeapi_settings, zapdos
from tests.replica_process import running_replica
from tests.scripted_pokeapi import ScriptedPokeApi, ScriptedResponse, json_response
from tools.local.emulators import Storage

DAY = 86_400
MINUTE = {"Cache-Control": "public, max-age=60"}
CALL = FetchPokemon((PokemonRef(25, "pikachu"), PokemonRef(10080, "pikachu-rock-star")), tuple(COLUMNS))


@pytest.fixture(scope="module")
def replica() -> Iterator[str]:
    with running_replica() as base_url:
        yield base_url


@pytest.fixture
def table(storage: Storage) -> Iterator[TableClient]:
    service = TableServiceClient.from_connection_string(storage.connection_string, **TIMEOUTS)
    name = f"t{secrets.token_hex(8)}"
    yield service.create_table(name)
    service.delete_table(name)


@pytest.fixture
def days_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    real = time.time

    def pass_days(days: float) -> None:
        for module in ("adapters.pokeapi_cache", "adapters.pokeapi"):
            monkeypatch.setattr(f"{module}.time.time", lambda: real() + days * DAY)

    return pass_days


def test_a_new_instance_sends_no_requests_while_the_entries_are_fresh(
    replica: str, table: TableClient
) -> None:
    first = Instance(replica, table)
    with counting_requests(replica) as cold:
        rows = fetch_rows(first.pokeapi, CALL, threads=4)
        lists = (first.pokeapi.all_pokemon(), first.pokeapi.types(), first.pokeapi.generation(1))
    assert cold == {"ok": 2 + 1 + 1 + 3}
    first.cache.flush()

    second = Instance(replica, table)
    with counting_requests(replica) as warm:
        assert fetch_rows(second.pokeapi, CALL, threads=4) == rows
        assert (second.pokeapi.all_pokemon(), second.pokeapi.types(), second.pokeapi.generation(1)) == lists
    assert warm == {}


def test_entries_are_written_to_the_table_after_a_delay(replica: str, table: TableClient) -> None:
    Instance(replica, table).pokeapi.get(POKEMON, 25)
    deadline = time.monotonic() + 10
    while not list(table.list_entities()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    with counting_requests(replica) as warm:
        assert Instance(replica, table).pokeapi.get(POKEMON, 25).name == "pikachu"
    assert warm == {}


def test_a_stale_entry_is_revalidated_by_its_etag(
    replica: str, table: TableClient, days_later: Callable[[float], None]
) -> None:
    first = Instance(replica, table)
    pikachu = first.pokeapi.get(POKEMON, 25)
    first.cache.flush()
    days_later(1.1)
    for instance in (first, Instance(replica, table)):
        with counting_requests(replica) as stale:
            assert instance.pokeapi.get(POKEMON, 25) == pikachu
        assert stale == {"not_modified": 1}
        with counting_requests(replica) as fresh_again:
            assert instance.pokeapi.get(POKEMON, 25) == pikachu
        assert fresh_again == {}


def test_an_entry_that_one_instance_revalidated_is_fresh_for_the_next(
    replica: str, table: TableClient, days_later: Callable[[float], None]
) -> None:
    first = Instance(replica, table)
    first.pokeapi.get(POKEMON, 25)
    first.cache.flush()
    days_later(1.1)
    first.pokeapi.get(POKEMON, 25)
    first.cache.flush()
    with counting_requests(replica) as later:
        Instance(replica, table).pokeapi.get(POKEMON, 25)
    assert later == {}


def test_an_instance_reads_a_row_again_for_documents_that_another_wrote(
    replica: str, table: TableClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = Instance(replica, table), Instance(replica, table)
    early.pokeapi.get(POKEMON, 25)  # reads the row while it is empty
    late.pokeapi.get(POKEMON, 26)
    late.cache.flush()
    monkeypatch.setattr(pokeapi_cache, "NEGATIVE_CACHE_TTL_SECONDS", 0)
    with counting_requests(replica) as later:
        early.pokeapi.get(POKEMON, 26)
    assert later == {}


def test_concurrent_writes_to_one_row_lose_no_document(replica: str, table: TableClient) -> None:
    instances = [Instance(replica, table) for _ in range(4)]
    for number, instance in enumerate(instances, start=1):
        instance.pokeapi.get(POKEMON, number)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda instance: instance.cache.flush(), instances))
    new = Instance(replica, table)
    with counting_requests(replica) as warm:
        assert [new.pokeapi.get(POKEMON, number).id for number in (1, 2, 3, 4)] == [1, 2, 3, 4]
    assert warm == {}


def test_a_changed_document_replaces_its_entry(scripted: ScriptedPokeApi, table: TableClient) -> None:
    def answer(_path: str, count: int) -> ScriptedResponse:
        tag = {"ETag": f'W/"{count}"', "Cache-Control": "max-age=0"}
        return json_response(zapdos(weight=count), headers=tag)

    scripted.respond = answer
    first = Instance(scripted.base_url, table)
    assert first.pokeapi.get(POKEMON, 145).weight == 1
    assert first.pokeapi.get(POKEMON, 145).weight == 2
    first.cache.flush()
    assert Instance(scripted.base_url, table).pokeapi.get(POKEMON, 145).weight == 3
    assert scripted.etags == [None, 'W/"1"', 'W/"2"']


def test_a_304_without_an_etag_in_the_request_raises_an_error(
    scripted: ScriptedPokeApi, table: TableClient
) -> None:
    scripted.respond = lambda _path, _count: (304, MINUTE, b"")
    with pytest.raises(PokeApiUnavailableError, match="not a valid document"):
        Instance(scripted.base_url, table).pokeapi.get(POKEMON, 145)


@pytest.mark.parametrize("etag", ["", "not-quoted", '"ünicode"'])
def test_an_invalid_etag_is_not_sent_back(scripted: ScriptedPokeApi, table: TableClient, etag: str) -> None:
    scripted.respond = lambda _path, _count: json_response(zapdos(), headers={"ETag": etag})
    instance = Instance(scripted.base_url, table)
    instance.pokeapi.get(POKEMON, 145)
    instance.pokeapi.get(POKEMON, 145)
    assert scripted.etags == [None, None]


def test_a_no_store_response_is_not_stored(scripted: ScriptedPokeApi, table: TableClient) -> None:
    headers = {"Cache-Control": "no-store, max-age=60", "ETag": '"1"'}
    scripted.respond = lambda _path, _count: json_response(zapdos(), headers=headers)
    first = Instance(scripted.base_url, table)
    first.pokeapi.get(POKEMON, 145)
    first.cache.flush()
    assert list(table.list_entities()) == []
    first.pokeapi.get(POKEMON, 145)
    assert scripted.etags == [None, None]


@pytest.mark.parametrize(("age", "times"), [("59", 2), ("3", 1), ("many", 1)])
def test_the_age_of_a_response_shortens_its_lifetime(
    scripted: ScriptedPokeApi, table: TableClient, age: str, times: int
) -> None:
    headers = {"Cache-Control": "max-age=60", "Age": age}
    scripted.respond = lambda _path, _count: json_response(zapdos(), headers=headers)
    instance = Instance(scripted.base_url, table)
    instance.pokeapi.get(POKEMON, 145)
    time.sleep(1.1)
    instance.pokeapi.get(POKEMON, 145)
    assert len(scripted.requested_paths) == times


def test_concurrent_reports_request_the_same_pokemon_once(
    scripted: ScriptedPokeApi, table: TableClient
) -> None:
    def slow(_path: str, _count: int) -> ScriptedResponse:
        time.sleep(0.2)
        return json_response(zapdos(), headers=MINUTE)

    scripted.respond = slow
    instance = Instance(scripted.base_url, table)
    call = FetchPokemon((PokemonRef(145, "zapdos"),), ("id", "name"))
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: fetch_rows(instance.pokeapi, call, threads=2), range(16)))
    assert scripted.requested_paths == ["pokemon/145"]


def test_threads_share_one_read_of_a_row(replica: str, table: TableClient) -> None:
    first = Instance(replica, table)
    for number in range(1, 20):
        first.pokeapi.get(POKEMON, number)
    first.cache.flush()
    reads = []

    class Counting(PokeApiTable):
        def read(self, row: str) -> dict[int, Any]:
            reads.append(row)
            return super().read(row)

    second = PokeApi(pokeapi_settings(replica), DocumentCache(Counting(replica, lambda: table)))
    with counting_requests(replica) as warm, ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: second.get(POKEMON, number), range(1, 20)))
    assert reads == ["pokemon-000000"]
    assert warm == {}


def test_entries_of_another_base_url_are_not_used(replica: str, table: TableClient) -> None:
    first = Instance(replica, table)
    first.pokeapi.get(POKEMON, 25)
    first.cache.flush()
    with running_replica("--synthetic", "100") as other, counting_requests(other) as cold:
        Instance(other, table).pokeapi.get(POKEMON, 25)
    assert cold == {"ok": 1}


def test_entries_of_another_version_are_not_used(
    replica: str, table: TableClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Instance(replica, table)
    first.pokeapi.get(POKEMON, 25)
    first.cache.flush()
    monkeypatch.setattr(pokeapi_table, "VERSION", "another")
    with counting_requests(replica) as cold:
        Instance(replica, table).pokeapi.get(POKEMON, 25)
    assert cold == {"ok": 1}


@pytest.mark.parametrize("garbage", [b"garbage", b"", "text", 7, True, 1.5])
def test_a_corrupt_entry_costs_one_request_and_is_replaced(
    replica: str, table: TableClient, garbage: Any
) -> None:
    first = Instance(replica, table)
    first.pokeapi.get(POKEMON, 25)
    first.pokeapi.get(POKEMON, 26)
    first.cache.flush()
    (row,) = table.list_entities()
    table.upsert_entity({**row, "N25": garbage, "N": 1, "Note": "x"}, UpdateMode.REPLACE)
    second = Instance(replica, table)
    with counting_requests(replica) as corrupt:
        assert second.pokeapi.get(POKEMON, 25).name == "pikachu"
        assert second.pokeapi.get(POKEMON, 26).name == "raichu"
    assert corrupt == {"ok": 1}
    second.cache.flush()
    with counting_requests(replica) as replaced:
        Instance(replica, table).pokeapi.get(POKEMON, 25)
    assert replaced == {}


def test_an_entry_too_large_for_the_table_stays_in_memory(
    scripted: ScriptedPokeApi, table: TableClient
) -> None:
    names = [{"pokemon": link("pokemon", number, secrets.token_hex(40))} for number in range(1, 1000)]
    scripted.respond = lambda _path, _count: json_response(electric(pokemon=names), headers=MINUTE)
    instance = Instance(scripted.base_url, table)
    instance.pokeapi.type(13)
    instance.cache.flush()
    assert list(table.list_entities()) == []
    assert len(instance.pokeapi.type(13).pokemon) == len(names)
    assert len(scripted.requested_paths) == 1


def test_the_app_creates_its_table_and_its_clients_share_one_cache_in_memory(
    replica: str, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POKEAPI_BASE_URL", replica)
    monkeypatch.setenv("ReportStorage", storage.connection_string)
    with ThreadPoolExecutor(8) as pool:
        clients = set(pool.map(lambda _: dependencies.pokeapi(), range(8)))
    assert len(clients) == 1
    dependencies.pokeapi().type(13)
    with counting_requests(replica) as shared:
        dependencies.pokeapi_for_requests().type(13)
    assert shared == {}
    with counting_requests(replica) as health:
        dependencies.pokeapi_for_requests().check()
    assert health == {"ok": 1}
    service = TableServiceClient.from_connection_string(storage.connection_string)
    assert "pokeapi" in [table.name for table in service.list_tables()]
