"""The engine, driven by hand: what it mends in the SDK's in-memory backend, one fault a test."""

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
from devhost.inprocess import EngineError
from tools.devhost.tests.devhost_driver import (
    CONTEXT,
    Alarms,
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


@pytest.fixture
def listening() -> Iterator[tuple[Engine, str]]:
    engine = Engine(Alarms())
    yield engine, engine.start()
    engine.stop(0)


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
