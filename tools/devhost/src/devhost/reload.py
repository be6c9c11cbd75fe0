"""``--reload``: the host in a process of its own, and another in its place when the app's files change.

A process each, because a Python module cannot be unloaded. The listening socket is this process's and stays
open, so that the port is the same and requests that come during a restart wait. What the durable engine holds
is in memory, and goes with its process.
"""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from types import FrameType

from watchfiles import Change, DefaultFilter, watch

from devhost.app_settings import load_local_settings
from devhost.errors import CannotRunError

_STOP_SECONDS = 5


class _AppFiles(DefaultFilter):
    """Code and settings; what the default filter leaves out (.venv, .git, caches) stays out."""

    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith((".py", ".json")) and super().__call__(change, path)


def serve_and_reload(app: Path, listen: Callable[[int], socket.socket], *, verbose: bool) -> None:
    """Serve until SIGINT or SIGTERM. An app that cannot be run says why, and is tried again once changed."""
    if not app.is_dir():
        raise CannotRunError(f"{app} is not a folder")
    stopped = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with listen(load_local_settings(app).port) as listener:
        host = _start(app, listener, verbose=verbose)
        for changes in watch(app, watch_filter=_AppFiles(), stop_event=stopped, raise_interrupt=False):
            names = ", ".join(sorted({str(Path(path).relative_to(app)) for _, path in changes}))
            sys.stderr.write(f"devhost: {names} changed, starting again\n")
            _stop(host)
            host = _start(app, listener, verbose=verbose)
        _stop(host)


def _start(app: Path, listener: socket.socket, *, verbose: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "devhost", "--app", str(app), "--listener", str(listener.fileno())]
    if verbose:
        command.append("--verbose")
    return subprocess.Popen(command, pass_fds=[listener.fileno()])  # noqa: S603 - this program itself


def _stop(host: subprocess.Popen[bytes]) -> None:
    host.terminate()
    try:
        host.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:  # the app's code holds the process, in C
        host.kill()
        host.wait()
