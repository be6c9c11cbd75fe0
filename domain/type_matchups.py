"""The damage that each attacking type deals to a Pokémon, computed from the Pokémon's own types."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from domain.pokedex import PokemonType


@dataclass(frozen=True)
class Matchups:
    """Attacking types by their damage factor, each list alphabetical.

    ``weak_to``: at least double damage. ``resists``: less than full damage, but some. ``immune_to``: none.
    """

    weak_to: tuple[str, ...]
    resists: tuple[str, ...]
    immune_to: tuple[str, ...]


def matchups(own_types: Sequence[PokemonType]) -> Matchups:
    """The factors of a Pokémon's types multiply: 2 × 2 = 4, 2 × ½ = 1, and 0 times anything is 0."""
    attackers = sorted(
        {
            attacker
            for own in own_types
            for attacker in (*own.double_damage_from, *own.half_damage_from, *own.no_damage_from)
        }
    )
    factors = {attacker: prod(_factor(attacker, own) for own in own_types) for attacker in attackers}
    return Matchups(
        weak_to=tuple(name for name, factor in factors.items() if factor >= 2),
        resists=tuple(name for name, factor in factors.items() if 0 < factor < 1),
        immune_to=tuple(name for name, factor in factors.items() if factor == 0),
    )


def _factor(attacker: str, own: PokemonType) -> float:
    if attacker in own.no_damage_from:
        return 0
    if attacker in own.double_damage_from:
        return 2
    if attacker in own.half_damage_from:
        return 0.5
    return 1
