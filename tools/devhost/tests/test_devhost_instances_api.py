"""The instances in the Durable HTTP API of a running host."""

import re
from typing import Any

import pytest
import requests

from tools.devhost.tests.host import APPS, Host, devhost_only, host_for, wait_for_end, wait_until

WEBHOOK = "/runtime/webhooks/durabletask"


def start(host: Host, name: str, body: Any = None) -> dict[str, str]:
    return dict(host.request("POST", f"/api/start/{name}", json=body).json())


def get(url: str) -> requests.Response:
    return requests.get(url, timeout=30)


def post(link: str, **options: Any) -> requests.Response:
    return requests.post(link.format(eventName="approval", text="because"), timeout=30, **options)


def wait_for_status(status_url: str, status: str) -> None:
    wait_until(lambda: get(status_url).json()["runtimeStatus"] == status, f"the instance is {status}")


def test_the_status_of_a_running_instance_is_202_with_a_location(native: Host) -> None:
    links = start(native, "approval", 30)
    response = get(links["statusQueryGetUri"])
    assert response.status_code == 202
    assert response.headers["location"] == links["statusQueryGetUri"]
    assert response.headers["retry-after"].isdigit()
    assert response.json()["runtimeStatus"] in ("Pending", "Running")


def test_the_status_of_an_ended_instance_is_200_with_its_input_and_output(native: Host) -> None:
    links = start(native, "chain", 5)
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


def test_show_history_adds_the_events_with_their_times(native: Host) -> None:
    links = start(native, "chain", 5)
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


def test_the_status_of_a_failed_instance_is_500_only_on_request(native: Host) -> None:
    link = start(native, "failing", "mew")["statusQueryGetUri"]
    assert wait_for_end(link)["runtimeStatus"] == "Failed"
    assert get(link).status_code == 200
    assert get(link + "&returnInternalServerErrorOnFailure=true").status_code == 500


def test_unknown_instances_and_paths_are_not_found(native: Host, system_key: str) -> None:
    for method, path in (
        ("GET", "instances/nobody"),
        ("DELETE", "instances/nobody"),
        ("POST", "instances/nobody/terminate"),
        ("POST", "instances/nobody/raiseEvent/x"),
        ("POST", "instances/nobody/rewind"),
        ("POST", "instances/mine/sing"),
        ("GET", "somewhere"),
    ):
        assert native.request(method, f"{WEBHOOK}/{path}?code={system_key}").status_code == 404, path


def test_raising_an_event_requires_a_json_body(native: Host) -> None:
    links = start(native, "approval", 30)
    json_type = {"content-type": "application/json; charset=utf-8"}
    for response in (
        post(links["sendEventPostUri"], data="not json", headers=json_type),
        post(links["sendEventPostUri"], headers=json_type),
        post(links["sendEventPostUri"], data='"JSON under another name"'),
    ):
        assert response.status_code == 400, response.text
        assert "JSON" in response.json()["Message"] or "json" in response.json()["Message"]
    assert post(links["sendEventPostUri"], json={"by": "oak"}).status_code == 202
    assert wait_for_end(links["statusQueryGetUri"])["output"] == {"by": "oak"}


def test_an_instance_can_be_suspended_resumed_and_terminated(native: Host) -> None:
    links = start(native, "approval", 30)
    assert post(links["suspendPostUri"]).status_code == 202
    wait_for_status(links["statusQueryGetUri"], "Suspended")
    assert post(links["suspendPostUri"]).status_code == 500
    assert post(links["resumePostUri"]).status_code == 202
    wait_for_status(links["statusQueryGetUri"], "Running")
    assert post(links["resumePostUri"]).status_code == 500
    assert post(links["terminatePostUri"]).status_code == 202
    ended = wait_for_end(links["statusQueryGetUri"])
    assert (ended["runtimeStatus"], ended["output"]) == ("Terminated", "because")


def test_an_ended_instance_can_only_be_restarted_and_purged(native: Host) -> None:
    links = start(native, "chain", 5)
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
    assert get(links["statusQueryGetUri"]).status_code == 404


