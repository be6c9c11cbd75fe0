import json
import time
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from adapters import pokeapi_cache, pokeapi_table
from adapters.pokeapi_cache import CacheEntry, DocumentCache
from adapters.pokeapi_catalog import GENERATION, POKEMON, SPECIES, TYPE
from adapters.pokeapi_table import DOCUMENTS_PER_ROW, row_of
from domain import pokedex
from domain.pokedex import Generation, PokemonRef
from tests.unit.builders import ELECTRIC, ZAPDOS, ZAPDOS_SPECIES

TYPE_WITH_POKEMON = pokedex.PokemonType(
    **{field.name: getattr(ELECTRIC, field.name) for field in fields(ELECTRIC)}
    | {"pokemon": (PokemonRef(25, "pikachu"),)}
)


@pytest.mark.parametrize(
    ("resource", "value"),
    [
        (POKEMON, ZAPDOS),
        (SPECIES, ZAPDOS_SPECIES),
        (TYPE, TYPE_WITH_POKEMON),
        (GENERATION, Generation(1, "generation-i", frozenset({25}), frozenset({"pikachu"}))),
    ],
)
@pytest.mark.parametrize("etag", ['W/"19a2-abc"', '"strong"', None])
def test_an_entry_is_unpacked_as_it_was_packed(resource: Any, value: Any, etag: str | None) -> None:
    entry = CacheEntry(value, etag, 1_800_000_000.5)
    assert resource.unpack(resource.pack(entry)) == entry


def packed(**changes: Any) -> bytes:
    plain = json.loads(zlib.decompress(POKEMON.pack(CacheEntry(ZAPDOS, None, 0))))
    value = plain["value"] | changes.pop("value", {})
    return zlib.compress(json.dumps(plain | {"value": value} | changes).encode())


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
        POKEMON.pack(CacheEntry(ZAPDOS, None, 0))[:-8],
        SPECIES.pack(CacheEntry(ZAPDOS_SPECIES, None, 0)),
        packed(value={"height": "16"}),
        packed(value={"id": True}),
        packed(value={"stats": None}),
        packed(value={"types": [["electric"]], "abilities": [{"name": "static"}]}),
        packed(fresh_until="soon"),
        packed(etag="not an etag"),
        packed(etag='"two"\r\nlines: "1"'),
    ],
)
def test_anything_else_is_not_unpacked(content: Any) -> None:
    assert POKEMON.unpack(packed()) is not None
    assert POKEMON.unpack(content) is None


def test_the_version_of_the_table_changes_with_the_code_that_defines_an_entry(tmp_path: Path) -> None:
    model, parser = tmp_path / "model.py", tmp_path / "parser.py"
    model.write_text("height: int")
    parser.write_text("height in decimeters")
    version = pokeapi_table.hash_of_files(str(model), str(parser))
    assert pokeapi_table.hash_of_files(str(model), str(parser)) == version
    parser.write_text("height in meters")
    assert pokeapi_table.hash_of_files(str(model), str(parser)) != version


def test_consecutive_documents_share_a_row_and_resources_do_not() -> None:
    numbers = range(DOCUMENTS_PER_ROW, 2 * DOCUMENTS_PER_ROW)
    assert len({row_of("pokemon", number) for number in numbers}) == 1
    others = {
        row_of("pokemon", DOCUMENTS_PER_ROW - 1),
        row_of("pokemon", 2 * DOCUMENTS_PER_ROW),
        row_of("type", DOCUMENTS_PER_ROW),
    }
    assert row_of("pokemon", DOCUMENTS_PER_ROW) not in others
    assert len(others) == 3


def test_memory_holds_a_limited_number_of_the_last_used_rows() -> None:
    cache = DocumentCache()
    entry = CacheEntry(ZAPDOS, None, time.time() + 60)
    numbers = range(1, 54_041)
    for number in numbers:
        cache.put(POKEMON, number, entry)
    held = [number for number in numbers if cache.peek(POKEMON, number)]
    assert len(held) <= pokeapi_cache.MAX_ROWS * DOCUMENTS_PER_ROW
    assert held == list(numbers[-len(held) :])


def test_only_stored_documents_are_found() -> None:
    cache = DocumentCache()
    cache.put(POKEMON, 145, CacheEntry(ZAPDOS, None, 0))
    assert cache.get(POKEMON, 144) is None
    assert cache.get(SPECIES, 145) is None
    assert cache.peek(POKEMON, 1) is None
    cache.flush()
    found = cache.get(POKEMON, 145)
    assert found is not None
    assert not found.is_fresh
