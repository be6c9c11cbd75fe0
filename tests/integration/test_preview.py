"""Previews, with a real replica of PokéAPI and with one whose responses a test defines."""

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from adapters.pokeapi import PokeApi
from domain.errors import PokeApiUnavailableError
from domain.report import ReportRequest
from domain.telemetry import LOGGER
from services import preview as previews
from services.population import UnknownNameError
from services.preview import MAX_FETCHED, preview
from tests.integration.app_instance import counting_requests
from tests.pokeapi_builders import link, pokeapi_settings, zapdos
from tests.scripted_pokeapi import ScriptedPokeApi, ScriptedResponse, json_response

REQUEST = ReportRequest("electric", None, include_forms=True, sample_size=None, seed=7, columns=("id",))
ALL = replace(REQUEST, type=None)


@pytest.fixture
def events() -> Iterator[list[dict[str, Any]]]:
    """The events that are emitted during the test."""
    found: list[dict[str, Any]] = []

    class Recorder(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(vars(record))

    handler, level = Recorder(), LOGGER.level
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    yield found
    LOGGER.removeHandler(handler)
    LOGGER.setLevel(level)


def listing(count: int) -> ScriptedResponse:
    return json_response(
        {"results": [link("pokemon", number, f"p-{number}") for number in range(1, count + 1)]}
    )


def ids_of(shown: previews.Preview) -> list[int]:
    return [row.pokemon_id for row in shown.rows]


def test_the_first_rows_and_the_number_of_pokemon_are_shown(pokeapi_url: str, events: list[Any]) -> None:
    shown = preview(PokeApi(pokeapi_settings(pokeapi_url)), REQUEST, threads=4)
    assert (shown.total, ids_of(shown)) == (114, [25, 26, 81, 82, 100])
    (event,) = events
    assert (event["event"], event["outcome"], event["pokemon"], event["rows"]) == (
        *("report_previewed", "shown"),
        *(114, 5),
    )


def test_what_is_cached_costs_no_request(pokeapi_url: str) -> None:
    pokeapi = PokeApi(pokeapi_settings(pokeapi_url))
    first = preview(pokeapi, REQUEST, threads=4)
    with counting_requests(pokeapi_url) as requests:
        assert preview(pokeapi, REQUEST, threads=4) == first
    assert requests == {}


def test_a_pokemon_that_pokeapi_does_not_have_is_left_out_as_in_the_report(
    scripted: ScriptedPokeApi,
) -> None:
    def respond(path: str, _count: int) -> ScriptedResponse:
        if "?" in path:
            return listing(9)
        number = int(path.strip("/").rsplit("/", 1)[1])
        return (404, {}, b"") if number in {2, 4} else json_response(zapdos(id=number))

    scripted.respond = respond
    shown = preview(PokeApi(pokeapi_settings(scripted.base_url)), ALL, threads=4)
    assert (shown.total, ids_of(shown)) == (9, [1, 3, 5, 6, 7])


def test_the_number_of_requests_is_limited(scripted: ScriptedPokeApi) -> None:
    scripted.respond = lambda path, _: listing(1000) if "?" in path else (404, {}, b"")
    shown = preview(PokeApi(pokeapi_settings(scripted.base_url)), ALL, threads=4)
    requested = {path.strip("/") for path in scripted.requested_paths if "?" not in path}
    assert (shown.total, shown.rows) == (1000, ())
    assert len(requested) == MAX_FETCHED


@pytest.mark.parametrize("failing", ["pokemon/?limit", "pokemon/3"])
def test_a_preview_is_unavailable_if_a_document_cannot_be_fetched(
    scripted: ScriptedPokeApi, events: list[Any], failing: str
) -> None:
    def respond(path: str, _count: int) -> ScriptedResponse:
        if path.startswith(failing):
            return 500, {}, b""
        return listing(9) if "?" in path else json_response(zapdos())

    scripted.respond = respond
    with pytest.raises(PokeApiUnavailableError):
        preview(PokeApi(pokeapi_settings(scripted.base_url)), ALL, threads=4)
    assert [event["outcome"] for event in events if event.get("event") == "report_previewed"] == [
        "unavailable"
    ]


def test_a_preview_is_unavailable_at_the_time_limit(
    scripted: ScriptedPokeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "TIME_LIMIT_SECONDS", 0.2)

    def respond(_path: str, _count: int) -> ScriptedResponse:
        time.sleep(1)
        return listing(9)

    scripted.respond = respond
    with pytest.raises(PokeApiUnavailableError, match=r"within 0\.2 seconds"):
        preview(PokeApi(pokeapi_settings(scripted.base_url)), ALL, threads=4)


@pytest.mark.parametrize(
    ("request_", "field"),
    [(replace(REQUEST, type="elektric"), "type"), (replace(REQUEST, generation="one"), "generation")],
)
def test_an_unknown_name_is_an_error_of_its_field(
    pokeapi_url: str, request_: ReportRequest, field: str
) -> None:
    with pytest.raises(UnknownNameError) as unknown:
        preview(PokeApi(pokeapi_settings(pokeapi_url)), request_, threads=4)
    assert unknown.value.field == field