def test_a_failed_instance_can_be_rewound(native: Host) -> None:
    links = start(native, "failing", "mew")
    wait_for_end(links["statusQueryGetUri"])
    assert post(links["rewindPostUri"]).status_code == 202
    assert wait_for_end(links["statusQueryGetUri"])["runtimeStatus"] == "Failed"


def test_a_request_starts_an_orchestrator(native: Host, system_key: str) -> None:
    started = native.request("POST", f"{WEBHOOK}/orchestrators/chain/mine?code={system_key}", json=5)
    assert (started.status_code, started.json()["id"]) == (202, "mine")
    assert wait_for_end(started.headers["location"])["output"] == 20
    escaped = native.request("POST", f"{WEBHOOK}/orchestrators/chain/a%20b'c?code={system_key}", json=5)
    assert escaped.json()["id"] == "a b'c"
    assert wait_for_end(escaped.headers["location"])["instanceId"] == "a b'c"
    assert (
        native.request(
            "POST", f"{WEBHOOK}/orchestrators/chain?code={system_key}", data="not json"
        ).status_code
        == 400
    )
    unknown = native.request("POST", f"{WEBHOOK}/orchestrators/nobody?code={system_key}")
    assert unknown.status_code == 202
    assert wait_for_end(unknown.headers["location"])["runtimeStatus"] == "Failed"


@devhost_only("an instance id that the documentation forbids is rejected")
@pytest.mark.parametrize("instance_id", ["@mine", "a%2Fb", "a%5Cb", "a%23b", "a%3Fb", "a%07b", "x" * 101])
def test_an_instance_id_that_azure_cannot_store_is_rejected(
    native: Host, system_key: str, instance_id: str
) -> None:
    response = native.request(
        "POST", f"{WEBHOOK}/orchestrators/chain/{instance_id}?code={system_key}", json=5
    )
    assert response.status_code == 400
    assert "instance id" in response.json()["Message"]


def test_a_start_request_can_wait_for_the_end(native: Host, system_key: str) -> None:
    def start_and_wait(name: str, body: Any, timeout: float, interval: float = 0.05) -> requests.Response:
        query = f"timeout={timeout}&pollingInterval={interval}&code={system_key}"
        return native.request("POST", f"{WEBHOOK}/orchestrators/{name}?{query}", json=body)

    completed = start_and_wait("chain", 5, 10)
    assert (completed.status_code, completed.json()) == (200, 20)
    failed = start_and_wait("failing", "mew", 10)
    assert (failed.status_code, failed.json()["runtimeStatus"]) == (200, "Failed")
    running = start_and_wait("approval", 30, 0.1)
    assert running.status_code == 202
    assert running.headers["location"] == running.json()["statusQueryGetUri"]
    assert start_and_wait("chain", 5, 1, interval=2).status_code == 400


def test_every_request_requires_the_key_in_the_query_or_a_header() -> None:
    with host_for(APPS / "durable_native", with_keys=True) as host:
        link = start(host, "chain", 5)["statusQueryGetUri"]
        assert get(link).ok
        assert get(link + "x").status_code == 401
        assert host.request("GET", f"{WEBHOOK}/instances").status_code == 401
        key = link.rpartition("code=")[2]
        assert (
            host.request("GET", f"{WEBHOOK}/instances", headers={"x-functions-key": key}).status_code == 200
        )
        assert (
            host.request("GET", f"{WEBHOOK}/instances", headers={"x-functions-key": "x"}).status_code == 401
        )


def test_a_running_instance_can_only_be_restarted_with_a_new_id(native: Host, system_key: str) -> None:
    links = start(native, "approval", 2)
    wait_for_status(links["statusQueryGetUri"], "Running")
    assert post(links["restartPostUri"] + "&restartWithNewInstanceId=false").status_code == 409
    again = post(links["restartPostUri"])
    assert again.status_code == 202
    assert again.json()["id"] != links["id"]
    for link in (links["statusQueryGetUri"], again.headers["location"]):
        assert wait_for_end(link)["output"] == "timed out"
    same = post(links["restartPostUri"] + "&restartWithNewInstanceId=false")
    assert (same.status_code, same.json()["id"]) == (202, links["id"])
    unknown = native.request("POST", f"{WEBHOOK}/instances/nobody/restart?code={system_key}")
    assert unknown.status_code == 400


