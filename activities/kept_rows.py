"""Finds the rows that a report can take over from the partial report that it retries."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from adapters.dependencies import Stores
from domain.csv_format import records
from domain.kept_rows import KeptShard, locate, plan_hash, unpack_ids
from domain.pokedex import PokemonRef
from domain.report import ReportKey, Status


def find_kept_rows(
    stores: Stores, key: ReportKey, shards: Sequence[Sequence[PokemonRef]], run_size: int
) -> list[KeptShard]:
    """The rows of each shard in the CSV of the report with this key.

    Returns none if the report was deleted, or is not about the same Pokémon any more.
    """
    stored = stores.reports.get(key)
    if stored is None or stored.report.status is not Status.PARTIAL or not stored.report.failed_ids:
        return []
    if stored.report.plan_hash != plan_hash(ref for shard in shards for ref in shard):
        return []
    missing = unpack_ids(stored.report.failed_ids)

    def read(etag: str, chunks: Iterator[bytes]) -> list[KeptShard]:
        ends = accumulate(len(record) for record in records(chunks))
        located = locate(shards, run_size, missing, ends) or []
        return [KeptShard(key, etag, *found) for found in located]

    return stores.blobs.scan(key, read) or []
