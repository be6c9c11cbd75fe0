"""The dataset's tables, and how they are read from and written to the data folder.

Each table is a JSON Lines file: the first line names the columns, and every other line is a row. Rows are
sorted by id, so a changed value changes one line. Derived data (which Pokémon have an ability, which types a
type takes double damage from) is not stored; `dataset_index` and `documents` compute it.
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
    """Height is in decimeters, weight in hectograms; `species` is the species' id.

    `abilities` has three elements: slot 1, slot 2 and the hidden ability (slot 3). `stats` and `efforts` are
    in the order of `STATS`.
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
    """`gender_rate` is in eighths female (-1 genderless); `evolves_from` is a species' id."""

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
    """An ability and the generation that introduced it."""

    id: int
    name: str
    generation: str
    is_main_series: bool


@dataclass(frozen=True, slots=True)
class Type:
    """A type; the `_to` fields name the types that its moves deal that much damage to."""

    id: int
    name: str
    generation: str
    double_damage_to: tuple[str, ...]
    half_damage_to: tuple[str, ...]
    no_damage_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """`species` are ids in the live API's order, which cannot be derived."""

    id: int
    name: str
    main_region: str
    species: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """The id of a resource that documents only link to, such as a color or a region."""

    resource: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Every table, sorted by id (`names` by resource, then id)."""

    pokemon: tuple[Pokemon, ...]
    species: tuple[Species, ...]
    abilities: tuple[Ability, ...]
    types: tuple[Type, ...]
    generations: tuple[Generation, ...]
    names: tuple[Name, ...]


def load(folder: Path = DATA) -> Dataset:
    """Read the dataset from `folder`. Raises OSError for a missing file and TypeError for unknown columns."""
    return Dataset(
        pokemon=_read(folder / "pokemon.jsonl", Pokemon),
        species=_read(folder / "species.jsonl", Species),
        abilities=_read(folder / "abilities.jsonl", Ability),
        types=_read(folder / "types.jsonl", Type),
        generations=_read(folder / "generations.jsonl", Generation),
        names=_read(folder / "names.jsonl", Name),
    )


def save(data: Dataset, folder: Path = DATA) -> None:
    """Write the dataset to `folder`. The same data always produces the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for field in dataclasses.fields(data):
        _write(folder / f"{field.name}.jsonl", getattr(data, field.name))


def _read[Row](path: Path, kind: type[Row]) -> tuple[Row, ...]:
    with path.open(encoding="utf-8") as lines:
        columns = json.loads(next(lines))
        rows = (json.loads(line) for line in lines)
        return tuple(kind(**dict(zip(columns, map(_frozen, row), strict=True))) for row in rows)


def _write(path: Path, table: Iterable[Any]) -> None:
    rows = [dataclasses.astuple(row) for row in table]
    columns = [field.name for field in dataclasses.fields(next(iter(table)))]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in (columns, *rows):
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
