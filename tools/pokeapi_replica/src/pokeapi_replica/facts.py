"""The kept facts: what they are, and how they are read from and written to the data folder.

One table is one file of JSON lines: the first line names the columns, every other line is one thing, sorted
by id, so that a change of one fact is a change of one line. Facts that follow from others (which Pokémon have
an ability, what a type takes double damage from) are not kept; `catalogue` and `documents` derive them.
"""

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
STATS = ("hp", "attack", "defense", "special-attack", "special-defense", "speed")


@dataclass(frozen=True, slots=True)
class Pokemon:
    """One Pokémon. Height is in decimetres, weight in hectograms, `species` is the species' id.

    `abilities` has three places: slot 1, slot 2 and the hidden one (slot 3). `stats` and `efforts` follow
    `STATS`.
    """

    id: int
    name: str
    order: int
    is_default: bool
    species: int
    height: int
    weight: int
    base_experience: int | None
    types: tuple[str, ...]
    abilities: tuple[str | None, str | None, str | None]
    stats: tuple[int, ...]
    efforts: tuple[int, ...]
    has_sprite: bool


@dataclass(frozen=True, slots=True)
class Species:
    """One species. `gender_rate` is in eighths female (-1 genderless); `evolves_from` is a species' id."""

    id: int
    name: str
    order: int
    color: str
    habitat: str | None
    shape: str | None
    growth_rate: str
    capture_rate: int
    base_happiness: int | None
    hatch_counter: int | None
    gender_rate: int
    is_baby: bool
    is_legendary: bool
    is_mythical: bool
    evolves_from: int | None


@dataclass(frozen=True, slots=True)
class Ability:
    """One ability and the generation that introduced it."""

    id: int
    name: str
    generation: str
    is_main_series: bool


@dataclass(frozen=True, slots=True)
class Type:
    """One type; the `_to` lists name the types its moves deal that much damage to."""

    id: int
    name: str
    generation: str
    double_damage_to: tuple[str, ...]
    half_damage_to: tuple[str, ...]
    no_damage_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation. `species` are ids in the live order, which follows from nothing else."""

    id: int
    name: str
    main_region: str
    species: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """The id behind the name of a thing that is only referred to, such as a colour or a region."""

    resource: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Every kept fact, each table sorted by id (names by resource, then id)."""

    pokemon: tuple[Pokemon, ...]
    species: tuple[Species, ...]
    abilities: tuple[Ability, ...]
    types: tuple[Type, ...]
    generations: tuple[Generation, ...]
    names: tuple[Name, ...]


def load(folder: Path = DATA) -> Facts:
    """Read the facts in `folder`. Raises OSError for a missing file, TypeError for unfit columns."""
    return Facts(
        pokemon=_read(folder / "pokemon.jsonl", Pokemon),
        species=_read(folder / "species.jsonl", Species),
        abilities=_read(folder / "abilities.jsonl", Ability),
        types=_read(folder / "types.jsonl", Type),
        generations=_read(folder / "generations.jsonl", Generation),
        names=_read(folder / "names.jsonl", Name),
    )


def save(facts: Facts, folder: Path = DATA) -> None:
    """Write the facts to `folder`; the same facts always give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for field in dataclasses.fields(facts):
        _write(folder / f"{field.name}.jsonl", getattr(facts, field.name))


def _read[Fact](path: Path, kind: type[Fact]) -> tuple[Fact, ...]:
    with path.open(encoding="utf-8") as lines:
        columns = json.loads(next(lines))
        rows = (json.loads(line) for line in lines)
        return tuple(kind(**dict(zip(columns, map(_frozen, row), strict=True))) for row in rows)


def _write(path: Path, table: Iterable[Any]) -> None:
    rows = [dataclasses.astuple(fact) for fact in table]
    columns = [field.name for field in dataclasses.fields(next(iter(table)))]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in (columns, *rows):
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
