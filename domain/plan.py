"""The plan of a report: its Pokémon, divided into shards."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from domain.kept_rows import KeptShard
from domain.message import Message
from domain.messages import pokemon_refs
from domain.pokedex import PokemonRef


@dataclass(frozen=True)
class Plan(Message):
    """The Pokémon of a report in id order, divided into shards, or the reason why it cannot be made.

    A shard is JSON text, made by ``pack``: the orchestrator receives the whole plan at every replay, and
    parses only the shards that it starts. ``kept`` has the KeptShard of each shard as JSON text, or is empty
    if no rows are taken over.
    """

    READERS: ClassVar = {"shards": tuple, "kept": tuple}

    shards: tuple[str, ...] = ()
    total: int = 0
    impossible: str | None = None
    kept: tuple[str, ...] = ()

    @classmethod
    def of(cls, shards: Sequence[Sequence[PokemonRef]], kept: Iterable[KeptShard] = ()) -> Self:
        return cls(
            tuple(pack(shard) for shard in shards),
            sum(len(shard) for shard in shards),
            kept=tuple(json.dumps(shard.to_dict()) for shard in kept),
        )

    @property
    def rows_kept(self) -> int:
        """How many rows are taken over."""
        missing = [len(KeptShard.from_dict(json.loads(text)).missing) for text in self.kept]
        return self.total - sum(missing) if self.kept else 0

    def kept_shard(self, index: int) -> KeptShard | None:
        return KeptShard.from_dict(json.loads(self.kept[index])) if self.kept else None


def pack(pokemon: Iterable[PokemonRef]) -> str:
    """A shard as JSON text: ``[[25, "pikachu"], ...]``."""
    return json.dumps(list(pokemon), ensure_ascii=False)


def unpack(text: str) -> tuple[PokemonRef, ...]:
    """The Pokémon of a shard that ``pack`` made."""
    return pokemon_refs(json.loads(text))
