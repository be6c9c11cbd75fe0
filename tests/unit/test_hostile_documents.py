"""Documents of the right shape whose values PokéAPI would not send."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters import pokeapi_documents as documents
from tests.pokeapi_builders import electric, link, zapdos, zapdos_species

NAMED: dict[str, tuple[Callable[[Any], object], Callable[[str], Any]]] = {
    "pokemon": (documents.pokemon, lambda name: zapdos(name=name)),
    "species of a pokemon": (
        documents.pokemon,
        lambda name: zapdos(species=link("pokemon-species", 145, name)),
    ),
    "own type": (documents.pokemon, lambda name: zapdos(types=[{"slot": 1, "type": link("type", 1, name)}])),
    "ability": (
        documents.pokemon,
        lambda name: zapdos(abilities=[{"ability": link("ability", 1, name), "slot": 1, "is_hidden": False}]),
    ),
    "statistic": (
        documents.pokemon,
        lambda name: zapdos(stats=[{"base_stat": 1, "stat": link("stat", 1, name)}]),
    ),
    "species": (documents.species, lambda name: zapdos_species(name=name)),
    "generation of a species": (
        documents.species,
        lambda name: zapdos_species(generation=link("generation", 1, name)),
    ),
    "color": (documents.species, lambda name: zapdos_species(color=link("pokemon-color", 1, name))),
    "habitat": (documents.species, lambda name: zapdos_species(habitat=link("pokemon-habitat", 1, name))),
    "shape": (documents.species, lambda name: zapdos_species(shape=link("pokemon-shape", 1, name))),
    "ancestor": (
        documents.species,
        lambda name: zapdos_species(evolves_from_species=link("pokemon-species", 1, name)),
    ),
    "type": (documents.pokemon_type, lambda name: electric(name=name)),
    "related type": (
        documents.pokemon_type,
        lambda name: electric(
            damage_relations={
                "double_damage_from": [link("type", 5, name)],
                "half_damage_from": [],
                "no_damage_from": [],
            }
        ),
    ),
    "pokemon of a type": (
        documents.pokemon_type,
        lambda name: electric(pokemon=[{"slot": 1, "pokemon": link("pokemon", 25, name)}]),
    ),
    "generation": (
        documents.generation,
        lambda name: {"id": 1, "name": name, "pokemon_species": []},
    ),
    "entry of a list": (documents.names, lambda name: {"results": [link("pokemon", 25, name)]}),
}
"""Each place of a name, with its parser."""


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Zapdos",
        "zapdos ",
        "-zapdos",
        "zapdos-",
        "mr--mime",
        "=1+1",
        "@sum",
        "a;=1",
        "a,b",
        "a|b",
        'a"b',
        "<b>",
        "a/b",
        "zapdos\n",
        "zap\0dos",
        "\t=1",
        "\x0b=1",
        "\xa0=1",
        "\u200b=1",
        "\u202ezapdos",
        "\ufeffzapdos",
        "\ud800",
        "flabébé",
        "２５",
        "z" * 101,
    ],
)
@pytest.mark.parametrize("parse", NAMED)
def test_a_name_unlike_those_of_pokeapi_raises_an_error(parse: str, name: str) -> None:
    read, document = NAMED[parse]
    with pytest.raises(ValueError, match="not a name"):
        read(document(name))


@pytest.mark.parametrize(
    "name", ["zapdos", "mr-mime-galar", "porygon-z", "type-null", "zygarde-10", "z" * 100]
)
@pytest.mark.parametrize("parse", NAMED)
def test_names_of_the_form_of_pokeapis_names_are_accepted(parse: str, name: str) -> None:
    read, document = NAMED[parse]
    assert name in str(read(document(name)))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/.auth/logout?post_logout_redirect_uri=/",
        "javascript:alert(1)",
        "https://attacker.example/145.png",
        "http://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/145.png",
        "https://raw.githubusercontent.com@attacker.example/PokeAPI/sprites/master/145.png",
        "https://raw.githubusercontent.com/PokeAPI/sprites/../../attacker/x/master/145.png",
        "https://raw.githubusercontent.com/PokeAPI/sprites/%2e%2e/%2e%2e/attacker/x/145.png",
        "https://raw.githubusercontent.com/PokeAPI/pokeapi/master/145.png",
        "https://raw.githubusercontent.com/PokeAPI/sprites/master/145.png?x=1",
        "https://raw.githubusercontent.com/PokeAPI/sprites/master/145.png\n",
        "https://raw.githubusercontent.com/PokeAPI/sprites/master/145.svg",
        f"https://raw.githubusercontent.com/PokeAPI/sprites/{'a' * 200}.png",
    ],
)
def test_only_a_url_of_pokeapis_sprites_is_a_sprite(url: str) -> None:
    assert documents.pokemon(zapdos(sprites={"front_default": url})).sprite_url is None


@pytest.mark.parametrize(
    "changes",
    [
        {"id": -1},
        {"height": 10**400},
        {"weight": 2**31},
        {"base_experience": -1},
        {"stats": [{"base_stat": 10**400, "stat": link("stat", 1, "hp")}]},
        {"types": [{"slot": 1, "type": link("type", 3, "flying")}] * 9},
        {"stats": [{"base_stat": 1, "stat": link("stat", 1, "hp")}] * 33},
        {"abilities": [{"ability": link("ability", 9, "static"), "is_hidden": True, "slot": 3}] * 33},
        {"abilities": {}},
    ],
)
def test_numbers_and_lists_beyond_those_of_pokeapi_raise_an_error(changes: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        documents.pokemon(zapdos(**changes))


@pytest.mark.parametrize(
    "twice",
    [
        [link("pokemon", 25, "pikachu"), link("pokemon", 25, "raichu")],
        [link("pokemon", 25, "pikachu"), link("pokemon", 26, "pikachu")],
    ],
)
def test_an_id_or_a_name_that_occurs_twice_raises_an_error(twice: list[dict[str, str]]) -> None:
    with pytest.raises(ValueError, match="occurs twice"):
        documents.names({"results": twice})
    with pytest.raises(ValueError, match="occurs twice"):
        documents.pokemon_type(electric(pokemon=[{"slot": 1, "pokemon": entry} for entry in twice]))
    with pytest.raises(ValueError, match="occurs twice"):
        documents.generation({"id": 1, "name": "generation-i", "pokemon_species": twice})


def test_a_list_that_is_longer_than_requested_raises_an_error() -> None:
    entries = [link("type", number, f"type-{number}") for number in range(1, 4)]
    assert len(documents.names({"results": entries}, most=3)) == 3
    with pytest.raises(ValueError, match="too long"):
        documents.names({"results": entries}, most=2)
