"""The command line: ``python -m devhost --app DIR --port N``."""

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
import threading
import time
from concurrent.futures import thread as futures
from pathlib import Path

from devhost.errors import CannotRunError
from devhost.host import run
from devhost.listening import listen

_PATIENCE = 0.5  # seconds


def main() -> int:
    """Run the host; the exit status is 0 after a stop that was asked for, 1 when the app cannot be run."""
    parser = argparse.ArgumentParser(
        prog="python -m devhost", description="Run an Azure Functions app folder locally."
    )
    parser.add_argument(
        "--app", type=Path, default=Path(), help="the app's folder (default: the current one)"
    )
    parser.add_argument(
        "--port",
        type=int,
        help="0 picks a free one (default: Host.LocalHttpPort of local.settings.json, else 7071)",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--verbose", action="store_true", help="log every durable function's invocation too")
    parser.add_argument(
        "--reload", action="store_true", help="start again when a .py or .json file of the app changes"
    )
    parser.add_argument("--listener", type=int, help=argparse.SUPPRESS)  # a socket's number, from --reload
    options = parser.parse_args()
    app = options.app.resolve()

    def listener(default_port: int) -> socket.socket:
        if options.listener is not None:
            return socket.socket(fileno=options.listener)
        return listen(options.host, default_port if options.port is None else options.port)

    if options.listener is not None:
        threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    try:
        if options.reload:
            from devhost.reload import serve_and_reload  # its library is for this alone

            serve_and_reload(app, listener, verbose=options.verbose)
        else:
            asyncio.run(run(app, listener, verbose=options.verbose))
    except CannotRunError as error:
        sys.stderr.write(f"devhost: {error}\n")
        return _leave(1)
    except (KeyboardInterrupt, asyncio.CancelledError):  # stopped before it served
        pass
    return _leave(0)


def _end_with_parent(parent: int) -> None:
    """Stop when the process that restarts this one was killed, and could not stop it."""
    while os.getppid() == parent:
        time.sleep(_PATIENCE)
    os.kill(os.getpid(), signal.SIGTERM)


def _leave(status: int) -> int:
    """Give the app's threads a moment to end, else cut them off: a sleeping thread cannot be interrupted."""
    deadline = time.monotonic() + _PATIENCE
    for thread in threading.enumerate():
        # The interpreter would wait for pool threads, daemon or not; which ones they are is known nowhere
        # else.
        if thread is threading.main_thread() or (thread.daemon and thread not in futures._threads_queues):
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            logging.shutdown()
            sys.stdout.flush()
            os._exit(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
