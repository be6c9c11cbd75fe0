"""The whole system on a PokéAPI under an attacker's control: it answers, and loses only what is hostile."""

import csv
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pokeapi_replica.hostile import Attack
from tests.e2e.client import Client
from tools.local import stack
from tools.local.replica_control import set_faults, stats
from tools.local.stack import Stack

ATTACKS = {
    25: Attack.DRIP,
    26: Attack.GZIP_BOMB,
    81: Attack.HUGE_BODY,
    82: Attack.ENDLESS_LIST,
    100: Attack.DEEP_JSON,
    101: Attack.WRONG_DOCUMENT,
    125: Attack.BAD_TEXT,
    135: Attack.HUGE_NUMBERS,
    145: Attack.DOT_SEGMENTS,
}
"""Electric Pokémon whose documents are hostile."""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    settings = {
        "POKEAPI_READ_TIMEOUT_SECONDS": "1",
        "POKEAPI_RETRIES": "0",
        "ACTIVITY_ATTEMPTS": "2",
        "ACTIVITY_FIRST_RETRY_SECONDS": "0.1",
        "POKEAPI_PAUSE_AFTER_FAILURES": "1000",
    }
    with stack.running(
        tmp_path_factory.mktemp("attacked"), settings=settings, replica_switches=("--max-age", "0")
    ) as running:
        yield running


@pytest.fixture
def hostile_client(attacked: Stack) -> Iterator[Client]:
    yield Client(attacked)
    set_faults(attacked.pokeapi_url, hostile={})


def test_each_hostile_document_costs_its_own_pokemon_only(attacked: Stack, hostile_client: Client) -> None:
    honest = hostile_client.csv_of(type="electric")
    attacks = {f"pokemon/{number}": attack for number, attack in ATTACKS.items()}
    set_faults(attacked.pokeapi_url, hostile=attacks)

    report = hostile_client.make(type="electric")

    assert report["status"] == "partial"
    names = {int(row["id"]): row["name"] for row in csv.DictReader(io.StringIO(honest.decode()))}
    reasons = {failure["pokemon"]: failure["reason"] for failure in report["failures"]}
    assert set(reasons) == {names[number] for number in ATTACKS}
    for reason in reasons.values():
        assert reason.startswith("PokéAPI")
        assert "Error" not in reason
        assert attacked.pokeapi_url not in reason
        assert report["id"] not in reason
    lines = honest.splitlines(keepends=True)
    expected = [line for line in lines if not line.startswith(tuple(b"%d," % number for number in ATTACKS))]
    assert hostile_client.download(report) == b"".join(expected)


@pytest.mark.parametrize(
    "attack",
    [
        Attack.DRIP,
        Attack.GZIP_BOMB,
        Attack.ENDLESS_LIST,
        Attack.DEEP_JSON,
        Attack.BAD_TEXT,
        Attack.DUPLICATE_IDS,
        Attack.DOT_SEGMENTS,
    ],
)
def test_hostile_lists_make_pokeapi_unavailable_and_nothing_else(
    attacked: Stack, hostile_client: Client, attack: Attack
) -> None:
    lists = ("pokemon", "pokemon-species", "type", "generation")
    set_faults(attacked.pokeapi_url, hostile=dict.fromkeys(lists, attack))
    assert hostile_client.call("GET", "/types").status_code == 503
    assert hostile_client.call("GET", "/generations").status_code == 503
    assert hostile_client.call("GET", "/openapi.json").status_code == 200
    report = hostile_client.make(generation="generation-i", sample_size=1)
    assert report["status"] == "failed"
    assert report["error"]["detail"].startswith("PokéAPI")
    assert "Error" not in report["error"]["detail"]


def test_requests_that_wait_for_pokeapi_do_not_block_the_others(
    attacked: Stack, hostile_client: Client
) -> None:
    set_faults(attacked.pokeapi_url, hostile={"*": Attack.DRIP})
    with ThreadPoolExecutor(75) as pool:
        waiting = [pool.submit(hostile_client.call, "GET", "/types") for _ in range(75)]
        listed = hostile_client.call("GET", "/reports")
        health = hostile_client.call("GET", "/health")
        assert {answer.result().status_code for answer in waiting} == {503}
    assert listed.status_code == 200
    assert health.json()["dependencies"]["pokeapi"]["reason"].startswith("PokéAPI did not answer")


def test_many_health_checks_send_one_request_to_pokeapi(attacked: Stack, hostile_client: Client) -> None:
    before = stats(attacked.pokeapi_url)["requests"]
    for _ in range(20):
        hostile_client.call("GET", "/health")
    assert stats(attacked.pokeapi_url)["requests"] - before <= 1
