"""The report's columns: name, type, required document, and how the value is read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from domain.pokedex import Pokemon, PokemonType, Species
from domain.type_matchups import Matchups, matchups

Value = int | float | bool | str | Sequence[str] | None


class Document(StrEnum):
    """The PokéAPI documents that a column can require in addition to the Pokémon's own."""

    SPECIES = "species"
    TYPES = "types"


@dataclass(frozen=True)
class Facts:
    """The documents of one Pokémon. ``species`` and ``types`` are set only if a column requires them."""

    pokemon: Pokemon
    species: Species | None = None
    types: Sequence[PokemonType] = ()

    @cached_property
    def matchups(self) -> Matchups:
        return matchups(self.types)


@dataclass(frozen=True)
class Column:
    """``type`` is integer, number, boolean, string or list, as in ``result.columns`` of the API."""

    name: str
    type: str
    read: Callable[[Facts], Value]
    needs: Document | None = None


def _own(name: str, kind: str, read: Callable[[Pokemon], Value]) -> Column:
    return Column(name, kind, lambda facts: read(facts.pokemon))


def _of_species(name: str, kind: str, read: Callable[[Species], Value]) -> Column:
    def read_species(facts: Facts) -> Value:
        assert facts.species is not None, f"{name} was read without its species"  # noqa: S101
        return read(facts.species)

    return Column(name, kind, read_species, Document.SPECIES)


def _of_types(name: str, read: Callable[[Matchups], Value]) -> Column:
    return Column(name, "list", lambda facts: read(facts.matchups), Document.TYPES)


def _stat(name: str) -> Column:
    return _own(name, "integer", lambda pokemon: pokemon.stats.get(name.replace("_", "-")))


def _tenths(value: int | None) -> float | None:
    return None if value is None else value / 10


def _hidden_ability(pokemon: Pokemon) -> str | None:
    return next((ability.name for ability in pokemon.abilities if ability.is_hidden), None)


def _abilities(pokemon: Pokemon) -> list[str]:
    visible = (ability for ability in pokemon.abilities if not ability.is_hidden)
    return [ability.name for ability in sorted(visible, key=lambda ability: ability.slot)]


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        _own("id", "integer", lambda pokemon: pokemon.id),
        _own("name", "string", lambda pokemon: pokemon.name),
        _own("species", "string", lambda pokemon: pokemon.species_name),
        _of_species("generation", "string", lambda species: species.generation),
        _own("types", "list", lambda pokemon: pokemon.type_names),
        _stat("hp"),
        _stat("attack"),
        _stat("defense"),
        _stat("special_attack"),
        _stat("special_defense"),
        _stat("speed"),
        _own("base_stat_total", "integer", lambda pokemon: sum(pokemon.stats.values()) or None),
        _own("abilities", "list", _abilities),
        _own("hidden_ability", "string", _hidden_ability),
        _of_types("weak_to", lambda matchup: matchup.weak_to),
        _of_types("resists", lambda matchup: matchup.resists),
        _of_types("immune_to", lambda matchup: matchup.immune_to),
        _own("height_m", "number", lambda pokemon: _tenths(pokemon.height)),
        _own("weight_kg", "number", lambda pokemon: _tenths(pokemon.weight)),
        _own("base_experience", "integer", lambda pokemon: pokemon.base_experience),
        _of_species("capture_rate", "integer", lambda species: species.capture_rate),
        _of_species("color", "string", lambda species: species.color),
        _of_species("habitat", "string", lambda species: species.habitat),
        _of_species("shape", "string", lambda species: species.shape),
        _own("is_default", "boolean", lambda pokemon: pokemon.is_default),
        _of_species("is_legendary", "boolean", lambda species: species.is_legendary),
        _of_species("is_mythical", "boolean", lambda species: species.is_mythical),
        _of_species("is_baby", "boolean", lambda species: species.is_baby),
        _of_species("evolves_from", "string", lambda species: species.evolves_from),
        _own("sprite_url", "string", lambda pokemon: pokemon.sprite_url),
    )
}
"""Every column, in a report's default order."""


def documents_needed(column_names: Iterable[str]) -> frozenset[Document]:
    """The smallest set of documents that these columns require."""
    return frozenset(need for name in column_names if (need := COLUMNS[name].needs))


def read_row(facts: Facts, column_names: Iterable[str]) -> list[Value]:
    return [COLUMNS[name].read(facts) for name in column_names]
