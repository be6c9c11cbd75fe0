"""What a report needs to know about Pokémon, and nothing of how PokéAPI says it."""

from dataclasses import dataclass
from typing import NamedTuple

LAST_DEFAULT_ID = 10_000
"""PokéAPI numbers the default Pokémon of each species up to here, and other forms above."""


class PokemonRef(NamedTuple):
    """A Pokémon as lists name it: in JSON ``[25, "pikachu"]``, as there may be very many."""

    id: int
    name: str

    @property
    def is_default(self) -> bool:
        return self.id <= LAST_DEFAULT_ID


@dataclass(frozen=True, slots=True)
class Ability:
    name: str
    slot: int
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Pokemon:
    """One Pokémon's own document. Height is in decimetres and weight in hectograms, as PokéAPI has them."""

    id: int
    name: str
    species_id: int
    species_name: str
    is_default: bool
    type_ids: tuple[int, ...]
    type_names: tuple[str, ...]
    stats: dict[str, int]
    abilities: tuple[Ability, ...]
    height: int | None
    weight: int | None
    base_experience: int | None
    sprite_url: str | None


@dataclass(frozen=True, slots=True)
class Species:
    """What all forms of a species share."""

    id: int
    name: str
    generation: str
    color: str | None
    habitat: str | None
    shape: str | None
    capture_rate: int | None
    is_legendary: bool
    is_mythical: bool
    is_baby: bool
    evolves_from: str | None


@dataclass(frozen=True)
class PokemonType:
    """A type: which attacks hurt it more, less or not at all, and which Pokémon have it."""

    id: int
    name: str
    double_damage_from: tuple[str, ...]
    half_damage_from: tuple[str, ...]
    no_damage_from: tuple[str, ...]
    pokemon: tuple[PokemonRef, ...]


@dataclass(frozen=True)
class Generation:
    """A generation and the species that first appeared in it.

    A species has the id of its default Pokémon.
    """

    id: int
    name: str
    species_ids: frozenset[int]
    species_names: frozenset[str]
