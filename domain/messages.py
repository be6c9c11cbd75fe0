"""The messages between the HTTP functions, the orchestrators, and the activities.

Function names and these fields are a wire contract with orchestrations that run while a new version is
deployed: fields can be added with defaults, but not renamed. Only ``to_dict`` forms cross the wire.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from domain.kept_rows import KeptRows, KeptShard
from domain.message import Message
from domain.pokedex import PokemonRef
from domain.report import Failure, ReportKey, ReportRequest

GENERATE_REPORT = "generate_report"
FETCH_SHARD = "fetch_shard"
PLAN_REPORT = "plan_report"
FETCH_POKEMON = "fetch_pokemon"
STAGE_ROWS = "stage_rows"
RECORD_PROGRESS = "record_progress"
PUBLISH_REPORT = "publish_report"
FAIL_REPORT = "fail_report"

SHARD_PROGRESS = "shard_progress"
"""The external event with which a shard reports its progress."""


def shard_instance_id(report_id: str, index: int) -> str:
    """The instance id of a report's nth shard. The report's own instance has the report's id."""
    return f"{report_id}-shard-{index:04d}"


def report_of_instance(instance_id: str) -> str:
    """The id of the report that an instance belongs to."""
    return instance_id.partition("-shard-")[0]


def pokemon_refs(data: Iterable[Any]) -> tuple[PokemonRef, ...]:
    return tuple(PokemonRef(*pair) for pair in data)


def failures(data: Iterable[dict[str, Any]]) -> tuple[Failure, ...]:
    return tuple(Failure(**item) for item in data)


def rows(data: Iterable[dict[str, Any]]) -> tuple["Row", ...]:
    return tuple(Row.from_dict(item) for item in data)


@dataclass(frozen=True)
class ExecutionOptions(Message):
    """How wide a report fans out and how often it retries.

    They are part of the orchestration's input, so they are the same at every replay even if a setting
    changes.
    """

    shard_size: int = 50
    """Pokémon in a shard, and in each run of a longer shard."""
    shards_in_flight: int = 2
    """Shards of one report that are fetched at the same time, and calls that stage shards from the cache."""
    pokemon_per_activity: int = 1
    """Pokémon that one activity call fetches."""
    attempts: int = 4
    """Attempts per activity call, the first included."""
    first_retry_seconds: float = 5.0
    """The delay before the first retry, which doubles with each further one."""
    most_shards: int = 100
    """Shards of one report. A report that would need more has longer shards, which continue as new after each
    ``shard_size`` Pokémon."""
    cached_at_once: int = 500
    """Pokémon that one activity call stages from the cache: full shards, at least one."""
    calls_at_once: int = 25
    """Activity calls that a shard starts together; it starts the next group when all of them have ended."""


@dataclass(frozen=True)
class GenerateReport(Message):
    """The input of the report's orchestration, and of the activity that plans it.

    ``rows_of`` is the id of the owner's partial report whose rows are taken over, or None.
    """

    READERS: ClassVar = {
        "report": ReportKey.from_dict,
        "request": ReportRequest.from_dict,
        "options": ExecutionOptions.from_dict,
    }

    report: ReportKey
    request: ReportRequest
    options: ExecutionOptions = ExecutionOptions()
    rows_of: str | None = None


@dataclass(frozen=True)
class FetchShard(Message):
    """``pokemon`` belong to this run and to later ones; ``missing`` are the ids that the cache lacks.

    ``carried_over`` is the receipt of the runs before this one, and ``kept`` are the rows of the whole shard
    that are taken over.
    """

    READERS: ClassVar = {
        "report": ReportKey.from_dict,
        "pokemon": pokemon_refs,
        "missing": tuple,
        "columns": tuple,
        "options": ExecutionOptions.from_dict,
        "carried_over": lambda data: data and Receipt.from_dict(data),
        "kept": lambda data: data and KeptShard.from_dict(data),
    }

    report: ReportKey
    index: int
    pokemon: tuple[PokemonRef, ...]
    missing: tuple[int, ...]
    columns: tuple[str, ...]
    progress_step: int
    options: ExecutionOptions
    run: int = 0
    carried_over: "Receipt | None" = None
    kept: KeptShard | None = None


@dataclass(frozen=True)
class ShardProgress(Message):
    """The last progress of a shard has its receipt."""

    READERS: ClassVar = {"receipt": lambda data: data and Receipt.from_dict(data)}

    index: int
    done: int
    failed: int
    receipt: "Receipt | None" = None


@dataclass(frozen=True)
class FetchPokemon(Message):
    READERS: ClassVar = {"pokemon": pokemon_refs, "columns": tuple}

    pokemon: tuple[PokemonRef, ...]
    columns: tuple[str, ...]

    @property
    def is_single(self) -> bool:
        """Whether an error should fail the call, so that the engine retries it."""
        return len(self.pokemon) == 1


