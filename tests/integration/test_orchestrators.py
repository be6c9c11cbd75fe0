"""The orchestrators on the SDK's in-memory engine, with activities that the tests write by hand."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from adapters.settings import SettingError
from domain.errors import PokeApiUnavailableError, StorageUnavailableError
from domain.messages import (
    FetchedPokemon,
    FetchPokemon,
    GenerateReport,
    Receipt,
    Row,
    ShardRows,
    StagedRows,
    StageRows,
    shard_instance_id,
)
from domain.plan import Plan
from domain.report import Failure
from orchestrators import fetch_shard, generate_report
from tests.engine import (
    IDS,
    POKEMON,
    Activities,
    Engine,
    each,
    keeping,
    options,
    plan_of,
    running_engine,
    staged,
)


@pytest.fixture(scope="module")
def shared_engine() -> Iterator[Engine]:
    with running_engine() as engine:
        yield engine


@pytest.fixture
def engine(shared_engine: Engine) -> Engine:
    shared_engine.activities = Activities()
    return shared_engine


def indexes(calls: list[dict[str, Any]]) -> list[list[int]]:
    """The shards of each call that stages rows."""
    return [[shard["index"] for shard in call["shards"]] for call in calls]


def test_a_report_makes_one_call_per_pokemon_and_one_block_per_shard(engine: Engine) -> None:
    assert engine.run(options()) == {"status": "succeeded"}
    fetched = [call["pokemon"] for call in engine.activities.calls["fetch_pokemon"]]
    assert sorted(fetched) == [[list(pokemon)] for pokemon in POKEMON]
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["block_ids"] == ["block-0", "block-1", "block-2"]
    assert publication["rows"] == len(POKEMON)
    assert publication["failures"] == []


def test_rows_are_staged_in_id_order(engine: Engine) -> None:
    def slow_first(call: FetchPokemon) -> FetchedPokemon:
        time.sleep(0.05 if call.pokemon[0].id % 2 else 0)
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = slow_first
    engine.run(options(shard_size=50))
    _from_cache, staging = engine.activities.calls["stage_rows"]
    assert [row["pokemon_id"] for row in staging["shards"][0]["rows"]] == [pokemon.id for pokemon in POKEMON]


def test_at_most_shards_in_flight_shards_run_at_once(engine: Engine) -> None:
    under_way: set[int] = set()
    most = 0

    def fetch(call: FetchPokemon) -> FetchedPokemon:
        nonlocal most
        with engine.activities.lock:
            under_way.add(call.pokemon[0].id // 2)
            most = max(most, len(under_way))
        time.sleep(0.02)
        return Activities.fetch_pokemon(call)

    def stage(shard: ShardRows) -> Receipt:
        with engine.activities.lock:
            under_way.difference_update(row.pokemon_id // 2 for row in shard.rows)
        return staged(shard)

    engine.activities.plan_report = lambda order: plan_of(POKEMON[1:21], order)
    engine.activities.fetch_pokemon, engine.activities.stage_rows = fetch, each(stage)
    engine.run(options(shard_size=2, shards_in_flight=3))
    assert len(engine.activities.calls["stage_rows"]) == 11
    assert most == 3


def test_a_long_shard_stages_a_block_per_run_and_returns_them_in_order(engine: Engine) -> None:
    def stage(shard: ShardRows) -> Receipt:
        receipt = staged(shard)
        return replace(receipt, block_id=receipt.block_id and f"{receipt.block_id}-{shard.run}")

    engine.activities.stage_rows = each(stage)
    engine.run(options(shard_size=2, most_shards=2))
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["block_ids"] == [f"block-{shard}-{run}" for shard in (0, 1) for run in range(6)]
    assert publication["rows"] == len(POKEMON)
    shards = [shard for call in engine.activities.calls["stage_rows"] for shard in call["shards"]]
    in_order = [
        row["pokemon_id"]
        for shard in sorted(shards, key=lambda current: (current["index"], current["run"]))
        for row in shard["rows"]
    ]
    assert in_order == [pokemon.id for pokemon in POKEMON]


def test_one_call_stages_several_shards_of_cached_pokemon_which_have_no_instances(engine: Engine) -> None:
    engine.activities.stage_rows = each(lambda shard: staged(shard, in_cache=IDS))
    assert engine.run(options()) == {"status": "succeeded"}
    calls = engine.activities.calls
    assert indexes(calls["stage_rows"]) == [[0, 1, 2]]
    assert "fetch_pokemon" not in calls
    assert engine.client.get_orchestration_state(shard_instance_id(engine.report_id, 0)) is None
    (publication,) = calls["publish_report"]
    assert (publication["block_ids"], publication["rows"]) == (["block-0", "block-1", "block-2"], 23)


def test_shards_that_a_call_did_not_get_to_are_staged_by_the_next_call(engine: Engine) -> None:
    def first_only(order: StageRows) -> StagedRows:
        return StagedRows((staged(order.shards[0], in_cache=IDS),))

    engine.activities.stage_rows = first_only
    engine.run(options())
    assert indexes(engine.activities.calls["stage_rows"]) == [[0, 1, 2], [1, 2], [2]]
    (publication,) = engine.activities.calls["publish_report"]
    assert (publication["block_ids"], publication["rows"]) == (["block-0", "block-1", "block-2"], 23)


def test_only_the_pokemon_that_the_cache_lacks_are_fetched(engine: Engine) -> None:
    """A shard whose Pokémon are all in the cache has no instance."""
    in_cache = IDS - {3, 7}
    engine.activities.stage_rows = each(lambda shard: staged(shard, in_cache=in_cache))
    engine.run(options())
    calls = engine.activities.calls
    assert sorted(call["pokemon"][0][0] for call in calls["fetch_pokemon"]) == [3, 7]
    (last,) = calls["stage_rows"][-1]["shards"]
    by_reference = [pokemon[0] for pokemon in last["cached"]]
    assert by_reference == [1, 2, 4, 5, 6, 8, 9, 10]
    assert [row["pokemon_id"] for row in last["rows"]] == [3, 7]
    assert engine.client.get_orchestration_state(shard_instance_id(engine.report_id, 1)) is None
    assert calls["publish_report"][0]["rows"] == 23


def test_pokemon_that_leave_the_cache_before_they_are_staged_are_fetched(engine: Engine) -> None:
    def stage(shard: ShardRows) -> Receipt:
        is_first = len(engine.activities.calls["stage_rows"]) == 1
        return staged(shard, in_cache=IDS - ({3} if is_first else {5, 6}))

    engine.activities.stage_rows = each(stage)
    engine.run(options(shard_size=50))
    assert [call["pokemon"][0][0] for call in engine.activities.calls["fetch_pokemon"]] == [3, 5, 6]
    assert engine.activities.calls["publish_report"][0]["rows"] == 23


@pytest.mark.parametrize("changed", [{}, {"shard_size": 4, "most_shards": 2}], ids=["short", "long"])
def test_only_the_pokemon_whose_rows_are_not_kept_are_fetched(
    engine: Engine, changed: dict[str, int]
) -> None:
    missing = {3, 7, 22}
    engine.activities.plan_report = lambda order: keeping(POKEMON, order, missing)
    engine.run(options(**changed))
    calls = engine.activities.calls
    assert sorted(call["pokemon"][0][0] for call in calls["fetch_pokemon"]) == sorted(missing)
    assert calls["publish_report"][0]["rows"] == len(POKEMON)
    shards = [shard for call in calls["stage_rows"] for shard in call["shards"]]
    own = [shard["kept"] for shard in shards if shard["rows"]]
    assert all(kept["end"] - kept["start"] == len(kept["ids"]) for kept in own)
    assert not missing & {pokemon_id for kept in own for pokemon_id in kept["ids"]}


def test_rows_that_are_gone_when_they_are_staged_are_fetched(engine: Engine) -> None:
    engine.activities.plan_report = lambda order: keeping(POKEMON, order, missing={3})
    engine.activities.stage_rows = each(lambda shard: staged(replace(shard, kept=None)))
    assert engine.run(options()) == {"status": "succeeded"}
    fetched = sorted(call["pokemon"][0][0] for call in engine.activities.calls["fetch_pokemon"])
    assert fetched == [pokemon.id for pokemon in POKEMON]
    assert engine.activities.calls["publish_report"][0]["rows"] == len(POKEMON)


def test_a_shard_that_cannot_be_staged_from_the_cache_fails_only_its_own_pokemon(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate_report, "STORAGE_RETRIES", None)

    def stage(shard: ShardRows) -> Receipt:
        if shard.index == 2:
            raise OSError("the storage is full")
        return staged(shard, in_cache=IDS)

    engine.activities.stage_rows = each(stage)
    engine.run(options())
    assert indexes(engine.activities.calls["stage_rows"]) == [[0, 1, 2], [0], [1], [2]]
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["block_ids"] == ["block-0", "block-1"]
    assert [failure["pokemon"] for failure in publication["failures"]] == [
        pokemon.name for pokemon in POKEMON[20:]
    ]


def test_a_pokemon_that_fails_once_is_retried(engine: Engine) -> None:
    failed_once: set[int] = set()

    def fetch(call: FetchPokemon) -> FetchedPokemon:
        (pokemon,) = call.pokemon
        if pokemon.id == 7 and pokemon.id not in failed_once:
            failed_once.add(pokemon.id)
            raise ConnectionError("PokéAPI did not answer")
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = fetch
    engine.run(options())
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["rows"] == len(POKEMON)


def test_a_pokemon_that_keeps_failing_is_reported_with_its_reason(engine: Engine) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        if call.pokemon[0].id == 7:
            raise PokeApiUnavailableError("PokéAPI did not answer for pokemon/7.")
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = fetch
    engine.run(options(attempts=3))
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["rows"] == len(POKEMON) - 1
    assert publication["failures"] == [
        {"pokemon": "pokemon-7", "reason": "PokéAPI did not answer for pokemon/7."}
    ]
    tries = [
        call for call in engine.activities.calls["fetch_pokemon"] if call["pokemon"][0] == [7, "pokemon-7"]
    ]
    assert len(tries) == 3


def test_the_text_of_an_unexpected_error_is_not_shown_to_the_reader(engine: Engine) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        if call.pokemon[0].id == 7:
            raise OverflowError("integer division result too large for a float")
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = fetch
    engine.run(options())
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["failures"] == [{"pokemon": "pokemon-7", "reason": INTERNAL_ERROR}]


def test_unfinished_pokemon_of_a_batch_get_single_calls(engine: Engine) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        failing = tuple(pokemon for pokemon in call.pokemon if pokemon.id == 3 and not call.is_single)
        fine = tuple(pokemon for pokemon in call.pokemon if pokemon not in failing)
        return FetchedPokemon(
            Activities.fetch_pokemon(FetchPokemon(fine, call.columns)).rows, unfinished=failing
        )

    engine.activities.fetch_pokemon = fetch
    engine.run(options(pokemon_per_activity=5))
    sizes = sorted(len(call["pokemon"]) for call in engine.activities.calls["fetch_pokemon"])
    assert sizes == [1, 3, 5, 5, 5, 5]
    assert engine.activities.calls["publish_report"][0]["rows"] == len(POKEMON)


def test_a_batch_that_fails_is_split_into_single_calls(engine: Engine) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        if not call.is_single:
            raise MemoryError("too much at once")
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = fetch
    engine.run(options(pokemon_per_activity=5))
    assert engine.activities.calls["publish_report"][0]["rows"] == len(POKEMON)


INTERNAL_ERROR = "An internal error occurred. It has been logged."


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (StorageUnavailableError("10.0.0.4: refused"), "The storage did not respond."),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), INTERNAL_ERROR),
    ],
)
def test_a_shard_that_cannot_be_staged_fails_only_its_own_pokemon(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    monkeypatch.setattr(fetch_shard, "STORAGE_RETRIES", None)

    def stage(shard: ShardRows) -> Receipt:
        if shard.index == 1 and shard.rows:
            raise error
        return staged(shard)

    engine.activities.stage_rows = each(stage)
    engine.run(options())
    (publication,) = engine.activities.calls["publish_report"]
    assert publication["block_ids"] == ["block-0", "block-2"]
    assert [failure["pokemon"] for failure in publication["failures"]] == [
        pokemon.name for pokemon in POKEMON[10:20]
    ]
    assert {failure["reason"] for failure in publication["failures"]} == {reason}


def test_a_plan_that_keeps_failing_fails_the_report_with_the_reason(engine: Engine) -> None:
    def plan(_: Any) -> Plan:
        raise PokeApiUnavailableError("PokéAPI did not answer for type/?limit=100000 (connection failed).")

    engine.activities.plan_report = plan
    assert engine.run(options(attempts=3)) == {"status": "failed"}
    assert len(engine.activities.calls["plan_report"]) == 3
    (failing,) = engine.activities.calls["fail_report"]
    assert failing["reason"] == "PokéAPI did not answer for type/?limit=100000 (connection failed)."
    assert "publish_report" not in engine.activities.calls


def test_a_shard_runs_one_group_of_calls_at_a_time(engine: Engine) -> None:
    under_way, most = set[int](), 0

    def fetch(call: FetchPokemon) -> FetchedPokemon:
        nonlocal most
        with engine.activities.lock:
            under_way.add(call.pokemon[0].id)
            most = max(most, len(under_way))
        time.sleep(0.02)
        with engine.activities.lock:
            under_way.discard(call.pokemon[0].id)
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = fetch
    engine.run(options(shard_size=23, calls_at_once=3))
    assert len(engine.activities.calls["fetch_pokemon"]) == 23
    assert most == 3


def test_planning_survives_a_storage_outage_that_uses_up_its_attempts(engine: Engine) -> None:
    def plan(order: GenerateReport) -> Plan:
        if len(engine.activities.calls["plan_report"]) <= 2:
            raise StorageUnavailableError("connection refused")
        return plan_of(POKEMON, order)

    engine.activities.plan_report = plan
    assert engine.run(options(attempts=2)) == {"status": "succeeded"}
    assert len(engine.activities.calls["plan_report"]) == 3


def test_an_impossible_plan_fails_the_report_at_once(engine: Engine) -> None:
    engine.activities.plan_report = lambda _: Plan(impossible="There is no type 'nope'.")
    assert engine.run(options()) == {"status": "failed"}
    assert len(engine.activities.calls["plan_report"]) == 1
    assert engine.activities.calls["fail_report"][0]["reason"] == "There is no type 'nope'."


def test_a_publication_that_fails_fails_the_report(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate_report, "STORAGE_RETRIES", None)

    def publish(_: Any) -> dict[str, Any]:
        raise SettingError(
            "ReportStorage", "POKEAPI_BASE_URL must be a URL; got 'https://user:password@mirror'."
        )

    engine.activities.publish_report = publish
    assert engine.run(options()) == {"status": "failed"}
    assert engine.activities.calls["fail_report"][0]["reason"] == INTERNAL_ERROR


def test_a_report_without_pokemon_is_published(engine: Engine) -> None:
    engine.activities.plan_report = lambda _: Plan()
    assert engine.run(options()) == {"status": "succeeded"}
    assert "fetch_pokemon" not in engine.activities.calls
    assert engine.activities.calls["publish_report"][0]["rows"] == 0


def test_failures_found_by_an_activity_reach_the_publication_in_order(engine: Engine) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        (pokemon,) = call.pokemon
        if pokemon.id in {21, 2}:
            return FetchedPokemon(failures=(Failure(pokemon.name, "PokéAPI has no such document."),))
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = fetch
    engine.run(options())
    (publication,) = engine.activities.calls["publish_report"]
    assert [failure["pokemon"] for failure in publication["failures"]] == ["pokemon-2", "pokemon-21"]
    assert len(engine.activities.calls["fetch_pokemon"]) == len(POKEMON)


def test_progress_is_recorded_as_it_grows_and_shown_as_custom_status(engine: Engine) -> None:
    def one_after_another(call: FetchPokemon) -> FetchedPokemon:
        time.sleep(0.03 * (call.pokemon[0].id % 10))
        return Activities.fetch_pokemon(call)

    engine.activities.fetch_pokemon = one_after_another
    engine.run(options())
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


def test_recording_progress_does_not_block_the_report(engine: Engine) -> None:
    let_go = threading.Event()
    engine.activities.record_progress = lambda _: let_go.wait(20)
    try:
        assert engine.run(options()) == {"status": "succeeded"}
        assert len(engine.activities.calls["record_progress"]) == 1
    finally:
        let_go.set()


def test_a_storage_error_is_not_shown_to_the_reader(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate_report, "STORAGE_RETRIES", None)

    def publish(_: Any) -> dict[str, Any]:
        raise StorageUnavailableError("HTTPConnection(host='10.0.0.4', port=443): refused")

    engine.activities.publish_report = publish
    assert engine.run(options()) == {"status": "failed"}
    assert engine.activities.calls["fail_report"][0]["reason"] == "The storage did not respond."


FOREIGN_RESULTS = [
    None,
    {"status": "succeeded"},
    StagedRows((Receipt(99, "block-99", 1),)).to_dict(),
    FetchedPokemon(rows=(Row(9999, ("9999", "another")),)).to_dict(),
]


@pytest.mark.parametrize("activity", ["fetch_pokemon", "stage_rows", "publish_report", "fail_report"])
@pytest.mark.parametrize("foreign", FOREIGN_RESULTS)
def test_a_call_that_gets_the_result_of_another_is_repeated(
    engine: Engine, activity: str, foreign: dict[str, Any] | None
) -> None:
    """After a host was killed, the Azure Storage provider can deliver a result for the wrong call."""
    right = getattr(engine.activities, activity)
    if activity == "fail_report":
        engine.activities.plan_report = lambda _: Plan(impossible="Nothing to do.")
    count = 0

    def wrong_first(order: Any) -> Any:
        nonlocal count
        count += 1
        return foreign if count == 1 else right(order)

    setattr(engine.activities, activity, wrong_first)
    output = engine.run(options())
    if activity == "fail_report" or foreign == {"status": "succeeded"}:
        assert output["status"] in {"succeeded", "failed"}
    else:
        assert output == {"status": "succeeded"}
    if activity != "fail_report":
        publication = engine.activities.calls["publish_report"][-1]
        assert publication["rows"] == len(POKEMON)
        assert publication["failures"] == []
    if activity in {"publish_report", "fail_report"} and foreign == {"status": "succeeded"}:
        return  # these calls return the same
    assert count > 1


def test_the_result_of_a_shard_is_not_needed_because_its_receipt_is_an_event(engine: Engine) -> None:
    engine.run(options())
    state = engine.client.get_orchestration_state(shard_instance_id(engine.report_id, 0))
    assert state is not None
    assert state.get_output() is None
