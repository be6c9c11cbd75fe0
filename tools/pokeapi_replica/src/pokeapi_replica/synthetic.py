"""A catalogue of any size, made by repeating the real facts under new ids and names.

For load beyond the 1,351 Pokémon there are. What clients rely on stays true at every size: a default Pokémon
has its species' id, at most 10,000; every other form has an id above 10,000 and names an existing species;
types, abilities, generations and varieties count what there is. A catalogue of the real size is the real one.
"""

import itertools
from dataclasses import replace

from pokeapi_replica.facts import Facts, Generation, Pokemon, Species

FIRST_FORM = 10_001
LARGEST = 1_000_000


def repeat(real: Facts, count: int) -> Facts:
    """Facts of `count` Pokémon: every species with its forms, then a second copy (`pikachu-copy-2`), ...

    Once another copy of all species would pass id 10,000 (about 12,000 Pokémon), further copies are forms of
    the species there are. A species whose ancestor is beyond the end of the catalogue has none.
    """
    numbers = _Numbers(real)
    order = sorted(real.pokemon, key=lambda pokemon: (pokemon.species, not pokemon.is_default, pokemon.id))
    copies = ((copy, pokemon) for copy in itertools.count() for pokemon in order)
    chosen = list(itertools.islice(copies, count))
    defaults = [(copy, pokemon) for copy, pokemon in chosen if pokemon.is_default and copy < numbers.copies]
    forms = [(copy, pokemon) for copy, pokemon in chosen if not pokemon.is_default or copy >= numbers.copies]
    forms.sort(key=lambda form: (form[0], form[1].id))
    kept = {numbers.species(copy, pokemon.species): (copy, pokemon.species) for copy, pokemon in defaults}
    ids = set(kept)
    species = {thing.id: thing for thing in real.species}
    return replace(
        real,
        pokemon=tuple(
            [
                _pokemon(pokemon, copy, numbers, numbers.species(copy, pokemon.species))
                for copy, pokemon in defaults
            ]
            + [
                _pokemon(pokemon, copy, numbers, number)
                for number, (copy, pokemon) in enumerate(forms, FIRST_FORM)
            ]
        ),
        species=tuple(_species(species[number], copy, numbers, ids) for copy, number in kept.values()),
        generations=tuple(_generation(generation, numbers, ids) for generation in real.generations),
    )


class _Numbers:
    """The ids of species in the copies: copy after copy, without gaps."""

    def __init__(self, real: Facts) -> None:
        self._places = {species.id: place for place, species in enumerate(real.species, 1)}
        self.copies = (FIRST_FORM - 1) // len(self._places)

    def species(self, copy: int, number: int) -> int:
        return copy % self.copies * len(self._places) + self._places[number]


def _name(name: str, copy: int) -> str:
    return name if copy == 0 else f"{name}-copy-{copy + 1}"


def _pokemon(pokemon: Pokemon, copy: int, numbers: _Numbers, number: int) -> Pokemon:
    return replace(
        pokemon,
        id=number,
        name=_name(pokemon.name, copy),
        is_default=number < FIRST_FORM,
        species=numbers.species(copy, pokemon.species),
    )


def _species(species: Species, copy: int, numbers: _Numbers, kept: set[int]) -> Species:
    ancestor = None if species.evolves_from is None else numbers.species(copy, species.evolves_from)
    return replace(
        species,
        id=numbers.species(copy, species.id),
        name=_name(species.name, copy),
        evolves_from=ancestor if ancestor in kept else None,
    )


def _generation(generation: Generation, numbers: _Numbers, kept: set[int]) -> Generation:
    copies = (
        numbers.species(copy, number) for copy in range(numbers.copies) for number in generation.species
    )
    return replace(generation, species=tuple(number for number in copies if number in kept))
