import json
import time
import zlib
from dataclasses import fields
from typing import Any

import pytest

from adapters import pokeapi_cache, pokeapi_table
from adapters.pokeapi import GENERATION, POKEMON, SPECIES, TYPE
from adapters.pokeapi_cache import DocumentCache, Kept
from adapters.pokeapi_table import NEIGHBOURS, row_of
from domain import pokedex
from domain.pokedex import Generation, PokemonRef
from tests.unit.builders import ELECTRIC, ZAPDOS, ZAPDOS_SPECIES

TYPE_WITH_POKEMON = pokedex.PokemonType(
    **{field.name: getattr(ELECTRIC, field.name) for field in fields(ELECTRIC)}
    | {"pokemon": (PokemonRef(25, "pikachu"),)}
)


@pytest.mark.parametrize(
    ("resource", "facts"),
    [
        (POKEMON, ZAPDOS),
        (SPECIES, ZAPDOS_SPECIES),
        (TYPE, TYPE_WITH_POKEMON),
        (GENERATION, Generation(1, "generation-i", frozenset({25}), frozenset({"pikachu"}))),
    ],
)
@pytest.mark.parametrize("etag", ['W/"19a2-abc"', '"strong"', None])
def test_facts_come_back_as_they_were_packed(resource: Any, facts: Any, etag: str | None) -> None:
    kept = Kept(facts, etag, 1_800_000_000.5)
    assert resource.unpack(resource.pack(kept)) == kept


def packed(**changes: Any) -> bytes:
    plain = json.loads(zlib.decompress(POKEMON.pack(Kept(ZAPDOS, None, 0))))
    facts = plain["facts"] | changes.pop("facts", {})
    return zlib.compress(json.dumps(plain | {"facts": facts} | changes).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff",
        "a text",
        7,
        None,
        zlib.compress(b""),
        zlib.compress(b"{"),
        zlib.compress(b"[]"),
        zlib.compress(b"\xff\xfe"),
        POKEMON.pack(Kept(ZAPDOS, None, 0))[:-8],
        SPECIES.pack(Kept(ZAPDOS_SPECIES, None, 0)),
        packed(facts={"height": "16"}),
        packed(facts={"id": True}),
        packed(facts={"stats": None}),
        packed(facts={"types": [["electric"]], "abilities": [{"name": "static"}]}),
        packed(fresh_until="soon"),
        packed(etag="not an etag"),
        packed(etag='"two"\r\nlines: "1"'),
    ],
)
def test_anything_else_is_no_facts(content: Any) -> None:
    assert POKEMON.unpack(packed()) is not None
    assert POKEMON.unpack(content) is None


def test_a_change_of_the_facts_needs_another_version_of_the_table() -> None:
    """Where this fails: raise VERSION in adapters/pokeapi_table.py, and write down the new facts here."""
    named = [kind for kind in vars(pokedex).values() if isinstance(kind, type)]
    kinds = [kind for kind in named if kind.__module__ == pokedex.__name__]
    shape = {
        kind.__name__: [f"{name}: {type_}" for name, type_ in kind.__annotations__.items()] for kind in kinds
    }
    known = {
        2: {
            "PokemonRef": ["id: <class 'int'>", "name: <class 'str'>"],
            "Ability": ["name: <class 'str'>", "slot: <class 'int'>", "is_hidden: <class 'bool'>"],
            "Pokemon": [
                "id: <class 'int'>",
                "name: <class 'str'>",
                "species_id: <class 'int'>",
                "species_name: <class 'str'>",
                "is_default: <class 'bool'>",
                "type_ids: tuple[int, ...]",
                "type_names: tuple[str, ...]",
                "stats: dict[str, int]",
                "abilities: tuple[domain.pokedex.Ability, ...]",
                "height: int | None",
                "weight: int | None",
                "base_experience: int | None",
                "sprite_url: str | None",
            ],
            "Species": [
                "id: <class 'int'>",
                "name: <class 'str'>",
                "generation: <class 'str'>",
                "color: str | None",
                "habitat: str | None",
                "shape: str | None",
                "capture_rate: int | None",
                "is_legendary: <class 'bool'>",
                "is_mythical: <class 'bool'>",
                "is_baby: <class 'bool'>",
                "evolves_from: str | None",
            ],
            "PokemonType": [
                "id: <class 'int'>",
                "name: <class 'str'>",
                "double_damage_from: tuple[str, ...]",
                "half_damage_from: tuple[str, ...]",
                "no_damage_from: tuple[str, ...]",
                "pokemon: tuple[domain.pokedex.PokemonRef, ...]",
            ],
            "Generation": [
                "id: <class 'int'>",
                "name: <class 'str'>",
                "species_ids: frozenset[int]",
                "species_names: frozenset[str]",
            ],
        }
    }
    assert known[pokeapi_table.VERSION] == shape


def test_neighbours_share_a_row_and_rows_keep_apart() -> None:
    numbers = range(NEIGHBOURS, 2 * NEIGHBOURS)
    assert len({row_of("pokemon", number) for number in numbers}) == 1
    others = {
        row_of("pokemon", NEIGHBOURS - 1),
        row_of("pokemon", 2 * NEIGHBOURS),
        row_of("type", NEIGHBOURS),
    }
    assert row_of("pokemon", NEIGHBOURS) not in others
    assert len(others) == 3


def test_memory_holds_a_bounded_number_of_rows_and_the_last_used_of_them() -> None:
    cache = DocumentCache()
    kept = Kept(ZAPDOS, None, time.time() + 60)
    numbers = range(1, 54_041)
    for number in numbers:
        cache.keep(POKEMON, number, kept)
    held = [number for number in numbers if cache.recall(POKEMON, number)]
    assert len(held) <= pokeapi_cache.MAX_ROWS * NEIGHBOURS
    assert held == list(numbers[-len(held) :])


def test_what_is_not_kept_is_not_found() -> None:
    cache = DocumentCache()
    cache.keep(POKEMON, 145, Kept(ZAPDOS, None, 0))
    assert cache.find(POKEMON, 144) is None
    assert cache.find(SPECIES, 145) is None
    assert cache.recall(POKEMON, 1) is None
    cache.flush()
    found = cache.find(POKEMON, 145)
    assert found is not None
    assert not found.is_fresh
