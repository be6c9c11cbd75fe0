"""The replica as a raw ASGI application: the API, and `/replica` for its statistics and fault switches.

It uses no framework, because it must leave the CPU to the app under test and must be able to violate
HTTP when it injects a fault.
"""

import asyncio
import functools
import json
import re
import sys
import time
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from pokeapi_replica.dataset_index import RESOURCES
from pokeapi_replica.faults import FaultInjector, Outcome
from pokeapi_replica.hostile import GZIP, JSON, Attack, Headers, Hostile, attack_on, hostile
from pokeapi_replica.response_cache import CachedResponse, ResponseCache, split_path
from pokeapi_replica.stats import Stats

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]

FIVE_DAYS = b"public, max-age=432000, s-maxage=432000"  # the live API's value for its own errors
TEXT = (b"content-type", b"text/plain; charset=utf-8")
MAX_REQUEST_BYTES = 64 * 1024


class ReplicaApp:
    """Responds like the live API, except for injected faults."""

    def __init__(self, responses: ResponseCache, faults: FaultInjector) -> None:
        self._responses = responses
        self._faults = faults
        self._stats = Stats()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["path"].startswith("/replica/"):
            return await self._control(scope, receive, send)
        self._stats.opened()
        try:
            outcome = await self._serve(scope, receive, send)
            self._stats.count(_resource(scope["path"]), outcome)
        except Exception:
            sys.stderr.write(f"{scope['path']}: {traceback.format_exc()}")
            raise
        finally:
            self._stats.closed()
        return None

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> str:
        seconds = self._faults.retry_after(time.monotonic())
        if seconds:
            await _text(send, 429, [(b"retry-after", b"%d" % seconds)])
            return "rate_limited"
        path, query = scope["path"], scope["query_string"]
        decision = self._faults.decide(f"{path}?{query.decode('latin-1')}")
        if decision.delay_seconds:
            await asyncio.sleep(decision.delay_seconds)
        if decision.outcome is Outcome.ERROR:
            await _text(send, decision.status, [(b"cache-control", FIVE_DAYS)])
            return f"error_{decision.status}"
        if decision.outcome is Outcome.HANG:
            await _disconnect(receive)
            return "hang"
        if scope["method"] not in ("GET", "HEAD"):
            await _text(send, 405, [(b"allow", b"GET, HEAD")])
            return "not_allowed"
        headers: dict[bytes, bytes] = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1") or "{}:{}".format(*scope["server"])
        response = self._responses.get(host, path, query)
        if response is None or self._responses.pokemon_at(path) in self._faults.switches.missing:
            await _text(send, 404, [(b"cache-control", FIVE_DAYS)])
            return "not_found"
        if attack := attack_on(self._faults.switches.hostile, path):
            if attack is Attack.COOKIE and b"cookie" in headers:
                await _text(send, 400, [])
                return "cookie_returned"
            other = self._responses.other(host, path, query) or response
            await _attack(send, receive, hostile(attack, f"http://{host}", response, other))
            return attack
        gzipped = accepts_gzip(headers.get(b"accept-encoding", b""))
        if decision.outcome is not Outcome.NORMAL:
            await _garbage(send, response, gzipped, decision.outcome)
            return "garbage"
        if _is_unchanged(response, headers.get(b"if-none-match", b"")):
            await _respond(send, 304, self._validators(response), None)
            return "not_modified"
        await _respond(send, 200, self._validators(response) + _content(gzipped), response.body(gzipped))
        return "ok"

    def _validators(self, response: CachedResponse) -> Headers:
        seconds = int(self._faults.switches.max_age)
        return [
            (b"cache-control", b"public, max-age=%d, s-maxage=%d" % (seconds, seconds)),
            (b"etag", response.etag),
            (b"vary", b"Accept-Encoding"),
            (b"access-control-allow-origin", b"*"),
        ]

    async def _control(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["method"], scope["path"]:
            case "GET", "/replica/stats":
                return await _json(send, 200, self._stats.to_dict())
            case "GET", "/replica/faults":
                return await _json(send, 200, asdict(self._faults.switches))
            case "POST", "/replica/faults":
                try:
                    self._faults.change(_parse_object(await _body(receive)))
                except ValueError as error:
                    return await _json(send, 400, {"error": str(error)})
                return await _json(send, 200, asdict(self._faults.switches))
        return await _json(
            send,
            404,
            {"error": "use GET /replica/stats, GET /replica/faults or POST /replica/faults"},
        )


@functools.lru_cache(maxsize=64)
def accepts_gzip(accept_encoding: bytes) -> bool:
    """Return whether an Accept-Encoding header accepts gzip."""
    for coding in accept_encoding.split(b","):
        name, _, weight = coding.partition(b";")
        if name.strip() in (b"gzip", b"*"):
            return re.fullmatch(rb"q=0(\.0*)?", weight.strip()) is None
    return False


def _resource(path: str) -> str:
    resource, _ = split_path(path)
    return "index" if resource == "" else resource if resource in RESOURCES else "other"


def _is_unchanged(response: CachedResponse, if_none_match: bytes) -> bool:
    return response.etag in if_none_match or if_none_match == b"*"


def _content(gzipped: bool) -> Headers:
    return [JSON, GZIP] if gzipped else [JSON]


async def _attack(send: Send, receive: Receive, attack: Hostile) -> None:
    """Send the parts until the last one, or until the client disconnects."""
    disconnected = asyncio.ensure_future(_disconnect(receive))
    await send({"type": "http.response.start", "status": attack.status, "headers": attack.headers})
    for part in attack.parts:
        await send({"type": "http.response.body", "body": part, "more_body": True})
        await asyncio.wait({disconnected}, timeout=attack.seconds)
        if disconnected.done():
            return
    disconnected.cancel()
    await send({"type": "http.response.body", "body": b""})


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _garbage(send: Send, response: CachedResponse, gzipped: bool, outcome: Outcome) -> None:
    if outcome is Outcome.INVALID_JSON:
        return await _respond(send, 200, [JSON], response.body(gzipped=False)[: response.size // 2])
    body = response.body(gzipped)
    headers = [*_content(gzipped), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    # Returning before the body is complete makes uvicorn close the connection.
    return await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})


async def _text(send: Send, status: int, headers: Headers) -> None:
    await _respond(send, status, [*headers, TEXT], HTTPStatus(status).phrase.encode())


async def _json(send: Send, status: int, document: dict[str, Any]) -> None:
    await _respond(send, status, [JSON], json.dumps(document, ensure_ascii=False).encode() + b"\n")


async def _respond(send: Send, status: int, headers: Headers, body: bytes | None) -> None:
    if body is not None:
        headers = [*headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body or b""})


async def _body(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAX_REQUEST_BYTES:
            raise ValueError(f"the body must be at most {MAX_REQUEST_BYTES} bytes")
    return body


def _parse_object(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body)
    except ValueError as error:
        raise ValueError(f"the body must be JSON: {error}") from error
    if not isinstance(values, dict):
        raise ValueError('the body must be a JSON object such as {"error_rate": 0.2}')
    return values
