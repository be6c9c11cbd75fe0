"""The HTTP side: an ASGI application that turns requests into function calls, and results into responses."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from devhost.app_settings import is_home_page_disabled, max_body_bytes
from devhost.protos import RpcHttp, RpcHttpCookie, TypedData
from devhost.routes import Router
from devhost.worker import Outcome, Worker

_INVOCATION_ID = "x-ms-invocation-id"
_REFUSED_HEADERS = {"transfer-encoding", "connection", "date"}  # uvicorn writes these
_HOME_PAGE = b"<!DOCTYPE html><title>Functions</title><p>Your Functions app is up and running.</p>"

type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]


class ClientGoneError(Exception):
    """The client closed the connection before its request was complete."""


class HttpHost:
    """The ASGI application.

    ``system`` serves the host's own paths: it answers a Response, or None for not its own. Every response
    gets the ``custom_headers`` that it does not have yet.
    """

    def __init__(
        self,
        worker: Worker,
        router: Router,
        system: "SystemPaths",
        custom_headers: tuple[tuple[str, str], ...],
    ) -> None:
        self._worker = worker
        self._router = router
        self._system = system
        self._custom_headers = custom_headers
        self._max_body_bytes = max_body_bytes()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        headers = _joined(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
        )
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._max_body_bytes:
            response = Response(500)
        else:
            try:
                body = await _read_body(receive, self._max_body_bytes)
            except ClientGoneError:
                return
            response = await self._answer(scope, headers, body)
        given = {name.lower() for name, _ in response.headers}
        response.headers.extend(header for header in self._custom_headers if header[0].lower() not in given)
        await _send(send, response)

    async def _answer(self, scope: dict[str, Any], headers: dict[str, str], body: bytes) -> "Response":
        request = Request(
            method=scope["method"],
            origin=f"{scope['scheme']}://{headers.get('host') or '{}:{}'.format(*scope['server'])}",
            raw_path=scope["raw_path"].decode("latin-1").partition("?")[0],
            query=scope["query_string"].decode("latin-1"),
            headers=headers,
            body=body,
        )
        return await self._system(request) or await self._call_function(request)

    async def _call_function(self, request: "Request") -> "Response":
        matched = self._router.match(request.path, request.method)
        if matched is None and request.path == "/":
            return _home_page()
        if matched is None or matched[0].function.disabled:
            return Response(404)
        route, parameters = matched
        # The Functions host passes on no body whose length was not announced.
        body = request.body if "content-length" in request.headers else b""
        query = _joined(parse_qsl(request.query))  # as in Azure, a parameter without a value does not arrive
        value = RpcHttp(
            method=request.method,
            url=f"{request.origin}{request.raw_path}" + (f"?{request.query}" if request.query else ""),
            headers=request.headers,
            params=parameters,
            query=query,
            body=TypedData(bytes=body),
        )
        outcome = await self._worker.submit(
            self._worker.invoke(
                route.function,
                TypedData(http=value),
                trace_parent=request.headers.get("traceparent", ""),
                trace_state=request.headers.get("tracestate", ""),
            )
        )
        response = _response_of(outcome, route.function.http_outputs)
        response.headers.append((_INVOCATION_ID, outcome.invocation_id))
        return response


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``origin`` is scheme and authority; ``headers`` have lower-cased names."""

    method: str
    origin: str
    raw_path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The decoded path; a slash that came escaped is part of its segment and stays so, as in ASP.NET."""
        return "/".join(unquote(segment).replace("/", "%2F") for segment in self.raw_path.split("/"))


@dataclass(frozen=True, slots=True)
class Response:
    """A whole response; ``headers`` may repeat a name. A ``chunked`` one does not announce its length."""

    status: int
    body: bytes = b""
    headers: list[tuple[str, str]] = field(default_factory=list)
    chunked: bool = False


type SystemPaths = Callable[[Request], Awaitable[Response | None]]


def _joined(pairs: Any) -> dict[str, str]:
    """Repeated names arrive as one value, joined with commas: the worker's protocol has no lists here."""
    joined: dict[str, str] = {}
    for name, value in pairs:
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


async def _read_body(receive: Receive, limit: int) -> bytes:
    """The body, without what is over the limit."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        part = message.get("body", b"")
        size += len(part)
        if size <= limit:
            parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _home_page() -> Response:
    if is_home_page_disabled():
        return Response(204)
    return Response(200, _HOME_PAGE, [("content-type", "text/html")])


def _response_of(outcome: Outcome, http_outputs: tuple[str, ...]) -> Response:
    if outcome.failure is not None:
        return Response(500)
    given = [outcome.outputs[name] for name in http_outputs if name in outcome.outputs] + [outcome.value]
    value = next((value for value in given if value is not None), None)
    if value is None:
        return Response(204)
    if value.http is None:
        content_type, body = _plain(value)
        return Response(200, body, [("content-type", content_type)], chunked=True)
    headers = [
        (name, text) for name, text in value.http.headers.items() if name.lower() not in _REFUSED_HEADERS
    ]
    headers += [("set-cookie", _set_cookie(cookie)) for cookie in value.http.cookies or []]
    body = value.http.body.bytes or b""
    lengths = [text for name, text in headers if name.lower() == "content-length"]
    if lengths and lengths != [str(len(body))]:
        return Response(500)  # ASP.NET breaks off then
    return Response(int(value.http.status_code), body, headers, chunked=True)


def _plain(value: TypedData) -> tuple[str, bytes]:
    if value.bytes is not None:
        return "application/octet-stream", value.bytes
    if value.json is not None:
        return "application/json", value.json.encode()
    text = next(str(item) for item in (value.string, value.int, value.double) if item is not None)
    return "text/plain; charset=utf-8", text.encode()


def _set_cookie(cookie: RpcHttpCookie) -> str:
    """A Set-Cookie header as ASP.NET writes it, with an empty domain and path where there is none."""

    def given(attribute: Any) -> Any:
        return None if attribute is None else attribute.value

    parts = [f"{cookie.name}={quote(cookie.value, safe='')}"]
    if (expires := given(cookie.expires)) is not None:
        parts.append(f"expires={formatdate(expires.seconds, usegmt=True)}")
    if (max_age := given(cookie.max_age)) is not None:
        parts.append(f"max-age={int(max_age)}")
    parts += [f"domain={given(cookie.domain) or ''}", f"path={given(cookie.path) or ''}"]
    if given(cookie.secure):
        parts.append("secure")
    if cookie.same_site is not None:
        parts.append(f"samesite={cookie.same_site.lower()}")
    if given(cookie.http_only):
        parts.append("httponly")
    return "; ".join(parts)


async def _send(send: Send, response: Response) -> None:
    bodiless = response.status in (204, 304) or response.status < 200
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    if not bodiless and not response.chunked:
        headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if bodiless else response.body})
