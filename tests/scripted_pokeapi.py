"""A fake PokéAPI server whose responses a test defines, and which records its requests."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

type ScriptedResponse = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""


class ScriptedPokeApi:
    """Calls ``respond`` with the path below the base URL and the number of requests for it so far.

    ``etags`` are the ``If-None-Match`` headers of the requests, None for requests without one.
    """

    def __init__(self) -> None:
        self.respond: Callable[[str, int], ScriptedResponse] = lambda _path, _count: json_response({})
        self.requested_paths: list[str] = []
        self.etags: list[str | None] = []
        self.user_agents: set[str] = set()
        self.max_concurrent = 0
        self._concurrent = 0
        self._lock = threading.Lock()
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                scripted._handle(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.base_url = f"http://127.0.0.1:{self._server.server_port}/api/v2"

    def _handle(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path.removeprefix("/api/v2/")
        with self._lock:
            self.requested_paths.append(path)
            self.etags.append(request.headers["If-None-Match"])
            self.user_agents.add(request.headers["User-Agent"])
            count = self.requested_paths.count(path)
            self._concurrent += 1
            self.max_concurrent = max(self.max_concurrent, self._concurrent)
        status, headers, body = self.respond(path, count)
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)
        with self._lock:
            self._concurrent -= 1

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def json_response(
    document: Any, status: int = 200, headers: dict[str, str] | None = None
) -> ScriptedResponse:
    return status, headers or {}, json.dumps(document).encode()
