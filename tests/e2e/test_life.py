"""Cancel, retry, idempotency keys, and what survives a crash."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from azure.data.tables import TableClient

from tests.e2e.client import OWNER, Client, blob_names, instances, outbox, record_ids
from tools.local import emulators, hosts, stack
from tools.local.replica_control import set_faults, stats
from tools.local.stack import Stack

PROGRESS_TIMEOUT_SECONDS = 60


@pytest.mark.usefixtures("slow_pokeapi")
def test_a_canceled_report_stops_and_leaves_no_csv(system: Stack, client: Client) -> None:
    report = client.request(type="flying")
    deadline = time.monotonic() + PROGRESS_TIMEOUT_SECONDS
    while client.show(report)["progress"]["done"] < 3:
        assert time.monotonic() < deadline, "the report makes no progress"
        time.sleep(0.05)
    answer = client.call("POST", f"/reports/{report['id']}/cancel")
    assert answer.status_code == 202
    assert answer.json()["status"] in {"canceling", "canceled"}
    canceled = client.wait_until(report, {"canceled"})
    assert canceled["finished_at"]
    assert canceled["links"]["cancel"] is None
    client.reconcile_until(lambda: report["id"] not in outbox(system))
    assert not [name for name in blob_names(system) if report["id"] in name]
    states = {state["runtimeStatus"] for name, state in instances(system).items() if report["id"] in name}
    assert states <= {"Terminated", "Completed"}
    assert client.call("POST", f"/reports/{report['id']}/cancel").status_code == 409
    assert client.call("GET", f"/reports/{report['id']}/download").status_code == 409


def test_a_report_that_has_ended_cannot_be_canceled(client: Client) -> None:
    report = client.make(type="fire", sample_size=1)
    answer = client.call("POST", f"/reports/{report['id']}/cancel")
    assert answer.status_code == 409
    assert answer.json()["title"] == "The report has ended"
    assert client.show(report)["status"] == "succeeded"


def test_a_retry_is_a_new_report_of_the_same_request_and_seed(client: Client) -> None:
    report = client.make(type="fire", sample_size=3)
    answer = client.call("POST", report["links"]["retry"].removeprefix("/api"))
    assert answer.status_code == 202
    again = answer.json()
    assert answer.headers["Location"] == f"/api/reports/{again['id']}"
    assert again["id"] != report["id"]
    assert again["retry_of"] == report["id"]
    assert again["request"] == report["request"]
    assert client.download(client.watch(again)[-1]) == client.download(report)


@pytest.fixture
def partial(system: Stack, client: Client) -> Iterator[dict[str, Any]]:
    """A report that lacks three Pokémon, which PokéAPI has again."""
    set_faults(system.pokeapi_url, missing=[4, 6, 146])
    report = client.make(type="fire", columns=["name", "types", "speed"])
    set_faults(system.pokeapi_url, missing=[])
    assert (report["status"], report["failure_count"]) == ("partial", 3)
    yield report
    set_faults(system.pokeapi_url, missing=[])


def retry_missing(client: Client, report: dict[str, Any]) -> requests.Response:
    return client.call("POST", f"/reports/{report['id']}/retry", json={"only": "missing"})


def pokemon_requests(system: Stack) -> int:
    """The requests for Pokémon so far, whether they were sent or had not changed."""
    outcomes: dict[str, int] = stats(system.pokeapi_url)["resources"]["pokemon"]
    return sum(outcomes.values())


def test_a_retry_of_only_the_missing_fetches_them_and_keeps_the_other_rows(
    system: Stack, client: Client, partial: dict[str, Any]
) -> None:
    before = pokemon_requests(system)
    answer = retry_missing(client, partial)
    assert answer.status_code == 202
    completed = client.watch(answer.json())[-1]
    assert pokemon_requests(system) - before == 3
    assert (completed["status"], completed["retry_of"]) == ("succeeded", partial["id"])
    assert completed["request"] == partial["request"]
    assert (completed["warnings"], completed["failures"]) == ([], [])
    assert completed["progress"] == {"total": 109, "done": 109, "failed": 0}
    assert client.download(completed) == client.csv_of(**partial["request"])


def test_a_retry_of_only_the_missing_works_after_the_report_is_deleted(
    client: Client, partial: dict[str, Any]
) -> None:
    again = retry_missing(client, partial).json()
    client.call("DELETE", f"/reports/{partial['id']}")
    completed = client.watch(again)[-1]
    assert completed["status"] == "succeeded"
    assert client.download(completed) == client.csv_of(**partial["request"])


def test_only_a_partial_report_has_missing_rows(client: Client) -> None:
    report = client.make(type="fire", sample_size=1)
    answer = retry_missing(client, report)
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:poke-queue:problem:nothing-missing"


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{}", 202), (b'{"only": null}', 202), (b'{"only": "failed"}', 400), (b'{"all": 1}', 400), (b"[", 400)],
)
def test_the_body_of_a_retry_is_validated(client: Client, body: bytes, status: int) -> None:
    report = client.make(type="fire", sample_size=1)
    json_type = {"Content-Type": "application/json"}
    path = f"/reports/{report['id']}/retry"
    assert client.call("POST", path, data=body, headers=json_type).status_code == status
    assert client.call("POST", path, data=body, headers={"Content-Type": "text/plain"}).status_code == 415


@pytest.mark.usefixtures("slow_pokeapi")
def test_a_report_cannot_be_retried_while_it_runs(client: Client) -> None:
    report = client.request(type="fire")
    assert client.call("POST", f"/reports/{report['id']}/retry").status_code == 409
    assert retry_missing(client, report).json()["type"] == "urn:poke-queue:problem:still-open"
    client.call("DELETE", f"/reports/{report['id']}")


def test_the_same_key_and_body_return_the_same_report(client: Client) -> None:
    key = {"Idempotency-Key": "clé-1".encode()}
    body = {"type": "fire", "sample_size": 2}
    first = client.call("POST", "/reports", json=body, headers=key)
    client.watch(first.json())
    second = client.call("POST", "/reports", json=body, headers=key)
    assert second.status_code == 202
    assert second.json()["id"] == first.json()["id"]
    assert second.json()["status"] == "succeeded"
    other_body = client.call("POST", "/reports", json={"type": "water"}, headers=key)
    assert other_body.status_code == 422
    assert "Idempotency-Key" in other_body.json()["detail"]


def test_a_key_in_parallel_requests_makes_one_report(system: Stack, client: Client) -> None:
    before = record_ids(system)
    key = {"Idempotency-Key": "many at once"}

    def ask(_: int) -> requests.Response:
        return Client(system).call("POST", "/reports", json={"type": "ice"}, headers=key)

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(ask, range(12)))
    assert {answer.status_code for answer in answers} == {202}
    (report_id,) = {answer.json()["id"] for answer in answers}
    assert {report["request"]["seed"] for report in (answer.json() for answer in answers)} == {
        client.show({"id": report_id})["request"]["seed"]
    }
    assert record_ids(system) - before == {report_id}
    assert client.watch(answers[0].json())[-1]["status"] == "succeeded"


def test_a_deleted_report_releases_its_key(client: Client) -> None:
    key = {"Idempotency-Key": "freed"}
    body = {"type": "fire", "sample_size": 2}
    first = client.call("POST", "/reports", json=body, headers=key).json()
    client.watch(first)
    client.call("DELETE", f"/reports/{first['id']}")
    second = client.call("POST", "/reports", json=body, headers=key).json()
    assert second["id"] != first["id"]


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_an_invalid_key_is_refused(client: Client, key: str) -> None:
    answer = client.call("POST", "/reports", json={}, headers={"Idempotency-Key": key})
    assert answer.status_code == 400
    assert "255" in answer.json()["detail"]


@pytest.fixture
def own_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A system of one's own, to be killed."""
    switches = ("--latency-ms", "100")
    with stack.running(
        tmp_path_factory.mktemp("killed"), replica_switches=switches, settings=hosts.TEST_SETTINGS
    ) as running:
        yield running


