"""Hostile responses over HTTP: each attack replaces the response for its target only."""

import itertools
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from pokeapi_replica.hostile import BAD_NAME, HUGE_NUMBER, POISONED_NAME, Attack, attack_on
from tests.replica_process import running_replica

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with running_replica() as base_url:
        yield base_url


def _attack(base: str, target: str, attack: str) -> None:
    _switch(base, {target: attack}).raise_for_status()


def _switch(base: str, hostile: Any) -> requests.Response:
    url = base.replace("/api/v2", "/replica/faults")
    return requests.post(url, json={"hostile": hostile}, timeout=5)


def _stats(base: str) -> dict[str, Any]:
    stats: dict[str, Any] = requests.get(base.replace("/api/v2", "/replica/stats"), timeout=5).json()
    return stats


def _get(base: str, path: str, **options: Any) -> requests.Response:
    return requests.get(f"{base}/{path}", timeout=5, allow_redirects=False, **options)


@pytest.mark.parametrize(
    ("path", "attack"),
    [
        ("/api/v2/pokemon/25", Attack.DRIP),
        ("/api/v2/pokemon/25/", Attack.DRIP),
        ("/api/v2/pokemon/26/", Attack.BAD_TEXT),
        ("/api/v2/pokemon/", Attack.ENDLESS_LIST),
        ("/api/v2/pokemon", Attack.ENDLESS_LIST),
        ("/api/v2/type/13/", Attack.COOKIE),
        ("/api/v2/type/", Attack.COOKIE),
        ("/api/v2/", None),
        ("/replica/stats", None),
    ],
)
def test_the_most_specific_target_applies(path: str, attack: Attack | None) -> None:
    attacks = {"*": "cookie", "pokemon/*": "bad_text", "pokemon/25": "drip", "pokemon": "endless_list"}
    assert attack_on(attacks, path) is attack


def test_other_documents_stay_honest(base: str) -> None:
    honest = _get(base, "pokemon/26/")
    _attack(base, "pokemon/25", "bad_text")
    assert _get(base, "pokemon/25/").json()["name"] == BAD_NAME
    assert _get(base, "pokemon/26/").json() == honest.json()


def test_a_dripped_document_arrives_one_byte_at_a_time_until_the_client_disconnects(base: str) -> None:
    _attack(base, "pokemon/25", "drip")
    with _get(base, "pokemon/25/", stream=True) as response:
        assert list(itertools.islice(response.iter_content(1), 3)) == [b"{", b'"', b"a"]
        assert int(response.headers["Content-Length"]) > 1000
    deadline = time.monotonic() + 5
    while _stats(base)["open"]:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize(("attack", "megabytes"), [("gzip_bomb", 400), ("huge_body", 200)])
def test_a_bomb_and_a_huge_body_are_as_large_as_documented(base: str, attack: str, megabytes: int) -> None:
    _attack(base, "pokemon/25", attack)
    with _get(base, "pokemon/25/", stream=True) as response:
        assert sum(len(part) for part in response.iter_content(MEGABYTE)) == megabytes * MEGABYTE


def test_a_bomb_is_small_on_the_wire(base: str) -> None:
    _attack(base, "pokemon/25", "gzip_bomb")
    with _get(base, "pokemon/25/", stream=True) as response:
        assert sum(len(part) for part in response.raw.stream(MEGABYTE, decode_content=False)) < MEGABYTE


def test_an_endless_list_has_valid_entries(base: str) -> None:
    _attack(base, "pokemon", "endless_list")
    with _get(base, "pokemon/?limit=100000", stream=True) as response:
        parts = b"".join(itertools.islice(response.iter_content(MEGABYTE), 100))
    entries = json.loads(parts[: parts.rindex(b",")] + b"]}")["results"]
    assert len(entries) > 50_000
    assert entries[24] == {"name": "pokemon-25", "url": f"{base}/pokemon/25/"}


def test_deep_json_is_100_000_nested_lists(base: str) -> None:
    _attack(base, "type", "deep_json")
    assert _get(base, "type/").content == b"[" * 100_000


@pytest.mark.parametrize("path", ["pokemon/25", "type/13", "pokemon-species/1"])
def test_a_wrong_document_is_another_one_of_the_resource(base: str, path: str) -> None:
    honest = _get(base, f"{path}/").json()
    _attack(base, path, "wrong_document")
    wrong = _get(base, f"{path}/").json()
    assert wrong["id"] != honest["id"]
    assert wrong.keys() == honest.keys()


def test_huge_numbers_replace_all_but_the_id(base: str) -> None:
    _attack(base, "pokemon/25", "huge_numbers")
    text = _get(base, "pokemon/25/").text
    assert f'"height": {HUGE_NUMBER}' in text
    assert '"id": 25' in text


@pytest.mark.parametrize(("path", "field"), [("pokemon", "results"), ("type/13", "pokemon")])
def test_the_links_of_a_list_with_duplicate_ids_are_equal(base: str, path: str, field: str) -> None:
    _attack(base, path, "duplicate_ids")
    entries = [entry.get("pokemon", entry) for entry in _get(base, f"{path}/").json()[field]]
    assert len({entry["url"] for entry in entries}) == 1
    assert len({entry["name"] for entry in entries}) == len(entries)


def test_a_poisoned_document_has_the_true_etag_and_an_absurd_lifetime(base: str) -> None:
    honest = _get(base, "pokemon/25/")
    _attack(base, "pokemon/25", "poison")
    poisoned = _get(base, "pokemon/25/")
    assert poisoned.json() == honest.json() | {"name": POISONED_NAME}
    assert poisoned.headers["ETag"] == honest.headers["ETag"]
    assert poisoned.headers["Cache-Control"] == "public, max-age=99999999999"


def test_a_redirect_has_dot_segments(base: str) -> None:
    _attack(base, "pokemon/25", "dot_segments")
    response = _get(base, "pokemon/25/")
    assert (response.status_code, response.headers["Location"]) == (302, f"{base}/../../outside")


def test_a_cookie_that_comes_back_is_counted(base: str) -> None:
    _attack(base, "ability/1", "cookie")
    with requests.Session() as session:
        assert session.get(f"{base}/ability/1/", timeout=5).json()["id"] == 1
        assert session.get(f"{base}/ability/1/", timeout=5).status_code == 400
    assert _stats(base)["resources"]["ability"] == {"cookie": 1, "cookie_returned": 1}


@pytest.mark.parametrize(
    "hostile", [["drip"], {"pokemon/25": "dripping"}, {"pokemon/25": 1}, {"*": ["drip"]}]
)
def test_an_invalid_attack_gets_400_with_the_attacks(base: str, hostile: Any) -> None:
    response = _switch(base, hostile)
    assert response.status_code == 400
    assert "hostile must map targets to attacks (bad_text, cookie, " in response.json()["error"]


def test_the_attacks_can_be_switches(base: str) -> None:
    with running_replica("--hostile", "pokemon/25=poison", "--hostile", "type=deep_json") as attacked:
        assert _get(attacked, "pokemon/25/").json()["name"] == POISONED_NAME
        assert _get(attacked, "type/").content.startswith(b"[[[")
