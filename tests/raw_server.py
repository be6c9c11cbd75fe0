"""A server that writes what a test says to each connection: also what no HTTP server would write."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

DRIP_SECONDS = 0.05

type Script = Callable[[socket.socket], object]


@contextmanager
def raw_server(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Run ``script`` in a thread for each connection, after the request arrived; yields the base URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=_accept, args=(listener, script, tls), daemon=True).start()
        scheme = "https" if tls else "http"
        yield f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/api/v2"


def sent(response: bytes) -> Script:
    return lambda connection: connection.sendall(response)


def dripped(start: bytes, rest: bytes) -> Script:
    """Send ``start`` at once, and ``rest`` again and again, a byte at a time."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            for byte in rest:
                connection.sendall(bytes([byte]))
                time.sleep(DRIP_SECONDS)

    return drip


def endless(start: bytes, rest: bytes) -> Script:
    """Send ``start``, and then ``rest`` again and again."""

    def flood(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(rest)

    return flood


def _accept(listener: socket.socket, script: Script, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            Thread(target=_serve, args=(connection, script, tls), daemon=True).start()


def _serve(connection: socket.socket, script: Script, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        if tls:
            connection = tls.wrap_socket(connection, server_side=True)
        with connection:
            connection.recv(65_536)
            script(connection)
