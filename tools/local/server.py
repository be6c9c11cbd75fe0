"""A server in a process of its own: started, waited for until it listens, and stopped.

Everything listens on a port that the operating system picked, and says which in its output.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
START_SECONDS = 120
STOP_SECONDS = 10


class ServerError(Exception):
    """A server did not start; the message holds the last lines it printed."""


class Server:
    """``listening`` finds, in the output, each address that must be there before the server is up.

    The process runs in ``folder``; ``known_addresses`` are those that it does not print.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        listening: Sequence[str],
        log: Path,
        settings: Mapping[str, str] | None = None,
        *,
        folder: Path = REPOSITORY,
        known_addresses: Sequence[str] = (),
    ) -> None:
        self._name = name
        self._command = command
        self._listening = listening
        self._log = log
        self._settings = settings or {}
        self._folder = folder
        self._known_addresses = list(known_addresses)
        self._process: subprocess.Popen[bytes] | None = None
        self.addresses: list[str] = []

    def start(self) -> list[str]:
        """Start and wait; returns what each ``listening`` pattern's group found, and the known addresses."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as log:
            # A session of its own: Ctrl-C reaches only us, and we stop the servers in order.
            self._process = subprocess.Popen(  # noqa: S603 - our own commands
                self._command,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                env=os.environ | self._settings,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while True:
            output = self._log.read_text(errors="replace")
            found = [re.search(pattern, output) for pattern in self._listening]
            if all(found):
                self.addresses = [match[1] for match in found if match] + self._known_addresses
                return self.addresses
            if self._process.poll() is not None:
                raise ServerError(f"{self._name} ended before it listened:\n{_tail(output)}")
            if time.monotonic() > deadline:
                self.stop()
                raise ServerError(f"{self._name} did not listen in {START_SECONDS} s:\n{_tail(output)}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Ask the server to end, and end it where it does not. A stopped one may be started again."""
        if self._process and self.is_running:
            self._process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the server at once, as a crash would, and whatever it started."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process's id. Raises ServerError where none runs."""
        if self._process is None:
            raise ServerError(f"{self._name} does not run.")
        return self._process.pid

    def output(self) -> str:
        return self._log.read_text(errors="replace")


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _tail(output: str) -> str:
    return "\n".join(output.splitlines()[-15:])
