"""Invalid requests are rejected with problem details and leave nothing in the storage or the engine."""

import http.client
import json
import random
import sys
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.e2e.client import Client, blob_names, instances, record_ids
from tools.local import hosts
from tools.local.stack import Stack
from triggers.visitor_identity import LOCAL_COOKIE, SECURE_COOKIES

SEED = 20261124
STRINGS = [
    "",
    " ",
    "é" * 500,
    "\u0000",
    "\ud800",
    "' or 1 eq 1 or '",
    '"><script>',
    "../../etc/passwd",
    "%00",
    "=1+1",
    "\u202e",
    "𝕏" * 100,
    "null",
]


NOT_JSON_OBJECTS = [
    b"",
    b"\x00",
    b"\xff\xfe{\x00}\x00",
    "{}".encode("utf-16"),
    b"\xef\xbb\xbf{}",
    b'{"seed": NaN}',
    b'{"seed": Infinity}',
    b'{"seed": 1, "seed": 2}',
    b'{"type": {"type": 1, "type": 2}}',
    b"{'type': 'fire'}",
    b'{"type": "fire",}',
    b"[" * 16_000,
    b'{"seed": ' + b"9" * 10_000 + b"}",
    b'"fire"',
    b"{}{}",
    b"{" + b" " * 16_384,
]
MANIPULATED_PATHS = [
    "/api/reports/../health/../reports/x",
    "/api/reports/..%2f..%2fhealth",
    "/api/reports/%2e%2e/%2e%2e/",
    "/api/reports/%00",
    "/api/reports/%ff%fe",
    "/api/reports/" + "a" * 8000,
    "/api/reports/%252e%252e",
    "/api/reports/x%0d%0aSet-Cookie:%20a=b",
    "/api/reports/x;y=z?limit=%00",
    "/api/reports/e5df488ba50-05402d32cc039b2e%20",
    "/api/reports/" + quote("'; drop table reports; --"),
    "/api//reports",
    "/api/reports//download",
]


def some_json(draw: random.Random, depth: int = 0) -> Any:
    """A random JSON value of any shape."""
    kinds = ["string", "integer", "float", "constant", "list", "object"][: 4 if depth > 3 else 6]
    match draw.choice(kinds):
        case "string":
            return draw.choice(STRINGS)
        case "integer":
            return draw.choice([0, -1, 1, 2**31, 2**53, 2**64, -(2**64), 10**300])
        case "float":
            return draw.choice([0.5, -1e300, 1e-300, 3.7])
        case "constant":
            return draw.choice([None, True, False])
        case "list":
            return [some_json(draw, depth + 1) for _ in range(draw.randrange(4))]
        case _:
            return {draw.choice(STRINGS): some_json(draw, depth + 1) for _ in range(draw.randrange(4))}


def some_request(draw: random.Random) -> Any:
    """A random object whose fields are those of a request, with values of any kind."""
    fields = ["type", "generation", "include_forms", "sample_size", "seed", "columns", "x"]
    return {field: some_json(draw) for field in draw.sample(fields, draw.randrange(1, 5))}


def assert_problem(response: Any, context: str) -> None:
    assert 400 <= response.status_code < 500, f"{context}: {response.status_code} {response.text[:300]}"
    assert response.headers["Content-Type"] == "application/problem+json", context
    problem = response.json()
    assert problem["status"] == response.status_code, context
    assert problem["detail"], context
    assert "Traceback" not in response.text, context
    assert len(response.text) < 100_000, context


def test_a_random_body_is_accepted_or_rejected_with_a_problem(system: Stack, client: Client) -> None:
    sys.stdout.write(f"seed {SEED}\n")
    draw = random.Random(SEED)
    accepted = set()
    assert client.call("GET", "/health").status_code == 200  # creates the table
    before = record_ids(system)
    for _ in range(300):
        body = json.dumps(some_request(draw) if draw.random() < 0.7 else some_json(draw))
        response = client.call(
            "POST", "/reports", data=body.encode(), headers={"Content-Type": "application/json"}
        )
        if response.status_code == 202:
            accepted.add(response.json()["id"])
        elif response.status_code != 429:
            assert_problem(response, body)
    assert record_ids(system) - before == accepted
    for report_id in accepted:
        assert client.call("DELETE", f"/reports/{report_id}").status_code == 204


