"""The responses that durable clients receive from a running host."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tools.devhost.tests.host import APPS, Host, host_for, wait_until


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_for(APPS / "durable_clients") as running:
        yield running


def start(host: Host, name: str, text: str = "") -> str:
    return host.request("POST", f"/api/start/{name}?input={text}").text


def call(host: Host, operation: str, instance: str) -> Any:
    """The gRPC code of the response, and the result or the error message."""
    return tuple(host.request("POST", f"/api/call/{operation}/{instance}").json())


def wait_for_status(host: Host, instance: str, status: str) -> None:
    wait_until(
        lambda: call(host, "state", instance)[1]["status"] == status, f"{instance} is {status}", timeout=20
    )


@pytest.mark.parametrize("operation", ["terminate", "suspend", "resume"])
def test_an_ended_instance_rejects_terminate_suspend_and_resume(host: Host, operation: str) -> None:
    for name, status in (("echoing", "Completed"), ("failing", "Failed")):
        instance = start(host, name, "x")
        code, text = call(host, operation, instance)
        assert code == "FAILED_PRECONDITION"
        assert f"Cannot {operation} the orchestration instance {instance} because " in text
        assert f"instance is in the {status} state." in text


def test_an_ended_instance_rejects_events(host: Host) -> None:
    assert call(host, "raise", start(host, "echoing")) == (
        "FAILED_PRECONDITION",
        "The orchestration instance with the provided instance id is not running.",
    )


def test_only_a_running_instance_can_be_suspended_and_only_a_suspended_one_resumed(host: Host) -> None:
    instance = start(host, "waiting")
    assert call(host, "resume", instance)[0] == "FAILED_PRECONDITION"
    assert call(host, "suspend", instance)[0] == "OK"
    wait_for_status(host, instance, "SUSPENDED")
    code, text = call(host, "suspend", instance)
    assert code == "FAILED_PRECONDITION"
    assert "Cannot suspend" in text
    assert "Suspended state" in text
    assert call(host, "resume", instance)[0] == "OK"
    wait_for_status(host, instance, "RUNNING")
    code, text = call(host, "resume", instance)
    assert code == "FAILED_PRECONDITION"
    assert "Running state" in text
    assert call(host, "raise", instance)[0] == "OK"
    assert call(host, "wait", instance)[1]["status"] == "COMPLETED"


@pytest.mark.parametrize("operation", ["terminate", "raise", "suspend", "resume", "rewind"])
def test_an_operation_on_an_unknown_instance_is_not_found(host: Host, operation: str) -> None:
    code, text = call(host, operation, "nobody")
    assert code == "NOT_FOUND"
    assert "nobody" in text


def test_only_an_ended_instance_can_be_purged(host: Host) -> None:
    instance = start(host, "waiting")
    code, text = call(host, "purge", instance)
    assert code == "FAILED_PRECONDITION"
    assert text.startswith("Only orchestrations in a terminal state can be purged, ")
    assert text.endswith(f"{instance} has status Running")
    assert call(host, "terminate", instance)[0] == "OK"
    assert call(host, "wait", instance)[1]["output"] == '"because"'
    assert call(host, "purge", instance) == ("OK", [1, None])
    assert call(host, "purge", instance) == ("OK", [0, None])
    assert call(host, "state", instance) == ("OK", None)


def test_a_running_instance_can_be_neither_rewound_nor_replaced(host: Host) -> None:
    instance = start(host, "waiting")
    assert call(host, "rewind", instance)[0] == "FAILED_PRECONDITION"
    assert call(host, "start", instance)[0] == "ALREADY_EXISTS"


def test_the_output_of_a_failed_instance_is_the_error_message(host: Host) -> None:
    instance = start(host, "failing", "no page")
    for operation in ("state", "wait", "listed"):
        assert call(host, operation, instance)[1] == {
            "status": "FAILED",
            "input": '"no page"',
            "output": "builtins.ValueError: no page",
            "custom_status": "null",
            "failure": None,
        }


def test_a_state_without_payloads_has_none_but_a_list_without_payloads_omits_only_inputs(host: Host) -> None:
    instance = start(host, "showing", "x")
    empty = {"status": "COMPLETED", "input": None, "output": None, "custom_status": None, "failure": None}
    assert call(host, "bare", instance)[1] == empty
    assert call(host, "listed-bare", instance)[1] == {**empty, "output": '"x"', "custom_status": '"x"'}


def test_an_orchestrator_gets_the_type_and_the_message_of_an_error(host: Host) -> None:
    for name, error_type in (
        ("catching_an_activity", "ValueError"),
        ("catching_a_child", "builtins.ValueError"),
    ):
        state = call(host, "state", start(host, name, "no page"))[1]
        assert json.loads(state["output"]) == [error_type, "no page"]


def test_a_custom_status_is_null_until_it_is_set(host: Host) -> None:
    state = call(host, "state", start(host, "waiting"))[1]
    assert (state["status"], state["custom_status"], state["output"]) == ("RUNNING", "null", None)
    assert call(host, "state", start(host, "showing", "x"))[1]["custom_status"] == '"x"'
