"""Make a dataset of any size by repeating the real one with new ids and names.

It is for load tests beyond the 1,351 real Pokémon. Invariants that clients rely on hold at every size: a
default Pokémon has its species' id, which is at most 10,000; every other form has an id above 10,000 and
links to an existing species; types, abilities, generations and varieties list every Pokémon. A dataset of the
real size is the real one.
"""

import itertools
from dataclasses import replace

from pokeapi_replica.dataset import Dataset, Generation, Pokemon, Species

FIRST_FORM = 10_001
MAX_POKEMON = 1_000_000


def repeat(real: Dataset, count: int) -> Dataset:
    """Return `count` Pokémon: every species with its forms, then a second copy (`pikachu-copy-2`), and so on.

    When another copy of all species would exceed id 10,000 (about 12,000 Pokémon), further copies are forms
    of the existing species. A species whose ancestor is not in the dataset has none.
    """
    numbers = _Numbers(real)
    order = sorted(real.pokemon, key=lambda pokemon: (pokemon.species, not pokemon.is_default, pokemon.id))
    copies = ((copy, pokemon) for copy in itertools.count() for pokemon in order)
    chosen = list(itertools.islice(copies, count))
    defaults = [(copy, pokemon) for copy, pokemon in chosen if pokemon.is_default and copy < numbers.copies]
    forms = [(copy, pokemon) for copy, pokemon in chosen if not pokemon.is_default or copy >= numbers.copies]
    forms.sort(key=lambda form: (form[0], form[1].id))
    included = {numbers.species(copy, pokemon.species): (copy, pokemon.species) for copy, pokemon in defaults}
    ids = set(included)
    species = {row.id: row for row in real.species}
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
        species=tuple(_species(species[number], copy, numbers, ids) for copy, number in included.values()),
        generations=tuple(_generation(generation, numbers, ids) for generation in real.generations),
    )


class _Numbers:
    """Assigns ids to the species of each copy, without gaps."""

    def __init__(self, real: Dataset) -> None:
        self._positions = {species.id: position for position, species in enumerate(real.species, 1)}
        self.copies = (FIRST_FORM - 1) // len(self._positions)

    def species(self, copy: int, number: int) -> int:
        return copy % self.copies * len(self._positions) + self._positions[number]


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


def _species(species: Species, copy: int, numbers: _Numbers, included: set[int]) -> Species:
    ancestor = None if species.evolves_from is None else numbers.species(copy, species.evolves_from)
    return replace(
        species,
        id=numbers.species(copy, species.id),
        name=_name(species.name, copy),
        evolves_from=ancestor if ancestor in included else None,
    )


def _generation(generation: Generation, numbers: _Numbers, included: set[int]) -> Generation:
    copies = (
        numbers.species(copy, number) for copy in range(numbers.copies) for number in generation.species
    )
    return replace(generation, species=tuple(number for number in copies if number in included))
