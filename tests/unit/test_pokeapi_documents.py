from typing import Any

import pytest

from adapters import pokeapi_documents as documents
from domain.pokedex import Ability, Generation, Pokemon, PokemonRef, PokemonType, Species

BASE = "https://pokeapi.co/api/v2"
SPRITE = "https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/145.png"
STATS = {
    "hp": 90,
    "attack": 90,
    "defense": 85,
    "special-attack": 125,
    "special-defense": 90,
    "speed": 100,
}


def link(resource: str, number: int, name: str) -> dict[str, str]:
    return {"name": name, "url": f"{BASE}/{resource}/{number}/"}


def zapdos(**changes: Any) -> dict[str, Any]:
    return {
        "id": 145,
        "name": "zapdos",
        "species": link("pokemon-species", 145, "zapdos"),
        "is_default": True,
        "types": [
            {"slot": 2, "type": link("type", 3, "flying")},
            {"slot": 1, "type": link("type", 13, "electric")},
        ],
        "stats": [
            {"base_stat": value, "effort": 0, "stat": {"name": name, "url": f"{BASE}/stat/1/"}}
            for name, value in STATS.items()
        ],
        "abilities": [
            {"ability": link("ability", 46, "pressure"), "is_hidden": False, "slot": 1},
            {"ability": link("ability", 9, "static"), "is_hidden": True, "slot": 3},
        ],
        "height": 16,
        "weight": 526,
        "base_experience": 261,
        "sprites": {"front_default": SPRITE, "back_default": None},
    } | changes


def zapdos_species(**changes: Any) -> dict[str, Any]:
    return {
        "id": 145,
        "name": "zapdos",
        "generation": link("generation", 1, "generation-i"),
        "color": link("pokemon-color", 10, "yellow"),
        "habitat": link("pokemon-habitat", 5, "rare"),
        "shape": link("pokemon-shape", 9, "wings"),
        "capture_rate": 3,
        "is_legendary": True,
        "is_mythical": False,
        "is_baby": False,
        "evolves_from_species": None,
    } | changes


def electric(**changes: Any) -> dict[str, Any]:
    return {
        "id": 13,
        "name": "electric",
        "damage_relations": {
            "double_damage_from": [link("type", 5, "ground")],
            "double_damage_to": [link("type", 3, "flying"), link("type", 11, "water")],
            "half_damage_from": [link("type", 3, "flying"), link("type", 9, "steel")],
            "half_damage_to": [link("type", 12, "grass")],
            "no_damage_from": [],
            "no_damage_to": [link("type", 5, "ground")],
        },
        "pokemon": [
            {"slot": 1, "pokemon": link("pokemon", 25, "pikachu")},
            {"slot": 2, "pokemon": link("pokemon", 10080, "pikachu-rock-star")},
        ],
    } | changes


def test_a_pokemon_is_read_with_its_types_by_slot() -> None:
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


def test_a_forms_species_is_read_from_its_link_and_not_from_its_name() -> None:
    form = documents.pokemon(
        zapdos(
            id=10093,
            name="raticate-totem-alola",
            species=link("pokemon-species", 20, "raticate"),
            is_default=False,
        )
    )

    assert (form.species_id, form.species_name, form.is_default) == (20, "raticate", False)


def test_a_pokemon_may_lack_whatever_pokeapi_does_not_know() -> None:
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


def test_a_species_is_read() -> None:
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
def test_each_flag_of_a_species_is_its_own(flag: str) -> None:
    none = {"is_legendary": False, "is_mythical": False, "is_baby": False}
    species = documents.species(zapdos_species(**none | {flag: True}))

    assert {name: getattr(species, name) for name in none} == none | {flag: True}


def test_a_species_may_lack_whatever_pokeapi_does_not_know() -> None:
    species = documents.species(zapdos_species(color=None, habitat=None, shape=None, capture_rate=None))

    assert (species.color, species.habitat, species.shape, species.capture_rate) == (None,) * 4


def test_a_species_names_what_it_evolves_from() -> None:
    charizard = zapdos_species(evolves_from_species=link("pokemon-species", 5, "charmeleon"))

    assert documents.species(charizard).evolves_from == "charmeleon"


def test_a_type_is_read_with_the_damage_it_takes_and_its_pokemon() -> None:
    assert documents.pokemon_type(electric()) == PokemonType(
        id=13,
        name="electric",
        double_damage_from=("ground",),
        half_damage_from=("flying", "steel"),
        no_damage_from=(),
        pokemon=(PokemonRef(25, "pikachu"), PokemonRef(10080, "pikachu-rock-star")),
    )


def test_immunities_are_read_from_the_damage_that_is_not_taken() -> None:
    relations = {
        "double_damage_from": [],
        "half_damage_from": [],
        "no_damage_from": [link("type", 5, "ground")],
    }

    assert documents.pokemon_type(electric(damage_relations=relations)).no_damage_from == ("ground",)


def test_a_generation_is_read_with_its_species() -> None:
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


def test_a_list_gives_ids_by_name_in_its_own_order() -> None:
    document = {"count": 2, "results": [link("type", 13, "electric"), link("type", 10001, "unknown")]}

    assert list(documents.names(document).items()) == [("electric", 13), ("unknown", 10001)]


@pytest.mark.parametrize(
    ("url", "number"),
    [
        (f"{BASE}/pokemon/25/", 25),
        (f"{BASE}/pokemon/10080", 10080),
        ("/api/v2/pokemon/25//", 25),
        ("25", 25),
    ],
)
def test_the_number_at_the_end_of_a_url_is_the_id(url: str, number: int) -> None:
    assert documents.number_in(url) == number


@pytest.mark.parametrize("url", ["", f"{BASE}/pokemon/pikachu/", f"{BASE}/pokemon/25/?x=1"])
def test_a_url_without_a_number_at_its_end_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
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
def test_a_document_of_another_shape_is_refused(document: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        documents.pokemon(document)


@pytest.mark.parametrize("document", [None, {}, {"results": None}, {"results": [{"name": "electric"}]}])
def test_a_list_of_another_shape_is_refused(document: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        documents.names(document)


@pytest.mark.parametrize("missing", list(zapdos_species()))
def test_a_species_lacks_no_field(missing: str) -> None:
    document = zapdos_species()
    del document[missing]

    with pytest.raises(KeyError, match=missing):
        documents.species(document)
