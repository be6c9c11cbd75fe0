"""Selects the Pokémon of a report: the population, the sample, and the shards."""

import math
import random
from collections.abc import Iterable, Sequence
from itertools import batched

from domain.pokedex import Generation, PokemonRef

PROGRESS_UPDATES = 25
"""The approximate number of progress updates of a report, whatever its size."""


def population(
    candidates: Iterable[PokemonRef],
    *,
    generation: Generation | None,
    species_names: frozenset[str],
    include_forms: bool,
) -> list[PokemonRef]:
    """The candidates that match the filters, by id. ``species_names`` are the names of all species."""
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
    """The longest species name that a form's name starts with: "mr-mime-galar" is a form of "mr-mime".

    This naming rule makes two lists sufficient; otherwise one document per species would be needed. It holds
    for all 1,351 Pokémon of August 2026.
    """
    parts = form_name.split("-")
    prefixes = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((prefix for prefix in prefixes if prefix in species_names), None)


def sample(pokemon: Sequence[PokemonRef], size: int | None, seed: int) -> list[PokemonRef]:
    """A random sample by id, or the whole population if it is not larger than ``size`` or ``size`` is None.

    The same seed and population give the same sample.
    """
    if size is None or size >= len(pokemon):
        return sorted(pokemon, key=lambda ref: ref.id)
    by_id = {ref.id: ref for ref in pokemon}
    ids = random.Random(seed).sample(sorted(by_id), size)  # noqa: S311 - reproducible, not secret
    return [by_id[number] for number in sorted(ids)]


def split(pokemon: Sequence[PokemonRef], size: int) -> list[tuple[PokemonRef, ...]]:
    """Consecutive groups of at most ``size``: the shards of a report, the batches of a shard."""
    return list(batched(pokemon, size, strict=False))


def progress_step(total: int) -> int:
    """The number of Pokémon between two progress updates."""
    return max(1, math.ceil(total / PROGRESS_UPDATES))
