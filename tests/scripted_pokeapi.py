"""A server in PokéAPI's place that answers as a test says, and remembers what it was asked."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]


class Scripted:
    """``answers`` is given the path below the base URL and how often it was asked for, this time too.

    ``etags`` are the ETags that came along, None where none did.
    """

    def __init__(self) -> None:
        self.answers: Callable[[str, int], Answer] = lambda _path, _count: json_answer({})
        self.asked: list[str] = []
        self.etags: list[str | None] = []
        self.agents: set[str] = set()
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                scripted._answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.base_url = f"http://127.0.0.1:{self._server.server_port}/api/v2"

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path.removeprefix("/api/v2/")
        with self._lock:
            self.asked.append(path)
            self.etags.append(request.headers["If-None-Match"])
            self.agents.add(request.headers["User-Agent"])
            count = self.asked.count(path)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        status, headers, body = self.answers(path, count)
        request.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)
        with self._lock:
            self._at_once -= 1

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def json_answer(document: Any, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    return status, headers or {}, json.dumps(document).encode()
