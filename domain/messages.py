"""What passes between the HTTP functions, the orchestrators and the activities.

Function names and these fields are a wire contract with runs that are under way while a new version
is deployed: fields may be added with defaults, none renamed. Only ``to_dict`` forms cross the wire.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from domain.pokedex import PokemonRef
from domain.report import Failure, ReportRequest

GENERATE_REPORT = "generate_report"
FETCH_SHARD = "fetch_shard"
PLAN_REPORT = "plan_report"
FETCH_POKEMON = "fetch_pokemon"
STAGE_ROWS = "stage_rows"
RECORD_PROGRESS = "record_progress"
PUBLISH_REPORT = "publish_report"
FAIL_REPORT = "fail_report"

SHARD_PROGRESS = "shard_progress"
"""The event by which a shard tells its report how far it is."""


def shard_instance_id(report_id: str, index: int) -> str:
    """The instance of a report's nth shard; the report's own instance has the report's id."""
    return f"{report_id}-shard-{index:04d}"


def report_of_instance(instance_id: str) -> str:
    """The id of the report that an instance belongs to."""
    return instance_id.partition("-shard-")[0]


class Message:
    """A dataclass that crosses the wire. Fields that are missing take their defaults and fields that
    are not known are passed over: old and new workers run side by side during a deployment."""

    READERS: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    """How to read the fields that are more than JSON has."""
    __match_args__: ClassVar[tuple[str, ...]]
    """The names of the fields: a dataclass has them at hand."""

    # Both are called for every event of every replay, so they do no more than they must.
    def to_dict(self) -> dict[str, Any]:
        readers = self.READERS
        return {
            name: _plain(getattr(self, name)) if name in readers else getattr(self, name)
            for name in self.__match_args__
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        readers = cls.READERS
        return cls(
            **{
                name: readers[name](data[name]) if name in readers else data[name]
                for name in cls.__match_args__
                if name in data
            }
        )


def _plain(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, tuple) and value and hasattr(value[0], "to_dict"):
        return [one.to_dict() for one in value]
    return value


def pokemon_refs(data: Iterable[Any]) -> tuple[PokemonRef, ...]:
    """Runs that began when this was written otherwise have objects in the place of pairs."""
    return tuple(PokemonRef(**one) if isinstance(one, dict) else PokemonRef(*one) for one in data)


def failures(data: Iterable[dict[str, Any]]) -> tuple[Failure, ...]:
    return tuple(Failure(**one) for one in data)


def rows(data: Iterable[dict[str, Any]]) -> tuple["Row", ...]:
    return tuple(Row.from_dict(one) for one in data)


@dataclass(frozen=True)
class ExecutionOptions(Message):
    """How wide a report fans out and how patiently it retries; fixed when the report is asked for.

    Being part of the input, it is the same at every replay even when a setting changes meanwhile.
    """

    shard_size: int = 50
    shards_in_flight: int = 2
    pokemon_per_activity: int = 1
    attempts: int = 4
    first_retry_seconds: float = 5.0
    most_shards: int | None = None
    """The shards of a larger report are longer than ``shard_size``, and take so many in each of their runs.
    None, of orders from before there was a bound: every shard is one run."""
    calls_at_once: int | None = None
    """Of each shard, which starts the next as many when these have ended. None, of older orders: all."""


@dataclass(frozen=True)
class GenerateReport(Message):
    READERS: ClassVar = {"request": ReportRequest.from_dict, "options": ExecutionOptions.from_dict}

    report_id: str
    owner: str
    request: ReportRequest
    options: ExecutionOptions = ExecutionOptions()


@dataclass(frozen=True)
class PlanReport(Message):
    READERS: ClassVar = {"request": ReportRequest.from_dict, "options": ExecutionOptions.from_dict}

    report_id: str
    owner: str
    request: ReportRequest
    options: ExecutionOptions = ExecutionOptions()


@dataclass(frozen=True)
class Plan(Message):
    """The Pokémon a report is about, by id, divided into shards; or why there can be no such report.

    A shard is text, of ``pack``: the report's orchestrator is handed the whole plan at every replay, and
    reads of it what it starts.
    """

    READERS: ClassVar = {"shards": tuple, "pokemon": pokemon_refs}

    shards: tuple[str, ...] = ()
    total: int = 0
    impossible: str | None = None
    pokemon: tuple[PokemonRef, ...] = ()
    """In the place of shards, where the plan was made before there were shards in it."""


def pack(pokemon: Iterable[PokemonRef]) -> str:
    """A shard as a plan holds it: ``[[25, "pikachu"], ...]``, as JSON text."""
    return json.dumps(list(pokemon), ensure_ascii=False)


def unpack(text: str) -> tuple[PokemonRef, ...]:
    """The Pokémon of a shard that ``pack`` made."""
    return pokemon_refs(json.loads(text))


@dataclass(frozen=True)
class FetchShard(Message):
    """``pokemon`` are those still to fetch; ``left`` is what the runs before this one left."""

    READERS: ClassVar = {
        "pokemon": pokemon_refs,
        "columns": tuple,
        "options": ExecutionOptions.from_dict,
        "left": lambda data: data and Receipt.from_dict(data),
    }

    report_id: str
    owner: str
    index: int
    pokemon: tuple[PokemonRef, ...]
    columns: tuple[str, ...]
    progress_step: int
    options: ExecutionOptions
    run: int = 0
    left: "Receipt | None" = None


@dataclass(frozen=True)
class ShardProgress(Message):
    index: int
    done: int
    failed: int


@dataclass(frozen=True)
class FetchPokemon(Message):
    READERS: ClassVar = {"pokemon": pokemon_refs, "columns": tuple}

    pokemon: tuple[PokemonRef, ...]
    columns: tuple[str, ...]

    @property
    def is_single(self) -> bool:
        """Whether a fault should fail the call, so that the call is retried."""
        return len(self.pokemon) == 1


@dataclass(frozen=True)
class Row(Message):
    """One Pokémon's cells, as text, in the order of the report's columns."""

    READERS: ClassVar = {"cells": tuple}

    pokemon_id: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class FetchedPokemon(Message):
    """``failures`` are final; ``unfinished`` Pokémon deserve a call of their own."""

    READERS: ClassVar = {"rows": rows, "failures": failures, "unfinished": pokemon_refs}

    rows: tuple[Row, ...] = ()
    failures: tuple[Failure, ...] = ()
    unfinished: tuple[PokemonRef, ...] = ()


@dataclass(frozen=True)
class StageRows(Message):
    READERS: ClassVar = {"rows": rows}

    report_id: str
    owner: str
    index: int
    rows: tuple[Row, ...]
    run: int = 0


@dataclass(frozen=True)
class Receipt(Message):
    """What a shard left in the report's blob: one block for each of its runs that had rows.

    ``block_id`` is of its last run, None where that had none.
    """

    READERS: ClassVar = {"failures": failures, "earlier_block_ids": tuple}

    index: int
    block_id: str | None
    rows: int
    failures: tuple[Failure, ...] = ()
    earlier_block_ids: tuple[str, ...] = ()

    @property
    def block_ids(self) -> tuple[str, ...]:
        return (*self.earlier_block_ids, *([self.block_id] if self.block_id else []))


@dataclass(frozen=True)
class RecordProgress(Message):
    report_id: str
    owner: str
    done: int
    failed: int


@dataclass(frozen=True)
class PublishReport(Message):
    """``block_ids`` in the order of the rows; ``rows`` is how many they hold together."""

    READERS: ClassVar = {"columns": tuple, "block_ids": tuple, "failures": failures}

    report_id: str
    owner: str
    columns: tuple[str, ...]
    block_ids: tuple[str, ...]
    rows: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class FailReport(Message):
    READERS: ClassVar = {"failures": failures}

    report_id: str
    owner: str
    reason: str
    failures: tuple[Failure, ...] = ()
