"""Indexes of a dataset, real or synthetic, and the relations derived from it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Protocol

from pokeapi_replica.dataset import Dataset, Pokemon

RESOURCES = ("ability", "generation", "pokemon", "pokemon-species", "type")


class Named(Protocol):
    """A row with an id and a name."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class DatasetIndex:
    """A dataset's rows by id and by name. Rows are in the order of their ids, like the live API's lists."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.pokemon = {pokemon.id: pokemon for pokemon in data.pokemon}
        self.species = {species.id: species for species in data.species}
        self.abilities = {ability.id: ability for ability in data.abilities}
        self.types = {type_.id: type_ for type_ in data.types}
        self.generations = {generation.id: generation for generation in data.generations}
        self.rows: dict[str, Mapping[int, Named]] = {
            "ability": self.abilities,
            "generation": self.generations,
            "pokemon": self.pokemon,
            "pokemon-species": self.species,
            "type": self.types,
        }
        self.ids: dict[str, dict[str, int]] = {
            resource: {row.name: row.id for row in rows.values()} for resource, rows in self.rows.items()
        }
        for name in data.names:
            self.ids.setdefault(name.resource, {})[name.name] = name.id
        self.varieties: dict[int, list[Pokemon]] = defaultdict(list)
        self.with_type: dict[str, list[tuple[int, Pokemon]]] = defaultdict(list)
        self.with_ability: dict[str, list[tuple[int, Pokemon]]] = defaultdict(list)
        for pokemon in data.pokemon:
            self.varieties[pokemon.species].append(pokemon)
            for slot, type_name in enumerate(pokemon.types, 1):
                self.with_type[type_name].append((slot, pokemon))
            for slot, ability_name in enumerate(pokemon.abilities, 1):
                if ability_name:
                    self.with_ability[ability_name].append((slot, pokemon))
        self.generation_of = {
            species: generation.name for generation in data.generations for species in generation.species
        }

    def find(self, resource: str, key: str) -> int | None:
        """Return the id of the row with this key, an id or a name in any case; None if there is none."""
        by_name = self.ids[resource].get(key.lower())
        if by_name is not None:
            return by_name
        if key.isascii() and key.isdecimal() and not key.startswith("0") and len(key) < 10:
            return int(key) if int(key) in self.rows[resource] else None
        return None

    def damaging(self, type_name: str, relation: str) -> list[str]:
        """Return the types whose `relation` field (`double_damage_to`, ...) names this type, by id."""
        return [other.name for other in self.data.types if type_name in getattr(other, relation)]
