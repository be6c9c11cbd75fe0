"""Stages shards, each as one block of the report's blob, invisible until the report is published.

Rows of Pokémon whose documents are in the cache are built here, so a cached Pokémon costs no message. Rows
that a retry takes over are copied from the earlier report's CSV.
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
from adapters.report_blobs import ReportBlobs
from domain.columns import Document, Facts, documents_needed
from domain.csv_format import encode, records
from domain.messages import Receipt, Row, ShardRows, StagedRows, StageRows
from domain.pokedex import PokemonRef
from domain.report import OPEN, PUBLISHED, ReportKey
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
            kept = _kept_lines(stores.blobs, shard)
            to_build = [ref for ref in shard.cached if ref.id not in kept]
            built = list(pool.map(build, to_build))
            if receipts and time.monotonic() > deadline:
                break
            missing = tuple(ref.id for ref, row in zip(to_build, built, strict=True) if row is None)
            rows = (*shard.rows, *(row for row in built if row))
            lines = kept | {row.pokemon_id: encode([row.cells]) for row in rows}
            receipts.append(_stage(stores, order.report, shard, missing, lines))
    # Checked after staging, because the report can be withdrawn while a block is being written.
    discard_unless(OPEN | PUBLISHED, stores, order.report)
    return StagedRows(tuple(receipts))


def _stage(
    stores: Stores, report: ReportKey, shard: ShardRows, missing: tuple[int, ...], lines: dict[int, bytes]
) -> Receipt:
    """Stage the lines of a shard, by id, unless some are missing."""
    if missing:
        return Receipt(shard.index, block_id=None, rows=0, missing=missing)
    if not lines:
        return Receipt(shard.index, block_id=None, rows=0)
    content = b"".join(lines[pokemon_id] for pokemon_id in sorted(lines))
    block_name = f"shard-{shard.index:06d}-{shard.run:03d}"
    return Receipt(shard.index, stores.blobs.stage(report, block_name, content), len(lines))


def _kept_lines(blobs: ReportBlobs, shard: ShardRows) -> dict[int, bytes]:
    """The lines of cached Pokémon that are taken over from an earlier CSV, by id.

    There are none if the CSV is gone or was written again.
    """
    kept = shard.kept
    content = blobs.read_range(kept.report, kept.etag, kept.start, kept.end) if kept else None
    if kept is None or content is None:
        return {}
    by_id = dict(zip(kept.ids, records([content]), strict=True))
    return {ref.id: by_id[ref.id] for ref in shard.cached if ref.id in by_id}


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
