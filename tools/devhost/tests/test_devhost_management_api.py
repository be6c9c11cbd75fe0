"""Durable's HTTP management API and the host's /admin paths on a real devhost."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tools.devhost.tests.devhost_process import APPS, Host, devhost_only, host_of, wait_for_end

WEBHOOK = "/runtime/webhooks/durabletask"


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_of(APPS / "durable_native") as running:
        yield running


@pytest.fixture(scope="module")
def code(host: Host) -> str:
    link = host.call("POST", "/api/start/chain", json=1).json()["statusQueryGetUri"]
    return str(link).rpartition("code=")[2]


def start(host: Host, name: str, body: Any = None) -> dict[str, str]:
    return dict(host.call("POST", f"/api/start/{name}", json=body).json())


def post(link: str, **options: Any) -> requests.Response:
    return requests.post(link.format(eventName="approval", text="because"), timeout=30, **options)


def test_a_running_instance_answers_202_with_a_place_to_look_again(host: Host) -> None:
    links = start(host, "approval", 30)
    answer = requests.get(links["statusQueryGetUri"], timeout=30)
    assert answer.status_code == 202
    assert answer.headers["location"] == links["statusQueryGetUri"]
    assert answer.headers["retry-after"].isdigit()
    assert answer.json()["runtimeStatus"] in ("Pending", "Running")


def test_an_ended_instance_answers_200_with_everything_about_it(host: Host) -> None:
    links = start(host, "chain", 5)
    status = wait_for_end(links["statusQueryGetUri"])
    times = [status.pop("createdTime"), status.pop("lastUpdatedTime")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment) for moment in times)
    assert status == {
        "name": "chain",
        "instanceId": links["id"],
        "runtimeStatus": "Completed",
        "input": 5,
        "customStatus": {"doubled": 2},
        "output": 20,
    }


def test_history_is_shown_when_asked_for_with_true_times(host: Host) -> None:
    links = start(host, "chain", 5)
    status = wait_for_end(links["statusQueryGetUri"] + "&showHistory=true&showHistoryOutput=true")
    events = status["historyEvents"]
    assert [event["EventType"] for event in events] == [
        "ExecutionStarted",
        "TaskCompleted",
        "TaskCompleted",
        "ExecutionCompleted",
    ]
    assert events[1]["FunctionName"] == "double"
    assert events[1]["Result"] == 10
    assert all(event["Timestamp"] > "2020" for event in events)
    assert all(event["ScheduledTime"] > "2020" for event in events[1:3])


def test_a_failed_instance_answers_500_only_when_asked_to(host: Host) -> None:
    link = start(host, "failing", "mew")["statusQueryGetUri"]
    assert wait_for_end(link)["runtimeStatus"] == "Failed"
    assert requests.get(link, timeout=30).status_code == 200
    assert requests.get(link + "&returnInternalServerErrorOnFailure=true", timeout=30).status_code == 500


def test_unknown_instances_and_paths_are_404(host: Host, code: str) -> None:
    for method, path in (
        ("GET", "instances/nobody"),
        ("DELETE", "instances/nobody"),
        ("POST", "instances/nobody/terminate"),
        ("POST", "instances/nobody/raiseEvent/x"),
        ("POST", "instances/nobody/rewind"),
        ("POST", "instances/mine/sing"),
        ("GET", "somewhere"),
    ):
        assert host.call(method, f"{WEBHOOK}/{path}?code={code}").status_code == 404, path


def test_an_event_is_raised_and_a_body_that_is_not_json_refused(host: Host) -> None:
    links = start(host, "approval", 30)
    json_type = {"content-type": "application/json; charset=utf-8"}
    for answer in (
        post(links["sendEventPostUri"], data="not json", headers=json_type),
        post(links["sendEventPostUri"], headers=json_type),
        post(links["sendEventPostUri"], data='"JSON under another name"'),
    ):
        assert answer.status_code == 400, answer.text
        assert "JSON" in answer.json()["Message"] or "json" in answer.json()["Message"]
    assert post(links["sendEventPostUri"], json={"by": "oak"}).status_code == 202
    assert wait_for_end(links["statusQueryGetUri"])["output"] == {"by": "oak"}


def test_an_instance_is_suspended_resumed_and_terminated(host: Host) -> None:
    links = start(host, "approval", 30)

    def status() -> str:
        return str(requests.get(links["statusQueryGetUri"], timeout=30).json()["runtimeStatus"])

    assert post(links["suspendPostUri"]).status_code == 202
    while status() != "Suspended":
        pass
    assert post(links["suspendPostUri"]).status_code == 500
    assert post(links["resumePostUri"]).status_code == 202
    while status() != "Running":
        pass
    assert post(links["resumePostUri"]).status_code == 500
    assert post(links["terminatePostUri"]).status_code == 202
    ended = wait_for_end(links["statusQueryGetUri"])
    assert (ended["runtimeStatus"], ended["output"]) == ("Terminated", "because")


def test_an_ended_instance_is_gone_for_everything_but_purge_and_restart(host: Host) -> None:
    links = start(host, "chain", 5)
    wait_for_end(links["statusQueryGetUri"])
    for name in ("terminatePostUri", "suspendPostUri", "resumePostUri"):
        assert post(links[name]).status_code == 410, name
    assert post(links["rewindPostUri"]).status_code == 412
    assert post(links["sendEventPostUri"], json=1).status_code == 410
    assert wait_for_end(links["statusQueryGetUri"])["output"] == 20
    again = post(links["restartPostUri"])
    assert again.status_code == 202
    assert again.json()["id"] != links["id"]
    assert wait_for_end(again.headers["location"])["output"] == 20
    assert requests.delete(links["purgeHistoryDeleteUri"], timeout=30).json() == {"instancesDeleted": 1}
    assert requests.get(links["statusQueryGetUri"], timeout=30).status_code == 404


def test_a_failed_instance_is_rewound(host: Host) -> None:
    links = start(host, "failing", "mew")
    wait_for_end(links["statusQueryGetUri"])
    assert post(links["rewindPostUri"]).status_code == 202
    assert wait_for_end(links["statusQueryGetUri"])["runtimeStatus"] == "Failed"


def test_an_orchestrator_is_started_over_http(host: Host, code: str) -> None:
    started = host.call("POST", f"{WEBHOOK}/orchestrators/chain/mine?code={code}", json=5)
    assert (started.status_code, started.json()["id"]) == (202, "mine")
    assert wait_for_end(started.headers["location"])["output"] == 20
    odd = host.call("POST", f"{WEBHOOK}/orchestrators/chain/a%20b'c?code={code}", json=5)
    assert odd.json()["id"] == "a b'c"
    assert wait_for_end(odd.headers["location"])["instanceId"] == "a b'c"
    assert host.call("POST", f"{WEBHOOK}/orchestrators/chain?code={code}", data="not json").status_code == 400
    unknown = host.call("POST", f"{WEBHOOK}/orchestrators/nobody?code={code}")
    assert unknown.status_code == 202
    assert wait_for_end(unknown.headers["location"])["runtimeStatus"] == "Failed"


@devhost_only("an instance id that the documentation forbids is refused")
@pytest.mark.parametrize("instance_id", ["@mine", "a%2Fb", "a%5Cb", "a%23b", "a%3Fb", "a%07b", "x" * 101])
def test_an_instance_id_that_azure_could_not_store_is_refused(
    host: Host, code: str, instance_id: str
) -> None:
    answer = host.call("POST", f"{WEBHOOK}/orchestrators/chain/{instance_id}?code={code}", json=5)
    assert answer.status_code == 400
    assert "instance id" in answer.json()["Message"]


def test_a_start_can_wait_for_the_end(host: Host, code: str) -> None:
    def start_and_wait(name: str, body: Any, timeout: float, interval: float = 0.05) -> requests.Response:
        waiting = f"timeout={timeout}&pollingInterval={interval}&code={code}"
        return host.call("POST", f"{WEBHOOK}/orchestrators/{name}?{waiting}", json=body)

    done = start_and_wait("chain", 5, 10)
    assert (done.status_code, done.json()) == (200, 20)
    failed = start_and_wait("failing", "mew", 10)
    assert (failed.status_code, failed.json()["runtimeStatus"]) == (200, "Failed")
    running = start_and_wait("approval", 30, 0.1)
    assert running.status_code == 202
    assert running.headers["location"] == running.json()["statusQueryGetUri"]
    assert start_and_wait("chain", 5, 1, interval=2).status_code == 400


def test_nothing_is_told_without_the_key_which_may_come_in_a_header() -> None:
    with host_of(APPS / "durable_native", with_keys=True) as host:
        link = start(host, "chain", 5)["statusQueryGetUri"]
        assert requests.get(link, timeout=30).ok
        assert requests.get(link + "x", timeout=30).status_code == 401
        assert host.call("GET", f"{WEBHOOK}/instances").status_code == 401
        key = link.rpartition("code=")[2]
        assert host.call("GET", f"{WEBHOOK}/instances", headers={"x-functions-key": key}).status_code == 200
        assert host.call("GET", f"{WEBHOOK}/instances", headers={"x-functions-key": "x"}).status_code == 401


def test_a_running_instance_is_restarted_under_a_new_id_only(host: Host, code: str) -> None:
    links = start(host, "approval", 2)
    while requests.get(links["statusQueryGetUri"], timeout=30).json()["runtimeStatus"] != "Running":
        pass
    assert post(links["restartPostUri"] + "&restartWithNewInstanceId=false").status_code == 409
    again = post(links["restartPostUri"])
    assert again.status_code == 202
    assert again.json()["id"] != links["id"]
    for link in (links["statusQueryGetUri"], again.headers["location"]):
        assert wait_for_end(link)["output"] == "timed out"
    same = post(links["restartPostUri"] + "&restartWithNewInstanceId=false")
    assert (same.status_code, same.json()["id"]) == (202, links["id"])
    unknown = host.call("POST", f"{WEBHOOK}/instances/nobody/restart?code={code}")
    assert unknown.status_code == 400


def test_a_running_instance_is_neither_rewound_nor_purged(host: Host) -> None:
    links = start(host, "approval", 30)
    assert post(links["rewindPostUri"]).status_code == 412
    assert requests.delete(links["purgeHistoryDeleteUri"], timeout=30).status_code == 412
    assert requests.get(links["statusQueryGetUri"], timeout=30).status_code == 202


def test_a_second_start_of_a_running_id_is_a_conflict(host: Host, code: str) -> None:
    path = f"{WEBHOOK}/orchestrators/approval/once?code={code}"
    assert host.call("POST", path, json=30).status_code == 202
    assert host.call("POST", path, json=30).status_code == 409


def test_instances_are_listed_filtered_page_by_page_and_purged(code: str) -> None:
    with host_of(APPS / "durable_native") as host:
        links = [start(host, "chain", number) for number in range(3)]
        code = links[0]["statusQueryGetUri"].rpartition("code=")[2]
        for one in links:
            wait_for_end(one["statusQueryGetUri"])
        start(host, "approval", 30)
        base = f"{WEBHOOK}/instances?code={code}"
        assert len(host.call("GET", base).json()) == 4
        completed = f"{base}&runtimeStatus=Completed&showInput=false"
        first = host.call("GET", f"{completed}&top=2")
        token = first.headers["x-ms-continuation-token"]
        second = host.call("GET", f"{completed}&top=2", headers={"x-ms-continuation-token": token})
        found = [one["instanceId"] for page in (first, second) for one in page.json()]
        assert sorted(found) == sorted(one["id"] for one in links)
        assert {one["input"] for one in first.json()} == {None}
        assert host.call("DELETE", base).status_code == 400
        ended = f"{base}&createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Completed"
        assert host.call("DELETE", ended).json() == {"instancesDeleted": 3}
        assert len(host.call("GET", base).json()) == 1
        assert host.call("DELETE", ended).status_code == 404


@devhost_only("a purge by time alone spares what runs")
def test_a_purge_by_time_alone_spares_what_runs(host: Host, code: str) -> None:
    link = start(host, "approval", 30)["statusQueryGetUri"]
    host.call("DELETE", f"{WEBHOOK}/instances?code={code}&createdTimeFrom=2020-01-01T00:00:00Z")
    assert requests.get(link, timeout=30).status_code == 202


def test_instances_are_listed_by_time_and_by_the_beginning_of_their_id(host: Host, code: str) -> None:
    for name in ("listed-1", "listed-2", "other-1"):
        host.call("POST", f"{WEBHOOK}/orchestrators/chain/{name}?code={code}", json=1)

    def listed(query: str) -> list[str]:
        answer = host.call("GET", f"{WEBHOOK}/instances?code={code}&{query}")
        assert answer.status_code == 200, answer.text
        return [one["instanceId"] for one in answer.json()]

    assert sorted(listed("instanceIdPrefix=listed-")) == ["listed-1", "listed-2"]
    assert {"listed-1", "other-1"} <= {
        *listed("createdTimeFrom=2020-01-01&createdTimeTo=2999-01-01T00:00:00Z")
    }
    assert listed("createdTimeTo=2020-01-01T00:00:00%2B01:00") == []
    assert listed("createdTimeFrom=2999-01-01T00:00:00") == []
    last = host.call("GET", f"{WEBHOOK}/instances?code={code}&instanceIdPrefix=other-")
    assert "x-ms-continuation-token" not in last.headers


@devhost_only("a query that means nothing is refused")
def test_a_query_that_means_nothing_is_refused(host: Host, code: str) -> None:
    for fault in ("top=none", "top=0", "createdTimeFrom=yesterday", "runtimeStatus=Unheard"):
        assert host.call("GET", f"{WEBHOOK}/instances?code={code}&{fault}").status_code == 400, fault
    assert host.call("POST", f"{WEBHOOK}/orchestrators/chain?timeout=soon&code={code}").status_code == 400


def test_the_admin_paths_tell_of_the_host_and_its_functions(host: Host) -> None:
    assert host.call("GET", "/admin/host/ping").status_code == 200
    assert host.call("GET", "/admin/host/status").json()["state"] == "Running"
    functions = {function["name"]: function for function in host.call("GET", "/admin/functions").json()}
    assert functions["start"]["invoke_url_template"].endswith("/api/start/{name}/{id?}")
    assert functions["double"]["config"]["bindings"][0]["type"] == "activityTrigger"
    shown = host.call("GET", "/admin/functions/double").json()
    assert shown["config"]["bindings"] == functions["double"]["config"]["bindings"]
    assert host.call("GET", "/admin/functions/nobody").status_code == 404
    assert host.call("POST", "/admin/functions/nobody", json={}).status_code == 404


@devhost_only("only timers are run by POST /admin/functions/{name}")
def test_other_functions_than_timers_are_not_run_by_their_admin_path(host: Host) -> None:
    assert host.call("POST", "/admin/functions/double", json={}).status_code == 400
