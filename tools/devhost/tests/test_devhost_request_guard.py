"""Requests that the host rejects, because only a web page or a broken client would send them."""

import asyncio
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from devhost import http_app
from devhost.http_app import HttpApp
from devhost.request_guard import MAX_HEADER_BYTES
from devhost.routes import Router
from tools.devhost.tests.host import APPS, Host, devhost_only, host_for


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_for(APPS / "timers") as running:
        yield running


def _status(host: Host, request: bytes, headers: bytes) -> int:
    """Send a request as it is, and return the status of the response."""
    address = urlsplit(host.url)
    assert address.hostname is not None
    with socket.create_connection((address.hostname, address.port or 80), timeout=10) as connection:
        connection.sendall(request + b" HTTP/1.1\r\n" + headers + b"Connection: close\r\n\r\n")
        return int(connection.makefile("rb").readline().split()[1])


@devhost_only("a page of another origin cannot use the admin paths")
@pytest.mark.parametrize("origin", ["https://attacker.example", "http://localhost:1", "null"])
def test_a_page_of_another_origin_cannot_run_a_timer(host: Host, origin: str) -> None:
    ran = host.request("GET", "/api/runs").json()["at_startup"]
    response = host.request("POST", "/admin/functions/at_startup", json={}, headers={"Origin": origin})
    assert response.status_code == 403
    assert host.request("GET", "/api/runs").json()["at_startup"] == ran


def test_a_page_of_the_hosts_own_origin_can_use_the_admin_paths(host: Host) -> None:
    response = host.request("GET", "/admin/host/status", headers={"Origin": host.url})
    assert response.status_code == 200


@devhost_only("a host on a loopback address accepts only loopback names")
@pytest.mark.parametrize(
    ("name", "status"),
    [
        (b"localhost:7071", 200),
        (b"app.localhost", 200),
        (b"127.0.0.1", 200),
        (b"127.9.9.9:80", 200),
        (b"[::1]:80", 200),
        (b"attacker.example", 400),
        (b"localhost.attacker.example:7071", 400),
        (b"10.0.0.1", 400),
    ],
)
def test_a_host_on_a_loopback_address_accepts_only_its_names(host: Host, name: bytes, status: int) -> None:
    assert _status(host, b"GET /admin/host/status", b"Host: " + name + b"\r\n") == status


@pytest.mark.parametrize("name", [b"[", b"localhost:port", b"localhost/admin"])
def test_an_invalid_host_header_is_rejected(host: Host, name: bytes) -> None:
    assert _status(host, b"GET /api/nowhere", b"Host: " + name + b"\r\n") == 400


@pytest.mark.parametrize(
    "headers",
    [
        b"X-Large: " + b"a" * MAX_HEADER_BYTES + b"\r\n",
        b"X-Many: a\r\n" * 5000,
    ],
)
def test_large_headers_are_rejected(host: Host, headers: bytes) -> None:
    assert _status(host, b"GET /api/nowhere", b"Host: localhost\r\n" + headers) == 431


def test_the_host_stops_reading_endless_headers(host: Host) -> None:
    endless = b"Host: localhost\r\nX-Large: " + b"a" * 50 * 1024 * 1024
    with pytest.raises(ConnectionError):
        _status(host, b"GET /api/nowhere", endless)


def test_headers_of_16_kb_are_accepted(host: Host) -> None:
    headers = b"Host: localhost\r\nX-Large: " + b"a" * 16 * 1024 + b"\r\n"
    assert _status(host, b"GET /api/nowhere", headers) == 404


def test_a_body_that_does_not_arrive_ends_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_app, "BODY_TIMEOUT_SECONDS", 0.05)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"a", "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    application = HttpApp(None, Router([], "api"), [], ())  # type: ignore[arg-type]
    asyncio.run(application({"type": "http", "headers": []}, receive, send))
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
