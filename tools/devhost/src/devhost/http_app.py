"""The ASGI application: serves the host's own APIs and invokes the HTTP functions."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any
from urllib.parse import parse_qsl

from devhost.app_settings import is_home_page_disabled, max_body_bytes
from devhost.http_messages import Receive, Request, Response, Send, response_from
from devhost.routes import Router
from devhost.worker import Worker
from devhost.worker_messages import RpcHttp, TypedData

BODY_TIMEOUT_SECONDS = 30
_INVOCATION_ID = "x-ms-invocation-id"
_HOME_PAGE = b"<!DOCTYPE html><title>Functions</title><p>Your Functions app is up and running.</p>"

type HostApi = Callable[[Request], Awaitable[Response | None]]


class ClientDisconnectedError(Exception):
    """The client closed the connection before the request was complete."""


class HttpApp:
    """The ASGI application.

    Each of the ``host_apis`` returns a response, or None for a path that it does not serve. Every response
    gets the ``custom_headers`` that it does not set itself.
    """

    def __init__(
        self,
        worker: Worker,
        router: Router,
        host_apis: Sequence[HostApi],
        custom_headers: tuple[tuple[str, str], ...],
    ) -> None:
        self._worker = worker
        self._router = router
        self._host_apis = host_apis
        self._custom_headers = custom_headers
        self._max_body_bytes = max_body_bytes()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        headers = _join_repeated(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
        )
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._max_body_bytes:
            response = Response(500)
        else:
            try:
                async with asyncio.timeout(BODY_TIMEOUT_SECONDS):
                    body = await _read_body(receive, self._max_body_bytes)
            except ClientDisconnectedError:
                return
            except TimeoutError:
                response = Response(408, headers=[("connection", "close")])
            else:
                response = await self._respond(_request_from(scope, headers, body))
        present = {name.lower() for name, _ in response.headers}
        response.headers.extend(header for header in self._custom_headers if header[0].lower() not in present)
        await response.send(send)

    async def _respond(self, request: Request) -> Response:
        for serve in self._host_apis:
            if (response := await serve(request)) is not None:
                return response
        return await self._invoke_function(request)

    async def _invoke_function(self, request: Request) -> Response:
        matched = self._router.match(request.path, request.method)
        if matched is None and request.path == "/":
            return _home_page()
        if matched is None or matched[0].function.disabled:
            return Response(404)
        route, parameters = matched
        # The Functions host forwards a body only if the request has a Content-Length.
        body = request.body if "content-length" in request.headers else b""
        value = RpcHttp(
            method=request.method,
            url=f"{request.origin}{request.raw_path}" + (f"?{request.query}" if request.query else ""),
            headers=request.headers,
            params=parameters,
            query=_join_repeated(
                parse_qsl(request.query)
            ),  # as in Azure, parameters without a value are lost
            body=TypedData(bytes=body),
        )
        result = await self._worker.submit(
            self._worker.invoke(
                route.function,
                TypedData(http=value),
                trace_parent=request.headers.get("traceparent", ""),
                trace_state=request.headers.get("tracestate", ""),
            )
        )
        response = response_from(result, route.function.http_outputs)
        response.headers.append((_INVOCATION_ID, result.invocation_id))
        return response


def _request_from(scope: dict[str, Any], headers: dict[str, str], body: bytes) -> Request:
    return Request(
        method=scope["method"],
        origin=f"{scope['scheme']}://{headers.get('host') or '{}:{}'.format(*scope['server'])}",
        raw_path=scope["raw_path"].decode("latin-1").partition("?")[0],
        query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=body,
    )


def _join_repeated(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Join the values of a repeated name with commas: the worker's protocol has no lists here."""
    joined: dict[str, str] = {}
    for name, value in pairs:
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


async def _read_body(receive: Receive, limit: int) -> bytes:
    """Read the body and discard the parts beyond ``limit`` bytes."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnectedError
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
