"""Runs a real host in a process of its own, and always stops it.

``host_of(app)`` is devhost, or Azure's own host where HOST=func is set: one test says how both behave.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pytest
import requests

from tools.local import hosts

ROOT = Path(__file__).resolve().parents[3]
APPS = Path(__file__).parent / "apps"
ON_AZURES_HOST = hosts.selected() == hosts.FUNC


def devhost_only(reason: str) -> pytest.MarkDecorator:
    """Mark a test that Azure's host would fail, with the reason; docs/devhost.md lists it."""
    return pytest.mark.skipif(ON_AZURES_HOST, reason=f"differs from Azure: {reason}")


class Host(ABC):
    """A running host. ``url`` is its address."""

    url = ""

    @abstractmethod
    def __enter__(self) -> Self: ...

    @abstractmethod
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    @abstractmethod
    def log(self) -> str:
        """What it has written so far."""

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        return requests.request(method, self.url + path, timeout=30, **options)

    def run(self, path: str, body: Any = None) -> dict[str, Any]:
        """POST to a starter, follow its status link to the end, and return the final status."""
        started = requests.post(self.url + path, json=body, timeout=30)
        assert started.status_code == 202, started.text
        return wait_for_end(started.json()["statusQueryGetUri"])


class DevhostProcess(Host):
    """A running devhost. ``announced`` is what it wrote to stdout, ``log()`` what it wrote to stderr."""

    def __init__(self, app: Path, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self._app = app
        self._arguments = arguments
        self._environment = environment or {}
        self._stderr = tempfile.TemporaryFile(mode="w+")  # noqa: SIM115 - closed on exit
        self.announced = ""

    def __enter__(self) -> Self:
        self.process = start(
            self._app, "--port", "0", *self._arguments, environment=self._environment, stderr=self._stderr
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.announced += line
            if found := re.fullmatch(r"listening on (http://\S+)\n", line):
                self.url = found[1]
                return self
        raise AssertionError(f"devhost did not start: {self.log()}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._stderr.close()

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Send a signal, and return the seconds until the process had ended."""
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=10)
        return time.monotonic() - started

    def log(self) -> str:
        self._stderr.seek(0)
        return self._stderr.read()


def host_of(app: Path, environment: dict[str, str] | None = None, *, with_keys: bool = False) -> Host:
    """The host that runs ``app`` in this test run.

    ``with_keys``: Azure's host asks for keys too, as it does in Azure; devhost always wants Durable's.
    """
    if not ON_AZURES_HOST:
        return DevhostProcess(app, environment=environment)
    from tools.devhost.tests.azures_host import AzuresHost  # it needs the storage emulator

    return AzuresHost(app, environment or {}, *(["--enableAuth"] if with_keys else []))


def wait_for_end(status_link: str, seconds: float = 60 if ON_AZURES_HOST else 20) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = requests.get(status_link, timeout=30)
        if answer.status_code != 202:
            return dict(answer.json())
        time.sleep(0.02)
    raise AssertionError(f"still running: {answer.json()}")


def start(
    app: Path,
    *arguments: str,
    environment: dict[str, str] | None = None,
    stderr: IO[str] | int = subprocess.PIPE,
) -> subprocess.Popen[str]:
    """A devhost process whose output is the caller's to read."""
    return subprocess.Popen(
        [sys.executable, "-m", "devhost", "--app", str(app), *(arguments or ("--port", "0"))],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def start_and_fail(app: Path, *arguments: str) -> str:
    """Run a devhost that must refuse to start, and return its one line on stderr."""
    with start(app, *arguments) as process:
        try:
            output, errors = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 1, errors
    assert output == ""
    lines = errors.splitlines()
    assert len(lines) == 1, errors
    return str(lines[0])
