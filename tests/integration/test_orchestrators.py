"""The orchestrators on the SDK's in-memory engine, with activities that the tests write by hand."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from durabletask.client import OrchestrationStatus, TaskHubGrpcClient
from durabletask.testing.in_memory_backend import create_test_backend
from durabletask.worker import ConcurrencyOptions, TaskHubGrpcWorker

from domain.messages import (
    FAIL_REPORT,
    FETCH_POKEMON,
    PLAN_REPORT,
    PUBLISH_REPORT,
    RECORD_PROGRESS,
    STAGE_ROWS,
    FetchedPokemon,
    FetchPokemon,
    GenerateReport,
    Message,
    Pace,
    Plan,
    Receipt,
    Row,
    StageRows,
    shard_instance_id,
)
from domain.pokedex import PokemonRef
from domain.report import Failure, ReportRequest
from local.ports import free_port
from orchestrators import fetch_shard, generate_report

POKEMON = tuple(PokemonRef(number, f"pokemon-{number}") for number in range(1, 24))
REQUEST = ReportRequest(None, None, include_forms=True, sample_size=None, seed=1, columns=("id", "name"))
ACTIVITIES = (PLAN_REPORT, FETCH_POKEMON, STAGE_ROWS, RECORD_PROGRESS, PUBLISH_REPORT, FAIL_REPORT)


@dataclass
class Activities:
    """What each activity does, and what it was called with."""

    plan_report: Callable[[Any], Plan] = lambda _: Plan(POKEMON)
    fetch_pokemon: Callable[[FetchPokemon], FetchedPokemon] = lambda call: FetchedPokemon(
        rows=tuple(Row(one.id, (str(one.id), one.name)) for one in call.pokemon)
    )
    stage_rows: Callable[[StageRows], Receipt] = lambda order: Receipt(
        order.index, f"block-{order.index}", len(order.rows)
    )
    publish_report: Callable[[Any], Any] = lambda _: {"status": "succeeded"}
    fail_report: Callable[[Any], Any] = lambda _: {"status": "failed"}
    record_progress: Callable[[Any], Any] = lambda _: None
    calls: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, name: str, payload: dict[str, Any]) -> Any:
        with self.lock:
            self.calls.setdefault(name, []).append(payload)
        read = {FETCH_POKEMON: FetchPokemon.from_dict, STAGE_ROWS: StageRows.from_dict}.get(name)
        outcome = getattr(self, name)(read(payload) if read else payload)
        return outcome.to_dict() if isinstance(outcome, Message) else outcome


@dataclass
class Engine:
    client: TaskHubGrpcClient
    activities: Activities = field(default_factory=Activities)
    report_id: str = ""

    def run(self, pace: Pace) -> Any:
        """Generate a report; returns the orchestration's output."""
        self.report_id = uuid.uuid4().hex
        order = GenerateReport(self.report_id, "anonymous", REQUEST, pace)
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


@pytest.fixture(scope="module")
def running_engine() -> Iterator[Engine]:
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


@pytest.fixture
def engine(running_engine: Engine) -> Engine:
    running_engine.activities = Activities()
    return running_engine


def pace(**changed: Any) -> Pace:
    return Pace(**{"shard_size": 10, "attempts": 2, "first_retry_seconds": 0.01, **changed})


def test_a_report_makes_one_call_per_pokemon_and_one_block_per_shard(engine: Engine) -> None:
    assert engine.run(pace()) == {"status": "succeeded"}
    fetched = [call["pokemon"] for call in engine.activities.calls["fetch_pokemon"]]
    assert sorted(one["id"] for (one,) in fetched) == [one.id for one in POKEMON]
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["block_ids"] == ["block-0", "block-1", "block-2"]
    assert publication["rows"] == len(POKEMON)
    assert publication["failures"] == []


def test_rows_are_staged_by_id_whatever_the_order_they_come_in(engine: Engine) -> None:
    def slow_first(call: FetchPokemon) -> FetchedPokemon:
        time.sleep(0.05 if call.pokemon[0].id % 2 else 0)
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = slow_first
    engine.run(pace(shard_size=50))
    (staged,) = engine.activities.calls["stage_rows"]
    assert [row["pokemon_id"] for row in staged["rows"]] == [one.id for one in POKEMON]


