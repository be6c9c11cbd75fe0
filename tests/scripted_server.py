"""An HTTP server that gives scripted responses in turn and records its requests."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True)
class ScriptedResponse:
    """``body`` is sent as it is if it is bytes, and as JSON otherwise."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


LOST = ScriptedResponse(0)
"""The request arrives, but the connection breaks before the response."""


@dataclass(frozen=True)
class RecordedRequest:
    """A request as received. The names in ``headers`` are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class ScriptedServer:
    def __init__(self, *responses: ScriptedResponse) -> None:
        self.responses = list(responses)
        self.requests: list[RecordedRequest] = []
        self._address = ("127.0.0.1", 0)
        self.start()

    def start(self) -> None:
        """Listen, also again after ``stop``, on the same port."""
        script = self

        class Handler(BaseHTTPRequestHandler):
            def respond(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                script.requests.append(RecordedRequest(self.command, self.path, headers, body))
                response = (
                    script.responses.pop(0)
                    if script.responses
                    else ScriptedResponse(418, "no more responses")
                )
                if response is LOST:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                is_bytes = isinstance(response.body, bytes)
                content = response.body if is_bytes else json.dumps(response.body).encode()
                self.send_response(response.status)
                for name, value in ({"Content-Length": str(len(content))} | response.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_DELETE = respond  # noqa: N815 - names of http.server

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(self._address, Handler)
        self._address = ("127.0.0.1", self._server.server_port)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def scripted_server(*responses: ScriptedResponse) -> Iterator[ScriptedServer]:
    server = ScriptedServer(*responses)
    try:
        yield server
    finally:
        server.stop()
