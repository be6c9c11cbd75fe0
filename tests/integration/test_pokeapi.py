"""The PokéAPI client against the replica and against scripted responses."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from adapters.pokeapi import PokeApi
from adapters.pokeapi_catalog import POKEMON, SPECIES
from adapters.pokeapi_http import USER_AGENT
from domain.errors import PokeApiUnavailableError, PokemonNotFoundError
from tests.pokeapi_builders import TYPE_LIST, pokeapi_settings
from tests.scripted_pokeapi import ScriptedPokeApi, ScriptedResponse, json_response


@pytest.fixture
def client(scripted: ScriptedPokeApi) -> PokeApi:
    return PokeApi(pokeapi_settings(scripted.base_url))


def test_real_documents_are_parsed(pokeapi_url: str) -> None:
    client = PokeApi(pokeapi_settings(pokeapi_url))
    assert len(client.all_pokemon()) == 1351
    assert len(client.types()) == 21
    assert len(client.species_names()) == 1025
    pikachu = client.get(POKEMON, 25)
    assert (pikachu.name, pikachu.height, pikachu.type_names) == ("pikachu", 4, ("electric",))
    assert client.get(SPECIES, 25).habitat == "forest"
    assert client.type(13).double_damage_from == ("ground",)
    assert len(client.generation(1).species_ids) == 151


def test_requests_identify_the_app(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: json_response(TYPE_LIST)
    client.types()
    assert scripted.user_agents == {USER_AGENT}
    assert "poke-queue" in USER_AGENT


def test_only_the_number_in_a_link_is_used(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: json_response(TYPE_LIST)
    assert client.types() == {"fire": 10}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_transient_error_is_retried(scripted: ScriptedPokeApi, client: PokeApi, status: int) -> None:
    scripted.respond = lambda _path, count: (
        json_response(TYPE_LIST) if count > 2 else json_response({}, status=status)
    )
    assert client.types() == {"fire": 10}
    assert len(scripted.requested_paths) == 3


def test_retry_after_is_honored(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, count: (
        json_response(TYPE_LIST) if count > 1 else json_response({}, status=429, headers={"Retry-After": "1"})
    )
    began = time.monotonic()
    client.types()
    assert time.monotonic() - began >= 1


def test_a_persistent_error_is_raised_with_its_status(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: json_response({}, status=503)
    with pytest.raises(PokeApiUnavailableError, match="answered 503 for pokemon/1"):
        client.get(POKEMON, 1)
    assert len(scripted.requested_paths) == 3


@pytest.mark.parametrize("status", [403, 404, 504])
def test_the_other_spelling_of_the_url_is_requested_after_an_error_of_the_edge(
    scripted: ScriptedPokeApi, client: PokeApi, status: int
) -> None:
    wrong = json_response({}, status=status)
    scripted.respond = lambda path, _count: json_response(TYPE_LIST) if path.startswith("type?") else wrong
    assert client.types() == {"fire": 10}
    assert scripted.requested_paths[-1] == "type?limit=100000"


def test_a_document_that_neither_spelling_has_is_missing(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: (404, {}, b"Not Found")
    with pytest.raises(PokemonNotFoundError, match="PokéAPI has no pokemon/7"):
        client.get(POKEMON, 7)
    assert scripted.requested_paths == ["pokemon/7", "pokemon/7/"]


def test_a_redirect_below_the_base_is_followed(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    moved = (301, {"Location": "/api/v2/moved"}, b"")
    scripted.respond = lambda path, _count: json_response(TYPE_LIST) if path == "moved" else moved
    assert client.types() == {"fire": 10}


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:9/api/v2/type/1", "//evil.example/api/v2/", "/other", "/api/v2.evil/x", "../../../x"],
)
def test_a_redirect_that_leaves_the_base_url_is_not_followed(
    scripted: ScriptedPokeApi, client: PokeApi, location: str
) -> None:
    scripted.respond = lambda _path, _count: (302, {"Location": location}, b"")
    with pytest.raises(PokeApiUnavailableError, match="outside of its API"):
        client.types()


def test_a_redirect_loop_ends(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda path, _count: (302, {"Location": f"/api/v2/{path}"}, b"")
    with pytest.raises(PokeApiUnavailableError, match="redirected"):
        client.types()


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"[]", b"null", b'{"results": 5}', b"\xff\xfe"])
def test_an_invalid_document_raises_an_error(scripted: ScriptedPokeApi, client: PokeApi, body: bytes) -> None:
    scripted.respond = lambda _path, _count: (200, {}, body)
    with pytest.raises(PokeApiUnavailableError, match="not a valid document"):
        client.types()


def test_an_incomplete_response_raises_an_error(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: (200, {"Content-Length": "5000", "Connection": "close"}, b"{")
    with pytest.raises(PokeApiUnavailableError, match="did not answer"):
        client.types()


def test_a_response_that_never_arrives_times_out(scripted: ScriptedPokeApi) -> None:
    client = PokeApi(pokeapi_settings(scripted.base_url, read_timeout_seconds=0.2, retries=1))
    hanging = threading.Event()

    def hang(_path: str, _count: int) -> ScriptedResponse:
        hanging.wait(5)
        return json_response({})

    scripted.respond = hang
    with pytest.raises(PokeApiUnavailableError, match="timeout"):
        client.types()
    hanging.set()


def test_a_refused_connection_raises_an_error() -> None:
    client = PokeApi(pokeapi_settings("http://127.0.0.1:9/api/v2"))
    with pytest.raises(PokeApiUnavailableError, match="connection failed"):
        client.types()


@pytest.mark.parametrize("cache_control", ["public, max-age=60", f"max-age={'9' * 400}"])
def test_a_cacheable_document_is_requested_once(
    scripted: ScriptedPokeApi, client: PokeApi, cache_control: str
) -> None:
    scripted.respond = lambda _path, _count: json_response(
        TYPE_LIST, headers={"Cache-Control": cache_control}
    )
    assert client.types() == client.types()
    assert len(scripted.requested_paths) == 1


@pytest.mark.parametrize(
    "cache_control",
    ["", "no-store", "max-age=0", "no-cache, max-age=60", "max-age=-60", "max-age=many"],
)
def test_a_document_that_must_not_be_reused_is_requested_again(
    scripted: ScriptedPokeApi, client: PokeApi, cache_control: str
) -> None:
    scripted.respond = lambda _path, _count: json_response(
        TYPE_LIST, headers={"Cache-Control": cache_control}
    )
    client.types()
    client.types()
    assert len(scripted.requested_paths) == 2


def test_an_invalid_document_is_not_cached(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    broken = json_response([], headers={"Cache-Control": "max-age=60"})
    scripted.respond = lambda _path, count: broken if count == 1 else json_response(TYPE_LIST)
    with pytest.raises(PokeApiUnavailableError):
        client.types()
    assert client.types() == {"fire": 10}


def test_threads_that_need_the_same_document_send_one_request(
    scripted: ScriptedPokeApi, client: PokeApi
) -> None:
    def slow(_path: str, _count: int) -> ScriptedResponse:
        time.sleep(0.2)
        return json_response(TYPE_LIST, headers={"Cache-Control": "max-age=60"})

    scripted.respond = slow
    with ThreadPoolExecutor(16) as pool:
        lists = list(pool.map(lambda _: client.types(), range(16)))
    assert lists == [{"fire": 10}] * 16
    assert len(scripted.requested_paths) == 1


def test_connections_are_limited_whatever_the_number_of_threads(
    scripted: ScriptedPokeApi,
) -> None:
    client = PokeApi(pokeapi_settings(scripted.base_url, connections=3, read_timeout_seconds=10))

    def slow(_path: str, _count: int) -> ScriptedResponse:
        time.sleep(0.05)
        return json_response({}, status=404)

    scripted.respond = slow

    def ask(number: int) -> None:
        with pytest.raises(PokemonNotFoundError):
            client.get(POKEMON, number)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(ask, range(12)))
    assert scripted.max_concurrent == 3


def test_no_requests_are_sent_for_a_while_after_many_failures_in_a_row(scripted: ScriptedPokeApi) -> None:
    client = PokeApi(
        pokeapi_settings(scripted.base_url, retries=0, pause_after_failures=3, pause_seconds=0.5)
    )
    scripted.respond = lambda _path, _count: json_response({}, status=503)
    for number in range(3):
        with pytest.raises(PokeApiUnavailableError, match="503"):
            client.get(POKEMON, number)
    sent = len(scripted.requested_paths)
    with pytest.raises(PokeApiUnavailableError, match="failed 3 times in a row"):
        client.get(POKEMON, 4)
    assert len(scripted.requested_paths) == sent
    scripted.respond = lambda _path, _count: json_response(TYPE_LIST)
    time.sleep(1.1)
    assert client.types() == {"fire": 10}


def test_missing_documents_do_not_open_the_circuit(scripted: ScriptedPokeApi) -> None:
    client = PokeApi(pokeapi_settings(scripted.base_url, pause_after_failures=2))
    scripted.respond = lambda _path, _count: (404, {}, b"Not Found")
    for number in range(5):
        with pytest.raises(PokemonNotFoundError):
            client.get(POKEMON, number)
