"""Which run of an instance results, timers and children belong to: the engine driven by hand."""

import threading
import time
from typing import Any

import pytest
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.testing.in_memory_backend import InMemoryOrchestrationBackend

from tools.devhost.tests.devhost_driver import (
    CONTEXT,
    Driver,
    activity,
    complete,
    new_events,
    sub_orchestration,
    timer,
)


@pytest.fixture
def driver() -> Driver:
    return Driver()


def test_a_parent_hears_of_a_child_that_takes_longer_than_the_backend_waits(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = InMemoryOrchestrationBackend._wait_for_state

    def impatient(self: Any, instance_id: str, predicate: Any, timeout: float | None) -> Any:
        return waiting(
            self, instance_id, predicate, 0.01 if timeout is None else timeout
        )  # 0.01 s for its 30

    monkeypatch.setattr(InMemoryOrchestrationBackend, "_wait_for_state", impatient)
    driver.start("parent")
    driver.answer(driver.next(), sub_orchestration(1, "child"))
    child = driver.next()
    time.sleep(0.05)
    driver.answer(child, complete())
    assert new_events(driver.next()) == ["subOrchestrationInstanceCompleted"]


def test_a_child_gets_its_activities_results_and_a_restarted_one_not_the_old_ones(driver: Driver) -> None:
    driver.start("parent")
    driver.answer(driver.next(), sub_orchestration(1, "child"))
    driver.answer(driver.next(), activity(1), activity(2))
    first, late = driver.next(), driver.next()
    driver.done(first)
    episode = driver.next()
    assert new_events(episode) == ["taskCompleted"]
    driver.answer(episode, complete())
    driver.engine.RestartInstance(pb.RestartInstanceRequest(instanceId="child"), CONTEXT)
    driver.answer(driver.next())
    driver.done(late)
    driver.answer(driver.next())
    assert driver.nothing_to_do()


def test_a_thousand_children_need_no_thread_each(driver: Driver) -> None:
    driver.start("parent")
    before = threading.active_count()
    driver.answer(driver.next(), *(sub_orchestration(number, f"child-{number}") for number in range(1000)))
    assert threading.active_count() == before


def test_a_child_knows_its_parent_also_after_it_continued_as_new(driver: Driver) -> None:
    driver.start("parent")
    driver.answer(driver.next(), sub_orchestration(7, "child"))
    for _ in range(2):
        child = driver.next()
        started = next(
            event.executionStarted
            for event in child.orchestratorRequest.newEvents
            if event.HasField("executionStarted")
        )
        assert started.parentInstance.orchestrationInstance.instanceId == "parent"
        driver.answer(child, complete(pb.ORCHESTRATION_STATUS_CONTINUED_AS_NEW))
    driver.answer(driver.next(), complete())
    assert new_events(driver.next()) == ["subOrchestrationInstanceCompleted"]


def test_a_parent_learns_what_its_child_failed_with(driver: Driver) -> None:
    driver.start("parent")
    driver.answer(driver.next(), sub_orchestration(1, "child"))
    details = pb.TaskFailureDetails(errorType="ValueError", errorMessage="no such page")
    driver.answer(driver.next(), complete(pb.ORCHESTRATION_STATUS_FAILED, failureDetails=details))
    event = driver.next().orchestratorRequest.newEvents[-1].subOrchestrationInstanceFailed
    assert (event.failureDetails.errorType, event.failureDetails.errorMessage) == (
        "ValueError",
        "no such page",
    )


def test_news_that_came_during_an_episode_is_dispatched_at_once_after_it(driver: Driver) -> None:
    driver.start("one")
    driver.answer(driver.next(), activity(1), activity(2))
    first, second = driver.next(), driver.next()
    driver.done(first)
    episode = driver.next()
    driver.done(second)
    driver.engine._work_available.clear()
    driver.answer(episode)
    assert driver.engine._work_available.is_set()
    assert driver.next().orchestratorRequest.newEvents


def test_results_for_an_ended_instance_do_not_revive_it(driver: Driver) -> None:
    driver.start("one")
    driver.answer(driver.next(), activity(1))
    work = driver.next()
    driver.engine.TerminateInstance(pb.TerminateRequest(instanceId="one"), CONTEXT)
    driver.answer(driver.next(), complete(pb.ORCHESTRATION_STATUS_TERMINATED))
    driver.done(work)
    assert driver.nothing_to_do()
    assert driver.status("one") == "TERMINATED"


def test_activities_of_ended_gone_and_replaced_instances_are_not_wanted(driver: Driver) -> None:
    driver.start("one")
    driver.answer(driver.next(), activity(1))
    work = driver.next()
    assert driver.engine.is_wanted(work.activityRequest, work.completionToken)
    driver.engine.TerminateInstance(pb.TerminateRequest(instanceId="one"), CONTEXT)
    driver.answer(driver.next(), complete(pb.ORCHESTRATION_STATUS_TERMINATED))
    assert not driver.engine.is_wanted(work.activityRequest, work.completionToken)
    driver.engine.PurgeInstances(pb.PurgeInstancesRequest(instanceId="one"), CONTEXT)
    assert not driver.engine.is_wanted(work.activityRequest, work.completionToken)
    driver.start("one")
    assert not driver.engine.is_wanted(work.activityRequest, work.completionToken)


def test_a_new_run_of_an_id_does_not_get_the_old_runs_results(driver: Driver) -> None:
    driver.start("one")
    driver.answer(driver.next(), activity(1), timer(2, 1))
    old = driver.next()
    driver.engine.TerminateInstance(pb.TerminateRequest(instanceId="one"), CONTEXT)
    driver.answer(driver.next(), complete(pb.ORCHESTRATION_STATUS_TERMINATED))
    driver.engine.PurgeInstances(pb.PurgeInstancesRequest(instanceId="one"), CONTEXT)
    driver.start("one")
    driver.answer(driver.next(), activity(1), timer(2, 60))
    new = driver.next()
    driver.done(old, '"old"')
    driver.alarms.pending.pop()  # only the old run's timer rings
    driver.alarms.ring()
    driver.done(new, '"new"')
    episode = driver.next()
    assert new_events(episode) == ["taskCompleted"]
    assert episode.orchestratorRequest.newEvents[-1].taskCompleted.result.value == '"new"'


def test_a_new_generation_does_not_get_the_old_ones_results_timers_or_children(driver: Driver) -> None:
    driver.start("one")
    driver.answer(driver.next(), activity(1), timer(2, 0), sub_orchestration(3, "child"))
    child, work = driver.next(), driver.next()
    driver.engine.RaiseEvent(pb.RaiseEventRequest(instanceId="one", name="again"), CONTEXT)
    driver.answer(driver.next(), complete(pb.ORCHESTRATION_STATUS_CONTINUED_AS_NEW))
    driver.answer(driver.next())
    driver.done(work)
    driver.alarms.ring()
    driver.answer(child, complete())
    assert driver.nothing_to_do()


def test_a_stale_answer_of_an_orchestrator_changes_nothing(driver: Driver) -> None:
    driver.start("one")
    old = driver.next()
    driver.answer(old, activity(1))
    driver.next()
    driver.answer(old, complete())
    assert driver.status("one") == "RUNNING"


def test_a_rewound_instance_does_again_what_it_still_waited_for(driver: Driver) -> None:
    driver.start("one")
    driver.answer(driver.next(), activity(1), activity(2), timer(3, 60))
    first, outstanding = driver.next(), driver.next()
    driver.done(first)
    failure = pb.TaskFailureDetails(errorType="ValueError", errorMessage="no")
    episode = driver.next()
    driver.engine.RaiseEvent(pb.RaiseEventRequest(instanceId="one", name="late"), CONTEXT)
    driver.answer(episode, complete(pb.ORCHESTRATION_STATUS_FAILED, failureDetails=failure))
    assert not driver.engine.is_wanted(outstanding.activityRequest, outstanding.completionToken)
    driver.engine.RewindInstance(pb.RewindInstanceRequest(instanceId="one"), CONTEXT)
    rewound = driver.next()
    assert new_events(rewound) == ["executionRewound"]
    kept = [e for e in rewound.orchestratorRequest.pastEvents if not e.HasField("executionCompleted")]
    rewind = pb.OrchestratorAction(rewindOrchestration=pb.RewindOrchestrationAction(newHistory=kept))
    driver.answer(rewound, rewind)
    driver.answer(driver.next())
    again = driver.next()
    assert again.activityRequest.taskId == outstanding.activityRequest.taskId
    driver.done(outstanding)
    driver.done(again)
    driver.alarms.ring()
    assert new_events(driver.next()) == ["taskCompleted", "timerFired"]
