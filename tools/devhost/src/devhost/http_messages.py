"""HTTP requests and responses, and the conversion of a function's result to a response."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any
from urllib.parse import quote, unquote

from devhost.worker import InvocationResult
from devhost.worker_messages import RpcHttpCookie, TypedData

_SERVER_HEADERS = {"transfer-encoding", "connection", "date"}  # uvicorn sets these

type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``origin`` is scheme and authority; ``headers`` have names in lower case."""

    method: str
    origin: str
    raw_path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The decoded path. An escaped slash belongs to its segment and stays escaped, as in ASP.NET."""
        return "/".join(unquote(segment).replace("/", "%2F") for segment in self.raw_path.split("/"))


@dataclass(frozen=True, slots=True)
class Response:
    """A complete response. ``headers`` may repeat a name. A ``chunked`` response has no Content-Length."""

    status: int
    body: bytes = b""
    headers: list[tuple[str, str]] = field(default_factory=list)
    chunked: bool = False

    async def send(self, send: Send) -> None:
        """Send the response as ASGI messages."""
        bodiless = self.status in (204, 304) or self.status < 200
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in self.headers]
        if not bodiless and not self.chunked:
            headers.append((b"content-length", str(len(self.body)).encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if bodiless else self.body})


def response_from(result: InvocationResult, http_outputs: tuple[str, ...]) -> Response:
    """Convert the result of an HTTP function; an output binding takes precedence over the return value."""
    if result.error is not None:
        return Response(500)
    values = [result.outputs[name] for name in http_outputs if name in result.outputs] + [result.value]
    value = next((value for value in values if value is not None), None)
    if value is None:
        return Response(204)
    if value.http is None:
        content_type, body = _plain_body(value)
        return Response(200, body, [("content-type", content_type)], chunked=True)
    headers = [
        (name, text) for name, text in value.http.headers.items() if name.lower() not in _SERVER_HEADERS
    ]
    headers += [("set-cookie", _set_cookie(cookie)) for cookie in value.http.cookies or []]
    body = value.http.body.bytes or b""
    lengths = [text for name, text in headers if name.lower() == "content-length"]
    if lengths and lengths != [str(len(body))]:
        return Response(500)  # ASP.NET aborts the response in this case
    return Response(int(value.http.status_code), body, headers, chunked=True)


def _plain_body(value: TypedData) -> tuple[str, bytes]:
    """Content type and body of a return value that is not an HttpResponse."""
    if value.bytes is not None:
        return "application/octet-stream", value.bytes
    if value.json is not None:
        return "application/json", value.json.encode()
    text = next(str(item) for item in (value.string, value.int, value.double) if item is not None)
    return "text/plain; charset=utf-8", text.encode()


def _set_cookie(cookie: RpcHttpCookie) -> str:
    """A Set-Cookie header in ASP.NET's format, which writes an empty domain and path if they are absent."""

    def value_of(attribute: Any) -> Any:
        return None if attribute is None else attribute.value

    parts = [f"{cookie.name}={quote(cookie.value, safe='')}"]
    if (expires := value_of(cookie.expires)) is not None:
        parts.append(f"expires={formatdate(expires.seconds, usegmt=True)}")
    if (max_age := value_of(cookie.max_age)) is not None:
        parts.append(f"max-age={int(max_age)}")
    parts += [f"domain={value_of(cookie.domain) or ''}", f"path={value_of(cookie.path) or ''}"]
    if value_of(cookie.secure):
        parts.append("secure")
    if cookie.same_site is not None:
        parts.append(f"samesite={cookie.same_site.lower()}")
    if value_of(cookie.http_only):
        parts.append("httponly")
    return "; ".join(parts)
