"""The app's orchestrators on the SDK's in-memory engine, with activities that say what they should."""

import threading
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from durabletask.client import OrchestrationStatus, TaskHubGrpcClient
from durabletask.testing.in_memory_backend import create_test_backend
from durabletask.worker import ConcurrencyOptions, TaskHubGrpcWorker

from domain.fan_out import divide
from domain.kept_rows import KeptShard, locate
from domain.message import Message
from domain.messages import (
    FAIL_REPORT,
    FETCH_POKEMON,
    PLAN_REPORT,
    PUBLISH_REPORT,
    RECORD_PROGRESS,
    STAGE_ROWS,
    ExecutionOptions,
    FetchedPokemon,
    FetchPokemon,
    GenerateReport,
    Receipt,
    Row,
    ShardRows,
    StagedRows,
    StageRows,
)
from domain.plan import Plan
from domain.pokedex import PokemonRef
from domain.report import ReportKey, ReportRequest
from orchestrators import fetch_shard, generate_report
from tools.local.ports import free_port

POKEMON = tuple(PokemonRef(number, f"pokemon-{number}") for number in range(1, 24))
IDS = frozenset(pokemon.id for pokemon in POKEMON)
REQUEST = ReportRequest(None, None, include_forms=True, sample_size=None, seed=1, columns=("id", "name"))
ACTIVITIES = (PLAN_REPORT, FETCH_POKEMON, STAGE_ROWS, RECORD_PROGRESS, PUBLISH_REPORT, FAIL_REPORT)


def plan_of(pokemon: Sequence[PokemonRef], order: GenerateReport) -> Plan:
    return Plan.of(divide(pokemon, order.options))


def keeping(pokemon: Sequence[PokemonRef], order: GenerateReport, missing: Collection[int]) -> Plan:
    """A plan that takes over rows of one byte each from a report that lacks the ``missing`` Pokémon."""
    shards = divide(pokemon, order.options)
    ends = iter(range(len(pokemon) - len(missing) + 1))
    located = locate(shards, order.options.shard_size, missing, ends)
    earlier = ReportKey(order.report.owner, "earlier")
    return Plan.of(shards, [KeptShard(earlier, "etag", *found) for found in located or []])


def staged(shard: ShardRows, in_cache: Collection[int] = ()) -> Receipt:
    """Stages as the activity does; only these Pokémon are in the cache, and kept rows are there."""
    there = {*in_cache, *(shard.kept.ids if shard.kept else ())}
    missing = tuple(pokemon.id for pokemon in shard.cached if pokemon.id not in there)
    if missing:
        return Receipt(shard.index, None, 0, missing=missing)
    return Receipt(shard.index, f"block-{shard.index}", len(shard.rows) + len(shard.cached))


def each(stage: Callable[[ShardRows], Receipt]) -> Callable[[StageRows], StagedRows]:
    """Stages every shard of a call in this way."""
    return lambda order: StagedRows(tuple(stage(shard) for shard in order.shards))


@dataclass
class Activities:
    """What each activity does, and what it was called with."""

    plan_report: Callable[[GenerateReport], Plan] = lambda order: plan_of(POKEMON, order)
    fetch_pokemon: Callable[[FetchPokemon], FetchedPokemon] = lambda call: FetchedPokemon(
        rows=tuple(Row(pokemon.id, (str(pokemon.id), pokemon.name)) for pokemon in call.pokemon)
    )
    stage_rows: Callable[[StageRows], StagedRows] = lambda order: each(staged)(order)
    publish_report: Callable[[Any], Any] = lambda _: {"status": "succeeded"}
    fail_report: Callable[[Any], Any] = lambda _: {"status": "failed"}
    record_progress: Callable[[Any], Any] = lambda _: None
    calls: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, name: str, payload: dict[str, Any]) -> Any:
        with self.lock:
            self.calls.setdefault(name, []).append(payload)
        read = READERS.get(name)
        outcome = getattr(self, name)(read(payload) if read else payload)
        return outcome.to_dict() if isinstance(outcome, Message) else outcome


READERS: Mapping[str, Callable[[dict[str, Any]], Message]] = {
    PLAN_REPORT: GenerateReport.from_dict,
    FETCH_POKEMON: FetchPokemon.from_dict,
    STAGE_ROWS: StageRows.from_dict,
}


@dataclass
class Engine:
    client: TaskHubGrpcClient
    activities: Activities = field(default_factory=Activities)
    report_id: str = ""

    def run(self, options: ExecutionOptions) -> Any:
        """Generate a report; returns the orchestration's output."""
        self.report_id = uuid.uuid4().hex
        order = GenerateReport(ReportKey("anonymous", self.report_id), REQUEST, options)
        self.client.schedule_new_orchestration(
            "generate_report", input=order.to_dict(), instance_id=self.report_id
        )
        state = self.client.wait_for_orchestration_completion(self.report_id, timeout=30)
        assert state is not None
        assert state.runtime_status is OrchestrationStatus.COMPLETED, state.failure_details
        return state.get_output()

    def custom_status(self, instance_id: str) -> Any:
        state = self.client.get_orchestration_state(instance_id)
        assert state is not None
        return state.get_custom_status()


@contextmanager
def running_engine() -> Iterator[Engine]:
    """The orchestrators on an engine of their own."""
    port = free_port()
    backend = create_test_backend(port)
    engine = Engine(TaskHubGrpcClient(host_address=f"localhost:{port}"))
    worker = TaskHubGrpcWorker(
        host_address=f"localhost:{port}",
        concurrency_options=ConcurrencyOptions(maximum_concurrent_activity_work_items=16),
    )
    for function in (generate_report.generate_report, fetch_shard.fetch_shard):
        registered: Any = function.build().get_user_function()
        worker.add_orchestrator(registered.orchestrator_function)
    for name in ACTIVITIES:
        worker.add_activity(_activity(engine, name))
    worker.start()  # type: ignore[no-untyped-call]
    try:
        yield engine
    finally:
        worker.stop()  # type: ignore[no-untyped-call]
        backend.stop()


def _activity(engine: Engine, name: str) -> Callable[[Any, dict[str, Any]], Any]:
    def activity(_: Any, payload: dict[str, Any]) -> Any:
        return engine.activities.call(name, payload)

    activity.__name__ = name
    return activity


def options(**changed: Any) -> ExecutionOptions:
    """Options for tests: small shards, quick retries."""
    return ExecutionOptions(**{"shard_size": 10, "attempts": 2, "first_retry_seconds": 0.01, **changed})
