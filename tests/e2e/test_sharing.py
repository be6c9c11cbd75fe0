"""Share links over HTTP."""

from typing import Any

import pytest
import requests

from tests.e2e.client import Client, share_rows
from tools.local.stack import Stack

OWNER_ONLY = {"retry_of", "links"}


@pytest.fixture
def report(client: Client) -> dict[str, Any]:
    return client.make(type="ghost", sample_size=3, columns=["id", "name"], name="Three ghosts")


def share(client: Client, report: dict[str, Any]) -> str:
    """Share the report; returns the path of its link, without the route prefix."""
    response = client.call("PUT", f"/reports/{report['id']}/share")
    assert response.status_code == 200, response.text
    shared: dict[str, Any] = response.json()
    link = shared.pop("links")["shared"]
    assert shared == {name: report[name] for name in shared} | {"updated_at": shared["updated_at"]}
    return str(link.removeprefix("/api"))


def test_whoever_has_the_link_can_read_and_download_the_report(
    system: Stack, client: Client, report: dict[str, Any]
) -> None:
    link = share(client, report)
    stranger = Client(system)
    response = stranger.call("GET", link)
    assert response.status_code == 200
    shown = response.json()
    assert {name: shown[name] for name in shown if name not in OWNER_ONLY} == {
        name: value for name, value in client.show(report).items() if name not in OWNER_ONLY
    }
    assert shown["links"] == {
        "self": f"/api{link}",
        "download": f"/api{link}/download",
        "cancel": None,
        "retry": None,
        "shared": None,
    }
    csv = stranger.call("GET", f"{link}/download")
    assert csv.content == client.download(report)
    assert 'filename="three-ghosts-pokemon-ghost-3-seed' in csv.headers["Content-Disposition"]


def test_the_link_stays_the_same_until_it_is_revoked(client: Client, report: dict[str, Any]) -> None:
    link = share(client, report)
    assert share(client, report) == link
    assert client.show(report)["links"]["shared"] == f"/api{link}"
    listed = client.call("GET", "/reports?limit=1&type=ghost").json()["reports"][0]
    assert listed["links"]["shared"] == f"/api{link}"


def test_an_unchanged_shared_report_is_not_sent_again(client: Client, report: dict[str, Any]) -> None:
    link = share(client, report)
    etag = client.call("GET", link).headers["ETag"]
    assert client.call("GET", link, headers={"If-None-Match": etag}).status_code == 304
    client.call("DELETE", f"/reports/{report['id']}/share")
    assert client.call("GET", link, headers={"If-None-Match": etag}).status_code == 404


def test_a_revoked_link_is_dead_at_once(client: Client, report: dict[str, Any]) -> None:
    link = share(client, report)
    for _ in range(2):
        assert client.call("DELETE", f"/reports/{report['id']}/share").status_code == 204
    for path in (link, f"{link}/download"):
        response = client.call("GET", path, allow_redirects=False)
        assert response.status_code == 404
        assert response.json()["type"] == "urn:poke-queue:problem:no-such-link"
    assert client.show(report)["links"]["shared"] is None
    assert share(client, report) != link


def test_deleting_a_report_ends_its_link(system: Stack, client: Client, report: dict[str, Any]) -> None:
    link = share(client, report)
    assert report["id"] in share_rows(system)
    client.call("DELETE", f"/reports/{report['id']}")
    assert client.call("GET", link).status_code == 404
    assert client.call("GET", f"{link}/download", allow_redirects=False).status_code == 404
    client.reconcile_until(lambda: report["id"] not in share_rows(system))


@pytest.mark.usefixtures("slow_pokeapi")
def test_a_report_without_a_csv_cannot_be_shared(client: Client) -> None:
    running = client.request(type="ghost")
    response = client.call("PUT", f"/reports/{running['id']}/share")
    assert response.status_code == 409
    assert response.json()["type"] == "urn:poke-queue:problem:not-published"
    client.call("DELETE", f"/reports/{running['id']}")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_report_that_does_not_exist_cannot_be_shared(client: Client, method: str) -> None:
    assert client.call(method, "/reports/e5df488ba50-05402d32cc039b2e/share").status_code == 404


@pytest.mark.parametrize("token", ["x", "..%2freports", "%ff", "a'%20or%20'", "x" * 2000])
def test_an_unknown_link_is_not_found(client: Client, token: str) -> None:
    for path in (f"/shared/{token}", f"/shared/{token}/download"):
        assert client.call("GET", path).status_code == 404


def test_another_method_is_rejected_with_the_supported_ones(client: Client, report: dict[str, Any]) -> None:
    link = share(client, report)
    for path, allowed in ((f"/reports/{report['id']}/share", "DELETE, PUT"), (link, "GET")):
        response: requests.Response = client.call("POST", path)
        assert (response.status_code, response.headers["Allow"]) == (405, allowed)
