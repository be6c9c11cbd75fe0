"""The facts, indexed for the questions that documents ask, and the relations that follow from them.

Kept apart from `facts` so that a synthetic set of facts is indexed by the same rules as the real one.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Protocol

from pokeapi_replica.facts import Facts, Pokemon

RESOURCES = ("ability", "generation", "pokemon", "pokemon-species", "type")


class Named(Protocol):
    """Anything with an id and a name."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


class Catalogue:
    """Facts by id and by name. Every list of things is in the order of their ids, which is the live API's."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.pokemon = {pokemon.id: pokemon for pokemon in facts.pokemon}
        self.species = {species.id: species for species in facts.species}
        self.abilities = {ability.id: ability for ability in facts.abilities}
        self.types = {type_.id: type_ for type_ in facts.types}
        self.generations = {generation.id: generation for generation in facts.generations}
        self.things: dict[str, Mapping[int, Named]] = {
            "ability": self.abilities,
            "generation": self.generations,
            "pokemon": self.pokemon,
            "pokemon-species": self.species,
            "type": self.types,
        }
        self.ids: dict[str, dict[str, int]] = {
            resource: {thing.name: thing.id for thing in things.values()}
            for resource, things in self.things.items()
        }
        for name in facts.names:
            self.ids.setdefault(name.resource, {})[name.name] = name.id
        self.varieties: dict[int, list[Pokemon]] = defaultdict(list)
        self.with_type: dict[str, list[tuple[int, Pokemon]]] = defaultdict(list)
        self.with_ability: dict[str, list[tuple[int, Pokemon]]] = defaultdict(list)
        for pokemon in facts.pokemon:
            self.varieties[pokemon.species].append(pokemon)
            for slot, type_name in enumerate(pokemon.types, 1):
                self.with_type[type_name].append((slot, pokemon))
            for slot, ability_name in enumerate(pokemon.abilities, 1):
                if ability_name:
                    self.with_ability[ability_name].append((slot, pokemon))
        self.generation_of = {
            species: generation.name for generation in facts.generations for species in generation.species
        }

    def find(self, resource: str, key: str) -> int | None:
        """The id of the thing that `key`, an id or a name in any case, stands for, if there is one."""
        by_name = self.ids[resource].get(key.lower())
        if by_name is not None:
            return by_name
        if key.isascii() and key.isdecimal() and not key.startswith("0") and len(key) < 10:
            return int(key) if int(key) in self.things[resource] else None
        return None

    def damaging(self, type_name: str, relation: str) -> list[str]:
        """The types whose `relation` list (`double_damage_to`, ...) names this type, by id."""
        return [other.name for other in self.facts.types if type_name in getattr(other, relation)]
