"""Durable patterns on a real devhost, in both authoring styles."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tools.devhost.tests.devhost_process import APPS, Host, devhost_only, host_of, wait_for_end

ENTITIES_DO_NOT_FINISH = devhost_only("orchestrations that call or lock entities finish")


@pytest.fixture(scope="module")
def native() -> Iterator[Host]:
    with host_of(APPS / "durable_native") as host:
        yield host


@pytest.fixture(scope="module")
def v1() -> Iterator[Host]:
    with host_of(APPS / "durable_v1") as host:
        yield host


def copy_of_native(folder: Path, host_json: dict[str, Any]) -> Path:
    (folder / "host.json").write_text(json.dumps({"version": "2.0", **host_json}))
    for name in ("function_app.py", "local.settings.json"):
        (folder / name).write_text((APPS / "durable_native" / name).read_text())
    return folder


def output_of(host: Host, name: str, body: Any = None) -> Any:
    status = host.run(f"/api/start/{name}", body)
    assert status["runtimeStatus"] == "Completed", status
    return status["output"]


def test_activities_are_chained(native: Host) -> None:
    status = native.run("/api/start/chain", 5)
    assert (status["output"], status["customStatus"]) == (20, {"doubled": 2})


def test_activities_fan_out_and_in(native: Host) -> None:
    assert output_of(native, "fan_out", 100) == 9900


def test_a_thousand_activities_fan_out_and_in(native: Host) -> None:
    assert output_of(native, "fan_out", 1000) == 999_000


def test_the_synchronous_client_starts_and_waits(native: Host) -> None:
    assert native.call("POST", "/api/sync-start/chain", json=3).json() == 12


def test_more_clients_can_wait_at_once_than_the_backend_has_threads(native: Host) -> None:
    with ThreadPoolExecutor(20) as callers:
        waiting = [callers.submit(native.call, "POST", "/api/sync-start/approval", json=3) for _ in range(20)]
        time.sleep(0.3)
        assert output_of(native, "chain", 1) == 4
        assert not any(answer.done() for answer in waiting)
        assert {answer.result().json() for answer in waiting} == {"timed out"}


def test_host_json_limits_how_many_activities_run_at_once(tmp_path: Path) -> None:
    limits = {"maxConcurrentActivityFunctions": 4}
    with host_of(copy_of_native(tmp_path, {"extensions": {"durableTask": limits}})) as host:
        output_of(host, "crowd", 20)
        assert host.call("GET", "/api/activity-stats").json()["most_running"] == 4


def test_an_external_event_wins_against_a_timer(native: Host) -> None:
    links = native.call("POST", "/api/start/approval", json=30).json()
    answer = native.call(
        "POST", links["sendEventPostUri"].removeprefix(native.url).format(eventName="approval"), json="yes"
    )
    assert answer.status_code == 202
    assert wait_for_end(links["statusQueryGetUri"])["output"] == "yes"


def test_a_timer_wins_against_an_event_that_does_not_come(native: Host) -> None:
    assert output_of(native, "approval", 0.2) == "timed out"


def test_a_monitor_looks_until_it_sees_what_it_looks_for(native: Host) -> None:
    status = native.run("/api/start/monitor", "a job")
    assert (status["output"], status["customStatus"]) == (3, {"looks": 3})


def test_sub_orchestrations_know_their_parent_and_answer_it(native: Host) -> None:
    status = native.run("/api/start/parent", [1, 2, 3])
    assert status["output"] == [[status["instanceId"], doubled] for doubled in (2, 4, 6)]


def test_a_new_generation_does_not_get_the_timers_of_the_one_before(native: Host) -> None:
    assert output_of(native, "counting_down", 20) == "done"


def test_instances_have_their_own_version_or_host_jsons_and_children_none(tmp_path: Path) -> None:
    versions = {"extensions": {"durableTask": {"defaultVersion": "1.2"}}}
    with host_of(copy_of_native(tmp_path, versions)) as host:
        assert output_of(host, "versions", "child") == ["1.2", None]
        status = host.run("/api/start/versions/older?version=1.1")
        assert (status["version"], status["output"]) == ("1.1", ["1.1"])


def test_an_activity_is_retried_as_its_policy_says(native: Host) -> None:
    assert output_of(native, "retried", "native") == 3


def test_a_failing_activity_fails_its_orchestration_with_type_and_message(native: Host) -> None:
    status = native.run("/api/start/failing", "mew")
    assert status["runtimeStatus"] == "Failed"
    assert "no such kind: mew" in status["output"]


def test_a_failure_without_a_message_is_still_a_failure(native: Host) -> None:
    status = native.run("/api/start/failing", "")
    assert status["runtimeStatus"] == "Failed"


def test_a_failed_child_tells_its_parent_what_it_failed_with(native: Host) -> None:
    error_type, message = output_of(native, "catching", "mew")
    assert "TaskFailedError" in error_type
    assert "no such kind: mew" in message


@devhost_only("a failure outside the app's code is told in other words")
def test_an_unknown_activity_fails_with_its_name_and_the_known_ones(native: Host) -> None:
    output = native.run("/api/start/calling_the_unknown")["output"]
    assert "'no_such_activity'" in output
    assert "'double'" in output


def test_an_unknown_orchestrator_fails_with_its_name_and_the_known_ones(native: Host) -> None:
    status = native.run("/api/start/no_such_orchestrator")
    assert status["runtimeStatus"] == "Failed"
    assert "'no_such_orchestrator'" in json.dumps(status["output"])
    assert "'chain'" in json.dumps(status["output"])


@ENTITIES_DO_NOT_FINISH
def test_an_unknown_entity_fails_its_caller_with_its_name_and_the_known_ones(native: Host) -> None:
    output = native.run("/api/start/asking_a_missing_entity")["output"]
    assert "'nobody'" in output
    assert "'Counter'" in output


@devhost_only("a failure outside the app's code is told in other words")
def test_an_orchestrator_that_does_not_speak_the_sdks_protocol_fails(tmp_path: Path) -> None:
    code = """
