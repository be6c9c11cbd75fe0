"""The PokéAPI client against a replica that misbehaves, and a server that does worse."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from adapters.pokeapi import USER_AGENT, PokeApi, PokeApiUnavailableError, PokemonNotFoundError
from adapters.settings import PokeApiSettings
from tests.scripted_pokeapi import ScriptedPokeApi, ScriptedResponse, json_response

SETTINGS = PokeApiSettings(
    base_url="",
    connections=8,
    connect_timeout_seconds=1,
    read_timeout_seconds=1,
    retries=2,
    backoff_seconds=0.01,
)


@pytest.fixture
def client(scripted: ScriptedPokeApi) -> PokeApi:
    return PokeApi(replace(SETTINGS, base_url=scripted.base_url))


LIST = {"results": [{"name": "fire", "url": "http://elsewhere.example/api/v2/type/10/"}]}


def test_the_real_shapes_are_read(pokeapi_url: str) -> None:
    client = PokeApi(replace(SETTINGS, base_url=pokeapi_url))
    assert len(client.all_pokemon()) == 1351
    assert len(client.types()) == 21
    assert len(client.species_names()) == 1025
    pikachu = client.pokemon(25)
    assert (pikachu.name, pikachu.height, pikachu.type_names) == ("pikachu", 4, ("electric",))
    assert client.species(25).habitat == "forest"
    assert client.type(13).double_damage_from == ("ground",)
    assert len(client.generation(1).species_ids) == 151


def test_it_says_who_is_asking(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: json_response(LIST)
    client.types()
    assert scripted.user_agents == {USER_AGENT}
    assert "poke-queue" in USER_AGENT


def test_only_the_number_in_a_link_is_used(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: json_response(LIST)
    assert client.types() == {"fire": 10}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_fault_is_tried_again(scripted: ScriptedPokeApi, client: PokeApi, status: int) -> None:
    scripted.respond = lambda _path, count: (
        json_response(LIST) if count > 2 else json_response({}, status=status)
    )
    assert client.types() == {"fire": 10}
    assert len(scripted.requested_paths) == 3


def test_retry_after_is_honoured(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, count: (
        json_response(LIST) if count > 1 else json_response({}, status=429, headers={"Retry-After": "1"})
    )
    began = time.monotonic()
    client.types()
    assert time.monotonic() - began >= 1


def test_a_fault_that_stays_ends_with_a_reason(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: json_response({}, status=503)
    with pytest.raises(PokeApiUnavailableError, match="answered 503 for pokemon/1"):
        client.pokemon(1)
    assert len(scripted.requested_paths) == 1 + SETTINGS.retries


@pytest.mark.parametrize("status", [403, 404, 504])
def test_the_edges_wrong_answers_are_asked_again_in_the_other_spelling(
    scripted: ScriptedPokeApi, client: PokeApi, status: int
) -> None:
    wrong = json_response({}, status=status)
    scripted.respond = lambda path, _count: json_response(LIST) if path.startswith("type?") else wrong
    assert client.types() == {"fire": 10}
    assert scripted.requested_paths[-1] == "type?limit=100000"


def test_a_document_that_neither_spelling_has_is_missing(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: (404, {}, b"Not Found")
    with pytest.raises(PokemonNotFoundError, match="PokéAPI has no pokemon/7"):
        client.pokemon(7)
    assert scripted.requested_paths == ["pokemon/7", "pokemon/7/"]


def test_a_redirect_below_the_base_is_followed(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    moved = (301, {"Location": "/api/v2/moved"}, b"")
    scripted.respond = lambda path, _count: json_response(LIST) if path == "moved" else moved
    assert client.types() == {"fire": 10}


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:9/api/v2/type/1", "//evil.example/api/v2/", "/other", "/api/v2.evil/x", "../../../x"],
)
def test_a_redirect_elsewhere_is_not_followed(
    scripted: ScriptedPokeApi, client: PokeApi, location: str
) -> None:
    scripted.respond = lambda _path, _count: (302, {"Location": location}, b"")
    with pytest.raises(PokeApiUnavailableError, match="elsewhere"):
        client.types()


def test_redirects_in_a_circle_end(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda path, _count: (302, {"Location": f"/api/v2/{path}"}, b"")
    with pytest.raises(PokeApiUnavailableError, match="redirected"):
        client.types()


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"[]", b"null", b'{"results": 5}', b"\xff\xfe"])
def test_an_answer_of_another_shape_is_a_reason(
    scripted: ScriptedPokeApi, client: PokeApi, body: bytes
) -> None:
    scripted.respond = lambda _path, _count: (200, {}, body)
    with pytest.raises(PokeApiUnavailableError, match="not what it should be"):
        client.types()


def test_half_an_answer_is_a_reason(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: (200, {"Content-Length": "5000", "Connection": "close"}, b"{")
    with pytest.raises(PokeApiUnavailableError, match="did not answer"):
        client.types()


def test_an_answer_that_never_comes_is_given_up(scripted: ScriptedPokeApi) -> None:
    client = PokeApi(replace(SETTINGS, base_url=scripted.base_url, read_timeout_seconds=0.2, retries=1))
    hanging = threading.Event()

    def hang(_path: str, _count: int) -> ScriptedResponse:
        hanging.wait(5)
        return json_response({})

    scripted.respond = hang
    with pytest.raises(PokeApiUnavailableError, match="no answer in time"):
        client.types()
    hanging.set()


def test_nobody_there_is_a_reason() -> None:
    client = PokeApi(replace(SETTINGS, base_url="http://127.0.0.1:9/api/v2"))
    with pytest.raises(PokeApiUnavailableError, match="no connection"):
        client.types()


def test_what_may_be_kept_is_asked_for_once(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    scripted.respond = lambda _path, _count: json_response(
        LIST, headers={"Cache-Control": "public, max-age=60"}
    )
    assert client.types() == client.types()
    assert len(scripted.requested_paths) == 1


@pytest.mark.parametrize("cache_control", ["", "no-store", "public, max-age=0", "no-cache, max-age=60"])
def test_what_may_not_be_kept_is_asked_for_again(
    scripted: ScriptedPokeApi, client: PokeApi, cache_control: str
) -> None:
    scripted.respond = lambda _path, _count: json_response(LIST, headers={"Cache-Control": cache_control})
    client.types()
    client.types()
    assert len(scripted.requested_paths) == 2


def test_a_fault_is_not_kept(scripted: ScriptedPokeApi, client: PokeApi) -> None:
    broken = json_response([], headers={"Cache-Control": "max-age=60"})
    scripted.respond = lambda _path, count: broken if count == 1 else json_response(LIST)
    with pytest.raises(PokeApiUnavailableError):
        client.types()
    assert client.types() == {"fire": 10}


def test_many_threads_that_want_the_same_document_ask_once(
    scripted: ScriptedPokeApi, client: PokeApi
) -> None:
    def slow(_path: str, _count: int) -> ScriptedResponse:
        time.sleep(0.2)
        return json_response(LIST, headers={"Cache-Control": "max-age=60"})

    scripted.respond = slow
    with ThreadPoolExecutor(16) as pool:
        lists = list(pool.map(lambda _: client.types(), range(16)))
    assert lists == [{"fire": 10}] * 16
    assert len(scripted.requested_paths) == 1


def test_connections_are_bounded_whatever_the_number_of_threads(scripted: ScriptedPokeApi) -> None:
    client = PokeApi(replace(SETTINGS, base_url=scripted.base_url, connections=3, read_timeout_seconds=10))

    def slow(_path: str, _count: int) -> ScriptedResponse:
        time.sleep(0.05)
        return json_response({}, status=404)

    scripted.respond = slow

    def ask(number: int) -> None:
        with pytest.raises(PokemonNotFoundError):
            client.pokemon(number)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(ask, range(12)))
    assert scripted.max_concurrent == 3


def test_after_many_failures_in_a_row_pokeapi_is_left_alone_for_a_while(scripted: ScriptedPokeApi) -> None:
    client = PokeApi(
        replace(SETTINGS, base_url=scripted.base_url, retries=0, pause_after_failures=3, pause_seconds=0.5)
    )
    scripted.respond = lambda _path, _count: json_response({}, status=503)
    for number in range(3):
        with pytest.raises(PokeApiUnavailableError, match="503"):
            client.pokemon(number)
    asked = len(scripted.requested_paths)
    with pytest.raises(PokeApiUnavailableError, match="failed 3 times in a row"):
        client.pokemon(4)
    assert len(scripted.requested_paths) == asked
    scripted.respond = lambda _path, _count: json_response(LIST)
    time.sleep(1.1)
    assert client.types() == {"fire": 10}


def test_documents_that_are_not_there_are_no_failures_of_pokeapi(scripted: ScriptedPokeApi) -> None:
    client = PokeApi(replace(SETTINGS, base_url=scripted.base_url, pause_after_failures=2))
    scripted.respond = lambda _path, _count: (404, {}, b"Not Found")
    for number in range(5):
        with pytest.raises(PokemonNotFoundError):
            client.pokemon(number)