@pytest.mark.timeout(300)
def test_a_host_that_is_killed_during_a_report_completes_it_after_a_restart(own_system: Stack) -> None:
    client = Client(own_system)
    report = client.request(type="psychic", seed=1)
    while client.show(report)["progress"]["done"] < 10:
        time.sleep(0.01)
    own_system.app.kill()
    own_system.app.start()
    client = Client(own_system.restarted())
    client.reconcile()
    assert client.wait_until(report, {"succeeded"})["result"]["rows"] == 142
    assert client.download(report) == client.csv_of(type="psychic", seed=1)


def test_a_host_that_is_killed_as_a_report_ends_has_cached_its_documents(own_system: Stack) -> None:
    Client(own_system).make(sample_size=20, seed=1)
    own_system.app.kill()
    own_system.app.start()
    before = stats(own_system.pokeapi_url)["requests"]
    assert before > 20
    Client(own_system.restarted()).make(sample_size=20, seed=1)
    assert stats(own_system.pokeapi_url)["requests"] == before


def test_a_host_that_is_killed_during_a_deletion_completes_it_after_a_restart(own_system: Stack) -> None:
    client = Client(own_system)
    report = client.request(type="psychic")
    while client.show(report)["progress"]["done"] < 10:
        time.sleep(0.01)
    table = TableClient.from_connection_string(own_system.storage.connection_string, "reports")
    row = {"PartitionKey": "outbox", "RowKey": report["id"], "Owner": OWNER, "Closing": True}
    table.upsert_entity(row)
    table.update_entity({"PartitionKey": OWNER, "RowKey": report["id"], "Status": "deleting"})
    own_system.app.kill()
    own_system.app.start()
    restarted = own_system.restarted()
    Client(restarted).reconcile_until(lambda: not outbox(own_system))
    assert record_ids(own_system) == set()
    assert blob_names(own_system) == set()
    assert instances(restarted) == {}


def test_a_storage_outage_delays_a_report_and_does_not_fail_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("away")
    azurite = emulators.azurite(folder / "azurite.log", folder / "data")
    addresses = azurite.start()
    storage = emulators.Storage(*addresses)
    replica = emulators.replica(folder / "replica.log", "--latency-ms", "100")
    (pokeapi_url,) = replica.start()
    app = hosts.function_app(folder / "app.log", storage, pokeapi_url)
    app_url, durable_url = app.start()
    client = Client(Stack(f"{app_url}/api", durable_url, pokeapi_url, storage, app))
    try:
        report = client.request(type="psychic")
        while client.show(report)["progress"]["done"] < 10:
            time.sleep(0.01)
        azurite.stop()
        refused = client.call("GET", f"/reports/{report['id']}")
        assert refused.status_code == 503
        assert refused.headers["Retry-After"]
        ports = [address.rpartition(":")[2] for address in addresses]
        azurite = emulators.azurite(folder / "azurite-again.log", folder / "data", ports)
        azurite.start()
        assert client.wait_until(report, {"succeeded"})["result"]["rows"] == 142
    finally:
        app.stop()
        replica.stop()
        azurite.stop()
