from typing import Any

import pytest

from adapters import pokeapi_documents as documents
from domain.pokedex import Ability, Generation, Pokemon, PokemonRef, PokemonType, Species
from tests.pokeapi_builders import BASE_URL, SPRITE, STATS, electric, link, zapdos, zapdos_species


def test_a_pokemon_is_parsed_with_its_types_by_slot() -> None:
    assert documents.pokemon(zapdos()) == Pokemon(
        id=145,
        name="zapdos",
        species_id=145,
        species_name="zapdos",
        is_default=True,
        type_ids=(13, 3),
        type_names=("electric", "flying"),
        stats=STATS,
        abilities=(Ability("pressure", 1, is_hidden=False), Ability("static", 3, is_hidden=True)),
        height=16,
        weight=526,
        base_experience=261,
        sprite_url=SPRITE,
    )


def test_the_species_of_a_form_comes_from_its_link_and_not_from_its_name() -> None:
    form = documents.pokemon(
        zapdos(
            id=10093,
            name="raticate-totem-alola",
            species=link("pokemon-species", 20, "raticate"),
            is_default=False,
        )
    )

    assert (form.species_id, form.species_name, form.is_default) == (20, "raticate", False)


def test_optional_fields_of_a_pokemon_can_be_null_or_empty() -> None:
    koraidon = documents.pokemon(
        zapdos(
            name="koraidon-limited-build",
            types=[],
            stats=[],
            abilities=[],
            height=None,
            weight=None,
            base_experience=None,
            sprites={"front_default": None},
        )
    )

    assert koraidon == Pokemon(
        id=145,
        name="koraidon-limited-build",
        species_id=145,
        species_name="zapdos",
        is_default=True,
        type_ids=(),
        type_names=(),
        stats={},
        abilities=(),
        height=None,
        weight=None,
        base_experience=None,
        sprite_url=None,
    )


def test_a_species_is_parsed() -> None:
    assert documents.species(zapdos_species()) == Species(
        id=145,
        name="zapdos",
        generation="generation-i",
        color="yellow",
        habitat="rare",
        shape="wings",
        capture_rate=3,
        is_legendary=True,
        is_mythical=False,
        is_baby=False,
        evolves_from=None,
    )


@pytest.mark.parametrize("flag", ["is_legendary", "is_mythical", "is_baby"])
def test_each_flag_of_a_species_is_parsed_from_its_own_field(flag: str) -> None:
    none = {"is_legendary": False, "is_mythical": False, "is_baby": False}
    species = documents.species(zapdos_species(**none | {flag: True}))

    assert {name: getattr(species, name) for name in none} == none | {flag: True}


def test_optional_fields_of_a_species_can_be_null() -> None:
    species = documents.species(zapdos_species(color=None, habitat=None, shape=None, capture_rate=None))

    assert (species.color, species.habitat, species.shape, species.capture_rate) == (None,) * 4


def test_a_species_has_the_name_of_the_species_it_evolves_from() -> None:
    charizard = zapdos_species(evolves_from_species=link("pokemon-species", 5, "charmeleon"))

    assert documents.species(charizard).evolves_from == "charmeleon"


def test_a_type_is_parsed_with_the_damage_it_takes_and_its_pokemon() -> None:
    assert documents.pokemon_type(electric()) == PokemonType(
        id=13,
        name="electric",
        double_damage_from=("ground",),
        half_damage_from=("flying", "steel"),
        no_damage_from=(),
        pokemon=(PokemonRef(25, "pikachu"), PokemonRef(10080, "pikachu-rock-star")),
    )


def test_immunities_are_parsed_from_no_damage_from() -> None:
    relations = {
        "double_damage_from": [],
        "half_damage_from": [],
        "no_damage_from": [link("type", 5, "ground")],
    }

    assert documents.pokemon_type(electric(damage_relations=relations)).no_damage_from == ("ground",)


def test_a_generation_is_parsed_with_its_species() -> None:
    document = {
        "id": 4,
        "name": "generation-iv",
        "pokemon_species": [
            link("pokemon-species", 474, "porygon-z"),
            link("pokemon-species", 479, "rotom"),
        ],
    }

    assert documents.generation(document) == Generation(
        id=4,
        name="generation-iv",
        species_ids=frozenset({474, 479}),
        species_names=frozenset({"porygon-z", "rotom"}),
    )


def test_a_list_is_parsed_as_ids_by_name_in_its_own_order() -> None:
    document = {"count": 2, "results": [link("type", 13, "electric"), link("type", 10001, "unknown")]}

    assert list(documents.names(document).items()) == [("electric", 13), ("unknown", 10001)]


@pytest.mark.parametrize(
    ("url", "number"),
    [
        (f"{BASE_URL}/pokemon/25/", 25),
        (f"{BASE_URL}/pokemon/10080", 10080),
        ("/api/v2/pokemon/25//", 25),
        ("25", 25),
    ],
)
def test_the_number_at_the_end_of_a_url_is_the_id(url: str, number: int) -> None:
    assert documents.number_in(url) == number


@pytest.mark.parametrize(
    "url",
    [
        "",
        f"{BASE_URL}/pokemon/pikachu/",
        f"{BASE_URL}/pokemon/25/?x=1",
        f"{BASE_URL}/pokemon/-25",
        f"{BASE_URL}/pokemon/+25",
        f"{BASE_URL}/pokemon/2_5",
        f"{BASE_URL}/pokemon/２５",
        f"{BASE_URL}/pokemon/25\n",
        f"{BASE_URL}/pokemon/{10**400}",
    ],
)
def test_a_url_without_an_id_at_its_end_raises_an_error(url: str) -> None:
    with pytest.raises(ValueError, match="does not end with an id"):
        documents.number_in(url)


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "zapdos",
        {},
        zapdos(types=None),
        zapdos(types=[{"slot": 1}]),
        zapdos(species=None),
        zapdos(species={"name": "zapdos", "url": "https://example.com/"}),
        zapdos(id="zapdos"),
        zapdos(stats=[{"base_stat": None, "stat": {"name": "hp"}}]),
        zapdos(abilities=[{"ability": None, "is_hidden": False, "slot": 1}]),
        zapdos(sprites=None),
        zapdos(sprites="none"),
        {key: value for key, value in zapdos().items() if key != "base_experience"},
        zapdos(height="16"),
        zapdos(base_experience={"a": 1}),
        zapdos(sprites={"front_default": 7}),
    ],
)
def test_a_document_of_another_shape_raises_an_error(document: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        documents.pokemon(document)


@pytest.mark.parametrize("document", [None, {}, {"results": None}, {"results": [{"name": "electric"}]}])
def test_a_list_of_another_shape_raises_an_error(document: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        documents.names(document)


@pytest.mark.parametrize("missing", list(zapdos_species()))
def test_a_species_without_one_of_its_fields_raises_an_error(missing: str) -> None:
    document = zapdos_species()
    del document[missing]

    with pytest.raises(KeyError, match=missing):
        documents.species(document)
