"""The commands of `poke` that show reports in a browser, to others, or before they are created."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.e2e.client import Client, Poke
from tools.local.replica_control import set_faults
from tools.local.stack import Stack


@contextmanager
def serving(media_type: str) -> Iterator[str]:
    """A web server that answers every request with a document of this type."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.end_headers()
            self.wfile.write(b"<!doctype html>")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the browser was asked to open."""
    pages: list[str] = []

    def browse(page: str) -> bool:
        pages.append(page)
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    return pages


@pytest.fixture
def report_id(client: Client) -> str:
    return str(client.make(type="ghost", sample_size=2)["id"])


def test_open_opens_the_page_of_the_report(poke: Poke, opened: list[str], report_id: str) -> None:
    status, out, _ = poke("open", report_id, "--site", "https://reports.example.org/")
    page = f"https://reports.example.org/report/?id={report_id}"
    assert (status, out, opened) == (0, f"{page}\n", [page])
    assert json.loads(poke("open", report_id, "--site", "reports.example.org", "--json")[1]) == {
        "url": page.replace("https", "http")
    }


def test_open_reads_the_address_of_the_page_from_the_environment(
    poke: Poke,
    opened: list[str],
    report_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POKE_SITE", "https://reports.example.org")
    assert poke("open", report_id)[0] == 0
    assert opened == [f"https://reports.example.org/report/?id={report_id}"]


def test_open_asks_for_the_address_of_the_page_if_the_server_has_none(
    poke: Poke,
    opened: list[str],
    report_id: str,
    url: str,
) -> None:
    status, _, err = poke("open", report_id)
    assert (status, opened) == (2, [])
    assert f"There is no web page at {url}, only the API." in err
    assert "--site" in err
    assert "POKE_SITE" in err


def test_open_does_not_open_a_report_that_does_not_exist(poke: Poke, opened: list[str]) -> None:
    status, _, err = poke("open", "none", "--site", "https://reports.example.org")
    assert (status, opened) == (3, [])
    assert "There is no report 'none'." in err


def test_open_prints_the_address_if_there_is_no_browser(
    poke: Poke,
    report_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    status, out, err = poke("open", report_id, "--site", "https://reports.example.org")
    assert status == 0
    assert out == f"https://reports.example.org/report/?id={report_id}\n"
    assert "Open the address yourself." in err


@pytest.mark.parametrize(
    ("media_type", "is_site"), [("text/html; charset=utf-8", True), ("text/plain", False)]
)
def test_the_server_is_the_site_if_it_has_the_page(
    poke: Poke,
    report_id: str,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    media_type: str,
    is_site: bool,
) -> None:
    with serving(media_type) as site:
        monkeypatch.setattr("cli.site.LOCAL_SITE", site)
        monkeypatch.setattr("cli.site.DEFAULT_URL", url)
        status, out, _ = poke("share", report_id)
    assert status == 0
    assert out.startswith(f"{site}/shared/?token=") == is_site


def test_a_report_is_shared_until_it_is_unshared(
    poke: Poke,
    report_id: str,
    url: str,
    client: Client,
) -> None:
    status, out, err = poke("share", report_id)
    assert status == 0
    assert out.startswith(f"{url}/api/shared/")
    assert "This link is that of the API." in err
    link = out.strip().removeprefix(f"{url}/api")
    assert client.call("GET", link).json()["id"] == report_id
    assert f"shared    /api{link}" in poke("show", report_id)[1]

    page = f"https://reports.example.org/shared/?token={link.rpartition('/')[2]}"
    shared = json.loads(poke("share", report_id, "--site", "https://reports.example.org", "--json")[1])
    assert (shared["id"], shared["url"], shared["links"]["shared"]) == (report_id, page, f"/api{link}")

    assert poke("unshare", report_id) == (0, f"Report {report_id} is not shared.\n", "")
    assert json.loads(poke("unshare", report_id, "--json")[1]) == {"unshared": report_id}
    assert client.call("GET", link).status_code == 404


@pytest.mark.parametrize("command", ["share", "unshare"])
def test_a_report_that_does_not_exist_cannot_be_shared(poke: Poke, command: str) -> None:
    assert poke(command, "none")[0] == 3


def test_preview_shows_the_first_rows_by_column(poke: Poke) -> None:
    request = ("-t", "water", "-g", "3", "--no-forms", "-n", "7", "--seed", "7", "-c", "name,hp,types")
    status, out, err = poke("preview", *request)
    assert status == 0
    name, hp, types = (line.split() for line in out.splitlines())
    assert [len(name), len(hp), len(types)] == [6, 6, 6]
    assert (name[0], hp[0], types[0]) == ("name", "hp", "types")
    assert "5 of 7 rows: water, generation-iii, random sample of 7, without forms, seed 7." in err
    shown = json.loads(poke("preview", *request, "--json")[1])
    assert [row[0] for row in shown["rows"]] == name[1:]
    assert poke("preview", "-t", "stellar", "--seed", "1") == (0, "", "No rows: stellar, seed 1.\n")


def test_preview_suggests_the_nearest_names(poke: Poke) -> None:
    status, _, err = poke("preview", "-t", "watr", "-g", "generation-iiii", "-c", "nam")
    assert status == 2
    assert "--type: There is no type 'watr'. Did you mean 'water'?" in err
    assert "--generation: There is no generation 'generation-iiii'. Did you mean 'generation-iii'?" in err
    assert "--columns (number 1): There is no column 'nam'. Did you mean 'name'?" in err


def test_a_partial_report_is_completed(poke: Poke, system: Stack, client: Client) -> None:
    set_faults(system.pokeapi_url, missing=[92])
    partial = client.make(type="ghost", generation="generation-i")
    set_faults(system.pokeapi_url, missing=[])
    status, out, _ = poke("retry", "--missing", partial["id"], "--out", "complete.csv")
    assert status == 0
    assert "status succeeded, 0 failures" in out
    assert Path("complete.csv").read_bytes() == client.csv_of(type="ghost", generation="generation-i")
    assert (
        poke("retry", "--missing", json.loads(poke("list", "-l", "1", "--json")[1])["reports"][0]["id"])[0]
        == 2
    )


def test_types_and_generations_are_counted_with_the_other_filters(poke: Poke) -> None:
    generations = json.loads(poke("generations", "--type", "water", "--no-forms", "--json")[1])["generations"]
    types = json.loads(poke("types", "--generation", "iii", "--no-forms", "--json")[1])["types"]
    assert {row["name"]: row["pokemon_count"] for row in generations}["generation-iii"] == {
        row["name"]: row["pokemon_count"] for row in types
    }["water"]
    status, _, err = poke("generations", "--type", "watr")
    assert status == 2
    assert "Did you mean 'water'?" in err
