"""A proxy that loses a response, to test what a client does then."""

import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import requests

from triggers.visitor_identity import VISITOR_HEADER


class LossyProxy:
    """A proxy in front of the app that loses the response to the first POST."""

    def __init__(self, app_url: str) -> None:
        proxy = self
        self.posts = 0

        class Handler(BaseHTTPRequestHandler):
            def forward(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                response = requests.request(
                    self.command, app_url + self.path, headers=dict(self.headers), data=body, timeout=30
                )
                if self.command == "POST":
                    proxy.posts += 1
                    if proxy.posts == 1:
                        self.connection.shutdown(socket.SHUT_RDWR)
                        return
                self.send_response(response.status_code)
                self.send_header("Content-Length", str(len(response.content)))
                if token := response.headers.get(VISITOR_HEADER):
                    self.send_header(VISITOR_HEADER, token)
                self.end_headers()
                self.wfile.write(response.content)

            do_GET = do_POST = forward  # noqa: N815 - names of http.server

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
