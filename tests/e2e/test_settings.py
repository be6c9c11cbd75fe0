"""An app with other settings: it batches, believes the principal, and its PokéAPI lacks some Pokémon."""

import base64
import json
from collections.abc import Iterator

import pytest

from tests.e2e.client import Client, blob_names
from tools.local import stack
from tools.local.replica_control import set_faults
from tools.local.stack import Stack


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    settings = {
        "POKEMON_PER_ACTIVITY": "7",
        "SHARD_SIZE": "20",
        "SHARDS_IN_FLIGHT": "3",
        "ACTIVITY_FIRST_RETRY_SECONDS": "0.1",
        "TRUST_CLIENT_PRINCIPAL": "true",
    }
    with stack.running(tmp_path_factory.mktemp("other"), settings=settings) as running:
        set_faults(running.pokeapi_url, missing=[25, 26])
        yield running


def test_larger_batches_make_the_same_csv(other: Stack, client: Client) -> None:
    assert Client(other).csv_of(type="ghost") == client.csv_of(type="ghost")


def test_a_missing_pokemon_does_not_fail_the_report(other: Stack) -> None:
    report = Client(other).make(type="electric")
    assert report["status"] == "partial"
    assert report["failure_count"] == 2
    assert [failure["pokemon"] for failure in report["failures"]] == ["pikachu", "raichu"]
    assert "PokéAPI has no" in report["failures"][0]["reason"]
    assert report["result"]["rows"] == 112
    assert report["progress"] == {"total": 114, "done": 114, "failed": 2}


def test_a_user_cannot_access_the_report_of_another(other: Stack) -> None:
    one = Client(other, {"x-ms-client-principal": principal("a")})
    two = Client(other, {"x-ms-client-principal": principal("b")})
    report = one.make(type="fighting", sample_size=1)
    assert one.show(report)["id"] == report["id"]
    for stranger in (two, Client(other)):
        assert stranger.call("GET", f"/reports/{report['id']}").status_code == 404
        assert stranger.call("GET", f"/reports/{report['id']}/download").status_code == 404
        assert stranger.call("DELETE", f"/reports/{report['id']}").status_code == 404
        listed = stranger.call("GET", "/reports").json()["reports"]
        assert report["id"] not in [shown["id"] for shown in listed]


def principal(user_id: str) -> str:
    return base64.b64encode(json.dumps({"identityProvider": "github", "userId": user_id}).encode()).decode()


def test_a_pokeapi_outage_fails_the_report_with_that_reason(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    settings = {
        "POKEAPI_RETRIES": "1",
        "POKEAPI_BACKOFF_SECONDS": "0.01",
        "ACTIVITY_ATTEMPTS": "2",
        "ACTIVITY_FIRST_RETRY_SECONDS": "0.1",
    }
    nobody = "http://127.0.0.1:9/api/v2"
    with stack.running(tmp_path_factory.mktemp("down"), pokeapi_url=nobody, settings=settings) as running:
        client = Client(running)
        report = client.make(type="electric", sample_size=5)
        assert report["status"] == "failed"
        assert "PokéAPI did not answer" in report["error"]["detail"]
        assert blob_names(running) == set()
        health = client.call("GET", "/health")
        assert health.status_code == 503
        assert health.json()["dependencies"]["pokeapi"]["status"] == "unavailable"
        assert health.json()["dependencies"]["blob_storage"]["status"] == "ok"
        assert client.call("GET", "/types").status_code == 503
        described = client.call("GET", "/openapi.json")
        assert described.status_code == 200
        assert "/reports" in described.json()["paths"]
