"""A real replica over HTTP: it answers as the live API does."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from pokeapi_replica import build, facts
from tests.replica_process import running_replica

DAY = "public, max-age=86400, s-maxage=86400"


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with running_replica() as url:
        yield url


@pytest.mark.parametrize("path", ["pokemon/25", "pokemon/25/", "pokemon/pikachu", "pokemon/Pikachu/"])
def test_a_pokemon_is_found_by_id_or_name_with_or_without_a_trailing_slash(base: str, path: str) -> None:
    document = requests.get(f"{base}/{path}", timeout=5).json()
    assert document["id"] == 25
    assert document["species"]["url"] == f"{base}/pokemon-species/25/"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("pokemon-species/1025/", "pecharunt"),
        ("ability/static", "static"),
        ("type/10002", "shadow"),
        ("generation/9", "generation-ix"),
    ],
)
def test_every_kind_of_document_is_served(base: str, path: str, name: str) -> None:
    assert requests.get(f"{base}/{path}", timeout=5).json()["name"] == name


def test_the_index_names_what_there_is(base: str) -> None:
    index = requests.get(base, timeout=5).json()
    assert index["pokemon"] == f"{base}/pokemon/"
    assert list(index) == ["ability", "generation", "pokemon", "pokemon-species", "type"]


def test_a_list_without_limit_has_twenty_entries(base: str) -> None:
    page = requests.get(f"{base}/pokemon/", timeout=5).json()
    assert page["count"] == 1351
    assert len(page["results"]) == 20
    assert page["results"][0] == {"name": "bulbasaur", "url": f"{base}/pokemon/1/"}
    assert page["next"] == f"{base}/pokemon/?offset=20&limit=20"
    assert page["previous"] is None


def test_one_page_can_hold_everything(base: str) -> None:
    page = requests.get(f"{base}/pokemon?limit=100000", timeout=5).json()
    assert len(page["results"]) == 1351
    assert page["next"] is None


def test_following_next_walks_through_the_whole_list(base: str) -> None:
    url, names = f"{base}/type?limit=6", []
    while url:
        page = requests.get(url, timeout=5).json()
        names += [entry["name"] for entry in page["results"]]
        url = page["next"]
    assert len(names) == len(set(names)) == 21


def test_a_limit_that_is_no_number_counts_as_absent(base: str) -> None:
    assert len(requests.get(f"{base}/pokemon?limit=many&offset=-3", timeout=5).json()["results"]) == 20


@pytest.mark.parametrize(
    "path",
    [
        "pokemon/0",
        "pokemon/025",
        "pokemon/10327/",
        "pokemon/missingno",
        "move/1",
        "pokemon/25/encounters",
        "/pokemon",
    ],
)
def test_what_is_not_there_is_not_found(base: str, path: str) -> None:
    answer = requests.get(f"{base}/{path}", timeout=5)
    assert answer.status_code == 404
    assert answer.text == "Not Found"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_urls_repeat_the_host_that_was_asked(base: str) -> None:
    answer = requests.get(f"{base}/pokemon/1", headers={"Host": "pokeapi.example:81"}, timeout=5)
    assert answer.json()["species"]["url"] == "http://pokeapi.example:81/api/v2/pokemon-species/1/"


def test_an_answer_may_be_kept_for_a_day_and_is_validated_by_its_etag(base: str) -> None:
    first = requests.get(f"{base}/pokemon/1", timeout=5)
    assert first.headers["Cache-Control"] == DAY
    assert first.headers["ETag"].startswith('W/"')
    second = requests.get(f"{base}/pokemon/1", headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    assert second.status_code == 304
    assert second.content == b""
    assert second.headers["ETag"] == first.headers["ETag"]
    other = requests.get(f"{base}/pokemon/2", headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    assert other.status_code == 200


@pytest.mark.parametrize(("accepted", "used"), [("gzip, br", "gzip"), ("identity", None), ("gzip;q=0", None)])
def test_gzip_is_used_for_those_who_take_it(base: str, accepted: str, used: str | None) -> None:
    answer = requests.get(f"{base}/type/1", headers={"Accept-Encoding": accepted}, timeout=5)
    assert answer.headers.get("Content-Encoding") == used
    assert answer.json()["name"] == "normal"
    assert answer.headers["ETag"] == requests.get(f"{base}/type/1", timeout=5).headers["ETag"]


def test_head_answers_the_headers_of_get_alone(base: str) -> None:
    got, head = requests.get(f"{base}/type/1", timeout=5), requests.head(f"{base}/type/1", timeout=5)
    assert head.content == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control"):
        assert head.headers[name] == got.headers[name]


def test_a_kept_connection_serves_many_requests_without_delay(base: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=5)
    for number in range(1, 201):
        connection.request("GET", f"/api/v2/pokemon/{number}/")
        answer = connection.getresponse()
        assert answer.status == 200
        answer.read()
        assert not answer.will_close
    connection.close()


def test_other_methods_are_not_allowed(base: str) -> None:
    answer = requests.post(f"{base}/pokemon/1", timeout=5)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


def test_a_synthetic_catalogue_is_served_whole() -> None:
    with running_replica("--synthetic", "3000", "--pad-kb", "20") as base:
        assert len(requests.get(f"{base}/pokemon?limit=5000", timeout=5).json()["results"]) == 3000
        answer = requests.get(f"{base}/pokemon/pikachu-copy-2/", timeout=5)
        assert answer.json()["id"] == 1050
        assert 18_000 < len(answer.content) <= 20_000


def test_building_from_the_replica_gives_the_same_data_again(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--source", base, "--out", str(tmp_path)]) == 0
    for path in facts.DATA.glob("*.jsonl"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()
    assert "pokemon: 1351 documents, 16212 fields compared, 0 differences" in capsys.readouterr().out


def test_a_check_names_what_differs(base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts.save(facts.load(), tmp_path)
    table = tmp_path / "species.jsonl"
    table.write_text(
        table.read_text("utf-8").replace('[25,"pikachu",26,"yellow"', '[25,"pikachu",26,"red"'), "utf-8"
    )
    assert build.main(["--check", base, "--out", str(tmp_path)]) == 1
    assert "pokemon-species pikachu: color: " in capsys.readouterr().out


def test_a_source_that_is_none_is_one_clear_line(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--check", f"{base}/nothing"]) == 1
    errors = capsys.readouterr().err
    assert errors.startswith("error: ")
    assert errors.count("\n") == 1
