"""Starts a host in its own process for a test, and always stops it.

``host_for(app)`` is devhost, or Azure's host if HOST=func is set, so one test describes the behavior of both.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pytest
import requests

from tools.local import hosts

ROOT = Path(__file__).resolve().parents[3]
APPS = Path(__file__).parent / "apps"
ON_AZURE_HOST = hosts.selected() == hosts.FUNC


def devhost_only(reason: str) -> pytest.MarkDecorator:
    """Skip a test on Azure's host, which behaves differently; docs/devhost.md lists each difference."""
    return pytest.mark.skipif(ON_AZURE_HOST, reason=f"differs from Azure: {reason}")


def wait_until(condition: Callable[[], bool], description: str, timeout: float = 10) -> None:
    """Poll ``condition`` until it is true. Fails the test with ``description`` after ``timeout`` seconds."""
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline, f"not within {timeout} s: {description}"
        time.sleep(0.02)


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
        """The log so far."""

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send a request to a path, or to an absolute URL of this host."""
        return requests.request(method, self.url + path.removeprefix(self.url), timeout=30, **options)

    def run(self, path: str, body: Any = None) -> dict[str, Any]:
        """POST to a function that starts an orchestration, wait for the end, and return the final status."""
        response = self.request("POST", path, json=body)
        assert response.status_code == 202, response.text
        return wait_for_end(response.json()["statusQueryGetUri"])


class DevhostProcess(Host):
    """A running devhost. ``startup_output`` is its stdout until it listens, ``log()`` its stderr."""

    def __init__(self, app: Path, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self._app = app
        self._arguments = arguments
        self._environment = environment or {}
        self._stderr = tempfile.TemporaryFile(mode="w+")  # noqa: SIM115 - closed on exit
        self.startup_output = ""

    def __enter__(self) -> Self:
        self.process = start_devhost(
            self._app, "--port", "0", *self._arguments, environment=self._environment, stderr=self._stderr
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.startup_output += line
            if match := re.fullmatch(r"listening on (http://\S+)\n", line):
                self.url = match[1]
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
        """Send a signal, wait for the end of the process, and return the seconds that it took."""
        started_at = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=10)
        return time.monotonic() - started_at

    def log(self) -> str:
        self._stderr.seek(0)
        return self._stderr.read()


def host_for(app: Path, environment: dict[str, str] | None = None, *, with_keys: bool = False) -> Host:
    """The host that this test run uses, for ``app``.

    ``with_keys``: Azure's host requires keys too, as it does in Azure. devhost always requires the key of the
    Durable HTTP API.
    """
    if not ON_AZURE_HOST:
        return DevhostProcess(app, environment=environment)
    from tools.devhost.tests.azure_host import AzureHost  # needs the storage emulator

    return AzureHost(app, environment or {}, *(["--enableAuth"] if with_keys else []))


def wait_for_end(status_url: str, timeout: float = 60 if ON_AZURE_HOST else 20) -> dict[str, Any]:
    """Poll an instance's status until it has ended, and return the status."""
    deadline = time.monotonic() + timeout
    while (response := requests.get(status_url, timeout=30)).status_code == 202:
        assert time.monotonic() < deadline, f"still running after {timeout} s: {response.text}"
        time.sleep(0.02)
    return dict(response.json())


def start_devhost(
    app: Path,
    *arguments: str,
    environment: dict[str, str] | None = None,
    stderr: IO[str] | int = subprocess.PIPE,
) -> subprocess.Popen[str]:
    """Start a devhost process. The caller reads its output."""
    return subprocess.Popen(
        [sys.executable, "-m", "devhost", "--app", str(app), *(arguments or ("--port", "0"))],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def startup_error(app: Path, *arguments: str) -> str:
    """Run a devhost that must exit with status 1, and return its one line on stderr."""
    with start_devhost(app, *arguments) as process:
        try:
            output, errors = process.communicate(timeout=100)
        finally:
            process.kill()
    assert process.returncode == 1, errors
    assert output == ""
    lines = errors.splitlines()
    assert len(lines) == 1, errors
    return str(lines[0])
