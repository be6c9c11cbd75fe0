"""Visitors who are not signed in see only their own reports, and can take them along when they sign in."""

import base64
import json
from collections.abc import Iterator

import pytest
import requests

from tests.e2e.client import Client, outbox
from tools.local import hosts, stack
from tools.local.stack import Stack
from triggers.visitor_identity import VISITOR_HEADER, new_token


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A system that trusts the client principal header."""
    settings = {**hosts.TEST_SETTINGS, "TRUST_CLIENT_PRINCIPAL": "true"}
    with stack.running(tmp_path_factory.mktemp("trusting"), settings=settings) as running:
        yield running


def visitor(system: Stack, token: str, user: str | None = None) -> Client:
    headers = {VISITOR_HEADER: token}
    if user:
        principal = json.dumps({"identityProvider": "github", "userId": user}).encode()
        headers["x-ms-client-principal"] = base64.b64encode(principal).decode()
    return Client(system, headers)


def ids(client: Client) -> list[str]:
    return [report["id"] for report in client.call("GET", "/reports?limit=100").json()["reports"]]


def test_a_request_without_an_identity_gets_one_and_finds_its_reports_with_it(system: Stack) -> None:
    url = f"{system.api_url}/reports"
    created = requests.post(url, json={"type": "ice", "sample_size": 1}, timeout=30)
    token = created.headers[VISITOR_HEADER]
    report = created.json()
    cookies = {cookie.partition("=")[0] for cookie in created.raw.headers.getlist("Set-Cookie")}
    assert {"__Host-visitor", "__Secure-visitor"} <= cookies
    with_header = requests.get(url, headers={VISITOR_HEADER: token}, timeout=30)
    with_cookie = requests.get(url, headers={"Cookie": f"__Host-visitor={token}"}, timeout=30)
    for found in (with_header, with_cookie):
        assert [listed["id"] for listed in found.json()["reports"]] == [report["id"]]
        assert VISITOR_HEADER not in found.headers
        assert "Set-Cookie" not in found.headers
    assert requests.get(url, timeout=30).json()["reports"] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("GET", "/download"), ("POST", "/cancel"), ("POST", "/retry"), ("DELETE", "")],
)
def test_a_stranger_cannot_do_anything_with_a_report(system: Stack, method: str, path: str) -> None:
    owner, stranger = visitor(system, new_token()), visitor(system, new_token())
    report = owner.make(type="ice", sample_size=1)
    assert stranger.call(method, f"/reports/{report['id']}{path}").status_code == 404
    assert ids(stranger) == []
    assert ids(owner) == [report["id"]]


def test_a_user_who_signs_in_can_take_the_reports_of_the_visitor_along(trusting: Stack) -> None:
    token = new_token()
    before, after = visitor(trusting, token), visitor(trusting, token, user="octocat")
    report = before.make(type="electric", sample_size=5, seed=7)
    csv = before.download(report)
    assert after.call("GET", "/visitor").json() == {"signed_in": True, "reports": 1}
    assert ids(after) == []

    adoption = after.call("POST", "/visitor/adopt").json()
    (moved,) = after.call("GET", "/reports").json()["reports"]
    assert adoption == {"adopted": 1, "remaining": 0, "moved": {report["id"]: moved["id"]}}
    assert after.call("POST", "/visitor/adopt").json() == {"adopted": 0, "remaining": 0, "moved": {}}
    assert moved["created_at"] == report["created_at"]
    assert after.download(moved) == csv
    assert ids(before) == []
    assert after.call("GET", "/visitor").json() == {"signed_in": True, "reports": 0}
    after.reconcile_until(lambda: not outbox(trusting))
    assert after.download(moved) == csv


def test_only_ended_reports_move(trusting: Stack) -> None:
    token = new_token()
    before, after = visitor(trusting, token), visitor(trusting, token, user="hubot")
    report = before.request()
    adoption = after.call("POST", "/visitor/adopt").json()
    assert adoption["adopted"] + adoption["remaining"] == 1
    before.wait_until(report, {"succeeded"})
    after.call("POST", "/visitor/adopt")
    assert len(ids(after)) == 1


def test_a_visitor_cannot_adopt_without_signing_in(system: Stack) -> None:
    answer = visitor(system, new_token()).call("POST", "/visitor/adopt")
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:poke-queue:problem:not-signed-in"


def test_a_page_of_another_site_cannot_create_a_report(client: Client) -> None:
    answer = client.call("POST", "/reports", json={}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:poke-queue:problem:foreign-origin"
