"""What the operator is told of PokéAPI's bad days: how often it was asked, what it answered, and pauses."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from adapters.pokeapi import PokeApi, PokeApiError
from domain.events import LOGGER
from tests.integration.test_pokeapi import LIST, SETTINGS
from tests.scripted_pokeapi import Scripted, json_answer

NOTHING_LISTENS = "http://127.0.0.1:9/api/v2"


@pytest.fixture
def client(scripted: Scripted) -> PokeApi:
    return PokeApi(replace(SETTINGS, base_url=scripted.base_url))


def told(caplog: pytest.LogCaptureFixture, *names: str) -> list[tuple[Any, ...]]:
    """The named dimensions of each event."""
    return [
        tuple(getattr(record, name, None) for name in ("event", *names))
        for record in caplog.records
        if record.name == LOGGER.name
    ]


def test_what_comes_at_the_first_try_is_not_told(
    scripted: Scripted, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.answers = lambda _path, _count: json_answer(LIST)
    client.types()
    client.types()
    assert told(caplog) == []


def test_to_be_sent_on_is_no_trouble(
    scripted: Scripted, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    moved = (301, {"Location": "/api/v2/moved"}, b"")
    scripted.answers = lambda path, _count: json_answer(LIST) if path == "moved" else moved
    client.types()
    assert told(caplog) == []


def test_retries_of_the_session_are_counted(
    scripted: Scripted, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.answers = lambda _path, count: json_answer(LIST) if count > 2 else json_answer({}, status=503)
    client.types()
    assert told(caplog, "outcome", "resource", "path", "status", "retries", "reason") == [
        ("pokeapi_troubled", "recovered", "type", "type/?limit=100000", 200, 2, None)
    ]


def test_the_other_spelling_is_a_retry(
    scripted: Scripted, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = json_answer({}, status=403)
    scripted.answers = lambda path, _count: json_answer(LIST) if path.startswith("type?") else wrong
    client.types()
    assert told(caplog, "outcome", "status", "retries") == [("pokeapi_troubled", "recovered", 200, 1)]


def test_what_is_not_there_is_missing(
    scripted: Scripted, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.answers = lambda _path, _count: (404, {}, b"Not Found")
    with suppress(PokeApiError):
        client.pokemon(7)
    assert told(caplog, "outcome", "resource", "status", "retries") == [
        ("pokeapi_troubled", "missing", "pokemon", 404, 1)
    ]


def test_a_fault_that_stays_is_told_with_all_its_tries(
    scripted: Scripted, client: PokeApi, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.answers = lambda _path, _count: json_answer({}, status=500)
    with suppress(PokeApiError):
        client.pokemon(7)
    assert told(caplog, "outcome", "status", "retries") == [("pokeapi_troubled", "failed", 500, 2)]
    assert len(scripted.asked) == 3


def test_no_answer_is_told_with_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    with suppress(PokeApiError):
        PokeApi(replace(SETTINGS, base_url=NOTHING_LISTENS)).pokemon(7)
    assert told(caplog, "outcome", "status", "retries", "reason") == [
        ("pokeapi_troubled", "failed", 0, SETTINGS.retries, "no connection")
    ]
    (record,) = [record for record in caplog.records if record.name == LOGGER.name]
    assert 0 < vars(record)["duration_ms"] < 10_000


def test_a_pause_is_told_once_however_many_fail_together(
    scripted: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    def slow(_path: str, _count: int) -> Any:
        time.sleep(0.1)
        return json_answer({}, status=400)

    scripted.answers = slow
    client = PokeApi(replace(SETTINGS, base_url=scripted.base_url, pause_after_failures=3, pause_seconds=60))

    def ask(number: int) -> None:
        with suppress(PokeApiError):
            client.pokemon(number)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, range(1, 17)))
    events = told(caplog, "failures", "pause_seconds")
    assert [event for event in events if event[0] == "pokeapi_paused"] == [("pokeapi_paused", 3, 60)]
    # Those that were under way when it opened; nothing was asked from then on.
    assert len(events) - 1 == len(scripted.asked) < 16


def test_a_pause_that_helped_nothing_is_told_again(
    scripted: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.answers = lambda _path, _count: json_answer({}, status=400)
    client = PokeApi(replace(SETTINGS, base_url=scripted.base_url, pause_after_failures=2, pause_seconds=0.1))
    for wait in (0, 0, 0.3):
        time.sleep(wait)
        with suppress(PokeApiError):
            client.pokemon(1)
    assert [event[0] for event in told(caplog)] == [
        "pokeapi_troubled",
        "pokeapi_troubled",
        "pokeapi_paused",
        "pokeapi_troubled",
        "pokeapi_paused",
    ]
