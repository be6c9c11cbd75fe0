"""What passes between the HTTP functions, the orchestrators and the activities.

Function names and these fields are a wire contract with runs that are under way while a new version
is deployed: fields may be added with defaults, none renamed. Only ``to_dict`` forms cross the wire.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

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


@dataclass(frozen=True)
class Message:
    """``to_dict`` and ``from_dict`` for flat messages; those that hold others say how in ``from_dict``."""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(**data)


@dataclass(frozen=True)
class Pace(Message):
    """How wide a report fans out and how patiently it retries; fixed when the report is asked for.

    Being part of the input, it is the same at every replay even when a setting changes meanwhile.
    """

    shard_size: int = 50
    shards_in_flight: int = 8
    pokemon_per_activity: int = 1
    attempts: int = 4
    first_retry_seconds: float = 5.0


@dataclass(frozen=True)
class GenerateReport(Message):
    report_id: str
    owner: str
    request: ReportRequest
    pace: Pace = field(default_factory=Pace)

    def to_dict(self) -> dict[str, Any]:
        return {**super().to_dict(), "request": self.request.to_dict()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        request, pace = ReportRequest.from_dict(data["request"]), Pace.from_dict(data["pace"])
        return cls(**{**data, "request": request, "pace": pace})


@dataclass(frozen=True)
class PlanReport(Message):
    report_id: str
    owner: str
    request: ReportRequest

    def to_dict(self) -> dict[str, Any]:
        return {**super().to_dict(), "request": self.request.to_dict()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, "request": ReportRequest.from_dict(data["request"])})


@dataclass(frozen=True)
class Plan(Message):
    """The Pokémon a report is about, by id; or why there can be no such report."""

    pokemon: tuple[PokemonRef, ...] = ()
    impossible: str | None = None

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, "pokemon": pokemon_refs(data["pokemon"])})


@dataclass(frozen=True)
class FetchShard(Message):
    report_id: str
    owner: str
    index: int
    pokemon: tuple[PokemonRef, ...]
    columns: tuple[str, ...]
    progress_step: int
    pace: Pace

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        pokemon, pace = pokemon_refs(data["pokemon"]), Pace.from_dict(data["pace"])
        return cls(**{**data, "pokemon": pokemon, "columns": tuple(data["columns"]), "pace": pace})


@dataclass(frozen=True)
class ShardProgress(Message):
    index: int
    done: int
    failed: int


@dataclass(frozen=True)
class FetchPokemon(Message):
    """``alone`` says that a fault should fail the call, so that the call is retried."""

    pokemon: tuple[PokemonRef, ...]
    columns: tuple[str, ...]

    @property
    def alone(self) -> bool:
        return len(self.pokemon) == 1

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(pokemon=pokemon_refs(data["pokemon"]), columns=tuple(data["columns"]))


@dataclass(frozen=True)
class Row(Message):
    """One Pokémon's cells, as text, in the order of the report's columns."""

    pokemon_id: int
    cells: tuple[str, ...]

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(pokemon_id=data["pokemon_id"], cells=tuple(data["cells"]))


@dataclass(frozen=True)
class FetchedPokemon(Message):
    """``failures`` are final; ``unfinished`` Pokémon deserve a call of their own."""

    rows: tuple[Row, ...] = ()
    failures: tuple[Failure, ...] = ()
    unfinished: tuple[PokemonRef, ...] = ()

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(
            rows=tuple(Row.from_dict(row) for row in data["rows"]),
            failures=failures(data["failures"]),
            unfinished=pokemon_refs(data["unfinished"]),
        )


@dataclass(frozen=True)
class StageRows(Message):
    report_id: str
    owner: str
    index: int
    rows: tuple[Row, ...]

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, "rows": tuple(Row.from_dict(row) for row in data["rows"])})


@dataclass(frozen=True)
class Receipt(Message):
    """What a shard left in the report's blob: one block, or none where it has no rows."""

    index: int
    block_id: str | None
    rows: int
    failures: tuple[Failure, ...] = ()

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, "failures": failures(data.get("failures", ()))})


@dataclass(frozen=True)
class RecordProgress(Message):
    report_id: str
    owner: str
    done: int
    failed: int


@dataclass(frozen=True)
class PublishReport(Message):
    """``block_ids`` in the order of the rows; ``rows`` is how many they hold together."""

    report_id: str
    owner: str
    columns: tuple[str, ...]
    block_ids: tuple[str, ...]
    rows: int
    failures: tuple[Failure, ...]

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(
            **{
                **data,
                "columns": tuple(data["columns"]),
                "block_ids": tuple(data["block_ids"]),
                "failures": failures(data["failures"]),
            }
        )


@dataclass(frozen=True)
class FailReport(Message):
    report_id: str
    owner: str
    reason: str
    failures: tuple[Failure, ...] = ()

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, "failures": failures(data["failures"])})


def pokemon_refs(data: Sequence[dict[str, Any]]) -> tuple[PokemonRef, ...]:
    return tuple(PokemonRef(**one) for one in data)


def failures(data: Sequence[dict[str, Any]]) -> tuple[Failure, ...]:
    return tuple(Failure(**one) for one in data)
