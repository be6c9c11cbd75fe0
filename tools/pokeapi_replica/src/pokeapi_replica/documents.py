"""Generate documents of the live API's shape, with its order of fields and entries.

Shapes follow PokéAPI v2 (https://pokeapi.co/docs/v2); `build --check` compares documents with a source. A
document has a subset of the live document's fields, each with the live value.
"""

from collections.abc import Iterable
from typing import Any

from pokeapi_replica.dataset import STATS, Ability, Generation, Pokemon, Species, Type
from pokeapi_replica.dataset_index import RESOURCES, DatasetIndex

SPRITES = "https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon"
DEFAULT_LIMIT = 20

type Document = dict[str, Any]


class Documents:
    """Generates documents whose URLs start with `base`, such as `http://127.0.0.1:8090/api/v2`."""

    def __init__(self, index: DatasetIndex, base: str) -> None:
        self.index = index
        self.base = base

    def item(self, resource: str, number: int) -> Document:
        """Return the document with this id. Raises KeyError if there is none."""
        index = self.index
        match resource:
            case "pokemon":
                return self._pokemon(index.pokemon[number])
            case "pokemon-species":
                return self._species(index.species[number])
            case "ability":
                return self._ability(index.abilities[number])
            case "type":
                return self._type(index.types[number])
            case "generation":
                return self._generation(index.generations[number])
        raise KeyError(resource)

    def page(self, resource: str, path: str, offset: int = 0, limit: int = DEFAULT_LIMIT) -> Document:
        """Return a page of a list. Links repeat `path`, the path of the request.

        Like the live API, the link to the last page has the number of remaining entries as its `limit`.
        """
        rows = list(self.index.rows[resource].values())
        count, end = len(rows), offset + limit
        link = self.base.removesuffix("/api/v2") + path + "?offset={}&limit={}"
        before = max(0, offset - limit)
        return {
            "count": count,
            "next": link.format(end, min(limit, count - end)) if end < count else None,
            "previous": link.format(before, offset - before) if before < offset else None,
            "results": [self._link(resource, row.id, row.name) for row in rows[offset:end]],
        }

    def root(self) -> Document:
        """Return the index of resources that the replica serves."""
        return {resource: f"{self.base}/{resource}/" for resource in RESOURCES}

    def _pokemon(self, pokemon: Pokemon) -> Document:
        species = self.index.species[pokemon.species]
        return {
            "abilities": [
                {"ability": self._named("ability", name), "is_hidden": slot == 3, "slot": slot}
                for slot, name in enumerate(pokemon.abilities, 1)
                if name
            ],
            "base_experience": pokemon.base_experience,
            "height": pokemon.height,
            "id": pokemon.id,
            "is_default": pokemon.is_default,
            "name": pokemon.name,
            "order": pokemon.order,
            "species": self._link("pokemon-species", species.id, species.name),
            "sprites": {"front_default": f"{SPRITES}/{pokemon.id}.png" if pokemon.has_sprite else None},
            "stats": [
                {"base_stat": value, "effort": effort, "stat": self._named("stat", stat)}
                for stat, value, effort in zip(STATS, pokemon.stats, pokemon.efforts, strict=True)
            ],
            "types": [
                {"slot": slot, "type": self._named("type", name)}
                for slot, name in enumerate(pokemon.types, 1)
            ],
            "weight": pokemon.weight,
        }

    def _species(self, species: Species) -> Document:
        ancestor = None if species.evolves_from is None else self.index.species[species.evolves_from]
        return {
            "base_happiness": species.base_happiness,
            "capture_rate": species.capture_rate,
            "color": self._named("pokemon-color", species.color),
            "evolves_from_species": ancestor and self._link("pokemon-species", ancestor.id, ancestor.name),
            "gender_rate": species.gender_rate,
            "generation": self._named("generation", self.index.generation_of[species.id]),
            "growth_rate": self._named("growth-rate", species.growth_rate),
            "habitat": species.habitat and self._named("pokemon-habitat", species.habitat),
            "hatch_counter": species.hatch_counter,
            "id": species.id,
            "is_baby": species.is_baby,
            "is_legendary": species.is_legendary,
            "is_mythical": species.is_mythical,
            "name": species.name,
            "order": species.order,
            "shape": species.shape and self._named("pokemon-shape", species.shape),
            "varieties": [
                {"is_default": pokemon.is_default, "pokemon": self._link("pokemon", pokemon.id, pokemon.name)}
                for pokemon in self.index.varieties[species.id]
            ],
        }

    def _ability(self, ability: Ability) -> Document:
        return {
            "generation": self._named("generation", ability.generation),
            "id": ability.id,
            "is_main_series": ability.is_main_series,
            "name": ability.name,
            "pokemon": [
                {
                    "is_hidden": slot == 3,
                    "pokemon": self._link("pokemon", pokemon.id, pokemon.name),
                    "slot": slot,
                }
                for slot, pokemon in self.index.with_ability[ability.name]
            ],
        }

    def _type(self, type_: Type) -> Document:
        relations: Document = {}
        for relation in ("double_damage", "half_damage", "no_damage"):
            dealt: Iterable[str] = getattr(type_, f"{relation}_to")
            taken = self.index.damaging(type_.name, f"{relation}_to")
            relations[f"{relation}_from"] = [self._named("type", name) for name in taken]
            relations[f"{relation}_to"] = [self._named("type", name) for name in dealt]
        return {
            "damage_relations": relations,
            "generation": self._named("generation", type_.generation),
            "id": type_.id,
            "name": type_.name,
            "pokemon": [
                {"pokemon": self._link("pokemon", pokemon.id, pokemon.name), "slot": slot}
                for slot, pokemon in self.index.with_type[type_.name]
            ],
        }

    def _generation(self, generation: Generation) -> Document:
        index = self.index
        return {
            "abilities": [
                self._link("ability", ability.id, ability.name)
                for ability in index.abilities.values()
                if ability.generation == generation.name
            ],
            "id": generation.id,
            "main_region": self._named("region", generation.main_region),
            "name": generation.name,
            "pokemon_species": [
                self._link("pokemon-species", number, index.species[number].name)
                for number in generation.species
            ],
            "types": [
                self._link("type", type_.id, type_.name)
                for type_ in index.types.values()
                if type_.generation == generation.name
            ],
        }

    def _named(self, resource: str, name: str) -> Document:
        return self._link(resource, self.index.ids[resource][name], name)

    def _link(self, resource: str, number: int, name: str) -> Document:
        return {"name": name, "url": f"{self.base}/{resource}/{number}/"}
