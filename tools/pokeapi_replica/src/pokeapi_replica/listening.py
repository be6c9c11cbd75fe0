"""Runs an ASGI application under uvicorn on a socket of our own, quietly, until it is told to stop.

The socket is opened here, not by uvicorn, so that a free port is known before serving and a taken one is a
plain error.
"""

import logging
import os
import signal
import socket
from types import FrameType
from typing import Any

import uvicorn

BACKLOG = 2048
IDLE_SECONDS = 75
STOP_SECONDS = 1


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, because asyncio turns Nagle's algorithm off only where the protocol is said; with it on,
    # every answer on a kept connection waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    return listener


def exit_on_signals() -> None:
    """Make SIGTERM and Ctrl-C end the process with status 0.

    At once, because Python only prints a SystemExit that is raised in a finalizer, and goes on.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _exit)


def serve(application: Any, listener: socket.socket) -> None:
    """Serve until a signal, which uvicorn raises again at its end. Open requests get `STOP_SECONDS`."""
    # Deliberately broken answers are errors to uvicorn; the application reports its own.
    logging.getLogger("uvicorn.error").disabled = True
    config = uvicorn.Config(
        application,
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _exit(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)
