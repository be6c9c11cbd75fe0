"""Stages a shard's rows as one block of the report's blob, invisible until the report is published.

Rows of Pokémon whose documents are in the cache are built here, so a cached Pokémon costs no message. Rows
that a retry takes over are copied from the earlier report's CSV.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import azure.durable_functions as df

from activities.withdrawal import discard_unless
from adapters import dependencies, settings
from adapters.dependencies import Stores
from adapters.pokeapi import PokeApi
from adapters.pokeapi_catalog import POKEMON, SPECIES, TYPE
from adapters.report_blobs import ReportBlobs
from domain.columns import Document, Facts, documents_needed
from domain.csv_format import encode, records
from domain.kept_rows import KeptRows
from domain.messages import Receipt, Row, StageRows
from domain.pokedex import PokemonRef
from domain.report import OPEN, PUBLISHED
from domain.rows import row_of

CACHE_BUDGET_SECONDS = 20.0
"""Pokémon whose documents have not been read after this time count as missing."""

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def stage_rows(payload: Any) -> dict[str, Any]:
    order = StageRows.from_dict(payload)
    threads = settings.batch_threads()
    return run_stage_rows(dependencies.stores(), dependencies.pokeapi(), order, threads=threads).to_dict()


def run_stage_rows(stores: Stores, pokeapi: PokeApi, order: StageRows, *, threads: int) -> Receipt:
    """Stages nothing if the cache lacks a Pokémon.

    Discards the block again if the report was canceled or deleted in the meantime.
    """
    kept = _kept_lines(stores.blobs, order.kept)
    lines = {ref.id: kept[ref.id] for ref in order.cached if ref.id in kept}
    to_build = [ref for ref in order.cached if ref.id not in lines]
    built = _cached_rows(pokeapi, order, to_build, threads)
    missing = tuple(ref.id for ref, row in zip(to_build, built, strict=True) if row is None)
    if missing:
        return Receipt(order.index, block_id=None, rows=0, missing=missing)
    lines |= {row.pokemon_id: encode([row.cells]) for row in (*order.rows, *built) if row}
    block_id = None
    if lines:
        content = b"".join(lines[pokemon_id] for pokemon_id in sorted(lines))
        block_id = stores.blobs.stage(order.report, _block_name(order), content)
    # Checked after staging, because the report can be withdrawn while the block is being written.
    discard_unless(OPEN | PUBLISHED, stores, order.report)
    return Receipt(order.index, block_id, len(lines))


def _kept_lines(blobs: ReportBlobs, kept: KeptRows | None) -> dict[int, bytes]:
    """The lines that are taken over from an earlier CSV, by id; none if it is gone or was written again."""
    content = blobs.read_range(kept.report, kept.etag, kept.start, kept.end) if kept else None
    if kept is None or content is None:
        return {}
    return dict(zip(kept.ids, records([content]), strict=True))


def _cached_rows(
    pokeapi: PokeApi, order: StageRows, to_build: Sequence[PokemonRef], threads: int
) -> list[Row | None]:
    """One row per Pokémon, or None if a document of it is missing, stale, or not read in time."""
    needs = documents_needed(order.columns)
    deadline = time.monotonic() + CACHE_BUDGET_SECONDS

    def build(ref: PokemonRef) -> Row | None:
        facts = _cached_facts(pokeapi, ref, needs) if time.monotonic() < deadline else None
        return None if facts is None else row_of(facts, order.columns, ref.id)

    # The threads read different rows of the cache's table concurrently, each of which holds many documents.
    with ThreadPoolExecutor(threads, thread_name_prefix="cache") as pool:
        return list(pool.map(build, to_build))


def _cached_facts(pokeapi: PokeApi, ref: PokemonRef, needs: frozenset[Document]) -> Facts | None:
    pokemon = pokeapi.cached(POKEMON, ref.id)
    if pokemon is None:
        return None
    species = pokeapi.cached(SPECIES, pokemon.species_id) if Document.SPECIES in needs else None
    if Document.SPECIES in needs and species is None:
        return None
    types = []
    for type_id in pokemon.type_ids if Document.TYPES in needs else ():
        if (pokemon_type := pokeapi.cached(TYPE, type_id)) is None:
            return None
        types.append(pokemon_type)
    return Facts(pokemon, species, types)


def _block_name(order: StageRows) -> str:
    return f"shard-{order.index:06d}-{order.run:03d}"
