"""Stages shards, each as one block of the report's blob, invisible until the report is published.

Rows of Pokémon whose documents are in the cache are built here, so a cached Pokémon costs no message.
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
from domain.columns import Document, Facts, documents_needed
from domain.csv_format import encode
from domain.messages import Receipt, Row, ShardRows, StagedRows, StageRows
from domain.pokedex import PokemonRef
from domain.report import OPEN, PUBLISHED
from domain.rows import row_of

CACHE_BUDGET_SECONDS = 20.0
"""After this time, the shards that are left are for another call. Of the first shard, the Pokémon whose
documents have not been read count as missing."""

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def stage_rows(payload: Any) -> dict[str, Any]:
    order = StageRows.from_dict(payload)
    threads = settings.batch_threads()
    return run_stage_rows(dependencies.stores(), dependencies.pokeapi(), order, threads=threads).to_dict()


def run_stage_rows(stores: Stores, pokeapi: PokeApi, order: StageRows, *, threads: int) -> StagedRows:
    """Stages nothing of a shard if the cache lacks a Pokémon of it.

    Discards the blocks again if the report was canceled or deleted in the meantime.
    """
    needs = documents_needed(order.columns)
    deadline = time.monotonic() + CACHE_BUDGET_SECONDS

    def build(ref: PokemonRef) -> Row | None:
        """The row, or None if a document of the Pokémon is missing, stale, or not read in time."""
        facts = _cached_facts(pokeapi, ref, needs) if time.monotonic() < deadline else None
        return None if facts is None else row_of(facts, order.columns, ref.id)

    receipts: list[Receipt] = []
    # The threads read different rows of the cache's table concurrently, each of which holds many documents.
    with ThreadPoolExecutor(threads, thread_name_prefix="cache") as pool:
        for shard in order.shards:
            built = list(pool.map(build, shard.cached))
            if receipts and time.monotonic() > deadline:
                break
            receipts.append(_stage(stores, order, shard, built))
    # Checked after staging, because the report can be withdrawn while a block is being written.
    discard_unless(OPEN | PUBLISHED, stores, order.report)
    return StagedRows(tuple(receipts))


def _stage(stores: Stores, order: StageRows, shard: ShardRows, built: Sequence[Row | None]) -> Receipt:
    missing = tuple(ref.id for ref, row in zip(shard.cached, built, strict=True) if row is None)
    if missing:
        return Receipt(shard.index, block_id=None, rows=0, missing=missing)
    rows = sorted([*shard.rows, *(row for row in built if row)], key=lambda row: row.pokemon_id)
    if not rows:
        return Receipt(shard.index, block_id=None, rows=0)
    block_name = f"shard-{shard.index:06d}-{shard.run:03d}"
    block_id = stores.blobs.stage(order.report, block_name, encode(row.cells for row in rows))
    return Receipt(shard.index, block_id, len(rows))


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