@pytest.mark.parametrize("body", NOT_JSON_OBJECTS)
def test_a_body_that_is_not_a_json_object_is_rejected(client: Client, body: bytes) -> None:
    response = client.call("POST", "/reports", data=body, headers={"Content-Type": "application/json"})
    assert_problem(response, repr(body[:50]))


@pytest.mark.parametrize(
    "content_type",
    ["", "text/json", "application/xml", "application/json; charset=utf-16x/..", "multipart/form-data", "é"],
)
def test_a_request_with_an_unusual_content_type_is_rejected(client: Client, content_type: str) -> None:
    response = client.call(
        "POST", "/reports", data=b'{"type": 1}', headers={"Content-Type": content_type.encode()}
    )
    assert_problem(response, content_type)


def send_raw(
    system: Stack, method: str, target: str, headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """The status and the body of the response to a request whose target is sent exactly as given."""
    address = urlsplit(system.api_url).netloc
    connection = http.client.HTTPConnection(address, timeout=30)
    try:
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        cookies = response.headers.get_all("Set-Cookie", [])
        assert {cookie.partition("=")[0] for cookie in cookies} <= {*SECURE_COOKIES, LOCAL_COOKIE}
        return response.status, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize("target", MANIPULATED_PATHS)
def test_a_manipulated_path_is_rejected(system: Stack, target: str) -> None:
    for method in ("GET", "DELETE"):
        status, body = send_raw(system, method, target)
        # Azure's host resolves `..`, so one of these paths becomes /, which has no page.
        is_root = hosts.selected() == hosts.FUNC and (status, body) == (204, b"")
        assert 400 <= status < 500 or is_root, f"{method} {target}: {status} {body[:200]!r}"
        assert b"Traceback" not in body


@pytest.mark.parametrize(
    "query",
    ["limit=" + "9" * 5000, "limit=%00", "limit=1e1", "limit=-1", "cursor=%27%20or%201", "status=%ff"],
)
def test_a_hostile_query_is_rejected(system: Stack, query: str) -> None:
    status, body = send_raw(system, "GET", f"/api/reports?{query}")
    assert status == 400, body[:300]


def test_hostile_headers_are_ignored(system: Stack) -> None:
    headers = {
        "If-None-Match": '"' + "x" * 5000,
        "x-ms-client-principal": "=" * 2000,
        "Accept": "*/*;q=" + "9" * 500,
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example;proto=gopher",
    }
    status, body = send_raw(system, "GET", "/api/reports?limit=1", headers)
    assert status == 200
    assert b"evil.example" not in body


def test_invalid_requests_create_no_records_blobs_or_instances(system: Stack, client: Client) -> None:
    assert client.call("GET", "/health").status_code == 200  # creates the table
    before = record_ids(system), blob_names(system), set(instances(system))

    for body in NOT_JSON_OBJECTS:
        client.call("POST", "/reports", data=body, headers={"Content-Type": "application/json"})
    for target in MANIPULATED_PATHS:
        send_raw(system, "POST", target, {"Content-Length": "0"})
        send_raw(system, "DELETE", target)

    records, blobs, ids = record_ids(system), blob_names(system), set(instances(system))
    assert records <= before[0]
    # Reports of other tests can still run: their new blobs and instances belong to known records.
    assert {blob.rpartition("/")[2].removesuffix(".csv") for blob in blobs - before[1]} <= records
    assert {instance.partition("-shard")[0] for instance in ids - before[2]} <= records
    assert client.call("GET", "/health").status_code == 200
