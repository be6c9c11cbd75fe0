"""The engine, called directly: its endpoint, starts, timers and histories."""

import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

import grpc
import pytest
from durabletask.internal import orchestrator_service_pb2 as pb
from durabletask.internal.orchestrator_service_pb2_grpc import TaskHubSidecarServiceStub

from devhost.engine import Engine
from devhost.engine_context import EngineError
from tools.devhost.tests.engine_driver import (
    CONTEXT,
    EngineDriver,
    FakeTimers,
    activity,
    complete,
    sub_orchestration,
    timer,
)
from tools.devhost.tests.host import wait_until


@pytest.fixture
def listening_engine() -> Iterator[tuple[Engine, str]]:
    """An engine and the address of its gRPC endpoint."""
    engine = Engine(FakeTimers())
    yield engine, engine.start()
    engine.stop(0)


def test_the_engine_listens_on_loopback_only(listening_engine: tuple[Engine, str]) -> None:
    _, address = listening_engine
    assert address.startswith("127.0.0.1:")
    assert not address.endswith(":0")


def test_thirty_waiting_clients_do_not_block_another_and_stopping_releases_them(
    listening_engine: tuple[Engine, str],
) -> None:
    engine, address = listening_engine
    engine.StartInstance(pb.CreateInstanceRequest(instanceId="slow", name="main"), CONTEXT)
    with grpc.insecure_channel(address) as channel:
        stub: Any = TaskHubSidecarServiceStub(channel)  # type: ignore[no-untyped-call]
        waiting = [
            stub.WaitForInstanceCompletion.future(pb.GetInstanceRequest(instanceId="slow")) for _ in range(30)
        ]
        time.sleep(0.2)
        assert stub.GetInstance(pb.GetInstanceRequest(instanceId="slow"), timeout=1).exists
        assert not any(call.done() for call in waiting)
        engine.stop(0)
        wait_until(lambda: not waiting_threads(), "all waiting threads have ended")


def waiting_threads() -> list[threading.Thread]:
    frames = sys._current_frames()
    return [
        thread
        for thread in threading.enumerate()
        if "_wait_for_state" in function_names(frames.get(thread.ident or 0))
    ]


def function_names(frame: FrameType | None) -> list[str]:
    names = []
    while frame is not None:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return names


def test_the_engine_accepts_a_message_of_eight_mebibytes(listening_engine: tuple[Engine, str]) -> None:
    _, address = listening_engine
    options = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    with grpc.insecure_channel(address, options=options) as channel:
        stub: Any = TaskHubSidecarServiceStub(channel)  # type: ignore[no-untyped-call]
        start = pb.CreateInstanceRequest(instanceId="big", name="main")
        start.input.value = "x" * (8 * 1024 * 1024)
        stub.StartInstance(start, timeout=5)
        get = pb.GetInstanceRequest(instanceId="big", getInputsAndOutputs=True)
        assert stub.GetInstance(get, timeout=5).orchestrationState.input.value == start.input.value


def test_a_start_replaces_an_ended_instance_but_not_a_running_one(driver: EngineDriver) -> None:
    driver.start("main")
    with pytest.raises(EngineError) as rejection:
        driver.start("main")
    assert rejection.value.code is grpc.StatusCode.ALREADY_EXISTS
    driver.respond(driver.next(), complete())
    driver.start("main")
    assert driver.status("main") == "PENDING"


def test_a_start_replaces_a_running_instance_if_host_json_allows_it() -> None:
    driver = EngineDriver(replace_running_instances=True)
    driver.start("main")
    driver.start("main")
    assert driver.status("main") == "PENDING"


def test_a_timer_fires_at_its_time(driver: EngineDriver) -> None:
    driver.start_with("main", timer(1, 60))
    assert 59 < driver.timers.pending[0][0] <= 60
    driver.timers.fire()
    assert driver.next_events() == ["timerFired"]


def test_a_scheduled_start_waits_for_its_time(driver: EngineDriver) -> None:
    start = pb.CreateInstanceRequest(instanceId="later", name="main")
    start.scheduledStartTimestamp.FromDatetime(datetime.now(UTC) + timedelta(hours=1))
    driver.engine.StartInstance(start, CONTEXT)
    driver.raise_event("later", "early")
    assert driver.status("later") == "PENDING"
    assert not driver.engine._orchestration_queue
    driver.timers.fire()
    assert driver.next_events() == ["executionStarted", "eventRaised"]


def test_a_history_may_have_more_than_ten_thousand_events(driver: EngineDriver) -> None:
    driver.start_with("main", *(activity(number) for number in range(6000)))
    for item in [driver.next() for _ in range(6000)]:
        driver.complete_activity(item)
    driver.respond(driver.next(), activity(6001))
    driver.complete_activity(driver.next())
    driver.respond(driver.next(), complete())
    assert driver.status("main") == "COMPLETED"


def test_every_event_of_a_history_has_a_timestamp(driver: EngineDriver) -> None:
    driver.start_with("main", activity(1), timer(2, 1))
    driver.complete_activity(driver.next())
    driver.respond(driver.next(), complete())
    request = pb.StreamInstanceHistoryRequest(instanceId="main")
    chunks = driver.engine.StreamInstanceHistory(request, CONTEXT)
    events = [event for chunk in chunks for event in chunk.events]
    assert len(events) >= 7
    assert all(event.timestamp.seconds for event in events)


def test_completed_and_purged_instances_leave_nothing_in_memory(driver: EngineDriver) -> None:
    for number in range(20):
        driver.start_with(f"parent-{number}", sub_orchestration(1, f"child-{number}"))
        driver.respond(driver.next(), complete())
        driver.respond(driver.next(), complete())
        driver.purge(f"parent-{number}")
        driver.purge(f"child-{number}")
    assert driver.is_idle()
    collections = {
        name: value for name, value in vars(driver.engine).items() if isinstance(value, dict | set | list)
    }
    assert {name for name, value in collections.items() if value} == {"_replaceable"}
