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
from devhost.sockets import listen

_EXIT_TIMEOUT = 0.5  # seconds
_PARENT_CHECK_INTERVAL = 0.5  # seconds


def main() -> int:
    """Run the host and return the exit status: 0 after a requested stop, 1 if the app cannot be run."""
    options = _parser().parse_args()
    app = options.app.resolve()

    def open_socket(default_port: int) -> socket.socket:
        if options.listener is not None:
            return socket.socket(fileno=options.listener)
        return listen(options.host, default_port if options.port is None else options.port)

    if options.listener is not None:
        threading.Thread(target=_stop_with_parent, args=(os.getppid(),), daemon=True).start()
    try:
        if options.reload:
            from devhost.reload import serve_and_reload  # imports watchfiles, which nothing else needs

            serve_and_reload(app, open_socket, verbose=options.verbose)
        else:
            asyncio.run(run(app, open_socket, verbose=options.verbose))
    except CannotRunError as error:
        sys.stderr.write(f"devhost: {error}\n")
        return _exit(1)
    except (KeyboardInterrupt, asyncio.CancelledError):  # stopped during startup
        pass
    return _exit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m devhost", description="Run an Azure Functions app in Python locally."
    )
    parser.add_argument(
        "--app", type=Path, default=Path(), help="the app's folder (default: the current folder)"
    )
    parser.add_argument(
        "--port",
        type=int,
        help="the port to listen on; 0 picks a free port "
        "(default: Host.LocalHttpPort of local.settings.json, else 7071)",
    )
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument(
        "--verbose", action="store_true", help="also log each orchestrator, activity and entity invocation"
    )
    parser.add_argument(
        "--reload", action="store_true", help="restart when a .py or .json file of the app changes"
    )
    # The file descriptor of a listening socket, passed by the --reload process to its subprocess.
    parser.add_argument("--listener", type=int, help=argparse.SUPPRESS)
    return parser


def _stop_with_parent(parent: int) -> None:
    """Stop this process when the ``--reload`` process that started it was killed."""
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_INTERVAL)
    os.kill(os.getpid(), signal.SIGTERM)


def _exit(status: int) -> int:
    """Wait briefly for the app's threads, then end the process: a sleeping thread cannot be interrupted."""
    deadline = time.monotonic() + _EXIT_TIMEOUT
    for thread in threading.enumerate():
        # The interpreter waits for pool threads, daemon or not; only this private registry lists them.
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
