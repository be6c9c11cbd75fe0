"""Facts made into documents of the live API's shape, in its order of fields and entries.

Shapes follow PokéAPI v2 (https://pokeapi.co/docs/v2), and `build --check` compares them with a real source. A
document holds a subset of the live one's fields; every field it holds has the live value.
"""

from collections.abc import Iterable
from typing import Any

from pokeapi_replica.catalogue import RESOURCES, Catalogue
from pokeapi_replica.facts import STATS, Ability, Generation, Pokemon, Species, Type

SPRITES = "https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon"
DEFAULT_LIMIT = 20

type Document = dict[str, Any]


class Documents:
    """Makes documents whose URLs start with `base`, such as `http://127.0.0.1:8090/api/v2`."""

    def __init__(self, catalogue: Catalogue, base: str) -> None:
        self.catalogue = catalogue
        self.base = base

    def item(self, resource: str, number: int) -> Document:
        """The document of the thing with this id. Raises KeyError when there is none."""
        catalogue = self.catalogue
        match resource:
            case "pokemon":
                return self._pokemon(catalogue.pokemon[number])
            case "pokemon-species":
                return self._species(catalogue.species[number])
            case "ability":
                return self._ability(catalogue.abilities[number])
            case "type":
                return self._type(catalogue.types[number])
            case "generation":
                return self._generation(catalogue.generations[number])
        raise KeyError(resource)

    def page(self, resource: str, path: str, offset: int = 0, limit: int = DEFAULT_LIMIT) -> Document:
        """One page of a list. `path` is the list's path below the host as it was asked for: links repeat it.

        Links give the entries there are: the last page's `limit` is what is left, as in the live API.
        """
        things = list(self.catalogue.things[resource].values())
        count, end = len(things), offset + limit
        link = self.base.removesuffix("/api/v2") + path + "?offset={}&limit={}"
        before = max(0, offset - limit)
        return {
            "count": count,
            "next": link.format(end, min(limit, count - end)) if end < count else None,
            "previous": link.format(before, offset - before) if before < offset else None,
            "results": [self._link(resource, thing.id, thing.name) for thing in things[offset:end]],
        }

    def root(self) -> Document:
        """The index of resources: the ones kept here only."""
        return {resource: f"{self.base}/{resource}/" for resource in RESOURCES}

    def _pokemon(self, pokemon: Pokemon) -> Document:
        species = self.catalogue.species[pokemon.species]
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
        ancestor = None if species.evolves_from is None else self.catalogue.species[species.evolves_from]
        return {
            "base_happiness": species.base_happiness,
            "capture_rate": species.capture_rate,
            "color": self._named("pokemon-color", species.color),
            "evolves_from_species": ancestor and self._link("pokemon-species", ancestor.id, ancestor.name),
            "gender_rate": species.gender_rate,
            "generation": self._named("generation", self.catalogue.generation_of[species.id]),
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
                for pokemon in self.catalogue.varieties[species.id]
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
                for slot, pokemon in self.catalogue.with_ability[ability.name]
            ],
        }

    def _type(self, type_: Type) -> Document:
        relations: Document = {}
        for relation in ("double_damage", "half_damage", "no_damage"):
            dealt: Iterable[str] = getattr(type_, f"{relation}_to")
            taken = self.catalogue.damaging(type_.name, f"{relation}_to")
            relations[f"{relation}_from"] = [self._named("type", name) for name in taken]
            relations[f"{relation}_to"] = [self._named("type", name) for name in dealt]
        return {
            "damage_relations": relations,
            "generation": self._named("generation", type_.generation),
            "id": type_.id,
            "name": type_.name,
            "pokemon": [
                {"pokemon": self._link("pokemon", pokemon.id, pokemon.name), "slot": slot}
                for slot, pokemon in self.catalogue.with_type[type_.name]
            ],
        }

    def _generation(self, generation: Generation) -> Document:
        catalogue = self.catalogue
        return {
            "abilities": [
                self._link("ability", ability.id, ability.name)
                for ability in catalogue.abilities.values()
                if ability.generation == generation.name
            ],
            "id": generation.id,
            "main_region": self._named("region", generation.main_region),
            "name": generation.name,
            "pokemon_species": [
                self._link("pokemon-species", number, catalogue.species[number].name)
                for number in generation.species
            ],
            "types": [
                self._link("type", type_.id, type_.name)
                for type_ in catalogue.types.values()
                if type_.generation == generation.name
            ],
        }

    def _named(self, resource: str, name: str) -> Document:
        return self._link(resource, self.catalogue.ids[resource][name], name)

    def _link(self, resource: str, number: int, name: str) -> Document:
        return {"name": name, "url": f"{self.base}/{resource}/{number}/"}
