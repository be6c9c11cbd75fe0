"""Durable patterns on a running host, in both authoring styles."""

import json
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tools.devhost.tests.host import (
    APPS,
    ON_AZURE_HOST,
    Host,
    devhost_only,
    host_for,
    wait_for_end,
    wait_until,
)

CAN_CALL_ENTITIES = devhost_only("orchestrations that call or lock entities complete")


@pytest.fixture(scope="module")
def v1() -> Iterator[Host]:
    with host_for(APPS / "durable_v1") as host:
        yield host


def copy_of_native(folder: Path, host_json: dict[str, Any]) -> Path:
    shutil.copytree(APPS / "durable_native", folder, dirs_exist_ok=True)
    (folder / "host.json").write_text(json.dumps({"version": "2.0", **host_json}))
    return folder


def output_of(host: Host, name: str, body: Any = None) -> Any:
    status = host.run(f"/api/start/{name}", body)
    assert status["runtimeStatus"] == "Completed", status
    return status["output"]


def counter(host: Host, key: str) -> Any:
    return host.request("GET", f"/api/counters/{key}").json()


def test_activities_can_be_chained(native: Host) -> None:
    status = native.run("/api/start/chain", 5)
    assert (status["output"], status["customStatus"]) == (20, {"doubled": 2})


def test_activities_can_fan_out_and_in(native: Host) -> None:
    assert output_of(native, "fan_out", 100) == 9900


def test_a_thousand_activities_can_fan_out_and_in(native: Host) -> None:
    assert output_of(native, "fan_out", 1000) == 999_000


def test_the_synchronous_client_starts_an_instance_and_waits_for_its_end(native: Host) -> None:
    assert native.request("POST", "/api/sync-start/chain", json=3).json() == 12


def test_more_clients_can_wait_than_the_backend_has_threads(native: Host) -> None:
    with ThreadPoolExecutor(20) as pool:
        waiting = [pool.submit(native.request, "POST", "/api/sync-start/approval", json=3) for _ in range(20)]
        time.sleep(0.3)
        assert output_of(native, "chain", 1) == 4
        assert not any(response.done() for response in waiting)
        assert {response.result().json() for response in waiting} == {"timed out"}


def test_host_json_limits_the_number_of_concurrent_activities(tmp_path: Path) -> None:
    limits = {"maxConcurrentActivityFunctions": 4}
    with host_for(copy_of_native(tmp_path, {"extensions": {"durableTask": limits}})) as host:
        output_of(host, "crowd", 20)
        assert host.request("GET", "/api/activity-stats").json()["most_running"] == 4


def test_an_external_event_can_arrive_before_a_timer(native: Host) -> None:
    links = native.request("POST", "/api/start/approval", json=30).json()
    event = native.request("POST", links["sendEventPostUri"].format(eventName="approval"), json="yes")
    assert event.status_code == 202
    assert wait_for_end(links["statusQueryGetUri"])["output"] == "yes"


def test_a_timer_can_fire_before_an_event(native: Host) -> None:
    assert output_of(native, "approval", 0.2) == "timed out"


def test_a_monitor_polls_until_the_job_is_done(native: Host) -> None:
    status = native.run("/api/start/monitor", "a job")
    assert (status["output"], status["customStatus"]) == (3, {"polls": 3})


def test_sub_orchestrations_know_their_parent_and_return_results_to_it(native: Host) -> None:
    status = native.run("/api/start/parent", [1, 2, 3])
    assert status["output"] == [[status["instanceId"], doubled] for doubled in (2, 4, 6)]


def test_a_new_generation_does_not_get_the_timers_of_the_previous_one(native: Host) -> None:
    # The run lasts longer than a late timer. Azure's host delivers due timers within seconds, not at once.
    run = (
        {"generations": 15, "late_seconds": 5} if ON_AZURE_HOST else {"generations": 300, "late_seconds": 0.4}
    )
    assert output_of(native, "counting_down", run) == "done"