def test_a_running_instance_can_be_neither_rewound_nor_purged(native: Host) -> None:
    links = start(native, "approval", 30)
    assert post(links["rewindPostUri"]).status_code == 412
    assert requests.delete(links["purgeHistoryDeleteUri"], timeout=30).status_code == 412
    assert get(links["statusQueryGetUri"]).status_code == 202


def test_starting_a_running_instance_again_is_a_conflict(native: Host, system_key: str) -> None:
    path = f"{WEBHOOK}/orchestrators/approval/once?code={system_key}"
    assert native.request("POST", path, json=30).status_code == 202
    assert native.request("POST", path, json=30).status_code == 409


def test_instances_can_be_listed_in_pages_filtered_and_purged() -> None:
    with host_for(APPS / "durable_native") as host:
        links = [start(host, "chain", number) for number in range(3)]
        code = links[0]["statusQueryGetUri"].rpartition("code=")[2]
        for instance in links:
            wait_for_end(instance["statusQueryGetUri"])
        start(host, "approval", 30)
        base = f"{WEBHOOK}/instances?code={code}"
        assert len(host.request("GET", base).json()) == 4
        completed = f"{base}&runtimeStatus=Completed&showInput=false"
        first = host.request("GET", f"{completed}&top=2")
        token = first.headers["x-ms-continuation-token"]
        second = host.request("GET", f"{completed}&top=2", headers={"x-ms-continuation-token": token})
        instances = [*first.json(), *second.json()]
        listed_ids = [instance["instanceId"] for instance in instances]
        assert sorted(listed_ids) == sorted(instance["id"] for instance in links)
        assert {instance["input"] for instance in instances} == {None}
        assert host.request("DELETE", base).status_code == 400
        ended = f"{base}&createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Completed"
        assert host.request("DELETE", ended).json() == {"instancesDeleted": 3}
        assert len(host.request("GET", base).json()) == 1
        assert host.request("DELETE", ended).status_code == 404


@devhost_only("a purge by time alone keeps running instances")
def test_a_purge_by_time_alone_keeps_running_instances(native: Host, system_key: str) -> None:
    link = start(native, "approval", 30)["statusQueryGetUri"]
    native.request("DELETE", f"{WEBHOOK}/instances?code={system_key}&createdTimeFrom=2020-01-01T00:00:00Z")
    assert get(link).status_code == 202


def test_instances_can_be_listed_by_creation_time_and_id_prefix(native: Host, system_key: str) -> None:
    for name in ("listed-1", "listed-2", "other-1"):
        native.request("POST", f"{WEBHOOK}/orchestrators/chain/{name}?code={system_key}", json=1)

    def listed(query: str) -> list[str]:
        response = native.request("GET", f"{WEBHOOK}/instances?code={system_key}&{query}")
        assert response.status_code == 200, response.text
        return [instance["instanceId"] for instance in response.json()]

    assert sorted(listed("instanceIdPrefix=listed-")) == ["listed-1", "listed-2"]
    assert {"listed-1", "other-1"} <= {
        *listed("createdTimeFrom=2020-01-01&createdTimeTo=2999-01-01T00:00:00Z")
    }
    assert listed("createdTimeTo=2020-01-01T00:00:00%2B01:00") == []
    assert listed("createdTimeFrom=2999-01-01T00:00:00") == []
    last = native.request("GET", f"{WEBHOOK}/instances?code={system_key}&instanceIdPrefix=other-")
    assert "x-ms-continuation-token" not in last.headers


@devhost_only("an invalid query is rejected")
def test_an_invalid_query_is_rejected(native: Host, system_key: str) -> None:
    for parameter in ("top=none", "top=0", "createdTimeFrom=yesterday", "runtimeStatus=Unknown"):
        assert (
            native.request("GET", f"{WEBHOOK}/instances?code={system_key}&{parameter}").status_code == 400
        ), parameter
    assert (
        native.request("POST", f"{WEBHOOK}/orchestrators/chain?timeout=soon&code={system_key}").status_code
        == 400
    )
