"""A replica process over HTTP responds like the live API."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from pokeapi_replica import build, dataset
from tests.replica_process import running_replica

CACHE_CONTROL = "public, max-age=86400, s-maxage=86400"


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
def test_documents_of_every_resource_are_served(base: str, path: str, name: str) -> None:
    assert requests.get(f"{base}/{path}", timeout=5).json()["name"] == name


def test_the_index_lists_the_resources(base: str) -> None:
    index = requests.get(base, timeout=5).json()
    assert index["pokemon"] == f"{base}/pokemon/"
    assert list(index) == ["ability", "generation", "pokemon", "pokemon-species", "type"]


def test_a_list_without_a_limit_has_twenty_entries(base: str) -> None:
    page = requests.get(f"{base}/pokemon/", timeout=5).json()
    assert page["count"] == 1351
    assert len(page["results"]) == 20
    assert page["results"][0] == {"name": "bulbasaur", "url": f"{base}/pokemon/1/"}
    assert page["next"] == f"{base}/pokemon/?offset=20&limit=20"
    assert page["previous"] is None


def test_a_page_can_have_every_entry(base: str) -> None:
    page = requests.get(f"{base}/pokemon?limit=100000", timeout=5).json()
    assert len(page["results"]) == 1351
    assert page["next"] is None


def test_following_next_links_reads_the_whole_list(base: str) -> None:
    url, names = f"{base}/type?limit=6", []
    while url:
        page = requests.get(url, timeout=5).json()
        names += [entry["name"] for entry in page["results"]]
        url = page["next"]
    assert len(names) == len(set(names)) == 21


def test_an_invalid_limit_is_ignored(base: str) -> None:
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
def test_an_unknown_path_returns_404(base: str, path: str) -> None:
    response = requests.get(f"{base}/{path}", timeout=5)
    assert response.status_code == 404
    assert response.text == "Not Found"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_urls_use_the_host_of_the_request(base: str) -> None:
    response = requests.get(f"{base}/pokemon/1", headers={"Host": "pokeapi.example:81"}, timeout=5)
    assert response.json()["species"]["url"] == "http://pokeapi.example:81/api/v2/pokemon-species/1/"


def test_a_response_is_fresh_for_a_day_and_revalidated_by_its_etag(base: str) -> None:
    first = requests.get(f"{base}/pokemon/1", timeout=5)
    assert first.headers["Cache-Control"] == CACHE_CONTROL
    assert first.headers["ETag"].startswith('W/"')
    second = requests.get(f"{base}/pokemon/1", headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    assert second.status_code == 304
    assert second.content == b""
    assert second.headers["ETag"] == first.headers["ETag"]
    other = requests.get(f"{base}/pokemon/2", headers={"If-None-Match": first.headers["ETag"]}, timeout=5)
    assert other.status_code == 200


@pytest.mark.parametrize(("accepted", "used"), [("gzip, br", "gzip"), ("identity", None), ("gzip;q=0", None)])
def test_a_response_is_gzipped_if_the_client_accepts_it(base: str, accepted: str, used: str | None) -> None:
    response = requests.get(f"{base}/type/1", headers={"Accept-Encoding": accepted}, timeout=5)
    assert response.headers.get("Content-Encoding") == used
    assert response.json()["name"] == "normal"
    assert response.headers["ETag"] == requests.get(f"{base}/type/1", timeout=5).headers["ETag"]


def test_head_returns_the_headers_of_get_without_a_body(base: str) -> None:
    got, head = requests.get(f"{base}/type/1", timeout=5), requests.head(f"{base}/type/1", timeout=5)
    assert head.content == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control"):
        assert head.headers[name] == got.headers[name]


def test_a_persistent_connection_serves_many_requests(base: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=5)
    for number in range(1, 201):
        connection.request("GET", f"/api/v2/pokemon/{number}/")
        response = connection.getresponse()
        assert response.status == 200
        response.read()
        assert not response.will_close
    connection.close()


def test_other_methods_return_405(base: str) -> None:
    response = requests.post(f"{base}/pokemon/1", timeout=5)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"


def test_a_synthetic_dataset_is_served_completely() -> None:
    with running_replica("--synthetic", "3000", "--pad-kb", "20") as base:
        assert len(requests.get(f"{base}/pokemon?limit=5000", timeout=5).json()["results"]) == 3000
        response = requests.get(f"{base}/pokemon/pikachu-copy-2/", timeout=5)
        assert response.json()["id"] == 1050
        assert 18_000 < len(response.content) <= 20_000


def test_building_from_the_replica_produces_the_same_dataset(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--source", base, "--out", str(tmp_path)]) == 0
    for path in dataset.DATA.glob("*.jsonl"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()
    assert "pokemon: 1351 documents, 16212 fields compared, 0 differences" in capsys.readouterr().out


def test_a_check_prints_the_differences(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset.save(dataset.load(), tmp_path)
    table = tmp_path / "species.jsonl"
    table.write_text(
        table.read_text("utf-8").replace('[25,"pikachu",26,"yellow"', '[25,"pikachu",26,"red"'), "utf-8"
    )
    assert build.main(["--check", base, "--out", str(tmp_path)]) == 1
    assert "pokemon-species pikachu: color: " in capsys.readouterr().out


def test_an_invalid_source_prints_one_line(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--check", f"{base}/nothing"]) == 1
    errors = capsys.readouterr().err
    assert errors.startswith("error: ")
    assert errors.count("\n") == 1