def test_an_instance_has_its_own_version_or_the_default_and_a_child_has_none(tmp_path: Path) -> None:
    versions = {"extensions": {"durableTask": {"defaultVersion": "1.2"}}}
    with host_for(copy_of_native(tmp_path, versions)) as host:
        assert output_of(host, "versions", "child") == ["1.2", None]
        status = host.run("/api/start/versions/older?version=1.1")
        assert (status["version"], status["output"]) == ("1.1", ["1.1"])


def test_an_activity_is_retried_by_its_policy(native: Host) -> None:
    assert output_of(native, "retried", "native") == 3


def test_a_failed_activity_fails_its_orchestration_with_its_error(native: Host) -> None:
    status = native.run("/api/start/failing", "mew")
    assert status["runtimeStatus"] == "Failed"
    assert "no such kind: mew" in status["output"]


def test_an_error_without_a_message_fails_the_orchestration(native: Host) -> None:
    status = native.run("/api/start/failing", "")
    assert status["runtimeStatus"] == "Failed"


def test_a_parent_gets_the_error_of_its_failed_child(native: Host) -> None:
    error_type, message = output_of(native, "catching", "mew")
    assert "TaskFailedError" in error_type
    assert "no such kind: mew" in message


@devhost_only("errors outside the app's code have other messages")
def test_the_error_of_an_unknown_activity_lists_the_known_ones(native: Host) -> None:
    output = native.run("/api/start/calling_an_unknown_activity")["output"]
    assert "'no_such_activity'" in output
    assert "'double'" in output


def test_the_error_of_an_unknown_orchestrator_lists_the_known_ones(native: Host) -> None:
    status = native.run("/api/start/no_such_orchestrator")
    assert status["runtimeStatus"] == "Failed"
    assert "'no_such_orchestrator'" in json.dumps(status["output"])
    assert "'chain'" in json.dumps(status["output"])


@CAN_CALL_ENTITIES
def test_the_error_of_an_unknown_entity_lists_the_known_ones(native: Host) -> None:
    output = native.run("/api/start/calling_a_missing_entity")["output"]
    assert "'nobody'" in output
    assert "'Counter'" in output


@devhost_only("errors outside the app's code have other messages")
def test_an_orchestrator_without_the_sdks_protocol_fails(tmp_path: Path) -> None:
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
    with host_for(tmp_path) as host:
        status = host.run("/api/start")
    assert status["runtimeStatus"] == "Failed"
    assert "the function did not return a response of the Durable SDK" in status["output"]


def test_names_of_durable_functions_ignore_case(native: Host) -> None:
    assert output_of(native, "Chain", 5) == 20


@CAN_CALL_ENTITIES
def test_entities_can_be_signaled_called_read_and_deleted(native: Host) -> None:
    assert output_of(native, "counted", "ash") == 11
    assert counter(native, "ash") == 11
    native.request("POST", "/api/counters/ash?signal=delete")
    wait_until(lambda: counter(native, "ash") is None, "the counter is deleted")


@CAN_CALL_ENTITIES
def test_a_critical_section_excludes_other_callers(native: Host) -> None:
    started = [native.request("POST", "/api/start/critical", json="shared").json() for _ in range(10)]
    for links in started:
        assert wait_for_end(links["statusQueryGetUri"])["runtimeStatus"] == "Completed"
    assert counter(native, "shared") == 10


@CAN_CALL_ENTITIES
def test_a_delayed_signal_arrives_after_its_delay(native: Host) -> None:
    assert output_of(native, "signaling_later", "misty") == 1
    wait_until(lambda: counter(native, "misty") == 2, "the delayed signal has arrived")


@CAN_CALL_ENTITIES
def test_a_scheduled_task_runs_until_it_is_deleted(native: Host) -> None:
    assert native.request("PUT", "/api/schedules/brock").status_code == 204
    wait_until(lambda: (counter(native, "brock") or 0) >= 2, "the task has run twice")
    assert native.request("DELETE", "/api/schedules/brock").status_code == 204
    count = counter(native, "brock")
    time.sleep(1.2)
    assert counter(native, "brock") <= count + 1


