"""The engine's entity layer, called directly: entities and their locks."""

import pytest
from durabletask.internal import orchestrator_service_pb2 as pb

from tools.devhost.tests.engine_driver import CONTEXT, EngineDriver, new_events

COUNTER = "@counter@a"


def signal(driver: EngineDriver, operation: str) -> None:
    driver.engine.SignalEntity(pb.SignalEntityRequest(instanceId=COUNTER, name=operation), CONTEXT)


def complete_batch(driver: EngineDriver, item: pb.WorkItem, state: str | None) -> None:
    result = pb.EntityBatchResult(completionToken=item.completionToken)
    if state is not None:
        result.entityState.value = state
    driver.engine.CompleteEntityTask(result, CONTEXT)


def lock(instance_id: str, entity_id: str = COUNTER) -> pb.OrchestratorAction:
    action = pb.OrchestratorAction(id=1)
    action.sendEntityMessage.entityLockRequested.CopyFrom(
        pb.EntityLockRequestedEvent(criticalSectionId=f"lock-{instance_id}", lockSet=[entity_id])
    )
    action.sendEntityMessage.entityLockRequested.parentInstanceId.value = instance_id
    return action


def call(instance_id: str) -> pb.OrchestratorAction:
    action = pb.OrchestratorAction(id=2)
    called = action.sendEntityMessage.entityOperationCalled
    called.requestId = f"call-{instance_id}"
    called.operation = "get"
    called.parentInstanceId.value = instance_id
    called.targetInstanceId.value = COUNTER
    return action


def unlock(instance_id: str) -> pb.OrchestratorAction:
    action = pb.OrchestratorAction(id=3)
    action.sendEntityMessage.entityUnlockSent.criticalSectionId = f"lock-{instance_id}"
    action.sendEntityMessage.entityUnlockSent.targetInstanceId.value = COUNTER
    return action


def operations(item: pb.WorkItem) -> list[str]:
    return [str(event.WhichOneof("eventType")) for event in item.entityRequestV2.operationRequests]


def test_an_entity_exists_while_it_has_a_state(driver: EngineDriver) -> None:
    def exists() -> bool:
        get = pb.GetEntityRequest(instanceId=COUNTER, includeState=True)
        return driver.engine.GetEntity(get, CONTEXT).exists

    signal(driver, "add")
    assert not exists()
    complete_batch(driver, driver.next(), "1")
    assert exists()
    signal(driver, "delete")
    assert exists()
    complete_batch(driver, driver.next(), None)
    assert not exists()
    assert not driver.engine._entities


def test_entities_with_a_state_are_listed_also_while_operations_wait(driver: EngineDriver) -> None:
    def listed() -> list[str]:
        page = driver.engine.QueryEntities(pb.QueryEntitiesRequest(), CONTEXT)
        return [entity.instanceId for entity in page.entities]

    signal(driver, "add")
    assert listed() == []
    complete_batch(driver, driver.next(), "1")
    assert listed() == [COUNTER]
    signal(driver, "add")
    assert listed() == [COUNTER]
    assert operations(driver.next()) == ["entityOperationSignaled"]


def test_a_locked_entity_serves_the_lock_holder_and_others_after_the_unlock(driver: EngineDriver) -> None:
    driver.start_with("holder", lock("holder"))
    granted = driver.next()
    assert new_events(granted) == ["entityLockGranted"]
    signal(driver, "add")
    driver.respond(granted, call("holder"))
    batch = driver.next()
    assert operations(batch) == ["entityOperationCalled"]
    complete_batch(driver, batch, "1")
    driver.raise_event("holder", "go")
    driver.respond(driver.next(), unlock("holder"))
    assert operations(driver.next()) == ["entityOperationSignaled"]


@pytest.mark.parametrize("operation", ["signal", "call"])
def test_a_locked_entity_defers_operations_of_other_callers(driver: EngineDriver, operation: str) -> None:
    driver.start_with("holder", lock("holder"))
    driver.respond(driver.next())
    if operation == "signal":
        signal(driver, "add")
    else:
        driver.start_with("other", call("other"))
    assert driver.is_idle()


def test_a_released_lock_leaves_nothing_in_memory(driver: EngineDriver) -> None:
    driver.start_with("holder", lock("holder"))
    driver.respond(driver.next(), unlock("holder"))
    assert not driver.engine._entities
    assert not driver.engine._lock_holders


def test_a_lock_waits_for_the_running_batch(driver: EngineDriver) -> None:
    driver.start("holder")
    episode = driver.next()
    signal(driver, "add")
    batch = driver.next()
    driver.respond(episode, lock("holder"))
    assert not driver.engine._orchestration_queue
    complete_batch(driver, batch, "1")
    assert driver.next_events() == ["entityLockGranted"]


def test_only_locks_of_ended_instances_are_released_as_orphaned(driver: EngineDriver) -> None:
    for name in ("running", "ended"):
        driver.start_with(name, lock(name, f"@counter@{name}"))
        driver.respond(driver.next())
    driver.terminate("ended")
    request = pb.CleanEntityStorageRequest(releaseOrphanedLocks=True)
    assert driver.engine.CleanEntityStorage(request, CONTEXT).orphanedLocksReleased == 1
    assert driver.engine._entities["@counter@running"].locked_by == "lock-running"
