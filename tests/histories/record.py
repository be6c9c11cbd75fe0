"""Records histories of the current version of the orchestrators.

    python -m tests.histories.record

Once a version has been released, a change to an orchestrator's steps raises ``defaultVersion`` in host.json,
and the orchestrator keeps the earlier steps for instances with an earlier ``context.version``. Each version
has a folder. The tests replay the histories of earlier versions until no instance of that version can be
running.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from durabletask.internal import orchestrator_service_pb2 as pb
from google.protobuf.json_format import MessageToDict

from domain.messages import ExecutionOptions, FetchedPokemon, FetchPokemon, shard_instance_id
from domain.plan import Plan
from domain.report import Failure
from tests.engine import IDS, POKEMON, Activities, Engine, each, keeping, options, running_engine, staged
from tools.local.process import REPOSITORY

SHARDS = 10
HOST = json.loads((REPOSITORY / "host.json").read_text())
FOLDER = Path(__file__).parent / HOST["extensions"]["durableTask"]["defaultVersion"]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with running_engine() as engine:
        for name, (execution_options, arrange) in SCENARIOS.items():
            engine.activities = Activities()
            arrange(engine.activities)
            engine.run(execution_options)
            save(engine, engine.report_id, f"generate_report.{name}")
            if "fetch_pokemon" in engine.activities.calls:
                first = min(shard for shard in range(SHARDS) if has_instance(engine, shard))
                save(engine, shard_instance_id(engine.report_id, first), f"fetch_shard.{name}")


def has_instance(engine: Engine, shard: int) -> bool:
    return engine.client.get_orchestration_state(shard_instance_id(engine.report_id, shard)) is not None


def save(engine: Engine, instance_id: str, name: str) -> None:
    request = pb.StreamInstanceHistoryRequest(instanceId=instance_id)
    chunks: Any = engine.client._stub.StreamInstanceHistory(request)
    events = [MessageToDict(event) for chunk in chunks for event in chunk.events]
    path = FOLDER / f"{name}.jsonl"
    for event in events:
        # A stack trace contains the paths of the machine that recorded it.
        event.get("taskFailed", {}).get("failureDetails", {}).pop("stackTrace", None)
    path.write_text("".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events))
    sys.stdout.write(f"{path.name}: {len(events)} events\n")


def everything_works(_: Activities) -> None:
    pass


def some_pokemon_fail(activities: Activities) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        pokemon = call.pokemon[0]
        if call.is_single and pokemon.id == 3:
            raise ConnectionError("PokéAPI did not respond for pokemon/3.")
        if pokemon.id == 5:
            return FetchedPokemon(failures=(Failure(pokemon.name, "PokéAPI has no pokemon/5."),))
        return Activities.fetch_pokemon(call)

    activities.fetch_pokemon = fetch


def batches_break(activities: Activities) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        if not call.is_single:
            return FetchedPokemon(unfinished=call.pokemon)
        return Activities.fetch_pokemon(call)

    activities.fetch_pokemon = fetch


def everything_is_cached(activities: Activities) -> None:
    activities.stage_rows = each(lambda shard: staged(shard, in_cache=IDS))


def half_is_cached(activities: Activities) -> None:
    activities.stage_rows = each(lambda shard: staged(shard, in_cache=range(1, 16)))


def rows_are_kept(activities: Activities) -> None:
    activities.plan_report = lambda order: keeping(POKEMON, order, missing={3, 7, 22})


def planning_fails(activities: Activities) -> None:
    def plan(_: Any) -> Plan:
        raise ConnectionError("PokéAPI did not respond.")

    activities.plan_report = plan


def planning_is_impossible(activities: Activities) -> None:
    activities.plan_report = lambda _: Plan(impossible="There is no type 'nope'.")


SCENARIOS: dict[str, tuple[ExecutionOptions, Callable[[Activities], None]]] = {
    "everything_works": (options(shards_in_flight=2), everything_works),
    "calls_in_groups": (options(calls_at_once=2, most_shards=3), everything_works),
    "some_pokemon_fail": (options(), some_pokemon_fail),
    "batches_break": (options(pokemon_per_activity=4), batches_break),
    "everything_is_cached": (options(), everything_is_cached),
    "half_is_cached": (options(shard_size=4), half_is_cached),
    "rows_are_kept": (options(shard_size=4, most_shards=2), rows_are_kept),
    "planning_fails": (options(), planning_fails),
    "planning_is_impossible": (options(), planning_is_impossible),
}

if __name__ == "__main__":
    main()
