"""The orchestrators still replay what earlier code recorded, so runs under way survive a deployment."""

import asyncio
import base64
import json
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from durabletask.internal import orchestrator_service_pb2 as pb
from google.protobuf.json_format import ParseDict

from domain.telemetry import LOGGER
from orchestrators import fetch_shard, generate_report
from tests import histories
from tools.local.process import REPOSITORY

ORCHESTRATORS = {
    "generate_report": generate_report.generate_report,
    "fetch_shard": fetch_shard.fetch_shard,
}
RECORDED = sorted(Path(histories.__path__[0]).glob("*/*.jsonl"))
"""In a folder for each version of the orchestrators: `defaultVersion` of host.json when it was recorded."""


def events(path: Path) -> list[pb.HistoryEvent]:
    """As the host has them: started with the version that was the default then."""
    recorded = [ParseDict(json.loads(line), pb.HistoryEvent()) for line in path.read_text().splitlines()]
    for event in recorded:
        if event.HasField("executionStarted"):
            event.executionStarted.version.value = path.parent.name
    return recorded


def shown(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


async def replay(
    name: str, recorded: list[pb.HistoryEvent], *, anew: bool = True
) -> pb.CompleteOrchestrationAction:
    """Run the function as the host does, with the last episode as what is new; returns how it ended.

    Unless ``anew``, that episode is replayed too, and what is new is an episode in which nothing comes.
    """
    starts = [index for index, event in enumerate(recorded) if event.HasField("orchestratorStarted")]
    if not anew:
        recorded = [*recorded, recorded[starts[-1]]]
        starts.append(len(recorded) - 1)
    last = starts[-1]
    request = pb.OrchestratorRequest(
        instanceId="replayed", pastEvents=recorded[:last], newEvents=recorded[last:]
    )
    body = base64.b64encode(request.SerializeToString()).decode()
    function: Any = ORCHESTRATORS[name].build().get_user_function()
    answer = await function(**{function._df_trigger_name: SimpleNamespace(body=body)})
    response = pb.OrchestratorResponse.FromString(base64.b64decode(answer))
    (action,) = [action for action in response.actions if action.HasField("completeOrchestration")]
    ending: pb.CompleteOrchestrationAction = action.completeOrchestration
    return ending


def ending(recorded: list[pb.HistoryEvent]) -> pb.ExecutionCompletedEvent:
    assert recorded[-1].HasField("executionCompleted")
    return recorded[-1].executionCompleted


def episodes(recorded: list[pb.HistoryEvent]) -> list[pb.HistoryEvent]:
    """The history up to the last episode's end, which a replay reaches."""
    return [
        event
        for event in recorded
        if not event.HasField("executionCompleted") and not event.HasField("orchestratorCompleted")
    ]


@pytest.mark.parametrize("path", RECORDED, ids=shown)
def test_a_recorded_history_replays_to_the_same_result(path: Path) -> None:
    recorded = events(path)
    replayed = asyncio.run(replay(path.name.partition(".")[0], episodes(recorded)))
    assert replayed.orchestrationStatus == pb.ORCHESTRATION_STATUS_COMPLETED, replayed.failureDetails
    was, is_now = (json.loads(end.result.value or "{}") for end in (ending(recorded), replayed))
    assert is_now == is_now | was, "fields may be added to a result, none may change"


def test_each_orchestrator_has_recorded_histories_of_the_current_version() -> None:
    current = json.loads((REPOSITORY / "host.json").read_text())["extensions"]["durableTask"][
        "defaultVersion"
    ]
    recorded = [path for path in RECORDED if path.parent.name == current]
    assert {path.name.partition(".")[0] for path in recorded} == set(ORCHESTRATORS)


@pytest.mark.parametrize("path", RECORDED, ids=shown)
def test_an_event_is_emitted_once_and_not_at_replay(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, LOGGER.name)
    name = path.name.partition(".")[0]
    recorded = episodes(events(path))
    replayed = asyncio.run(replay(name, recorded, anew=False))
    assert replayed.orchestrationStatus == pb.ORCHESTRATION_STATUS_COMPLETED, replayed.failureDetails
    assert [record for record in caplog.records if record.name == LOGGER.name] == []
    asyncio.run(replay(name, recorded))
    emitted = [getattr(record, "event", "") for record in caplog.records if record.name == LOGGER.name]
    assert emitted == (["shard_finished"] if name == "fetch_shard" else [])


def test_a_history_with_different_steps_does_not_replay() -> None:
    path = next(path for path in RECORDED if path.stem == "generate_report.everything_works")
    recorded = episodes(events(path))
    for event in recorded:
        if event.HasField("taskScheduled") and event.taskScheduled.name == "plan_report":
            event.taskScheduled.name = "choose_pokemon"
    replayed = asyncio.run(replay("generate_report", recorded))
    assert replayed.orchestrationStatus == pb.ORCHESTRATION_STATUS_FAILED
    assert "NonDeterminism" in replayed.failureDetails.errorType
