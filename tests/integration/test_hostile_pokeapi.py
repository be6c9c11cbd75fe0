"""The PokéAPI client against servers under an attacker's control.

Without a limit, each of these responses would hold its thread for minutes or hours, or fill the memory.
"""

import gzip
import ssl
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import trustme

from adapters.pokeapi import PokeApi
from adapters.pokeapi_catalog import MAX_LIST_BYTES, POKEMON
from domain.errors import PokeApiError, PokeApiUnavailableError
from pokeapi_replica.hostile import Attack
from tests.pokeapi_builders import TYPE_LIST, pokeapi_settings
from tests.raw_server import Script, dripped, endless, raw_server, sent
from tests.replica_process import running_replica
from tests.scripted_pokeapi import ScriptedPokeApi, ScriptedResponse, json_response
from tools.local.replica_control import set_faults, stats

SHORT: dict[str, object] = {"read_timeout_seconds": 0.5}
"""For responses that end at the deadline. The others must end before it, also on a busy machine."""
READ_TIMEOUT_SECONDS = 10
MAX_MEMORY_BYTES = 2 * MAX_LIST_BYTES
ZIPPED_MEGABYTE = gzip.compress(b" " * 1024 * 1024)

READS: dict[str, Callable[[PokeApi], object]] = {
    "pokemon/25": lambda client: client.get(POKEMON, 25),
    "pokemon": lambda client: client.all_pokemon(),
    "type/13": lambda client: client.type(13),
    "generation": lambda client: client.generations(),
}


@pytest.fixture(scope="module")
def replica() -> Iterator[str]:
    with running_replica() as base_url:
        yield base_url


