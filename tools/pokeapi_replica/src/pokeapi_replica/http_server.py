"""Run an ASGI application with uvicorn on a socket that this module opens.

The port is therefore known before serving starts, and a taken port is an ordinary OSError.
"""

import logging
import os
import signal
import socket
from types import FrameType
from typing import Any

import uvicorn

BACKLOG = 2048
KEEP_ALIVE_SECONDS = 75
SHUTDOWN_TIMEOUT_SECONDS = 1


def listen(host: str, port: int) -> socket.socket:
    """Open a listening socket; port 0 picks a free port. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns off Nagle's algorithm only if the protocol is IPPROTO_TCP. Nagle's algorithm would delay
    # every response on a persistent connection by 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    return listener


def exit_on_signals() -> None:
    """Make SIGTERM and Ctrl-C exit the process immediately with 0.

    A SystemExit would not do: raised in a finalizer, Python prints and ignores it.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _exit)


def serve(application: Any, listener: socket.socket) -> None:
    """Serve until a signal, which uvicorn raises again after shutdown.

    Open requests have `SHUTDOWN_TIMEOUT_SECONDS` to complete.
    """
    # uvicorn would log injected faults as errors; the application logs its own exceptions.
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
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=SHUTDOWN_TIMEOUT_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _exit(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)
