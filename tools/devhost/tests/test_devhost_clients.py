"""What durable clients are told, on a running host."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tools.devhost.tests.devhost_process import APPS, Host, host_of


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_of(APPS / "durable_clients") as running:
        yield running


def start(host: Host, name: str, text: str = "") -> str:
    return host.call("POST", f"/api/start/{name}?input={text}").text


def call(host: Host, operation: str, instance: str) -> Any:
    """The code of the answer, and the result or the text of the refusal."""
    return tuple(host.call("POST", f"/api/call/{operation}/{instance}").json())


def wait_for(host: Host, instance: str, status: str) -> None:
    deadline = time.monotonic() + 20
    while call(host, "state", instance)[1]["status"] != status:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("operation", ["terminate", "suspend", "resume"])
def test_an_ended_instance_is_not_steered(host: Host, operation: str) -> None:
    for name, status in (("echoing", "Completed"), ("failing", "Failed")):
        instance = start(host, name, "x")
        code, text = call(host, operation, instance)
        assert code == "FAILED_PRECONDITION"
        assert f"Cannot {operation} the orchestration instance {instance} because " in text
        assert f"instance is in the {status} state." in text


def test_an_ended_instance_takes_no_events(host: Host) -> None:
    assert call(host, "raise", start(host, "echoing")) == (
        "FAILED_PRECONDITION",
        "The orchestration instance with the provided instance id is not running.",
    )


def test_an_instance_is_suspended_once_and_resumed_once(host: Host) -> None:
    instance = start(host, "waiting")
    assert call(host, "resume", instance)[0] == "FAILED_PRECONDITION"
    assert call(host, "suspend", instance)[0] == "OK"
    wait_for(host, instance, "SUSPENDED")
    code, text = call(host, "suspend", instance)
    assert code == "FAILED_PRECONDITION"
    assert "Cannot suspend" in text
    assert "Suspended state" in text
    assert call(host, "resume", instance)[0] == "OK"
    wait_for(host, instance, "RUNNING")
    code, text = call(host, "resume", instance)
    assert code == "FAILED_PRECONDITION"
    assert "Running state" in text
    assert call(host, "raise", instance)[0] == "OK"
    assert call(host, "wait", instance)[1]["status"] == "COMPLETED"


@pytest.mark.parametrize("operation", ["terminate", "raise", "suspend", "resume", "rewind"])
def test_what_is_not_there_is_not_found(host: Host, operation: str) -> None:
    code, text = call(host, operation, "nobody")
    assert code == "NOT_FOUND"
    assert "nobody" in text


def test_only_what_has_ended_is_purged(host: Host) -> None:
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


def test_only_what_has_failed_is_rewound_and_only_what_has_ended_replaced(host: Host) -> None:
    instance = start(host, "waiting")
    assert call(host, "rewind", instance)[0] == "FAILED_PRECONDITION"
    assert call(host, "start", instance)[0] == "ALREADY_EXISTS"


def test_a_failure_is_the_text_of_the_output(host: Host) -> None:
    instance = start(host, "failing", "no page")
    for operation in ("state", "wait", "listed"):
        assert call(host, operation, instance)[1] == {
            "status": "FAILED",
            "input": '"no page"',
            "output": "builtins.ValueError: no page",
            "custom_status": "null",
            "failure": None,
        }


def test_without_payloads_a_state_has_none_of_them_but_in_a_list_it_lacks_only_the_input(host: Host) -> None:
    instance = start(host, "showing", "x")
    nothing = {"status": "COMPLETED", "input": None, "output": None, "custom_status": None, "failure": None}
    assert call(host, "bare", instance)[1] == nothing
    assert call(host, "listed-bare", instance)[1] == {**nothing, "output": '"x"', "custom_status": '"x"'}


def test_an_orchestrator_is_told_more_of_a_failure(host: Host) -> None:
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
