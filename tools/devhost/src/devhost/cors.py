"""Cross-origin requests, for a front end that is served from elsewhere, as local.settings.json allows them.

The rules are those of ASP.NET's middleware, which Core Tools and Azure use: a preflight request is answered
204 whether its origin is allowed or not, and only what an allowed origin is told differs. ASGI middlewares
that can be had answer otherwise.
"""

from typing import Any

from devhost.app_settings import LocalSettings
from devhost.errors import CannotRunError
from devhost.web import HttpHost, Receive, Send

type RawHeaders = list[tuple[bytes, bytes]]

_ANY = "*"


class Cors:
    """An ASGI application that adds the headers for browsers to the answers of another."""

    def __init__(self, application: HttpHost, settings: LocalSettings) -> None:
        """Raises CannotRunError for any origin with credentials, which browsers refuse."""
        self._application = application
        self._origins = frozenset(origin.rstrip("/").lower() for origin in settings.cors_origins)
        self._credentials = settings.cors_credentials
        if _ANY in self._origins and self._credentials:
            raise CannotRunError(
                "local.settings.json: Host.CORS cannot be * while Host.CORSCredentials is true"
            )

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers = dict(scope.get("headers", ()))
        origin = headers.get(b"origin")
        if not self._origins or origin is None:
            await self._application(scope, receive, send)
            return
        allowed = self._allowed(origin)
        method = headers.get(b"access-control-request-method")
        if scope["method"] == "OPTIONS" and method is not None:
            if allowed:
                allowed.append((b"access-control-allow-methods", method))
                if wanted := headers.get(b"access-control-request-headers"):
                    allowed.append((b"access-control-allow-headers", wanted))
            await send({"type": "http.response.start", "status": 204, "headers": allowed})
            await send({"type": "http.response.body"})
            return

        async def send_allowed(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *allowed]
            await send(message)

        await self._application(scope, receive, send_allowed)

    def _allowed(self, origin: bytes) -> RawHeaders:
        if _ANY in self._origins:
            return [(b"access-control-allow-origin", b"*")]
        if origin.decode("latin-1").lower() not in self._origins:
            return []
        found: RawHeaders = [(b"access-control-allow-origin", origin)]
        if len(self._origins) > 1:
            found.append((b"vary", b"Origin"))
        if self._credentials:
            found.append((b"access-control-allow-credentials", b"true"))
        return found