@dataclass(frozen=True)
class Row(Message):
    """One Pokémon's cells, as text, in the order of the report's columns."""

    READERS: ClassVar = {"cells": tuple}

    pokemon_id: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class FetchedPokemon(Message):
    """``failures`` are final; each of the ``unfinished`` Pokémon is retried in a call of its own."""

    READERS: ClassVar = {"rows": rows, "failures": failures, "unfinished": pokemon_refs}

    rows: tuple[Row, ...] = ()
    failures: tuple[Failure, ...] = ()
    unfinished: tuple[PokemonRef, ...] = ()

    @classmethod
    def of(cls, call: FetchPokemon, result: Any) -> Self | None:
        """The result of the call, or None if it is about other Pokémon than the call was."""
        if not isinstance(result, dict) or "unfinished" not in result:
            return None
        fetched = cls.from_dict(result)
        ids = {row.pokemon_id for row in fetched.rows} | {pokemon.id for pokemon in fetched.unfinished}
        failed = {failure.pokemon for failure in fetched.failures}
        accounted = all(pokemon.id in ids or pokemon.name in failed for pokemon in call.pokemon)
        return fetched if accounted and len(ids) + len(failed) == len(call.pokemon) else None


@dataclass(frozen=True)
class ShardRows(Message):
    """``rows`` were fetched; the rows of the ``cached`` Pokémon are built from the cache.

    Those of them that have ``kept`` rows need no cache, as long as the earlier CSV exists.
    """

    READERS: ClassVar = {
        "cached": pokemon_refs,
        "rows": rows,
        "kept": lambda data: data and KeptRows.from_dict(data),
    }

    index: int
    cached: tuple[PokemonRef, ...]
    rows: tuple[Row, ...] = ()
    run: int = 0
    kept: KeptRows | None = None


def shard_rows(data: Iterable[dict[str, Any]]) -> tuple[ShardRows, ...]:
    return tuple(ShardRows.from_dict(item) for item in data)


@dataclass(frozen=True)
class StageRows(Message):
    """Shards to stage, each as a block of its own."""

    READERS: ClassVar = {"report": ReportKey.from_dict, "columns": tuple, "shards": shard_rows}

    report: ReportKey
    columns: tuple[str, ...]
    shards: tuple[ShardRows, ...]


@dataclass(frozen=True)
class Receipt(Message):
    """What a shard staged: one block of the report's blob for each of its runs that had rows.

    ``block_id`` is the block of its last run, or None if that run had no rows. If the cache lacks Pokémon,
    nothing was staged, and ``missing`` are their ids. ``failed_ids`` are the ids of the ``failures``.
    """

    READERS: ClassVar = {
        "missing": tuple,
        "failures": failures,
        "earlier_block_ids": tuple,
        "failed_ids": tuple,
    }

    index: int
    block_id: str | None
    rows: int
    failures: tuple[Failure, ...] = ()
    earlier_block_ids: tuple[str, ...] = ()
    missing: tuple[int, ...] = ()
    failed_ids: tuple[int, ...] = ()

    @property
    def block_ids(self) -> tuple[str, ...]:
        return (*self.earlier_block_ids, *([self.block_id] if self.block_id else []))


def receipts(data: Iterable[dict[str, Any]]) -> tuple[Receipt, ...]:
    return tuple(Receipt.from_dict(item) for item in data)


@dataclass(frozen=True)
class StagedRows(Message):
    """A receipt for each shard that was staged in time, at least for the first."""

    READERS: ClassVar = {"receipts": receipts}

    receipts: tuple[Receipt, ...]

    @classmethod
    def of(cls, call: StageRows, result: Any) -> Self | None:
        """The result of the call, or None if it is the result of another call."""
        if not isinstance(result, dict) or not result.get("receipts"):
            return None
        staged = cls.from_dict(result)
        indexes = [receipt.index for receipt in staged.receipts]
        return staged if indexes == [shard.index for shard in call.shards][: len(indexes)] else None


@dataclass(frozen=True)
class RecordProgress(Message):
    READERS: ClassVar = {"report": ReportKey.from_dict}

    report: ReportKey
    done: int
    failed: int


@dataclass(frozen=True)
class PublishReport(Message):
    """``block_ids`` are in row order; ``rows`` is how many rows they hold together.

    ``failed_ids`` are the ids of the ``failures``, unless a worker of an earlier version left some out.
    """

    READERS: ClassVar = {
        "report": ReportKey.from_dict,
        "columns": tuple,
        "block_ids": tuple,
        "failures": failures,
        "failed_ids": tuple,
    }

    report: ReportKey
    columns: tuple[str, ...]
    block_ids: tuple[str, ...]
    rows: int
    failures: tuple[Failure, ...]
    failed_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class FailReport(Message):
    READERS: ClassVar = {"report": ReportKey.from_dict, "failures": failures}

    report: ReportKey
    reason: str
    failures: tuple[Failure, ...] = ()
