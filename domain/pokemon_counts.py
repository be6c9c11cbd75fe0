"""The number of Pokémon of each type and of each generation."""

from collections.abc import Collection, Iterable

from domain.pokedex import Generation, PokemonRef, PokemonType
from domain.selection import population


def type_counts(
    types: Iterable[PokemonType],
    generation: Generation | None,
    species_names: frozenset[str],
    *,
    include_forms: bool,
) -> dict[str, int]:
    """The number of Pokémon that a report of each type has with these filters."""
    return {
        type_.name: len(
            population(
                type_.pokemon, generation=generation, species_names=species_names, include_forms=include_forms
            )
        )
        for type_ in types
    }


def generation_counts(
    generations: Iterable[Generation],
    candidates: Collection[PokemonRef],
    species_names: frozenset[str],
    *,
    include_forms: bool,
) -> dict[str, int]:
    """The number of candidates that a report of each generation has."""
    return {
        generation.name: len(
            population(
                candidates, generation=generation, species_names=species_names, include_forms=include_forms
            )
        )
        for generation in generations
    }
