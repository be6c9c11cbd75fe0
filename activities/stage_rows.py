"""Stages a shard's rows as one block of the report's blob, invisible until the report is published.

Rows of Pokémon whose documents are in the cache are built here, so a cached Pokémon costs no message.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import azure.durable_functions as df

from activities.withdrawal import discard_unless
from adapters import dependencies, settings
from adapters.dependencies import Stores
from adapters.pokeapi import PokeApi
from adapters.pokeapi_catalog import POKEMON, SPECIES, TYPE
from domain.columns import Document, Facts, documents_needed
from domain.csv_format import encode
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
    built = _cached_rows(pokeapi, order, threads)
    missing = tuple(ref.id for ref, row in zip(order.cached, built, strict=True) if row is None)
    if missing:
        return Receipt(order.index, block_id=None, rows=0, missing=missing)
    rows = sorted([*order.rows, *(row for row in built if row)], key=lambda row: row.pokemon_id)
    block_id = None
    if rows:
        content = encode(row.cells for row in rows)
        block_id = stores.blobs.stage(order.report, _block_name(order), content)
    # Checked after staging, because the report can be withdrawn while the block is being written.
    discard_unless(OPEN | PUBLISHED, stores, order.report)
    return Receipt(order.index, block_id, len(rows))


def _cached_rows(pokeapi: PokeApi, order: StageRows, threads: int) -> list[Row | None]:
    """One row per cached Pokémon, or None if a document of it is missing, stale, or not read in time."""
    needs = documents_needed(order.columns)
    deadline = time.monotonic() + CACHE_BUDGET_SECONDS

    def build(ref: PokemonRef) -> Row | None:
        facts = _cached_facts(pokeapi, ref, needs) if time.monotonic() < deadline else None
        return None if facts is None else row_of(facts, order.columns, ref.id)

    # The threads read different rows of the cache's table concurrently, each of which holds many documents.
    with ThreadPoolExecutor(threads, thread_name_prefix="cache") as pool:
        return list(pool.map(build, order.cached))


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
