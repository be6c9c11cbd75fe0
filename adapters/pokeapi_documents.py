"""PokéAPI's JSON documents, read into the domain's facts.

A document of another shape raises KeyError, TypeError, ValueError or AttributeError, which the
client turns into its own error. Links are never followed: only the number in them is used.
"""

from typing import Any

from domain.pokedex import Ability, Generation, Pokemon, PokemonRef, PokemonType, Species

Json = Any


def pokemon(document: Json) -> Pokemon:
    types = sorted(document["types"], key=lambda entry: entry["slot"])
    return Pokemon(
        id=int(document["id"]),
        name=str(document["name"]),
        species_id=number_in(document["species"]["url"]),
        species_name=str(document["species"]["name"]),
        is_default=bool(document["is_default"]),
        type_ids=tuple(number_in(entry["type"]["url"]) for entry in types),
        type_names=tuple(str(entry["type"]["name"]) for entry in types),
        stats={entry["stat"]["name"]: int(entry["base_stat"]) for entry in document["stats"]},
        abilities=tuple(
            Ability(entry["ability"]["name"], int(entry["slot"]), bool(entry["is_hidden"]))
            for entry in document["abilities"]
        ),
        height=document["height"],
        weight=document["weight"],
        base_experience=document["base_experience"],
        sprite_url=document["sprites"]["front_default"],
    )


def species(document: Json) -> Species:
    return Species(
        id=int(document["id"]),
        name=str(document["name"]),
        generation=str(document["generation"]["name"]),
        color=_name_or_none(document["color"]),
        habitat=_name_or_none(document["habitat"]),
        shape=_name_or_none(document["shape"]),
        capture_rate=document["capture_rate"],
        is_legendary=bool(document["is_legendary"]),
        is_mythical=bool(document["is_mythical"]),
        is_baby=bool(document["is_baby"]),
        evolves_from=_name_or_none(document["evolves_from_species"]),
    )


def pokemon_type(document: Json) -> PokemonType:
    relations = document["damage_relations"]
    return PokemonType(
        id=int(document["id"]),
        name=str(document["name"]),
        double_damage_from=_names(relations["double_damage_from"]),
        half_damage_from=_names(relations["half_damage_from"]),
        no_damage_from=_names(relations["no_damage_from"]),
        pokemon=tuple(
            PokemonRef(number_in(entry["pokemon"]["url"]), str(entry["pokemon"]["name"]))
            for entry in document["pokemon"]
        ),
    )


def generation(document: Json) -> Generation:
    return Generation(
        id=int(document["id"]),
        name=str(document["name"]),
        species_ids=frozenset(number_in(entry["url"]) for entry in document["pokemon_species"]),
        species_names=frozenset(_names(document["pokemon_species"])),
    )


def names(document: Json) -> dict[str, int]:
    """A list's ids by name."""
    return {str(entry["name"]): number_in(entry["url"]) for entry in document["results"]}


def number_in(url: str) -> int:
    """The id at the end of a document's URL."""
    return int(url.rstrip("/").rsplit("/", 1)[-1])


def _name_or_none(entry: Json) -> str | None:
    return None if entry is None else str(entry["name"])


def _names(entries: Json) -> tuple[str, ...]:
    return tuple(str(entry["name"]) for entry in entries)
