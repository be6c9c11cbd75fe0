"""Entities in Durable's HTTP management API on a real devhost."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tools.devhost.tests.devhost_process import APPS, Host, devhost_only, host_of

READS_ENTITIES = devhost_only("entities can be read and listed over HTTP")

ENTITIES = "/runtime/webhooks/durabletask/entities"


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_of(APPS / "durable_native") as running:
        yield running


@pytest.fixture(scope="module")
def code(host: Host) -> str:
    link = host.call("POST", "/api/start/chain", json=1).json()["statusQueryGetUri"]
    return str(link).rpartition("code=")[2]


class Entities:
    """The API, with the key that it wants."""

    def __init__(self, host: Host, code: str) -> None:
        self._host = host
        self._headers = {"x-functions-key": code}

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        options["headers"] = {**self._headers, **options.pop("headers", {})}
        return self._host.call(method, ENTITIES + path, **options)

    def wait_for(self, path: str, state: Any) -> None:
        deadline = time.monotonic() + 10
        while (answer := self.call("GET", path)).status_code != 200 or answer.json() != state:
            assert time.monotonic() < deadline, answer.text
            time.sleep(0.02)


@pytest.fixture(scope="module")
def entities(host: Host, code: str) -> Entities:
    return Entities(host, code)


@READS_ENTITIES
def test_an_entity_is_signalled_read_and_deleted(entities: Entities) -> None:
    assert entities.call("GET", "/Counter/ash").status_code == 404
    signalled = entities.call("POST", "/Counter/ash?op=add", json=5)
    assert (signalled.status_code, signalled.content) == (202, b"")
    entities.wait_for("/counter/ash", 5)
    assert entities.call("POST", "/COUNTER/ash?op=add", json=2).status_code == 202
    entities.wait_for("/Counter/ash", 7)
    assert entities.call("DELETE", "/Counter/ash").status_code == 202
    deadline = time.monotonic() + 10
    while entities.call("GET", "/Counter/ash").status_code != 404:
        assert time.monotonic() < deadline


@READS_ENTITIES
def test_an_operation_may_come_without_input(entities: Entities) -> None:
    entities.call("POST", "/Counter/idle?op=set", json=3)
    entities.wait_for("/Counter/idle", 3)
    assert entities.call("POST", "/Counter/idle?op=get").status_code == 202


def test_a_signal_that_cannot_arrive_is_refused(entities: Entities) -> None:
    json_type = {"content-type": "application/json"}
    assert entities.call("POST", "/nobody/1?op=add", json=1).status_code == 400
    assert entities.call("POST", "/Counter/a%2Fb?op=add", json=1).status_code == 404
    assert entities.call("POST", "/Counter/a?op=add", data="one", headers=json_type).status_code == 400
    assert entities.call("PUT", "/Counter/a", json=1).status_code == 404
    assert entities.call("GET", "/Counter/a").status_code == 404


def test_a_body_that_does_not_claim_to_be_json_is_taken_for_a_text(entities: Entities) -> None:
    assert entities.call("POST", "/Counter/text?op=set", data="one").status_code == 202


@READS_ENTITIES
def test_entities_are_listed_by_name_and_time_page_by_page(entities: Entities) -> None:
    for number in range(3):
        entities.call("POST", f"/Counter/listed-{number}?op=set", json=number)
        entities.call("POST", f"/Tally/listed-{number}?op=set", json=10 + number)
    for number in range(3):
        entities.wait_for(f"/Counter/listed-{number}", number)
        entities.wait_for(f"/Tally/listed-{number}", 10 + number)

    assert {"counter", "tally"} <= {one["entityId"]["name"] for one in entities.call("GET", "").json()}
    first = entities.call("GET", "/TALLY?top=2&fetchState=true")
    token = first.headers["x-ms-continuation-token"]
    second = entities.call("GET", "/TALLY?top=2&fetchState=true", headers={"x-ms-continuation-token": token})
    assert "x-ms-continuation-token" not in second.headers
    found = [*first.json(), *second.json()]
    assert [(one["entityId"], one["state"]) for one in found] == [
        ({"name": "tally", "key": f"listed-{number}"}, 10 + number) for number in range(3)
    ]
    assert all(one["lastOperationTime"] > "2020" for one in found)
    assert all("state" not in one for one in entities.call("GET", "/tally").json())
    assert entities.call("GET", "/tally?lastOperationTimeTo=2020-01-01T00:00:00Z").json() == []
    assert len(entities.call("GET", "/tally?lastOperationTimeFrom=2020-01-01").json()) == 3
    assert entities.call("GET", "/tally?lastOperationTimeFrom=once").status_code == 400


@READS_ENTITIES
def test_an_entity_that_is_busy_is_listed_and_one_that_does_not_exist_yet_is_not(
    host: Host, entities: Entities
) -> None:
    entities.call("POST", "/Counter/busy?op=set", json=1)
    entities.wait_for("/Counter/busy", 1)
    host.call("POST", "/api/start/holding", json=["busy", "unborn"])
    deadline = time.monotonic() + 10
    while entities.call("GET", "/Counter/busy").json() != 2:  # set under the lock
        assert time.monotonic() < deadline
        time.sleep(0.02)
    entities.call("POST", "/Counter/busy?op=add", json=1)  # held back
    keys = [one["entityId"]["key"] for one in entities.call("GET", "/Counter").json()]
    assert "busy" in keys
    assert "unborn" not in keys
    entities.wait_for("/Counter/busy", 3)
