"""Run a server as a child process: start it, wait until it listens, and stop it.

Each server listens on a port that the operating system picks, and prints its address.
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
START_TIMEOUT_SECONDS = 120
STOP_TIMEOUT_SECONDS = 10


class ServerError(Exception):
    """A server could not be started. The message includes the last lines of its log, if it has one."""


class ServerProcess:
    """A server that is ready once each of ``ready_patterns`` matches its output.

    The group in each pattern captures an address. The process runs in ``folder``. ``known_addresses`` are
    addresses that it does not print.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        ready_patterns: Sequence[str],
        log: Path,
        settings: Mapping[str, str] | None = None,
        *,
        folder: Path = REPOSITORY,
        known_addresses: Sequence[str] = (),
    ) -> None:
        self._name = name
        self._command = command
        self._ready_patterns = ready_patterns
        self._log = log
        self._settings = settings or {}
        self._folder = folder
        self._known_addresses = list(known_addresses)
        self._process: subprocess.Popen[bytes] | None = None
        self.addresses: list[str] = []

    def start(self) -> list[str]:
        """Start the server, wait until it is ready, and return the captured and the known addresses.

        Raises ServerError if it exits first or is not ready in time.
        """
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as log:
            # In its own session, Ctrl-C reaches only this process, which stops the servers in order.
            self._process = subprocess.Popen(  # noqa: S603 - our own commands
                self._command,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                env=os.environ | self._settings,
                start_new_session=True,
            )
        try:
            return self._wait_until_ready(self._process)
        except BaseException:  # Ctrl-C and a test's timeout must not leave the server behind either
            self.stop()
            raise

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> list[str]:
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while True:
            output = self._log.read_text(errors="replace")
            matches = [re.search(pattern, output) for pattern in self._ready_patterns]
            if all(matches):
                self.addresses = [match[1] for match in matches if match] + self._known_addresses
                return self.addresses
            if process.poll() is not None:
                raise ServerError(f"{self._name} exited before it was ready:\n{_tail(output)}")
            if time.monotonic() > deadline:
                raise ServerError(
                    f"{self._name} was not ready after {START_TIMEOUT_SECONDS} s:\n{_tail(output)}"
                )
            time.sleep(0.05)

    def stop(self) -> None:
        """Send SIGTERM, then SIGKILL after a timeout or an interrupt. It can be started again."""
        try:
            if self._process and self.is_running:
                self._process.send_signal(signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    self._process.wait(STOP_TIMEOUT_SECONDS)
        finally:
            self.kill()

    def kill(self) -> None:
        """Send SIGKILL to the server and its child processes, like a crash."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    @property
    def name(self) -> str:
        """The name as in the middle of a sentence."""
        return self._name.replace("The ", "the ", 1)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process id. Raises ServerError if the server was not started."""
        if self._process is None:
            raise ServerError(f"{self._name} is not running.")
        return self._process.pid

    def output(self) -> str:
        return self._log.read_text(errors="replace")

    def last_lines(self) -> str:
        """The last lines of the log."""
        return _tail(self.output())


def python(*arguments: str) -> list[str]:
    """A command for this interpreter."""
    return [sys.executable, *arguments]


def _tail(output: str) -> str:
    return "\n".join(output.splitlines()[-15:])