import azure.functions as func
import azure.durable_functions as df
app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)

@app.route(route="start")
@app.durable_client_input(client_name="client")
async def start(req: func.HttpRequest, client: df.DurableFunctionsClient) -> func.HttpResponse:
    return client.create_check_status_response(req, await client.schedule_new_orchestration("odd"))

@app.function_name("odd")
@app.generic_trigger(arg_name="context", type="orchestrationTrigger")
def odd(context) -> str:
    return "not a protocol buffer"
"""
    (tmp_path / "host.json").write_text('{"version": "2.0"}')
    (tmp_path / "function_app.py").write_text(code)
    with host_of(tmp_path) as host:
        status = host.run("/api/start")
    assert status["runtimeStatus"] == "Failed"
    assert "the function's answer is not the Durable SDK's" in status["output"]


def test_names_of_durable_functions_ignore_case(native: Host) -> None:
    assert output_of(native, "Chain", 5) == 20


@ENTITIES_DO_NOT_FINISH
def test_entities_are_signalled_called_read_and_deleted(native: Host) -> None:
    assert output_of(native, "counted", "ash") == 11
    assert native.call("GET", "/api/counters/ash").json() == 11
    native.call("POST", "/api/counters/ash?signal=delete")
    deadline = time.monotonic() + 5
    while native.call("GET", "/api/counters/ash").json() is not None:
        assert time.monotonic() < deadline


@ENTITIES_DO_NOT_FINISH
def test_a_critical_section_keeps_the_operations_of_others_out(native: Host) -> None:
    started = [native.call("POST", "/api/start/critical", json="shared").json() for _ in range(10)]
    for links in started:
        assert wait_for_end(links["statusQueryGetUri"])["runtimeStatus"] == "Completed"
    assert native.call("GET", "/api/counters/shared").json() == 10


@ENTITIES_DO_NOT_FINISH
def test_a_delayed_signal_comes_after_its_time(native: Host) -> None:
    assert output_of(native, "signalling_later", "misty") == 1
    deadline = time.monotonic() + 10
    while native.call("GET", "/api/counters/misty").json() != 2:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@ENTITIES_DO_NOT_FINISH
def test_a_scheduled_task_runs_until_it_is_deleted(native: Host) -> None:
    assert native.call("PUT", "/api/schedules/brock").status_code == 204
    deadline = time.monotonic() + 10
    while (native.call("GET", "/api/counters/brock").json() or 0) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert native.call("DELETE", "/api/schedules/brock").status_code == 204
    count = native.call("GET", "/api/counters/brock").json()
    time.sleep(1.2)
    assert native.call("GET", "/api/counters/brock").json() <= count + 1


def test_results_of_many_mebibytes_arrive_whole_but_clients_receive_four_at_most(native: Host) -> None:
    size = 4 * 1024 * 1024
    assert output_of(native, "large", 2 * size) == "x" * 2 * size
    assert native.call("POST", "/api/sync-start/large", json=size - 10_000).json() == "x" * (size - 10_000)
    assert native.call("POST", "/api/sync-start/large", json=size).status_code == 500


def test_an_orchestrator_calls_http(native: Host) -> None:
    assert output_of(native, "fetching", f"{native.url}/api/activity-stats") == 200


def test_an_ended_instance_is_replaced_and_a_running_one_is_not(native: Host) -> None:
    assert native.run("/api/start/chain/again", 1)["output"] == 4
    assert native.run("/api/start/chain/again", 2)["output"] == 8
    running = native.call("POST", "/api/start/lingering/busy", json=0.5)
    assert native.call("POST", "/api/start/chain/busy", json=1).status_code == 500
    assert wait_for_end(running.json()["statusQueryGetUri"])["output"] == "lingered"


@devhost_only("a terminate leaves out the activities that are queued")
def test_terminating_skips_the_activities_still_queued(native: Host) -> None:
    before = time.monotonic()
    links = native.call("POST", "/api/start/crowd", json=4000).json()  # 10 s of work on 2 cores
    time.sleep(0.2)
    native.call("POST", links["terminatePostUri"].removeprefix(native.url).format(text="enough"))
    status = wait_for_end(links["statusQueryGetUri"])
    assert (status["runtimeStatus"], status["output"]) == ("Terminated", "enough")
    assert output_of(native, "crowd", 4) is None
    assert time.monotonic() - before < 3


def v1_output(v1: Host, name: str, body: Any = None) -> Any:
    status = v1.run(f"/api/orchestrators/{name}", body)
    assert status["runtimeStatus"] == "Completed", status
    return status["output"]


def test_the_one_argument_style_chains_fans_out_and_monitors(v1: Host) -> None:
    assert v1_output(v1, "chain", 1) == 4
    assert v1_output(v1, "named_otherwise") == 55
    status = v1.run("/api/orchestrators/monitor")
    assert (status["output"], status["customStatus"]) == (3, "look 3")


def test_the_one_argument_style_waits_for_people(v1: Host) -> None:
    assert v1_output(v1, "human", 0.1) == "nobody answered"
    links = v1.call("POST", "/api/orchestrators/human", json=30).json()
    event = links["sendEventPostUri"].removeprefix(v1.url).format(eventName="answer")
    assert v1.call("POST", event, json={"ok": True}).status_code == 202
    assert wait_for_end(links["statusQueryGetUri"])["output"] == {"ok": True}


@ENTITIES_DO_NOT_FINISH
def test_the_one_argument_style_calls_entities(v1: Host) -> None:
    assert v1_output(v1, "counted", "key") == 5


def test_the_one_argument_style_calls_children_and_begins_anew(v1: Host) -> None:
    assert v1_output(v1, "family", 3) == [1, 2, 3]
    assert v1_output(v1, "eternal", 3) == "done"


def test_the_one_argument_style_calls_http(v1: Host) -> None:
    missing = {"method": "GET", "url": f"{v1.url}/api/nowhere"}
    assert v1_output(v1, "calling_http", missing)["status"] == 404
    ping = {"method": "GET", "url": f"{v1.url}/admin/host/ping"}
    assert v1_output(v1, "calling_http", ping)["status"] == 200


def test_call_http_waits_for_what_answers_202(v1: Host) -> None:
    job = {"method": "GET", "url": f"{v1.url}/api/job"}
    assert v1_output(v1, "calling_http", job) == {"status": 200, "content": "done at look 3"}


def test_the_one_argument_style_retries_and_then_fails(v1: Host) -> None:
    status = v1.run("/api/orchestrators/retried")
    assert status["runtimeStatus"] == "Failed"
    assert "failed again" in json.dumps(status["output"])
