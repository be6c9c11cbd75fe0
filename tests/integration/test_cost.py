"""The figures of ``docs/cost.md``: computed, and not below what a real run on the engine comes to."""

from typing import Any

import pytest
from durabletask.internal import orchestrator_service_pb2 as pb

from domain.messages import ExecutionOptions, shard_instance_id
from domain.pokedex import PokemonRef
from tests.engine import Activities, Engine, plan_of, running_engine
from tools.bench import cost
from tools.local.process import REPOSITORY

PAGE = (REPOSITORY / "docs/cost.md").read_text().splitlines()


@pytest.mark.parametrize("line", [line for line in cost.lines() if line])
def test_the_page_says_what_is_computed(line: str) -> None:
    assert line in PAGE


@pytest.fixture(scope="module", params=[1, 10], ids=["one by one", "in batches"])
def ran(request: pytest.FixtureRequest) -> Any:
    """A report of as many Pokémon as the page counts with, and what the code foretells of it."""
    options = ExecutionOptions(pokemon_per_activity=request.param)
    pokemon = tuple(PokemonRef(number, f"pokemon-{number}") for number in range(1, cost.POKEMON + 1))
    with running_engine() as engine:
        engine.activities = Activities(plan_report=lambda order: plan_of(pokemon, order))
        engine.run(options)
        yield engine, cost.one_report(options)


def history(engine: Engine, instance_id: str) -> list[str]:
    """The kinds of an instance's events."""
    request = pb.StreamInstanceHistoryRequest(instanceId=instance_id)
    chunks: Any = engine.client._stub.StreamInstanceHistory(request)
    return [event.WhichOneof("eventType") for chunk in chunks for event in chunk.events]


def test_a_run_calls_the_activities_that_are_counted(ran: tuple[Engine, cost.OneReport]) -> None:
    engine, foretold = ran
    called = {name: len(calls) for name, calls in engine.activities.calls.items()}
    recordings = called.pop("record_progress", 0)
    assert called == {
        "plan_report": 1,
        "fetch_pokemon": foretold.calls,
        "stage_rows": foretold.shards,
        "publish_report": 1,
    }
    assert recordings <= foretold.progress


def test_a_run_has_no_more_events_and_episodes_than_are_counted(ran: tuple[Engine, cost.OneReport]) -> None:
    engine, foretold = ran
    report = history(engine, engine.report_id)
    shards = [history(engine, shard_instance_id(engine.report_id, index)) for index in range(foretold.shards)]
    assert 0 < report.count("eventRaised") <= foretold.progress
    recordings = len(engine.activities.calls.get("record_progress", []))
    most = foretold.episodes_of_report - foretold.recordings + recordings
    assert 1 < report.count("orchestratorStarted") <= most
    assert sum(shard.count("orchestratorStarted") for shard in shards) <= foretold.episodes_of_shards
