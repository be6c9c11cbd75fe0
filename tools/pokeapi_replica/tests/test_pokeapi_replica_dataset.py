"""The dataset, its files, and the documents generated from it."""

import json
from pathlib import Path

import pytest

from pokeapi_replica import dataset
from pokeapi_replica.dataset_index import DatasetIndex
from pokeapi_replica.documents import Documents

BASE = "http://pokeapi.test/api/v2"


@pytest.fixture(scope="module")
def documents() -> Documents:
    return Documents(DatasetIndex(dataset.load()), BASE)


def _names(links: list[dict[str, str]]) -> list[str]:
    return [link["name"] for link in links]


def test_the_dataset_has_every_row_of_the_snapshot() -> None:
    data = dataset.load()
    assert len(data.pokemon) == 1351
    assert len(data.species) == 1025
    assert len(data.abilities) == 373
    assert len(data.types) == 21
    assert len(data.generations) == 9


def test_the_dataset_has_the_live_nulls(documents: Documents) -> None:
    pokemon = [documents.item("pokemon", number) for number in documents.index.pokemon]
    species = [documents.item("pokemon-species", number) for number in documents.index.species]
    assert sum(document["abilities"] == [] for document in pokemon) == 14
    assert sum(document["sprites"]["front_default"] is None for document in pokemon) == 11
    assert sum(document["base_experience"] is None for document in pokemon) == 49
    assert sum(document["habitat"] is None for document in species) == 639


def test_a_default_pokemon_has_the_id_of_its_species() -> None:
    for pokemon in dataset.load().pokemon:
        assert pokemon.is_default == (pokemon.id <= 10_000) == (pokemon.id == pokemon.species)


def test_the_dataset_is_small_and_includes_its_license() -> None:
    assert sum(path.stat().st_size for path in dataset.DATA.iterdir()) < 500_000
    assert "PokéAPI contributors" in (dataset.DATA / "LICENSE-PokeAPI.txt").read_text("utf-8")
    assert "snapshot of 2026-08-08" in (dataset.DATA / "README.md").read_text("utf-8")


def test_saving_the_loaded_dataset_writes_the_same_bytes(tmp_path: Path) -> None:
    dataset.save(dataset.load(), tmp_path)
    for path in dataset.DATA.glob("*.jsonl"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_every_table_is_sorted_by_id() -> None:
    for path in dataset.DATA.glob("*.jsonl"):
        columns, *rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        keys = [row[: columns.index("id") + 1] for row in rows]
        assert keys == sorted(keys)


def test_a_pokemon_document_has_the_live_shape(documents: Documents) -> None:
    document = documents.item("pokemon", 25)
    assert document["abilities"] == [
        {"ability": {"name": "static", "url": f"{BASE}/ability/9/"}, "is_hidden": False, "slot": 1},
        {"ability": {"name": "lightning-rod", "url": f"{BASE}/ability/31/"}, "is_hidden": True, "slot": 3},
    ]
    assert document["types"] == [{"slot": 1, "type": {"name": "electric", "url": f"{BASE}/type/13/"}}]
    assert document["stats"][5] == {
        "base_stat": 90,
        "effort": 2,
        "stat": {"name": "speed", "url": f"{BASE}/stat/6/"},
    }
    assert document["species"] == {"name": "pikachu", "url": f"{BASE}/pokemon-species/25/"}
    assert document["sprites"]["front_default"].endswith("/sprites/pokemon/25.png")
    assert (document["height"], document["weight"], document["base_experience"]) == (4, 60, 112)


def test_a_species_document_links_to_its_ancestor_and_all_its_varieties(documents: Documents) -> None:
    document = documents.item("pokemon-species", 25)
    assert document["evolves_from_species"] == {"name": "pichu", "url": f"{BASE}/pokemon-species/172/"}
    assert document["generation"] == {"name": "generation-i", "url": f"{BASE}/generation/1/"}
    assert document["habitat"] == {"name": "forest", "url": f"{BASE}/pokemon-habitat/2/"}
    assert [variety["is_default"] for variety in document["varieties"]] == [True] + [False] * 16


def test_a_type_document_has_damage_relations_in_both_directions(documents: Documents) -> None:
    relations = documents.item("type", 13)["damage_relations"]
    assert _names(relations["double_damage_from"]) == ["ground"]
    assert _names(relations["double_damage_to"]) == ["flying", "water"]
    assert _names(relations["half_damage_from"]) == ["flying", "steel", "electric"]
    assert _names(relations["no_damage_to"]) == ["ground"]


def test_a_generation_document_lists_its_species_in_the_live_order(documents: Documents) -> None:
    document = documents.item("generation", 1)
    assert _names(document["pokemon_species"])[:3] == ["bulbasaur", "charmander", "squirtle"]
    assert len(document["pokemon_species"]) == 151
    assert len(document["types"]) == 15
    assert document["main_region"] == {"name": "kanto", "url": f"{BASE}/region/1/"}


def test_an_ability_document_marks_hidden_abilities(documents: Documents) -> None:
    first = documents.item("ability", 1)["pokemon"][0]
    assert first == {"is_hidden": True, "pokemon": {"name": "gloom", "url": f"{BASE}/pokemon/44/"}, "slot": 3}


@pytest.mark.parametrize(
    ("offset", "limit", "following", "preceding"),
    [
        (0, 20, "?offset=20&limit=1", None),
        (5, 10, "?offset=15&limit=6", "?offset=0&limit=5"),
        (20, 20, None, "?offset=0&limit=20"),
        (0, 100_000, None, None),
    ],
)
def test_the_link_to_the_last_page_has_the_number_of_remaining_entries(
    documents: Documents, offset: int, limit: int, following: str | None, preceding: str | None
) -> None:
    page = documents.page("type", "/api/v2/type", offset, limit)
    assert page["count"] == 21
    assert page["next"] == (following and f"{BASE}/type{following}")
    assert page["previous"] == (preceding and f"{BASE}/type{preceding}")
