"""The engine's execution layer, called directly: results, timers and children belong to one execution."""

import threading
import time
from typing import Any

import pytest
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.testing.in_memory_backend import InMemoryOrchestrationBackend

from tools.devhost.tests.engine_driver import (
    CONTEXT,
    EngineDriver,
    activity,
    complete,
    continue_as_new,
    fail,
    new_events,
    sub_orchestration,
    timer,
)


def test_a_parent_gets_the_result_of_a_child_that_outlasts_the_backends_wait(
    driver: EngineDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = InMemoryOrchestrationBackend._wait_for_state

    def wait_briefly(self: Any, instance_id: str, predicate: Any, timeout: float | None) -> Any:
        return wait(self, instance_id, predicate, 0.01 if timeout is None else timeout)  # instead of 30 s

    monkeypatch.setattr(InMemoryOrchestrationBackend, "_wait_for_state", wait_briefly)
    driver.start_with("parent", sub_orchestration(1, "child"))
    child = driver.next()
    time.sleep(0.05)
    driver.respond(child, complete())
    assert driver.next_events() == ["subOrchestrationInstanceCompleted"]


def test_a_restarted_child_does_not_get_results_of_its_previous_execution(driver: EngineDriver) -> None:
    driver.start_with("parent", sub_orchestration(1, "child"))
    driver.respond(driver.next(), activity(1), activity(2))
    first, late = driver.next(), driver.next()
    driver.complete_activity(first)
    episode = driver.next()
    assert new_events(episode) == ["taskCompleted"]
    driver.respond(episode, complete())
    driver.engine.RestartInstance(pb.RestartInstanceRequest(instanceId="child"), CONTEXT)
    driver.respond(driver.next())
    driver.complete_activity(late)
    driver.respond(driver.next())
    assert driver.is_idle()


def test_a_thousand_children_need_no_threads(driver: EngineDriver) -> None:
    driver.start("parent")
    before = threading.active_count()
    driver.respond(driver.next(), *(sub_orchestration(number, f"child-{number}") for number in range(1000)))
    assert threading.active_count() == before


def test_a_child_that_continues_as_new_keeps_its_parent(driver: EngineDriver) -> None:
    driver.start_with("parent", sub_orchestration(7, "child"))
    for _ in range(2):
        child = driver.next()
        started = next(
            event.executionStarted
            for event in child.orchestratorRequest.newEvents
            if event.HasField("executionStarted")
        )
        assert started.parentInstance.orchestrationInstance.instanceId == "parent"
        driver.respond(child, continue_as_new())
    driver.respond(driver.next(), complete())
    assert driver.next_events() == ["subOrchestrationInstanceCompleted"]


def test_a_parent_gets_the_error_of_its_failed_child(driver: EngineDriver) -> None:
    driver.start_with("parent", sub_orchestration(1, "child"))
    driver.respond(driver.next(), fail("ValueError", "no such page"))
    event = driver.next().orchestratorRequest.newEvents[-1].subOrchestrationInstanceFailed
    error = event.failureDetails
    assert (error.errorType, error.errorMessage) == ("ValueError", "no such page")


def test_events_that_arrive_during_an_episode_start_the_next_one_immediately(driver: EngineDriver) -> None:
    driver.start_with("main", activity(1), activity(2))
    first, second = driver.next(), driver.next()
    driver.complete_activity(first)
    episode = driver.next()
    driver.complete_activity(second)
    driver.engine._work_available.clear()
    driver.respond(episode)
    assert driver.engine._work_available.is_set()
    assert driver.next().orchestratorRequest.newEvents


def test_a_result_does_not_revive_an_ended_instance(driver: EngineDriver) -> None:
    driver.start_with("main", activity(1))
    item = driver.next()
    driver.terminate("main")
    driver.complete_activity(item)
    assert driver.is_idle()
    assert driver.status("main") == "TERMINATED"


def test_an_activity_is_not_awaited_once_its_instance_has_ended_is_purged_or_replaced(
    driver: EngineDriver,
) -> None:
    driver.start_with("main", activity(1))
    item = driver.next()
    assert driver.is_awaited(item)
    driver.terminate("main")
    assert not driver.is_awaited(item)
    driver.purge("main")
    assert not driver.is_awaited(item)
    driver.start("main")
    assert not driver.is_awaited(item)


def test_an_instance_does_not_get_results_and_timers_of_a_purged_one_with_its_id(
    driver: EngineDriver,
) -> None:
    driver.start_with("main", activity(1), timer(2, 1))
    old = driver.next()
    driver.terminate("main")
    driver.purge("main")
    driver.start_with("main", activity(1), timer(2, 60))
    new = driver.next()
    driver.complete_activity(old, '"old"')
    driver.timers.pending.pop()  # only the old instance's timer fires
    driver.timers.fire()
    driver.complete_activity(new, '"new"')
    episode = driver.next()
    assert new_events(episode) == ["taskCompleted"]
    assert episode.orchestratorRequest.newEvents[-1].taskCompleted.result.value == '"new"'


def test_a_new_generation_does_not_get_results_timers_and_children_of_the_previous_one(
    driver: EngineDriver,
) -> None:
    driver.start_with("main", activity(1), timer(2, 0), sub_orchestration(3, "child"))
    child, item = driver.next(), driver.next()
    driver.raise_event("main", "again")
    driver.respond(driver.next(), continue_as_new())
    driver.respond(driver.next())
    driver.complete_activity(item)
    driver.timers.fire()
    driver.respond(child, complete())
    assert driver.is_idle()


def test_a_response_to_an_old_episode_is_ignored(driver: EngineDriver) -> None:
    driver.start("main")
    old = driver.next()
    driver.respond(old, activity(1))
    driver.next()
    driver.respond(old, complete())
    assert driver.status("main") == "RUNNING"


def test_a_rewound_instance_restarts_its_outstanding_activities_and_timers(driver: EngineDriver) -> None:
    driver.start_with("main", activity(1), activity(2), timer(3, 60))
    first, outstanding = driver.next(), driver.next()
    driver.complete_activity(first)
    episode = driver.next()
    driver.raise_event("main", "late")
    driver.respond(episode, fail("ValueError", "no"))
    assert not driver.is_awaited(outstanding)
    driver.engine.RewindInstance(pb.RewindInstanceRequest(instanceId="main"), CONTEXT)
    rewound = driver.next()
    assert new_events(rewound) == ["executionRewound"]
    history = [
        event for event in rewound.orchestratorRequest.pastEvents if not event.HasField("executionCompleted")
    ]
    rewind = pb.RewindOrchestrationAction(newHistory=history)
    driver.respond(rewound, pb.OrchestratorAction(rewindOrchestration=rewind))
    driver.respond(driver.next())
    restarted = driver.next()
    assert restarted.activityRequest.taskId == outstanding.activityRequest.taskId
    driver.complete_activity(outstanding)
    driver.complete_activity(restarted)
    driver.timers.fire()
    assert driver.next_events() == ["taskCompleted", "timerFired"]
