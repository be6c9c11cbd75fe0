"""The replica as a raw ASGI application: the API itself, and `/replica` to watch it and to change its faults.

No framework: the replica must cost little beside the app under test, and it must be able to break HTTP on
purpose.
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

from pokeapi_replica.answers import Answer, Answers, split
from pokeapi_replica.catalogue import RESOURCES
from pokeapi_replica.faults import Faults, Outcome
from pokeapi_replica.stats import Stats

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Headers = list[tuple[bytes, bytes]]

FIVE_DAYS = b"public, max-age=432000, s-maxage=432000"  # what the live API says of its own errors
JSON = (b"content-type", b"application/json; charset=utf-8")
TEXT = (b"content-type", b"text/plain; charset=utf-8")
LARGEST_REQUEST = 64 * 1024


class Replica:
    """Answers as the live API does, as far as the faults allow."""

    def __init__(self, answers: Answers, faults: Faults) -> None:
        self._answers = answers
        self._faults = faults
        self._stats = Stats()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, from its arrival to the end of its answer."""
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
        seconds = self._faults.seconds_to_wait(time.monotonic())
        if seconds:
            await _text(send, 429, [(b"retry-after", b"%d" % seconds)])
            return "rate_limited"
        path, query = scope["path"], scope["query_string"]
        decision = self._faults.decide(f"{path}?{query.decode('latin-1')}")
        if decision.wait:
            await asyncio.sleep(decision.wait)
        if decision.outcome is Outcome.ERROR:
            await _text(send, decision.status, [(b"cache-control", FIVE_DAYS)])
            return f"error_{decision.status}"
        if decision.outcome is Outcome.HANG:
            while (await receive())["type"] != "http.disconnect":
                pass
            return "hang"
        if scope["method"] not in ("GET", "HEAD"):
            await _text(send, 405, [(b"allow", b"GET, HEAD")])
            return "not_allowed"
        headers: dict[bytes, bytes] = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1") or "{}:{}".format(*scope["server"])
        answer = self._answers.get(host, path, query)
        if answer is None or self._answers.pokemon_at(path) in self._faults.switches.missing:
            await _text(send, 404, [(b"cache-control", FIVE_DAYS)])
            return "not_found"
        gzipped = accepts_gzip(headers.get(b"accept-encoding", b""))
        if decision.outcome is not Outcome.ANSWER:
            await _garbage(send, answer, gzipped, decision.outcome)
            return "garbage"
        if _is_known(answer, headers.get(b"if-none-match", b"")):
            await _respond(send, 304, self._validators(answer), None)
            return "not_modified"
        await _respond(send, 200, self._validators(answer) + _content(gzipped), answer.body(gzipped))
        return "ok"

    def _validators(self, answer: Answer) -> Headers:
        seconds = int(self._faults.switches.max_age)
        return [
            (b"cache-control", b"public, max-age=%d, s-maxage=%d" % (seconds, seconds)),
            (b"etag", answer.etag),
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
            send, 404, {"error": "there are GET /replica/stats and GET and POST /replica/faults"}
        )


@functools.lru_cache(maxsize=64)
def accepts_gzip(accept_encoding: bytes) -> bool:
    """Whether a client with this Accept-Encoding takes gzip."""
    for coding in accept_encoding.split(b","):
        name, _, weight = coding.partition(b";")
        if name.strip() in (b"gzip", b"*"):
            return re.fullmatch(rb"q=0(\.0*)?", weight.strip()) is None
    return False


def _resource(path: str) -> str:
    resource, _ = split(path)
    return "index" if resource == "" else resource if resource in RESOURCES else "other"


def _is_known(answer: Answer, if_none_match: bytes) -> bool:
    return answer.etag in if_none_match or if_none_match == b"*"


def _content(gzipped: bool) -> Headers:
    return [JSON, (b"content-encoding", b"gzip")] if gzipped else [JSON]


async def _garbage(send: Send, answer: Answer, gzipped: bool, outcome: Outcome) -> None:
    if outcome is Outcome.BROKEN_JSON:
        return await _respond(send, 200, [JSON], answer.body(gzipped=False)[: answer.size // 2])
    body = answer.body(gzipped)
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
        if len(body) > LARGEST_REQUEST:
            raise ValueError(f"the body is larger than {LARGEST_REQUEST} bytes")
    return body


def _parse_object(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body)
    except ValueError as error:
        raise ValueError(f"the body is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise ValueError('the body must be a JSON object such as {"error_rate": 0.2}')
    return values
