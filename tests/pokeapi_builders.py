"""PokéAPI documents as JSON, and settings of the client, for tests."""

from dataclasses import replace
from typing import Any

from adapters.settings import PokeApiSettings

BASE_URL = "https://pokeapi.co/api/v2"
SPRITE = "https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/145.png"
STATS = {
    "hp": 90,
    "attack": 90,
    "defense": 85,
    "special-attack": 125,
    "special-defense": 90,
    "speed": 100,
}


def pokeapi_settings(base_url: str, **changes: Any) -> PokeApiSettings:
    """Settings with short timeouts and two quick retries."""
    settings = PokeApiSettings(
        base_url=base_url,
        connections=8,
        connect_timeout_seconds=1,
        read_timeout_seconds=5,
        retries=2,
        backoff_seconds=0.01,
        pause_after_failures=20,
        pause_seconds=30,
    )
    return replace(settings, **changes)


def link(resource: str, number: int, name: str) -> dict[str, str]:
    return {"name": name, "url": f"{BASE_URL}/{resource}/{number}/"}


TYPE_LIST = {"results": [{"name": "fire", "url": "http://elsewhere.example/api/v2/type/10/"}]}


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
            {"base_stat": value, "effort": 0, "stat": {"name": name, "url": f"{BASE_URL}/stat/1/"}}
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