@pytest.fixture
def memory() -> Iterator[Callable[[], int]]:
    """The peak of the memory that Python allocated during the test, in bytes."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def client_of(base_url: str, **changes: object) -> PokeApi:
    settings = {"read_timeout_seconds": READ_TIMEOUT_SECONDS, "retries": 1} | changes
    return PokeApi(pokeapi_settings(base_url, **settings))


@pytest.mark.parametrize("target", READS)
@pytest.mark.parametrize(
    ("attack", "message"),
    [
        (Attack.DRIP, "did not answer .*timeout"),
        (Attack.GZIP_BOMB, "too large"),
        (Attack.HUGE_BODY, "too large"),
        (Attack.ENDLESS_LIST, "too large"),
        (Attack.DEEP_JSON, "not a valid document"),
        (Attack.WRONG_DOCUMENT, "(not a valid|another) document"),
        (Attack.BAD_TEXT, "not a valid document"),
        (Attack.DOT_SEGMENTS, "redirected .* outside of its API"),
    ],
)
def test_an_attack_raises_an_error_and_takes_little_memory(
    replica: str, memory: Callable[[], int], attack: Attack, message: str, target: str
) -> None:
    set_faults(replica, hostile={target: attack})
    with pytest.raises(PokeApiUnavailableError, match=message):
        READS[target](client_of(replica, **SHORT if attack is Attack.DRIP else {}))
    assert memory() < MAX_MEMORY_BYTES


@pytest.mark.parametrize(
    ("target", "attack"),
    [
        ("pokemon/25", Attack.HUGE_NUMBERS),
        ("pokemon", Attack.DUPLICATE_IDS),
        ("type/13", Attack.DUPLICATE_IDS),
        ("generation", Attack.DUPLICATE_IDS),
    ],
)
def test_a_document_with_impossible_values_is_not_valid(replica: str, target: str, attack: Attack) -> None:
    set_faults(replica, hostile={target: attack})
    with pytest.raises(PokeApiUnavailableError, match="not a valid document"):
        READS[target](client_of(replica))


def test_a_redirect_with_dot_segments_is_not_followed(replica: str) -> None:
    before = stats(replica)["requests"]
    set_faults(replica, hostile={"pokemon/25": Attack.DOT_SEGMENTS})
    with pytest.raises(PokeApiUnavailableError):
        client_of(replica).get(POKEMON, 25)
    after = stats(replica)
    assert after["requests"] == before + 1
    assert "other" not in after["resources"]


def test_cookies_are_not_sent_back(replica: str) -> None:
    set_faults(replica, hostile={"*": Attack.COOKIE})
    client = client_of(replica)
    assert client.get(POKEMON, 25).name == "pikachu"
    assert client.get(POKEMON, 26).name == "raichu"
    assert "cookie_returned" not in stats(replica)["resources"]["pokemon"]


HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
LENGTH = b"Content-Length: 1000\r\n\r\n"


@pytest.mark.parametrize(
    "script",
    [
        dripped(b"HTTP/1.1 200 OK", b" "),
        dripped(HEAD + b"X-Header: ", b"a"),
        dripped(HEAD + LENGTH, b"a"),
        dripped(HEAD + CHUNKED + b"1;", b"a"),
        dripped(HEAD + CHUNKED, b"1\r\na\r\n"),
        dripped(HEAD + CHUNKED + b"0\r\n", b"A: b\r\n"),
        dripped(b"HTTP/1.1 503 Unavailable\r\n" + LENGTH, b"a"),
        dripped(b"HTTP/1.1 302 Found\r\nLocation: /api/v2/type/1\r\n" + LENGTH, b"a"),
    ],
    ids=[
        "status line",
        "header",
        "body",
        "size of a chunk",
        "chunks",
        "trailers",
        "body of an error",
        "body of a redirect",
    ],
)
def test_a_response_that_never_ends_ends_at_the_deadline(script: Script) -> None:
    with raw_server(script) as base_url, pytest.raises(PokeApiUnavailableError, match="timeout"):
        client_of(base_url, **SHORT).get(POKEMON, 25)


def test_the_deadline_applies_to_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    script = dripped(HEAD + LENGTH, b"a")
    with raw_server(script, tls) as base_url, pytest.raises(PokeApiUnavailableError, match="timeout"):
        client_of(base_url, **SHORT).get(POKEMON, 25)


def test_the_deadline_applies_to_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    with raw_server(dripped(HEAD + LENGTH, b"a")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.removesuffix("/api/v2"))
        with pytest.raises(PokeApiUnavailableError, match="timeout"):
            client_of("http://pokeapi.example/api/v2", **SHORT).get(POKEMON, 25)


@pytest.mark.parametrize(
    "script",
    [
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
        endless(HEAD, b"A: b\r\n" * 10_000),
        endless(HEAD + b"A: ", b"a" * 65_536),
        endless(HEAD + CHUNKED + b"0\r\n", b"A: b\r\n" * 10_000),
        endless(b"HTTP/1.1 503 Unavailable\r\n\r\n", b"a" * 65_536),
        endless(HEAD + b"Content-Encoding: gzip\r\n\r\n", ZIPPED_MEGABYTE),
        endless(
            HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\xff", b"\0\0\0\xff\xff" * 10_000
        ),
        endless(
            b"HTTP/1.1 302 Found\r\nLocation: /api/v2/type/1\r\nContent-Encoding: gzip\r\n\r\n",
            ZIPPED_MEGABYTE,
        ),
    ],
    ids=[
        "interim responses",
        "headers",
        "one header",
        "trailers",
        "body of an error",
        "gzip bomb",
        "gzip without content",
        "gzip bomb in a redirect",
    ],
)
def test_an_endless_response_ends_at_the_limit_of_its_size(script: Script, memory: Callable[[], int]) -> None:
    """Its deadline is ten minutes away, later than that of the test."""
    with raw_server(script) as base_url, pytest.raises(PokeApiUnavailableError):
        client_of(base_url, read_timeout_seconds=300).get(POKEMON, 25)
    assert memory() < MAX_MEMORY_BYTES


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 429 Busy\r\nRetry-After: " + b"9" * 5000,
        b"HTTP/1.1 429 Busy\r\nRetry-After: nan",
        b"HTTP/1.1 302 Found\r\nLocation: //[",
        b"HTTP/1.1 302 Found\r\nLocation: http://a:b/",
        HEAD + b"Content-Length: 1\r\nContent-Length: 2",
        HEAD + b"Content-Encoding: " + b"gzip, " * 100 + b"gzip",
        HEAD + b"Age: " + b"9" * 5000 + b"\r\nCache-Control: max-age=" + b"9" * 5000,
        b"HTTP/1.1 5 Strange",
        b"HTTP/1.1 999 Strange",
        b"\x16\x03\x01\x00",
    ],
)
def test_an_invalid_header_raises_an_error_in_our_own_words(head: bytes) -> None:
    response = head + b"\r\nConnection: close\r\n\r\nbody"
    with raw_server(sent(response)) as base_url, pytest.raises(PokeApiUnavailableError) as caught:
        client_of(base_url).get(POKEMON, 25)
    message = str(caught.value)
    assert message.startswith("PokéAPI")
    assert base_url not in message
    assert "Error" not in message


@pytest.mark.parametrize(
    "location",
    [
        "{base}/../../admin",
        "{base}/type/../../../admin",
        "{base}/./type/1",
        "{base}/%2e%2e/%2e%2e/admin",
        "{base}/%2E%2e%2f%2e%2e%2fadmin",
        "{base}/..\\..\\admin",
        "{base}/%2e%2e%5cadmin",
        "type/%2e%2e/%2e%2e/admin",
    ],
)
def test_no_spelling_of_a_dot_segment_is_followed(scripted: ScriptedPokeApi, location: str) -> None:
    target = location.format(base=scripted.base_url)
    scripted.respond = lambda _path, _count: (302, {"Location": target}, b"")
    with pytest.raises(PokeApiUnavailableError, match="outside of its API"):
        client_of(scripted.base_url).types()
    assert len(scripted.requested_paths) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_no_attempt_starts_after_the_deadline(scripted: ScriptedPokeApi, status: int) -> None:
    scripted.respond = lambda _path, _count: json_response({}, status=status, headers={"Retry-After": "30"})
    with pytest.raises(PokeApiUnavailableError, match=f"answered {status}"):
        client_of(scripted.base_url).types()
    assert len(scripted.requested_paths) == 1


def test_a_thread_that_waits_for_the_load_of_another_waits_until_its_own_deadline() -> None:
    with raw_server(dripped(HEAD + LENGTH, b"a")) as base_url, ThreadPoolExecutor(1) as pool:
        client = client_of(base_url, read_timeout_seconds=1)
        loading = pool.submit(client.get, POKEMON, 25)
        time.sleep(0.2)
        with pytest.raises(PokeApiUnavailableError, match="timeout"):
            client.within(0.2).get(POKEMON, 25)
        assert not loading.done()
        assert isinstance(loading.exception(), PokeApiError)


def test_a_thread_that_waits_for_a_connection_waits_until_its_own_deadline() -> None:
    with raw_server(dripped(HEAD + LENGTH, b"a")) as base_url, ThreadPoolExecutor(1) as pool:
        client = client_of(base_url, read_timeout_seconds=1, connections=1)
        loading = pool.submit(client.get, POKEMON, 25)
        time.sleep(0.2)
        with pytest.raises(PokeApiUnavailableError, match="timeout"):
            client.within(0.2).get(POKEMON, 26)
        assert not loading.done()
        assert isinstance(loading.exception(), PokeApiError)


def test_a_caller_of_many_slow_documents_waits_until_its_own_deadline(scripted: ScriptedPokeApi) -> None:
    def slow(_path: str, _count: int) -> ScriptedResponse:
        time.sleep(0.3)
        return json_response(TYPE_LIST)

    scripted.respond = slow
    client = client_of(scripted.base_url).within(0.5)
    client.types()
    for _ in range(2):
        with pytest.raises(PokeApiUnavailableError, match="timeout"):
            client.types()
    assert len(scripted.requested_paths) == 2


def test_a_connection_is_usable_after_a_hostile_response(replica: str) -> None:
    client = client_of(replica, connections=1, **SHORT)
    for attack in (Attack.DRIP, Attack.GZIP_BOMB, Attack.ENDLESS_LIST, Attack.DOT_SEGMENTS):
        set_faults(replica, hostile={"pokemon/25": attack})
        with pytest.raises(PokeApiUnavailableError):
            client.get(POKEMON, 25)
        assert client.get(POKEMON, 26).name == "raichu"
        client = client_of(replica, connections=1)
