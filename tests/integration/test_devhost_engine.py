"""The engine, driven by hand: what it mends in the SDK's in-memory backend, one fault a test."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

import grpc
import pytest
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.internal.orchestrator_service_pb2_grpc import TaskHubSidecarServiceStub
from durabletask.testing.in_memory_backend import InMemoryOrchestrationBackend

from devhost.engine import Engine
from devhost.inprocess import EngineError, InProcess

CONTEXT: Any = InProcess()


class Alarms:
    """Collects what the engine wants done later; ``ring`` does it now."""

    def __init__(self) -> None:
        self.pending: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, callback: Callable[[], None]) -> None:
        self.pending.append((seconds, callback))

    def ring(self) -> None:
        pending, self.pending = self.pending, []
        for _, callback in pending:
            callback()


class Driver:
    """Plays the dispatcher: takes work items and answers them with actions."""

    def __init__(self) -> None:
        self.alarms = Alarms()
        self.engine = Engine(self.alarms)
        self._context: Any = InProcess()
        self._items = self.engine.GetWorkItems(pb.GetWorkItemsRequest(), self._context)

    def start(self, instance_id: str, **fields: Any) -> None:
        self.engine.StartInstance(
            pb.CreateInstanceRequest(instanceId=instance_id, name="main", **fields), CONTEXT
        )

    def next(self) -> pb.WorkItem:
        return next(self._items)

    def nothing_to_do(self) -> bool:
        stop = threading.Timer(0.15, self._context.cancel)
        stop.start()
        try:
            return next(self._items, None) is None
        finally:
            stop.cancel()

    def answer(self, item: pb.WorkItem, *actions: pb.OrchestratorAction) -> None:
        response = pb.OrchestratorResponse(
            instanceId=item.orchestratorRequest.instanceId,
            completionToken=item.completionToken,
            actions=actions,
        )
        self.engine.CompleteOrchestratorTask(response, CONTEXT)

    def done(self, item: pb.WorkItem, message: str = "") -> None:
        request = item.activityRequest
        response = pb.ActivityResponse(
            instanceId=request.orchestrationInstance.instanceId,
            taskId=request.taskId,
            completionToken=item.completionToken,
        )
        response.result.value = message
        self.engine.CompleteActivityTask(response, CONTEXT)

    def state(self, instance_id: str) -> pb.OrchestrationState:
        request = pb.GetInstanceRequest(instanceId=instance_id, getInputsAndOutputs=True)
        return self.engine.GetInstance(request, CONTEXT).orchestrationState

    def status(self, instance_id: str) -> str:
        name = pb.OrchestrationStatus.Name(self.state(instance_id).orchestrationStatus)
        return str(name).removeprefix("ORCHESTRATION_STATUS_")


def complete(status: Any = pb.ORCHESTRATION_STATUS_COMPLETED, **fields: Any) -> pb.OrchestratorAction:
    return pb.OrchestratorAction(
        id=99, completeOrchestration=pb.CompleteOrchestrationAction(orchestrationStatus=status, **fields)
    )


def activity(number: int) -> pb.OrchestratorAction:
    return pb.OrchestratorAction(id=number, scheduleTask=pb.ScheduleTaskAction(name="work"))


def timer(number: int, seconds: float) -> pb.OrchestratorAction:
    action = pb.OrchestratorAction(id=number)
    action.createTimer.fireAt.FromDatetime(datetime.now(UTC) + timedelta(seconds=seconds))
    return action


def sub_orchestration(number: int, instance_id: str) -> pb.OrchestratorAction:
    return pb.OrchestratorAction(
        id=number, createSubOrchestration=pb.CreateSubOrchestrationAction(instanceId=instance_id, name="sub")
    )


def new_events(item: pb.WorkItem) -> list[str]:
    names = [event.WhichOneof("eventType") for event in item.orchestratorRequest.newEvents]
    return [str(name) for name in names if name != "orchestratorStarted"]


@pytest.fixture
def driver() -> Driver:
    return Driver()


@pytest.fixture
def listening() -> Iterator[tuple[Engine, str]]:
    engine = Engine(Alarms())
    yield engine, engine.start()
    engine.stop(0)


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


def test_the_engine_listens_on_loopback_only(listening: tuple[Engine, str]) -> None:
    assert listening[1].startswith("127.0.0.1:")
    assert not listening[1].endswith(":0")


def test_thirty_waiting_clients_do_not_block_another_and_a_stop_frees_them(
    listening: tuple[Engine, str],
) -> None:
    engine, address = listening
    engine.StartInstance(pb.CreateInstanceRequest(instanceId="slow", name="main"), CONTEXT)
    with grpc.insecure_channel(address) as channel:
        stub: Any = TaskHubSidecarServiceStub(channel)  # type: ignore[no-untyped-call]
        waiting = [
            stub.WaitForInstanceCompletion.future(pb.GetInstanceRequest(instanceId="slow")) for _ in range(30)
        ]
        time.sleep(0.2)
        assert stub.GetInstance(pb.GetInstanceRequest(instanceId="slow"), timeout=1).exists
        assert not any(call.done() for call in waiting)
        started = time.monotonic()
        engine.stop(0)
        while waiting_threads():
            assert time.monotonic() - started < 10


def waiting_threads() -> list[threading.Thread]:
    frames = sys._current_frames()
    return [
        thread
        for thread in threading.enumerate()
        if "_wait_for_state" in functions_of(frames.get(thread.ident or 0))
    ]


def functions_of(frame: FrameType | None) -> list[str]:
    names = []
    while frame is not None:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return names


def test_a_message_of_eight_mebibytes_passes(listening: tuple[Engine, str]) -> None:
    _, address = listening
    options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    with grpc.insecure_channel(address, options=options) as channel:
        stub: Any = TaskHubSidecarServiceStub(channel)  # type: ignore[no-untyped-call]
        request = pb.CreateInstanceRequest(instanceId="big", name="main")
        request.input.value = "x" * (8 * 1024 * 1024)
        stub.StartInstance(request, timeout=5)
        answer = stub.GetInstance(
            pb.GetInstanceRequest(instanceId="big", getInputsAndOutputs=True), timeout=5
        )
        assert answer.orchestrationState.input.value == request.input.value


def test_an_ended_instance_is_replaced_and_a_running_one_refused(driver: Driver) -> None:
    driver.start("one")
    with pytest.raises(EngineError) as refused:
        driver.start("one")
    assert refused.value.code is grpc.StatusCode.ALREADY_EXISTS
    driver.answer(driver.next(), complete())
    driver.start("one")
    assert driver.status("one") == "PENDING"


def test_any_instance_is_replaced_where_host_json_says_so() -> None:
    driver = Driver()
    driver.engine = Engine(driver.alarms, replace_running_instances=True)
    driver.start("one")
    driver.start("one")
    assert driver.status("one") == "PENDING"


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


def test_a_timer_fires_when_it_is_due(driver: Driver) -> None:
    driver.start("one")
    driver.answer(driver.next(), timer(1, 60))
    assert 59 < driver.alarms.pending[0][0] <= 60
    driver.alarms.ring()
    assert new_events(driver.next()) == ["timerFired"]


def test_a_scheduled_start_waits_for_its_time(driver: Driver) -> None:
    request = pb.CreateInstanceRequest(instanceId="later", name="main")
    request.scheduledStartTimestamp.FromDatetime(datetime.now(UTC) + timedelta(hours=1))
    driver.engine.StartInstance(request, CONTEXT)
    driver.engine.RaiseEvent(pb.RaiseEventRequest(instanceId="later", name="early"), CONTEXT)
    assert driver.status("later") == "PENDING"
    assert not driver.engine._orchestration_queue
    driver.alarms.ring()
    assert new_events(driver.next()) == ["executionStarted", "eventRaised"]


def test_histories_of_more_than_ten_thousand_events_go_on(driver: Driver) -> None:
    driver.start("one")
    driver.answer(driver.next(), *(activity(number) for number in range(6000)))
    for work in [driver.next() for _ in range(6000)]:
        driver.done(work)
    driver.answer(driver.next(), activity(6001))
    driver.done(driver.next())
    driver.answer(driver.next(), complete())
    assert driver.status("one") == "COMPLETED"


def test_every_event_of_a_history_has_its_time(driver: Driver) -> None:
    driver.start("one")
    driver.answer(driver.next(), activity(1), timer(2, 1))
    driver.done(driver.next())
    driver.answer(driver.next(), complete())
    request = pb.StreamInstanceHistoryRequest(instanceId="one")
    events = [
        event for chunk in driver.engine.StreamInstanceHistory(request, CONTEXT) for event in chunk.events
    ]
    assert len(events) >= 7
    assert all(event.timestamp.seconds for event in events)


def test_nothing_is_left_of_finished_and_purged_instances(driver: Driver) -> None:
    for number in range(20):
        driver.start(f"parent-{number}")
        driver.answer(driver.next(), sub_orchestration(1, f"child-{number}"))
        driver.answer(driver.next(), complete())
        driver.answer(driver.next(), complete())
        for name in (f"parent-{number}", f"child-{number}"):
            driver.engine.PurgeInstances(pb.PurgeInstancesRequest(instanceId=name), CONTEXT)
    assert driver.nothing_to_do()
    left = {
        name: value for name, value in vars(driver.engine).items() if isinstance(value, dict | set | list)
    }
    assert {name: value for name, value in left.items() if value and name != "_replaceable"} == {}


# Entities


def signal(driver: Driver, entity_id: str, operation: str) -> None:
    driver.engine.SignalEntity(pb.SignalEntityRequest(instanceId=entity_id, name=operation), CONTEXT)


def finish(driver: Driver, item: pb.WorkItem, state: str | None) -> None:
    result = pb.EntityBatchResult(completionToken=item.completionToken)
    if state is not None:
        result.entityState.value = state
    driver.engine.CompleteEntityTask(result, CONTEXT)


def lock(entity_id: str, instance_id: str) -> pb.OrchestratorAction:
    action = pb.OrchestratorAction(id=1)
    action.sendEntityMessage.entityLockRequested.CopyFrom(
        pb.EntityLockRequestedEvent(criticalSectionId=f"lock-{instance_id}", lockSet=[entity_id])
    )
    action.sendEntityMessage.entityLockRequested.parentInstanceId.value = instance_id
    return action


def call(entity_id: str, instance_id: str) -> pb.OrchestratorAction:
    action = pb.OrchestratorAction(id=2)
    called = action.sendEntityMessage.entityOperationCalled
    called.requestId = f"call-{instance_id}"
    called.operation = "get"
    called.parentInstanceId.value = instance_id
    called.targetInstanceId.value = entity_id
    return action


def unlock(entity_id: str, instance_id: str) -> pb.OrchestratorAction:
    action = pb.OrchestratorAction(id=3)
    action.sendEntityMessage.entityUnlockSent.criticalSectionId = f"lock-{instance_id}"
    action.sendEntityMessage.entityUnlockSent.targetInstanceId.value = entity_id
    return action


def operations(item: pb.WorkItem) -> list[str]:
    return [str(event.WhichOneof("eventType")) for event in item.entityRequestV2.operationRequests]


def test_an_entity_without_a_state_does_not_exist_and_is_forgotten(driver: Driver) -> None:
    signal(driver, "@counter@a", "add")
    get = pb.GetEntityRequest(instanceId="@counter@a", includeState=True)
    assert not driver.engine.GetEntity(get, CONTEXT).exists
    finish(driver, driver.next(), "1")
    assert driver.engine.GetEntity(get, CONTEXT).exists
    signal(driver, "@counter@a", "delete")
    assert driver.engine.GetEntity(get, CONTEXT).exists
    finish(driver, driver.next(), None)
    assert not driver.engine.GetEntity(get, CONTEXT).exists
    assert not driver.engine._entities


def test_entities_are_listed_while_they_exist_and_operations_to_come_hide_none(driver: Driver) -> None:
    def listed() -> list[str]:
        answer = driver.engine.QueryEntities(pb.QueryEntitiesRequest(), CONTEXT)
        return [entity.instanceId for entity in answer.entities]

    signal(driver, "@counter@a", "add")
    assert listed() == []
    finish(driver, driver.next(), "1")
    assert listed() == ["@counter@a"]
    signal(driver, "@counter@a", "add")
    assert listed() == ["@counter@a"]
    assert operations(driver.next()) == ["entityOperationSignaled"]


def test_a_locked_entity_serves_its_holder_first_and_the_others_after_the_unlock(driver: Driver) -> None:
    driver.start("holder")
    driver.answer(driver.next(), lock("@counter@a", "holder"))
    granted = driver.next()
    assert new_events(granted) == ["entityLockGranted"]
    signal(driver, "@counter@a", "add")
    driver.answer(granted, call("@counter@a", "holder"))
    held = driver.next()
    assert operations(held) == ["entityOperationCalled"]
    finish(driver, held, "1")
    driver.engine.RaiseEvent(pb.RaiseEventRequest(instanceId="holder", name="go"), CONTEXT)
    driver.answer(driver.next(), unlock("@counter@a", "holder"))
    assert operations(driver.next()) == ["entityOperationSignaled"]


@pytest.mark.parametrize("how", ["signal", "call"])
def test_nobody_else_reaches_a_locked_entity(driver: Driver, how: str) -> None:
    driver.start("holder")
    driver.answer(driver.next(), lock("@counter@a", "holder"))
    driver.answer(driver.next())
    if how == "signal":
        signal(driver, "@counter@a", "add")
    else:
        driver.start("stranger")
        driver.answer(driver.next(), call("@counter@a", "stranger"))
    assert driver.nothing_to_do()


def test_a_lock_leaves_nothing_behind(driver: Driver) -> None:
    driver.start("holder")
    driver.answer(driver.next(), lock("@counter@a", "holder"))
    driver.answer(driver.next(), unlock("@counter@a", "holder"))
    assert not driver.engine._entities
    assert not driver.engine._lock_holders


def test_a_lock_waits_for_the_batch_that_runs(driver: Driver) -> None:
    driver.start("holder")
    orchestrator = driver.next()
    signal(driver, "@counter@a", "add")
    batch = driver.next()
    driver.answer(orchestrator, lock("@counter@a", "holder"))
    assert not driver.engine._orchestration_queue
    finish(driver, batch, "1")
    assert new_events(driver.next()) == ["entityLockGranted"]


def test_only_the_locks_of_instances_that_are_gone_count_as_orphaned(driver: Driver) -> None:
    for name in ("alive", "gone"):
        driver.start(name)
        driver.answer(driver.next(), lock(f"@counter@{name}", name))
        driver.answer(driver.next())
    driver.engine.TerminateInstance(pb.TerminateRequest(instanceId="gone"), CONTEXT)
    driver.answer(driver.next(), complete(pb.ORCHESTRATION_STATUS_TERMINATED))
    request = pb.CleanEntityStorageRequest(releaseOrphanedLocks=True)
    assert driver.engine.CleanEntityStorage(request, CONTEXT).orphanedLocksReleased == 1
    assert driver.engine._entities["@counter@alive"].locked_by == "lock-alive"
