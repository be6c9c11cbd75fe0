"""Which Pokémon a report is about: the population, the sample, and their division into shards."""

import math
import random
from collections.abc import Iterable, Sequence
from itertools import batched

from domain.pokedex import Generation, PokemonRef

PROGRESS_UPDATES = 25
"""About how often the progress of a report is written, however large it is."""


def population(
    candidates: Iterable[PokemonRef],
    *,
    generation: Generation | None,
    species_names: frozenset[str],
    include_forms: bool,
) -> list[PokemonRef]:
    """The candidates that meet the filters, by id; ``species_names`` are all there are."""
    chosen = set(candidates)
    if not include_forms:
        chosen = {pokemon for pokemon in chosen if pokemon.is_default}
    if generation is not None:
        chosen = {pokemon for pokemon in chosen if _is_of_generation(pokemon, generation, species_names)}
    return sorted(chosen, key=lambda pokemon: pokemon.id)


def _is_of_generation(pokemon: PokemonRef, generation: Generation, species_names: frozenset[str]) -> bool:
    if pokemon.is_default:
        return pokemon.id in generation.species_ids
    return species_of_form(pokemon.name, species_names) in generation.species_names


def species_of_form(form_name: str, species_names: frozenset[str]) -> str | None:
    """The longest species name that a form's name starts with: "mr-mime-galar" is a "mr-mime".

    PokéAPI names forms so, which tells from two lists what would otherwise take a document for
    each species. It holds for all 1,351 Pokémon of August 2026.
    """
    parts = form_name.split("-")
    prefixes = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((prefix for prefix in prefixes if prefix in species_names), None)


def sample(pokemon: Sequence[PokemonRef], size: int | None, seed: int) -> list[PokemonRef]:
    """``size`` of them at random, or all where there are no more, by id.

    The same seed and population give the same sample.
    """
    if size is None or size >= len(pokemon):
        return sorted(pokemon, key=lambda one: one.id)
    by_id = {one.id: one for one in pokemon}
    ids = random.Random(seed).sample(sorted(by_id), size)  # noqa: S311 - reproducible, not secret
    return [by_id[chosen] for chosen in sorted(ids)]


def split(pokemon: Sequence[PokemonRef], size: int) -> list[tuple[PokemonRef, ...]]:
    """Consecutive groups of at most ``size``: the shards of a report, the batches of a shard."""
    return list(batched(pokemon, size, strict=False))


def progress_step(total: int) -> int:
    """How many Pokémon to finish between two progress updates."""
    return max(1, math.ceil(total / PROGRESS_UPDATES))
