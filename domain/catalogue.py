"""The names a report can be asked by, and how many Pokémon stand behind each."""

from collections.abc import Collection, Iterable

from domain.pokedex import Generation, PokemonRef
from domain.selection import population


def unknown_name(kind: str, name: str, known: Iterable[str]) -> str:
    """The fault of a name that is not there, with those that are."""
    return f"There is no {kind} {name!r}. There are: {', '.join(known)}."


def pokemon_counts(
    generations: Iterable[Generation], everyone: Collection[PokemonRef], species_names: frozenset[str]
) -> dict[str, int]:
    """How many Pokémon, forms included, a report of each generation would be about."""
    return {
        generation.name: len(
            population(everyone, generation=generation, species_names=species_names, include_forms=True)
        )
        for generation in generations
    }
