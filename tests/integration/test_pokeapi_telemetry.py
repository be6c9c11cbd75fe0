"""The events about requests to PokéAPI: retries, failures, and a circuit breaker that opens."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest

from adapters.pokeapi import PokeApi
from adapters.pokeapi_catalog import POKEMON
from domain.errors import PokeApiError
from domain.telemetry import LOGGER
from tests.pokeapi_builders import TYPE_LIST, pokeapi_settings
from tests.scripted_pokeapi import ScriptedPokeApi, json_response

NOTHING_LISTENS = "http://127.0.0.1:9/api/v2"


@pytest.fixture
def client(scripted: ScriptedPokeApi) -> PokeApi:
    return PokeApi(pokeapi_settings(scripted.base_url))


def emitted(caplog: pytest.LogCaptureFixture, *names: str) -> list[tuple[Any, ...]]:
    """The named dimensions of each event."""
    return [
        tuple(getattr(record, name, None) for name in ("event", *names))
        for record in caplog.records
        if record.name == LOGGER.name and hasattr(record, "event")
    ]


def test_no_event_is_emitted_if_the_first_attempt_succeeds(
    scripted: ScriptedPokeApi, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.respond = lambda _path, _count: json_response(TYPE_LIST)
    client.types()
    client.types()
    assert emitted(caplog) == []


def test_no_event_is_emitted_for_a_redirect(
    scripted: ScriptedPokeApi, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    moved = (301, {"Location": "/api/v2/moved"}, b"")
    scripted.respond = lambda path, _count: json_response(TYPE_LIST) if path == "moved" else moved
    client.types()
    assert emitted(caplog) == []


def test_retries_of_the_session_are_counted(
    scripted: ScriptedPokeApi, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.respond = lambda _path, count: (
        json_response(TYPE_LIST) if count > 2 else json_response({}, status=503)
    )
    client.types()
    assert emitted(caplog, "outcome", "resource", "path", "status", "retries", "reason") == [
        ("pokeapi_request_retried", "recovered", "type", "type/?limit=100000", 200, 2, None)
    ]


def test_the_other_spelling_counts_as_a_retry(
    scripted: ScriptedPokeApi, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = json_response({}, status=403)
    scripted.respond = lambda path, _count: json_response(TYPE_LIST) if path.startswith("type?") else wrong
    client.types()
    assert emitted(caplog, "outcome", "status", "retries") == [
        ("pokeapi_request_retried", "recovered", 200, 1)
    ]


def test_a_missing_document_emits_an_event(
    scripted: ScriptedPokeApi, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.respond = lambda _path, _count: (404, {}, b"Not Found")
    with suppress(PokeApiError):
        client.get(POKEMON, 7)
    assert emitted(caplog, "outcome", "resource", "status", "retries") == [
        ("pokeapi_request_retried", "missing", "pokemon", 404, 1)
    ]


def test_a_persistent_error_emits_one_event_with_all_its_retries(
    scripted: ScriptedPokeApi, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.respond = lambda _path, _count: json_response({}, status=500)
    with suppress(PokeApiError):
        client.get(POKEMON, 7)
    assert emitted(caplog, "outcome", "status", "retries") == [("pokeapi_request_retried", "failed", 500, 2)]
    assert len(scripted.requested_paths) == 3


def test_an_unreachable_pokeapi_emits_an_event_with_the_reason(caplog: pytest.LogCaptureFixture) -> None:
    with suppress(PokeApiError):
        PokeApi(pokeapi_settings(NOTHING_LISTENS)).get(POKEMON, 7)
    assert emitted(caplog, "outcome", "status", "retries", "reason") == [
        ("pokeapi_request_retried", "failed", 0, 2, "connection failed")
    ]
    (record,) = [record for record in caplog.records if record.name == LOGGER.name]
    assert 0 < vars(record)["duration_ms"] < 10_000


def test_an_opened_circuit_emits_one_event_however_many_requests_fail_together(
    scripted: ScriptedPokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    def slow(_path: str, _count: int) -> Any:
        time.sleep(0.1)
        return json_response({}, status=400)

    scripted.respond = slow
    client = PokeApi(pokeapi_settings(scripted.base_url, pause_after_failures=3, pause_seconds=60))

    def ask(number: int) -> None:
        with suppress(PokeApiError):
            client.get(POKEMON, number)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, range(1, 17)))
    events = emitted(caplog, "failures", "pause_seconds")
    assert [event for event in events if event[0] == "pokeapi_circuit_opened"] == [
        ("pokeapi_circuit_opened", 3, 60)
    ]
    # One event for each request that was sent before the circuit opened; none was sent afterwards.
    assert len(events) - 1 == len(scripted.requested_paths) < 16


def test_a_circuit_that_opens_again_emits_another_event(
    scripted: ScriptedPokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.respond = lambda _path, _count: json_response({}, status=400)
    client = PokeApi(pokeapi_settings(scripted.base_url, pause_after_failures=2, pause_seconds=0.1))
    for wait in (0, 0, 0.3):
        time.sleep(wait)
        with suppress(PokeApiError):
            client.get(POKEMON, 1)
    assert [event[0] for event in emitted(caplog)] == [
        "pokeapi_request_retried",
        "pokeapi_request_retried",
        "pokeapi_circuit_opened",
        "pokeapi_request_retried",
        "pokeapi_circuit_opened",
    ]