def test_results_may_have_many_mebibytes_but_clients_receive_at_most_four(native: Host) -> None:
    size = 4 * 1024 * 1024
    assert output_of(native, "large", 2 * size) == "x" * 2 * size
    assert native.request("POST", "/api/sync-start/large", json=size - 10_000).json() == "x" * (size - 10_000)
    assert native.request("POST", "/api/sync-start/large", json=size).status_code == 500


def test_an_orchestrator_can_call_http(native: Host) -> None:
    assert output_of(native, "fetching", f"{native.url}/api/activity-stats") == 200


def test_a_start_replaces_an_ended_instance_but_not_a_running_one(native: Host) -> None:
    assert native.run("/api/start/chain/again", 1)["output"] == 4
    assert native.run("/api/start/chain/again", 2)["output"] == 8
    running = native.request("POST", "/api/start/lingering/busy", json=0.5)
    assert native.request("POST", "/api/start/chain/busy", json=1).status_code == 500
    assert wait_for_end(running.json()["statusQueryGetUri"])["output"] == "lingered"


@devhost_only("terminating an instance discards its queued activities")
def test_terminating_an_instance_discards_its_queued_activities(native: Host) -> None:
    started_at = time.monotonic()
    links = native.request("POST", "/api/start/crowd", json=4000).json()  # 10 s of work on 2 cores
    time.sleep(0.2)
    native.request("POST", links["terminatePostUri"].format(text="enough"))
    status = wait_for_end(links["statusQueryGetUri"])
    assert (status["runtimeStatus"], status["output"]) == ("Terminated", "enough")
    assert output_of(native, "crowd", 4) is None
    assert time.monotonic() - started_at < 3


def v1_output(v1: Host, name: str, body: Any = None) -> Any:
    status = v1.run(f"/api/orchestrators/{name}", body)
    assert status["runtimeStatus"] == "Completed", status
    return status["output"]


def test_the_one_argument_style_supports_chains_fan_outs_and_monitors(v1: Host) -> None:
    assert v1_output(v1, "chain", 1) == 4
    assert v1_output(v1, "named_otherwise") == 55
    status = v1.run("/api/orchestrators/monitor")
    assert (status["output"], status["customStatus"]) == (3, "poll 3")


def test_the_one_argument_style_supports_external_events(v1: Host) -> None:
    assert v1_output(v1, "approval", 0.1) == "timed out"
    links = v1.request("POST", "/api/orchestrators/approval", json=30).json()
    event = links["sendEventPostUri"].format(eventName="approval")
    assert v1.request("POST", event, json={"ok": True}).status_code == 202
    assert wait_for_end(links["statusQueryGetUri"])["output"] == {"ok": True}


@CAN_CALL_ENTITIES
def test_the_one_argument_style_supports_entities(v1: Host) -> None:
    assert v1_output(v1, "counted", "key") == 5


def test_the_one_argument_style_supports_children_and_continue_as_new(v1: Host) -> None:
    assert v1_output(v1, "parent", 3) == [1, 2, 3]
    assert v1_output(v1, "eternal", 3) == "done"


def test_the_one_argument_style_supports_call_http(v1: Host) -> None:
    missing = {"method": "GET", "url": f"{v1.url}/api/nowhere"}
    assert v1_output(v1, "calling_http", missing)["status"] == 404
    ping = {"method": "GET", "url": f"{v1.url}/admin/host/ping"}
    assert v1_output(v1, "calling_http", ping)["status"] == 200


def test_call_http_polls_while_the_response_is_202(v1: Host) -> None:
    job = {"method": "GET", "url": f"{v1.url}/api/job"}
    assert v1_output(v1, "calling_http", job) == {"status": 200, "content": "done at poll 3"}


def test_the_one_argument_style_supports_retries(v1: Host) -> None:
    status = v1.run("/api/orchestrators/retried")
    assert status["runtimeStatus"] == "Failed"
    assert "failed again" in json.dumps(status["output"])
