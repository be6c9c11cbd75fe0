"""Parses PokéAPI's JSON documents into the domain's objects.

Nothing in a document is trusted. Names have the form of PokéAPI's names, numbers and lists are limited to
several times what PokéAPI has, and an id occurs once in a list. Links are never followed: only the number at
their end is used. A parser raises one of INVALID if a document is different; the client translates them.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from domain.pokedex import Ability, Generation, Pokemon, PokemonRef, PokemonType, Species

Json = Any

INVALID = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What decoding and parsing a document raise."""
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""All names of August 2026 have this form; the longest has 27 characters."""
MAX_NAME_LENGTH = 100
SPRITE = re.compile(r"https://raw\.githubusercontent\.com/PokeAPI/sprites/[\w-]+(/[\w-]+)*\.png", re.ASCII)
MAX_SPRITE_LENGTH = 200
MAX_NUMBER = 2**31 - 1
MAX_DIGITS = 9
MAX_OWN_TYPES = 8
MAX_STATS = 32
MAX_ABILITIES = 32
MAX_RELATED_TYPES = 100
MAX_REFERENCES = 100_000
"""Pokémon of a type, and species of a generation."""


def pokemon(document: Json) -> Pokemon:
    types = sorted(_list(document["types"], MAX_OWN_TYPES), key=lambda entry: _integer(entry["slot"]))
    return Pokemon(
        id=_integer(document["id"]),
        name=_text(document["name"]),
        species_id=number_in(document["species"]["url"]),
        species_name=_name(document["species"]),
        is_default=_flag(document["is_default"]),
        type_ids=tuple(number_in(entry["type"]["url"]) for entry in types),
        type_names=tuple(_name(entry["type"]) for entry in types),
        stats={
            _name(entry["stat"]): _integer(entry["base_stat"])
            for entry in _list(document["stats"], MAX_STATS)
        },
        abilities=tuple(
            Ability(_name(entry["ability"]), _integer(entry["slot"]), _flag(entry["is_hidden"]))
            for entry in _list(document["abilities"], MAX_ABILITIES)
        ),
        height=_or_none(_integer, document["height"]),
        weight=_or_none(_integer, document["weight"]),
        base_experience=_or_none(_integer, document["base_experience"]),
        sprite_url=_or_none(_sprite_url, document["sprites"]["front_default"]),
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
        double_damage_from=_type_names(relations["double_damage_from"]),
        half_damage_from=_type_names(relations["half_damage_from"]),
        no_damage_from=_type_names(relations["no_damage_from"]),
        pokemon=_references(entry["pokemon"] for entry in _list(document["pokemon"], MAX_REFERENCES)),
    )


def generation(document: Json) -> Generation:
    species = _references(_list(document["pokemon_species"], MAX_REFERENCES))
    return Generation(
        id=_integer(document["id"]),
        name=_text(document["name"]),
        species_ids=frozenset(reference.id for reference in species),
        species_names=frozenset(reference.name for reference in species),
    )


def names(document: Json, most: int = MAX_REFERENCES) -> dict[str, int]:
    """The ids in a list, by name."""
    return {reference.name: reference.id for reference in _references(_list(document["results"], most))}


def number_in(url: str) -> int:
    """The id at the end of a document's URL."""
    number = _of_type(str, url).rstrip("/").rpartition("/")[2]
    if not (number.isascii() and number.isdecimal() and len(number) <= MAX_DIGITS):
        raise ValueError("the URL does not end with an id")
    return int(number)


def _references(entries: Iterable[Json]) -> tuple[PokemonRef, ...]:
    """The ids and names of links, each of which must be unique."""
    references = tuple(PokemonRef(number_in(entry["url"]), _name(entry)) for entry in entries)
    if not len({ref.id for ref in references}) == len({ref.name for ref in references}) == len(references):
        raise ValueError("an id or a name occurs twice")
    return references


def _type_names(entries: Json) -> tuple[str, ...]:
    return tuple(_name(entry) for entry in _list(entries, MAX_RELATED_TYPES))


def _name(entry: Json) -> str:
    return _text(entry["name"])


def _or_none[T](parse: Callable[[Json], T | None], value: Json) -> T | None:
    return None if value is None else parse(value)


def _text(value: Json) -> str:
    text = _of_type(str, value)
    if len(text) > MAX_NAME_LENGTH or not NAME.fullmatch(text):
        raise ValueError("not a name")
    return text


def _sprite_url(value: Json) -> str | None:
    """None for any other URL: browsers load it."""
    url = _of_type(str, value)
    return url if len(url) <= MAX_SPRITE_LENGTH and SPRITE.fullmatch(url) else None


def _flag(value: Json) -> bool:
    return _of_type(bool, value)


def _integer(value: Json) -> int:
    number = _of_type(int, value)
    if not 0 <= number <= MAX_NUMBER:
        raise ValueError("the number is out of range")
    return number


def _list(value: Json, most: int) -> list[Json]:
    entries: list[Json] = _of_type(list, value)
    if len(entries) > most:
        raise ValueError("the list is too long")
    return entries


def _of_type[T](expected: type[T], value: Json) -> T:
    if type(value) is not expected:
        raise TypeError(f"expected {expected.__name__}, found {type(value).__name__}")
    return value
