"""Shows the first rows of a report without creating it.

It selects the Pokémon and builds their rows with the same code as the activities. What is cached costs no
request to PokéAPI, and the rest is bounded, because a user waits.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from adapters.pokeapi import PokeApi
from domain.errors import PokeApiError, PokeApiUnavailableError
from domain.messages import FetchPokemon, Row
from domain.report import ReportRequest
from domain.request_telemetry import PreviewOutcome, ReportPreviewed
from domain.selection import split
from domain.telemetry import emit
from services.pokemon_rows import fetch_rows
from services.population import select

ROWS = 5
MAX_FETCHED = 15
"""Pokémon that are fetched at most, to replace those that PokéAPI does not have."""
TIME_LIMIT_SECONDS = 20.0


@dataclass(frozen=True)
class Preview:
    """The first rows of a report's CSV. ``total`` is the number of Pokémon in the report."""

    total: int
    rows: tuple[Row, ...]


def preview(pokeapi: PokeApi, request: ReportRequest, *, threads: int) -> Preview:
    """Raises PokeApiUnavailableError if a row cannot be built now, and UnknownNameError."""
    began = time.monotonic()
    worker = ThreadPoolExecutor(1, thread_name_prefix="preview")
    try:
        shown = worker.submit(_build, pokeapi, request, threads).result(TIME_LIMIT_SECONDS)
    except (PokeApiError, TimeoutError) as error:
        _emit("unavailable", began)
        message = f"The rows of the preview could not be built within {TIME_LIMIT_SECONDS:g} seconds."
        raise PokeApiUnavailableError(message) from error
    finally:
        # At the time limit the thread is left behind; its requests have timeouts, so it ends soon.
        worker.shutdown(wait=False)
    _emit("shown", began, shown)
    return shown


def _build(pokeapi: PokeApi, request: ReportRequest, threads: int) -> Preview:
    chosen = select(pokeapi, request).chosen
    rows: list[Row] = []
    for pokemon in split(chosen[:MAX_FETCHED], ROWS):
        fetched = fetch_rows(pokeapi, FetchPokemon(pokemon, request.columns), threads=threads)
        if fetched.unfinished:
            raise PokeApiUnavailableError(f"{len(fetched.unfinished)} of {len(pokemon)} Pokémon failed.")
        rows += fetched.rows
        if len(rows) >= ROWS:
            break
    return Preview(len(chosen), tuple(rows[:ROWS]))


def _emit(outcome: PreviewOutcome, began: float, shown: Preview | None = None) -> None:
    emit(
        ReportPreviewed(
            outcome=outcome,
            pokemon=shown.total if shown else 0,
            rows=len(shown.rows) if shown else 0,
            duration_ms=round((time.monotonic() - began) * 1000, 1),
        )
    )
