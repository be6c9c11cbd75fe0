"""The engine's entities and locks, driven by hand, one fault a test."""

import pytest
from durabletask.internal import orchestrator_service_pb2 as pb

from tools.devhost.tests.devhost_driver import CONTEXT, Driver, complete, new_events


@pytest.fixture
def driver() -> Driver:
    return Driver()


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
