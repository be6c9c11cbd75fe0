"""``--reload``: runs the host in a subprocess and replaces the subprocess when the app's files change.

A new process is needed because Python cannot unload a module. This process owns the listening socket and
keeps it open, so the port stays the same and requests wait during a restart. The durable engine's state is
in the subprocess's memory and is lost with it.
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

_STOP_TIMEOUT = 5  # seconds


class _AppFiles(DefaultFilter):
    """Python and JSON files, except those that the default filter excludes (.venv, .git, caches)."""

    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith((".py", ".json")) and super().__call__(change, path)


def serve_and_reload(app: Path, open_socket: Callable[[int], socket.socket], *, verbose: bool) -> None:
    """Serve until SIGINT or SIGTERM.

    The subprocess of an app that cannot be run reports the reason and exits; the next change starts another.
    """
    if not app.is_dir():
        raise CannotRunError(f"{app} is not a folder; set --app to the folder that contains host.json")
    stopped = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with open_socket(load_local_settings(app).port) as listener:
        host = _start(app, listener, verbose=verbose)
        for changes in watch(app, watch_filter=_AppFiles(), stop_event=stopped, raise_interrupt=False):
            names = ", ".join(sorted({str(Path(path).relative_to(app)) for _, path in changes}))
            sys.stderr.write(f"devhost: {names} changed; restarting\n")
            _stop(host)
            host = _start(app, listener, verbose=verbose)
        _stop(host)


def _start(app: Path, listener: socket.socket, *, verbose: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "devhost", "--app", str(app), "--listener", str(listener.fileno())]
    if verbose:
        command.append("--verbose")
    return subprocess.Popen(command, pass_fds=[listener.fileno()])  # noqa: S603 - runs this package


def _stop(host: subprocess.Popen[bytes]) -> None:
    host.terminate()
    try:
        host.wait(_STOP_TIMEOUT)
    except subprocess.TimeoutExpired:  # C code of the app blocks the process
        host.kill()
        host.wait()