def test_no_more_shards_than_the_pace_allows_are_under_way(engine: Engine) -> None:
    under_way: set[int] = set()
    most = 0

    def fetch(call: FetchPokemon) -> FetchedPokemon:
        nonlocal most
        with engine.activities.lock:
            under_way.add(call.pokemon[0].id // 2)
            most = max(most, len(under_way))
        time.sleep(0.02)
        return Activities.fetch_pokemon(call)

    def stage(order: StageRows) -> Receipt:
        with engine.activities.lock:
            under_way.difference_update(row.pokemon_id // 2 for row in order.rows)
        return Activities.stage_rows(order)

    engine.activities.plan_report = lambda _: Plan(POKEMON[1:21])
    engine.activities.fetch_pokemon, engine.activities.stage_rows = fetch, stage
    engine.run(pace(shard_size=2, shards_in_flight=3))
    assert len(engine.activities.calls["stage_rows"]) == 10
    assert most == 3


def test_a_pokemon_that_fails_is_retried_and_then_has_its_row(engine: Engine) -> None:
    failed_once: set[int] = set()

    def fetch(call: FetchPokemon) -> FetchedPokemon:
        (pokemon,) = call.pokemon
        if pokemon.id == 7 and pokemon.id not in failed_once:
            failed_once.add(pokemon.id)
            raise ConnectionError("PokéAPI did not answer")
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = fetch
    engine.run(pace())
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["rows"] == len(POKEMON)


def test_a_pokemon_that_keeps_failing_is_reported_with_its_reason(engine: Engine) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        if call.pokemon[0].id == 7:
            raise ConnectionError("PokéAPI did not answer for pokemon/7.")
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = fetch
    engine.run(pace(attempts=3))
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["rows"] == len(POKEMON) - 1
    assert publication["failures"] == [
        {"pokemon": "pokemon-7", "reason": "PokéAPI did not answer for pokemon/7."}
    ]
    tries = [call for call in engine.activities.calls["fetch_pokemon"] if call["pokemon"][0]["id"] == 7]
    assert len(tries) == 3


def test_what_a_widened_batch_cannot_finish_goes_back_to_calls_of_its_own(engine: Engine) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        troubled = tuple(one for one in call.pokemon if one.id == 3 and not call.alone)
        fine = tuple(one for one in call.pokemon if one not in troubled)
        return FetchedPokemon(
            Activities.fetch_pokemon(FetchPokemon(fine, call.columns)).rows, unfinished=troubled
        )

    engine.activities.fetch_pokemon = fetch
    engine.run(pace(pokemon_per_activity=5))
    sizes = sorted(len(call["pokemon"]) for call in engine.activities.calls["fetch_pokemon"])
    assert sizes == [1, 3, 5, 5, 5, 5]
    assert engine.activities.calls["publish_report"][0]["rows"] == len(POKEMON)


def test_a_widened_batch_that_fails_as_a_whole_is_fetched_one_by_one(engine: Engine) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        if not call.alone:
            raise MemoryError("too much at once")
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = fetch
    engine.run(pace(pokemon_per_activity=5))
    assert engine.activities.calls["publish_report"][0]["rows"] == len(POKEMON)


def test_a_shard_that_cannot_be_staged_fails_its_pokemon_and_no_others(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch_shard, "STORAGE_RETRIES", None)

    def stage(order: StageRows) -> Receipt:
        if order.index == 1:
            raise OSError("the storage is full")
        return Activities.stage_rows(order)

    engine.activities.stage_rows = stage
    engine.run(pace())
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["block_ids"] == ["block-0", "block-2"]
    assert [failure["pokemon"] for failure in publication["failures"]] == [one.name for one in POKEMON[10:20]]
    assert all("the storage is full" in failure["reason"] for failure in publication["failures"])


def test_a_plan_that_keeps_failing_fails_the_report_with_the_reason(engine: Engine) -> None:
    def plan(_: Any) -> Plan:
        raise ConnectionError("PokéAPI did not answer for type/?limit=100000 (no connection).")

    engine.activities.plan_report = plan
    assert engine.run(pace(attempts=3)) == {"status": "failed"}
    assert len(engine.activities.calls["plan_report"]) == 3
    (failing,) = engine.activities.calls["fail_report"]
    assert failing["reason"] == "PokéAPI did not answer for type/?limit=100000 (no connection)."
    assert "publish_report" not in engine.activities.calls


def test_an_impossible_plan_fails_the_report_at_once(engine: Engine) -> None:
    engine.activities.plan_report = lambda _: Plan(impossible="There is no type 'nope'.")
    assert engine.run(pace()) == {"status": "failed"}
    assert len(engine.activities.calls["plan_report"]) == 1
    assert engine.activities.calls["fail_report"][0]["reason"] == "There is no type 'nope'."


def test_a_publication_that_fails_fails_the_report(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate_report, "STORAGE_RETRIES", None)

    def publish(_: Any) -> dict[str, Any]:
        raise OSError("the storage is away")

    engine.activities.publish_report = publish
    assert engine.run(pace()) == {"status": "failed"}
    assert "the storage is away" in engine.activities.calls["fail_report"][0]["reason"]


def test_a_report_without_pokemon_is_published_all_the_same(engine: Engine) -> None:
    engine.activities.plan_report = lambda _: Plan(())
    assert engine.run(pace()) == {"status": "succeeded"}
    assert "fetch_pokemon" not in engine.activities.calls
    assert engine.activities.calls["publish_report"][0]["rows"] == 0


def test_failures_found_by_an_activity_reach_the_publication_in_order(engine: Engine) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        (pokemon,) = call.pokemon
        if pokemon.id in {21, 2}:
            return FetchedPokemon(failures=(Failure(pokemon.name, "PokéAPI has no such document."),))
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = fetch
    engine.run(pace())
    (publication,) = engine.activities.calls["publish_report"]
    assert [failure["pokemon"] for failure in publication["failures"]] == ["pokemon-2", "pokemon-21"]
    assert len(engine.activities.calls["fetch_pokemon"]) == len(POKEMON)


def test_progress_is_recorded_as_it_grows_and_shown_as_custom_status(engine: Engine) -> None:
    def one_after_another(call: FetchPokemon) -> FetchedPokemon:
        time.sleep(0.03 * (call.pokemon[0].id % 10))
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = one_after_another
    engine.run(pace())
    recorded = [(call["done"], call["failed"]) for call in engine.activities.calls["record_progress"]]
    assert recorded == sorted(recorded)
    assert recorded[-1][0] > len(POKEMON) // 2
    assert len(recorded) > 3
    assert engine.custom_status(engine.report_id) == {
        "phase": "publishing",
        "total": 23,
        "done": 23,
        "failed": 0,
    }
    last_shard = shard_instance_id(engine.report_id, 2)
    assert engine.custom_status(last_shard) == {"total": 3, "done": 3, "failed": 0}


def test_a_record_of_progress_that_hangs_holds_up_nothing(engine: Engine) -> None:
    let_go = threading.Event()
    engine.activities.record_progress = lambda _: let_go.wait(20)
    try:
        assert engine.run(pace()) == {"status": "succeeded"}
        assert len(engine.activities.calls["record_progress"]) == 1
    finally:
        let_go.set()
