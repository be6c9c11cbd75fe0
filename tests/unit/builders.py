"""Small domain objects for the unit tests, with the values of real Pokémon where values matter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.pokedex import Ability, Generation, Pokemon, PokemonRef, PokemonType, Species
from domain.report import Report, ReportKey, ReportRequest, new_report

NOW = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
REPORT_ID = "0f000000000-0123456789abcdef"
REPORT_KEY = ReportKey("anonymous", REPORT_ID)


def pokemon_type(
    name: str,
    *,
    double: tuple[str, ...] = (),
    half: tuple[str, ...] = (),
    none: tuple[str, ...] = (),
) -> PokemonType:
    return PokemonType(
        id=1,
        name=name,
        double_damage_from=double,
        half_damage_from=half,
        no_damage_from=none,
        pokemon=(),
    )


ELECTRIC = pokemon_type("electric", double=("ground",), half=("flying", "steel", "electric"))
FIRE = pokemon_type(
    "fire",
    double=("ground", "rock", "water"),
    half=("bug", "steel", "fire", "grass", "ice", "fairy"),
)
FLYING = pokemon_type(
    "flying",
    double=("rock", "electric", "ice"),
    half=("fighting", "bug", "grass"),
    none=("ground",),
)
GHOST = pokemon_type("ghost", double=("ghost", "dark"), half=("poison", "bug"), none=("normal", "fighting"))
NORMAL = pokemon_type("normal", double=("fighting",), none=("ghost",))

ZAPDOS = Pokemon(
    id=145,
    name="zapdos",
    species_id=145,
    species_name="zapdos",
    is_default=True,
    type_ids=(13, 3),
    type_names=("electric", "flying"),
    stats={
        "hp": 90,
        "attack": 90,
        "defense": 85,
        "special-attack": 125,
        "special-defense": 90,
        "speed": 100,
    },
    abilities=(Ability("pressure", 1, is_hidden=False), Ability("static", 3, is_hidden=True)),
    height=16,
    weight=526,
    base_experience=261,
    sprite_url="https://raw.githubusercontent.com/PokeAPI/sprites/master/sprites/pokemon/145.png",
)
ZAPDOS_SPECIES = Species(
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


def refs(count: int, *, first: int = 1) -> tuple[PokemonRef, ...]:
    return tuple(PokemonRef(number, f"pokemon-{number}") for number in range(first, first + count))


def generation(name: str, species: dict[str, int]) -> Generation:
    return Generation(
        id=1, name=name, species_ids=frozenset(species.values()), species_names=frozenset(species)
    )


def report_request(**changes: Any) -> ReportRequest:
    plain = ReportRequest(
        type="electric",
        generation=None,
        include_forms=True,
        sample_size=None,
        seed=7,
        columns=("id", "name"),
    )
    return replace(plain, **changes)


def report(**changes: Any) -> Report:
    plain = new_report(REPORT_ID, "anonymous", report_request(), NOW, retention=timedelta(days=30))
    return replace(plain, **changes)
