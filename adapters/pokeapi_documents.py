"""Parses PokéAPI's JSON documents into the domain's objects.

Each parser raises KeyError, TypeError, ValueError or AttributeError if the document has another shape; the
client translates them. Links are never followed: only the number at their end is used.
"""

from collections.abc import Callable
from typing import Any

from domain.pokedex import Ability, Generation, Pokemon, PokemonRef, PokemonType, Species

Json = Any


def pokemon(document: Json) -> Pokemon:
    types = sorted(document["types"], key=lambda entry: entry["slot"])
    return Pokemon(
        id=_integer(document["id"]),
        name=_text(document["name"]),
        species_id=number_in(document["species"]["url"]),
        species_name=_text(document["species"]["name"]),
        is_default=_flag(document["is_default"]),
        type_ids=tuple(number_in(entry["type"]["url"]) for entry in types),
        type_names=tuple(_text(entry["type"]["name"]) for entry in types),
        stats={_text(entry["stat"]["name"]): _integer(entry["base_stat"]) for entry in document["stats"]},
        abilities=tuple(
            Ability(_text(entry["ability"]["name"]), _integer(entry["slot"]), _flag(entry["is_hidden"]))
            for entry in document["abilities"]
        ),
        height=_or_none(_integer, document["height"]),
        weight=_or_none(_integer, document["weight"]),
        base_experience=_or_none(_integer, document["base_experience"]),
        sprite_url=_or_none(_text, document["sprites"]["front_default"]),
    )


def species(document: Json) -> Species:
    return Species(
        id=_integer(document["id"]),
        name=_text(document["name"]),
        generation=_name(document["generation"]),
        color=_or_none(_name, document["color"]),
        habitat=_or_none(_name, document["habitat"]),
        shape=_or_none(_name, document["shape"]),
        capture_rate=_or_none(_integer, document["capture_rate"]),
        is_legendary=_flag(document["is_legendary"]),
        is_mythical=_flag(document["is_mythical"]),
        is_baby=_flag(document["is_baby"]),
        evolves_from=_or_none(_name, document["evolves_from_species"]),
    )


def pokemon_type(document: Json) -> PokemonType:
    relations = document["damage_relations"]
    return PokemonType(
        id=_integer(document["id"]),
        name=_text(document["name"]),
        double_damage_from=_names(relations["double_damage_from"]),
        half_damage_from=_names(relations["half_damage_from"]),
        no_damage_from=_names(relations["no_damage_from"]),
        pokemon=tuple(
            PokemonRef(number_in(entry["pokemon"]["url"]), _name(entry["pokemon"]))
            for entry in document["pokemon"]
        ),
    )


def generation(document: Json) -> Generation:
    return Generation(
        id=_integer(document["id"]),
        name=_text(document["name"]),
        species_ids=frozenset(number_in(entry["url"]) for entry in document["pokemon_species"]),
        species_names=frozenset(_names(document["pokemon_species"])),
    )


def names(document: Json) -> dict[str, int]:
    """The ids in a list, by name."""
    return {_name(entry): number_in(entry["url"]) for entry in document["results"]}


def number_in(url: str) -> int:
    """The id at the end of a document's URL."""
    return int(url.rstrip("/").rsplit("/", 1)[-1])


def _names(entries: Json) -> tuple[str, ...]:
    return tuple(_name(entry) for entry in entries)


def _name(entry: Json) -> str:
    return _text(entry["name"])


def _or_none[T](parse: Callable[[Json], T], value: Json) -> T | None:
    return None if value is None else parse(value)


def _text(value: Json) -> str:
    return _of_type(str, value)


def _flag(value: Json) -> bool:
    return _of_type(bool, value)


def _integer(value: Json) -> int:
    return _of_type(int, value)


def _of_type[T](expected: type[T], value: Json) -> T:
    if type(value) is not expected:
        raise TypeError(f"expected {expected.__name__}, found {type(value).__name__}")
    return value
