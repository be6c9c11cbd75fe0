from dataclasses import replace
from typing import Any

import pytest

from domain.columns import COLUMNS, Document, Facts, Value, documents_needed, read_row
from domain.pokedex import Ability

from .builders import ELECTRIC, FLYING, ZAPDOS, ZAPDOS_SPECIES

ZAPDOS_FACTS = Facts(ZAPDOS, ZAPDOS_SPECIES, (ELECTRIC, FLYING))
ALL_NULL = Facts(
    replace(
        ZAPDOS,
        type_ids=(),
        type_names=(),
        stats={},
        abilities=(),
        height=None,
        weight=None,
        base_experience=None,
        sprite_url=None,
    ),
    replace(
        ZAPDOS_SPECIES,
        color=None,
        habitat=None,
        shape=None,
        capture_rate=None,
        evolves_from=None,
    ),
)


def read(name: str, facts: Facts) -> Value:
    return COLUMNS[name].read(facts)


def test_every_column_of_a_pokemon_is_read_in_the_documented_order() -> None:
    row = dict(zip(COLUMNS, read_row(ZAPDOS_FACTS, COLUMNS), strict=True))

    expected = {
        "id": 145,
        "name": "zapdos",
        "species": "zapdos",
        "generation": "generation-i",
        "types": ("electric", "flying"),
        "hp": 90,
        "attack": 90,
        "defense": 85,
        "special_attack": 125,
        "special_defense": 90,
        "speed": 100,
        "base_stat_total": 580,
        "abilities": ["pressure"],
        "hidden_ability": "static",
        "weak_to": ("ice", "rock"),
        "resists": ("bug", "fighting", "flying", "grass", "steel"),
        "immune_to": ("ground",),
        "height_m": 1.6,
        "weight_kg": 52.6,
        "base_experience": 261,
        "capture_rate": 3,
        "color": "yellow",
        "habitat": "rare",
        "shape": "wings",
        "is_default": True,
        "is_legendary": True,
        "is_mythical": False,
        "is_baby": False,
        "evolves_from": None,
        "sprite_url": "https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/145.png",
    }
    assert list(row.items()) == list(expected.items())


@pytest.mark.parametrize("flag", ["is_legendary", "is_mythical", "is_baby"])
def test_each_flag_of_a_species_is_read_from_its_own_field(flag: str) -> None:
    flags: dict[str, Any] = {"is_legendary": False, "is_mythical": False, "is_baby": False, flag: True}

    values = read_row(Facts(ZAPDOS, replace(ZAPDOS_SPECIES, **flags)), flags)

    assert values == list(flags.values())


def test_name_and_evolves_from_differ_from_the_species_name() -> None:
    charizard = Facts(
        replace(ZAPDOS, name="charizard-gmax", species_name="charizard", is_default=False),
        replace(ZAPDOS_SPECIES, evolves_from="charmeleon"),
    )

    row = read_row(charizard, ["name", "species", "is_default", "evolves_from"])

    assert row == ["charizard-gmax", "charizard", False, "charmeleon"]


@pytest.mark.parametrize(
    "name",
    [
        "hp",
        "attack",
        "defense",
        "special_attack",
        "special_defense",
        "speed",
        "base_stat_total",
        "hidden_ability",
        "height_m",
        "weight_kg",
        "base_experience",
        "capture_rate",
        "color",
        "habitat",
        "shape",
        "evolves_from",
        "sprite_url",
    ],
)
def test_a_null_value_of_pokeapi_is_none(name: str) -> None:
    assert read(name, ALL_NULL) is None


@pytest.mark.parametrize("name", ["types", "abilities", "weak_to", "resists", "immune_to"])
def test_a_list_without_values_is_empty(name: str) -> None:
    value = read(name, ALL_NULL)

    assert isinstance(value, list | tuple)
    assert len(value) == 0


def test_a_height_of_zero_is_not_none() -> None:
    assert read("height_m", Facts(replace(ZAPDOS, height=0))) == 0


def test_height_is_in_meters_and_weight_in_kilograms() -> None:
    assert read_row(Facts(replace(ZAPDOS, height=3, weight=1)), ["height_m", "weight_kg"]) == [0.3, 0.1]


def test_abilities_are_sorted_by_slot_without_the_hidden_one() -> None:
    abilities = (
        Ability("analytic", 3, is_hidden=True),
        Ability("download", 2, is_hidden=False),
        Ability("adaptability", 1, is_hidden=False),
    )
    porygon_z = Facts(replace(ZAPDOS, abilities=abilities))

    assert read("abilities", porygon_z) == ["adaptability", "download"]
    assert read("hidden_ability", porygon_z) == "analytic"


def test_a_pokemon_can_have_no_hidden_ability() -> None:
    rotom = Facts(replace(ZAPDOS, abilities=(Ability("levitate", 1, is_hidden=False),)))

    assert read("hidden_ability", rotom) is None


def test_a_row_has_the_requested_columns_in_their_order() -> None:
    assert read_row(Facts(ZAPDOS), ["speed", "name", "id"]) == [100, "zapdos", 145]


def test_columns_of_the_pokemon_itself_need_no_other_document() -> None:
    assert documents_needed(["id", "types", "abilities", "height_m", "is_default"]) == frozenset()


def test_each_column_names_the_document_it_needs() -> None:
    assert documents_needed(["habitat"]) == {Document.SPECIES}
    assert documents_needed(["immune_to"]) == {Document.TYPES}
    assert documents_needed(COLUMNS) == {Document.SPECIES, Document.TYPES}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_read_from_the_documents_it_names_and_no_other(name: str) -> None:
    needs = documents_needed([name])
    facts = Facts(
        ZAPDOS,
        ZAPDOS_SPECIES if Document.SPECIES in needs else None,
        (ELECTRIC, FLYING) if Document.TYPES in needs else (),
    )

    assert read(name, facts) == read(name, ZAPDOS_FACTS)


def test_a_column_without_its_species_raises_an_error_with_its_name() -> None:
    with pytest.raises(AssertionError, match="habitat was read without its species"):
        read("habitat", Facts(ZAPDOS))


@pytest.mark.parametrize("name", COLUMNS)
def test_a_columns_type_is_that_of_its_values(name: str) -> None:
    python_types = {
        "integer": (int,),
        "number": (float,),
        "boolean": (bool,),
        "string": (str,),
        "list": (list, tuple),
    }
    facts = replace(ZAPDOS_FACTS, species=replace(ZAPDOS_SPECIES, evolves_from="articuno"))

    assert type(read(name, facts)) in python_types[COLUMNS[name].type]
