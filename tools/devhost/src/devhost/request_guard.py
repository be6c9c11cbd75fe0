"""Rejects requests that no client of a local host has a reason to send.

A web page that a developer visits can send requests to this host. Without these checks it could run timers,
or read responses under a domain name of its own that resolves to a loopback address (DNS rebinding).
"""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from devhost.cors import Cors
from devhost.http_messages import Receive, Response, Send

MAX_HEADER_BYTES = 32 * 1024
"""Kestrel's default, which Azure's host uses."""
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class RequestGuard:
    """An ASGI application that passes acceptable requests to another one.

    ``loopback_only``: whether the host listens on a loopback address, so that only its names are valid.
    """

    def __init__(self, application: Cors, *, loopback_only: bool) -> None:
        self._application = application
        self._loopback_only = loopback_only

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request."""
        rejection = self._rejection(scope) if scope["type"] == "http" else None
        if rejection is None:
            await self._application(scope, receive, send)
        else:
            await rejection.send(send)

    def _rejection(self, scope: dict[str, Any]) -> Response | None:
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADER_BYTES:
            return Response(431, headers=[("connection", "close")])
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        name = _host_name(host)
        if name is None:
            return _text(400, "The Host header is invalid.")
        if self._loopback_only and name and not _is_loopback(name):
            return _text(400, "This host listens on a loopback address. Use localhost in the URL.")
        origin = headers.get(b"origin")
        own_origin = f"{scope['scheme']}://{host}".encode("latin-1")
        if scope["path"].lower().startswith("/admin") and origin not in (None, own_origin):
            return _text(403, "Pages of another origin cannot use the admin paths.")
        return None


class LimitedProtocol(HttpToolsProtocol):
    """Stops reading headers that exceed MAX_HEADER_BYTES; the parser has no limit."""

    _unparsed_bytes = 0

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        is_incomplete = self.scope is not None and "method" not in self.scope
        self._unparsed_bytes = self._unparsed_bytes + len(data) if is_incomplete else 0
        if self._unparsed_bytes > MAX_HEADER_BYTES:
            self.transport.write(_TOO_LARGE)
            self.transport.close()


def _host_name(host: str) -> str | None:
    """The name or address in a Host header, empty if there is none; None if it is invalid."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises ValueError if it is no valid port
    except ValueError:
        return None
    return (parts.hostname or "") if parts.netloc == host else None


def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _text(status: int, text: str) -> Response:
    return Response(status, text.encode(), [("content-type", "text/plain; charset=utf-8")])
