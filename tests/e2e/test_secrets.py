"""No key, signature or connection string shows up where it is not meant to be."""

import json
from collections.abc import Iterator

import pytest
from azure.data.tables import TableClient

from tests.e2e.client import Client, instances
from tools.local import emulators, hosts
from tools.local.stack import Stack

SECRETS = {
    "the account key": emulators.EMULATOR_KEY,
    "a signature": "sig=",
    "a connection string": "AccountKey=",
}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A system that completed a report, failed another, signed a link, and lost its storage meanwhile."""
    folder = tmp_path_factory.mktemp("secrets")
    azurite = emulators.azurite(folder / "azurite.log", folder / "data")
    storage = emulators.Storage(*azurite.start())
    replica = emulators.replica(folder / "replica.log", "--missing", "25")
    (pokeapi_url,) = replica.start()
    app = hosts.function_app(folder / "app.log", storage, pokeapi_url)
    try:
        app_url, durable_url = app.start()
        running = Stack(f"{app_url}/api", durable_url, pokeapi_url, storage, app)
        client = Client(running)
        client.download(client.make(type="electric", sample_size=50, seed=1))
        azurite.stop()
        assert client.call("GET", "/reports").status_code == 503
        assert client.call("GET", "/health").status_code == 503
        ports = [address.rpartition(":")[2] for address in (storage.blob, storage.queue, storage.table)]
        azurite = emulators.azurite(folder / "azurite-again.log", folder / "data", ports)
        azurite.start()
        yield running
    finally:
        app.stop()
        replica.stop()
        azurite.stop()


@pytest.mark.parametrize("secret", SECRETS)
def test_the_logs_contain_no_secret(busy: Stack, secret: str) -> None:
    said = busy.app.output()
    assert "create_report" in said
    assert SECRETS[secret] not in said


@pytest.mark.parametrize("secret", SECRETS)
def test_the_records_and_histories_contain_no_secret(busy: Stack, secret: str) -> None:
    table = TableClient.from_connection_string(busy.storage.connection_string, "reports")
    kept = [dict(entity) for entity in table.list_entities()]
    assert kept
    assert SECRETS[secret] not in json.dumps([kept, instances(busy)], default=str)


def test_the_token_of_a_share_link_is_only_in_the_record_of_its_report(busy: Stack) -> None:
    client = Client(busy)
    (report,) = client.call("GET", "/reports").json()["reports"]
    shared = client.call("PUT", f"/reports/{report['id']}/share").json()["links"]["shared"]
    token = shared.rpartition("/")[2]
    for path in (shared.removeprefix("/api"), f"/reports/{report['id']}"):
        client.call("GET", path).raise_for_status()
    table = TableClient.from_connection_string(busy.storage.connection_string, "reports")
    stored = [dict(entity) for entity in table.list_entities()]
    (record,) = [entity for entity in stored if token in str(entity)]
    assert (record["RowKey"], record.pop("ShareToken")) == (report["id"], token)
    assert token not in str(record)
    assert token not in json.dumps(instances(busy), default=str)
    assert token not in busy.app.output()


@pytest.mark.parametrize("secret", SECRETS)
def test_only_the_download_link_contains_a_signature(busy: Stack, secret: str) -> None:
    client = Client(busy)
    (report,) = client.call("GET", "/reports").json()["reports"]
    for path in ("/reports", f"/reports/{report['id']}", "/health", "/openapi.json", "/types"):
        answer = client.call("GET", path)
        assert SECRETS[secret] not in answer.text + str(answer.headers)
    link = client.call("GET", f"/reports/{report['id']}/download", allow_redirects=False).headers["Location"]
    assert "sig=" in link
    assert emulators.EMULATOR_KEY not in link
