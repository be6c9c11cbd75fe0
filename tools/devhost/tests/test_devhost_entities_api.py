"""Entities in the Durable HTTP API of a running host."""

from typing import Any

import pytest
import requests

from tools.devhost.tests.host import Host, devhost_only, wait_until

CAN_READ_ENTITIES = devhost_only("entities can be read and listed over HTTP")

ENTITIES = "/runtime/webhooks/durabletask/entities"


class Entities:
    """The entities API, with the key that it requires."""

    def __init__(self, host: Host, system_key: str) -> None:
        self._host = host
        self._headers = {"x-functions-key": system_key}

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        options["headers"] = {**self._headers, **options.pop("headers", {})}
        return self._host.request(method, ENTITIES + path, **options)

    def wait_for(self, path: str, state: Any) -> None:
        def has_state() -> bool:
            response = self.request("GET", path)
            return response.status_code == 200 and response.json() == state

        wait_until(has_state, f"{path} has the state {state!r}")


@pytest.fixture(scope="module")
def entities(native: Host, system_key: str) -> Entities:
    return Entities(native, system_key)


@CAN_READ_ENTITIES
def test_an_entity_can_be_signaled_read_and_deleted(entities: Entities) -> None:
    assert entities.request("GET", "/Counter/ash").status_code == 404
    response = entities.request("POST", "/Counter/ash?op=add", json=5)
    assert (response.status_code, response.content) == (202, b"")
    entities.wait_for("/counter/ash", 5)
    assert entities.request("POST", "/COUNTER/ash?op=add", json=2).status_code == 202
    entities.wait_for("/Counter/ash", 7)
    assert entities.request("DELETE", "/Counter/ash").status_code == 202
    wait_until(lambda: entities.request("GET", "/Counter/ash").status_code == 404, "the entity is deleted")


@CAN_READ_ENTITIES
def test_an_operation_needs_no_input(entities: Entities) -> None:
    entities.request("POST", "/Counter/idle?op=set", json=3)
    entities.wait_for("/Counter/idle", 3)
    assert entities.request("POST", "/Counter/idle?op=get").status_code == 202


def test_an_invalid_signal_is_rejected(entities: Entities) -> None:
    json_type = {"content-type": "application/json"}
    assert entities.request("POST", "/nobody/1?op=add", json=1).status_code == 400
    assert entities.request("POST", "/Counter/a%2Fb?op=add", json=1).status_code == 404
    assert entities.request("POST", "/Counter/a?op=add", data="one", headers=json_type).status_code == 400
    assert entities.request("PUT", "/Counter/a", json=1).status_code == 404
    assert entities.request("GET", "/Counter/a").status_code == 404


def test_a_body_without_the_json_content_type_is_text(entities: Entities) -> None:
    assert entities.request("POST", "/Counter/text?op=set", data="one").status_code == 202


@CAN_READ_ENTITIES
def test_entities_can_be_listed_by_name_and_time_in_pages(entities: Entities) -> None:
    for number in range(3):
        entities.request("POST", f"/Counter/listed-{number}?op=set", json=number)
        entities.request("POST", f"/Tally/listed-{number}?op=set", json=10 + number)
    for number in range(3):
        entities.wait_for(f"/Counter/listed-{number}", number)
        entities.wait_for(f"/Tally/listed-{number}", 10 + number)

    assert {"counter", "tally"} <= {
        entity["entityId"]["name"] for entity in entities.request("GET", "").json()
    }
    first = entities.request("GET", "/TALLY?top=2&fetchState=true")
    token = first.headers["x-ms-continuation-token"]
    second = entities.request(
        "GET", "/TALLY?top=2&fetchState=true", headers={"x-ms-continuation-token": token}
    )
    assert "x-ms-continuation-token" not in second.headers
    tallies = [*first.json(), *second.json()]
    assert [(entity["entityId"], entity["state"]) for entity in tallies] == [
        ({"name": "tally", "key": f"listed-{number}"}, 10 + number) for number in range(3)
    ]
    assert all(entity["lastOperationTime"] > "2020" for entity in tallies)
    assert all("state" not in entity for entity in entities.request("GET", "/tally").json())
    assert entities.request("GET", "/tally?lastOperationTimeTo=2020-01-01T00:00:00Z").json() == []
    assert len(entities.request("GET", "/tally?lastOperationTimeFrom=2020-01-01").json()) == 3
    assert entities.request("GET", "/tally?lastOperationTimeFrom=once").status_code == 400


@CAN_READ_ENTITIES
def test_a_locked_entity_is_listed_but_not_one_without_a_state(native: Host, entities: Entities) -> None:
    entities.request("POST", "/Counter/busy?op=set", json=1)
    entities.wait_for("/Counter/busy", 1)
    native.request("POST", "/api/start/holding", json=["busy", "unset"])
    entities.wait_for("/Counter/busy", 2)  # set by the lock holder
    entities.request("POST", "/Counter/busy?op=add", json=1)  # deferred
    keys = [entity["entityId"]["key"] for entity in entities.request("GET", "/Counter").json()]
    assert "busy" in keys
    assert "unset" not in keys
    entities.wait_for("/Counter/busy", 3)
