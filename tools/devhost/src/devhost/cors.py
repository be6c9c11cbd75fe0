"""Cross-origin requests from the origins that ``local.settings.json`` allows.

The rules are those of ASP.NET's middleware, which Core Tools and Azure use: a preflight request gets status
204 whether its origin is allowed or not, and only an allowed origin gets the CORS headers. The available ASGI
middlewares respond differently.
"""

from typing import Any

from devhost.app_settings import LocalSettings
from devhost.errors import CannotRunError
from devhost.http_app import HttpApp
from devhost.http_messages import Receive, Send

type RawHeaders = list[tuple[bytes, bytes]]

_ANY = "*"


class Cors:
    """An ASGI application that adds CORS headers to the responses of another application."""

    def __init__(self, application: HttpApp, settings: LocalSettings) -> None:
        """Raises CannotRunError if the settings allow credentials from any origin; browsers reject that."""
        self._application = application
        self._origins = frozenset(origin.rstrip("/").lower() for origin in settings.cors_origins)
        self._credentials = settings.cors_credentials
        if _ANY in self._origins and self._credentials:
            raise CannotRunError(
                "local.settings.json: Host.CORS cannot be * while Host.CORSCredentials is true; "
                "list the allowed origins instead"
            )

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request."""
        request_headers = dict(scope.get("headers", ()))
        origin = request_headers.get(b"origin")
        if not self._origins or origin is None:
            await self._application(scope, receive, send)
            return
        cors_headers = self._headers_for(origin)
        method = request_headers.get(b"access-control-request-method")
        if scope["method"] == "OPTIONS" and method is not None:
            if cors_headers:
                cors_headers.append((b"access-control-allow-methods", method))
                if requested := request_headers.get(b"access-control-request-headers"):
                    cors_headers.append((b"access-control-allow-headers", requested))
            await send({"type": "http.response.start", "status": 204, "headers": cors_headers})
            await send({"type": "http.response.body"})
            return

        async def send_with_cors_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *cors_headers]
            await send(message)

        await self._application(scope, receive, send_with_cors_headers)

    def _headers_for(self, origin: bytes) -> RawHeaders:
        if _ANY in self._origins:
            return [(b"access-control-allow-origin", b"*")]
        if origin.decode("latin-1").lower() not in self._origins:
            return []
        headers: RawHeaders = [(b"access-control-allow-origin", origin)]
        if len(self._origins) > 1:
            headers.append((b"vary", b"Origin"))
        if self._credentials:
            headers.append((b"access-control-allow-credentials", b"true"))
        return headers
