"""The rows that a report takes over from an earlier one, whose CSV lacks only some Pokémon.

Both CSVs are sorted by id, and a shard is a range of ids. Therefore the rows that a shard takes over are one
range of bytes of the earlier CSV. Shards get the range; rows never enter a history.
"""

import hashlib
import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import ClassVar

from domain.message import Message
from domain.pokedex import PokemonRef
from domain.report import ReportKey
from domain.selection import split

MAX_PACKED_BYTES = 60_000
"""A property of a table entity holds 64 KiB."""


@dataclass(frozen=True)
class KeptRows(Message):
    """The rows of the Pokémon with these ids are the bytes from ``start`` to ``end`` of a report's CSV.

    ``etag`` is the version of the CSV that contains them.
    """

    READERS: ClassVar = {"report": ReportKey.from_dict, "ids": tuple}

    report: ReportKey
    etag: str
    start: int
    end: int
    ids: tuple[int, ...]


@dataclass(frozen=True)
class KeptShard(Message):
    """The rows of a shard that an earlier CSV has: those of all its Pokémon but the ``missing``, by id.

    ``offsets`` are the positions in the CSV at which the rows of each run of the shard begin, and the end of
    the last.
    """

    READERS: ClassVar = {"report": ReportKey.from_dict, "offsets": tuple, "missing": tuple}

    report: ReportKey
    etag: str
    offsets: tuple[int, ...]
    missing: tuple[int, ...]

    def rows(self, pokemon: Iterable[PokemonRef]) -> KeptRows:
        """The rows of the whole shard, which has these Pokémon."""
        return self._rows(pokemon, self.offsets[0], self.offsets[-1])

    def rows_of_run(self, run: int, pokemon: Iterable[PokemonRef]) -> KeptRows:
        """The rows of one run of the shard, which has these Pokémon."""
        return self._rows(pokemon, self.offsets[run], self.offsets[run + 1])

    def _rows(self, pokemon: Iterable[PokemonRef], start: int, end: int) -> KeptRows:
        missing = frozenset(self.missing)
        ids = tuple(ref.id for ref in pokemon if ref.id not in missing)
        return KeptRows(self.report, self.etag, start, end, ids)


def locate(
    shards: Iterable[Sequence[PokemonRef]], run_size: int, missing: Collection[int], ends: Iterator[int]
) -> list[tuple[tuple[int, ...], tuple[int, ...]]] | None:
    """Find each shard's rows in a CSV that lacks the ``missing`` ids. Returns their offsets and missing ids.

    ``ends`` are the positions at which the header and the rows end. Returns None if the CSV has more or fewer
    rows than it should.
    """
    located = []
    try:
        position = next(ends)
        for shard in shards:
            offsets = [position]
            for run in split(shard, run_size):
                for ref in run:
                    if ref.id not in missing:
                        position = next(ends)
                offsets.append(position)
            located.append((tuple(offsets), tuple(ref.id for ref in shard if ref.id in missing)))
    except StopIteration:
        return None
    return located if next(ends, None) is None else None


def plan_hash(pokemon: Iterable[PokemonRef]) -> str:
    """Identifies the Pokémon of a report. A later plan with another hash has other Pokémon."""
    return hashlib.sha256(",".join(str(ref.id) for ref in pokemon).encode()).hexdigest()


def pack_ids(ids: Iterable[int]) -> bytes | None:
    """The ids as compressed differences, or None if they do not fit into a property of a table entity."""
    packed = zlib.compress(json.dumps([b - a for a, b in pairwise((0, *sorted(ids)))]).encode())
    return packed if len(packed) <= MAX_PACKED_BYTES else None


def unpack_ids(packed: bytes) -> frozenset[int]:
    """The ids that ``pack_ids`` packed."""
    return frozenset(accumulate(json.loads(zlib.decompress(packed))))
