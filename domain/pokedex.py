"""The data about Pokémon that reports need, independent of PokéAPI's format."""

from dataclasses import dataclass
from typing import NamedTuple

LAST_DEFAULT_ID = 10_000
"""The highest id of a species' default Pokémon in PokéAPI. Other forms have ids above it."""


class PokemonRef(NamedTuple):
    """A Pokémon's id and name. In JSON it is ``[25, "pikachu"]``, because there can be very many."""

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
    """A Pokémon's own document. As in PokéAPI, height is in decimeters and weight in hectograms."""

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
    """The data that all forms of a species share."""

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
    """A type: the attacking types by the damage they deal to it, and the Pokémon that have it."""

    id: int
    name: str
    double_damage_from: tuple[str, ...]
    half_damage_from: tuple[str, ...]
    no_damage_from: tuple[str, ...]
    pokemon: tuple[PokemonRef, ...]


@dataclass(frozen=True)
class Generation:
    """A generation and the species that first appeared in it. A species has the id of its default Pokémon."""

    id: int
    name: str
    species_ids: frozenset[int]
    species_names: frozenset[str]
