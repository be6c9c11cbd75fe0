"""The names a report can be asked by, and how many Pokémon stand behind each."""

from collections.abc import Collection, Iterable

from domain.pokedex import Generation, PokemonRef, PokemonType
from domain.selection import population


def unknown_name(kind: str, name: str, known: Iterable[str]) -> str:
    """The fault of a name that is not there, with those that are."""
    return f"There is no {kind} {name!r}. There are: {', '.join(known)}."


def type_counts(
    types: Iterable[PokemonType],
    generation: Generation | None,
    species_names: frozenset[str],
    *,
    include_forms: bool,
) -> dict[str, int]:
    """How many Pokémon a report of each type, with these filters, would be about."""
    return {
        one.name: len(
            population(
                one.pokemon, generation=generation, species_names=species_names, include_forms=include_forms
            )
        )
        for one in types
    }


def generation_counts(
    generations: Iterable[Generation],
    candidates: Collection[PokemonRef],
    species_names: frozenset[str],
    *,
    include_forms: bool,
) -> dict[str, int]:
    """How many of the candidates a report of each generation would be about."""
    return {
        generation.name: len(
            population(
                candidates, generation=generation, species_names=species_names, include_forms=include_forms
            )
        )
        for generation in generations
    }
