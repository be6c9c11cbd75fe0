"""Azure's own Functions host as ``func start`` runs it, over Azurite."""

import atexit
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from tools.devhost.tests.devhost_process import Host
from tools.local import emulators
from tools.local.emulators import Storage

START_SECONDS = 60
STOP_SECONDS = 20


class AzuresHost(Host):
    """A running host, with a copy of the app and a task hub of its own."""

    def __init__(self, app: Path, environment: dict[str, str], *arguments: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="azures-host-"))
        self._output = self._folder / "output"
        # The host restarts when a folder appears or goes in the app's.
        copy = self._folder / "app"
        shutil.copytree(app, copy, ignore=shutil.ignore_patterns("__pycache__"))
        self._copy = copy
        self._arguments = arguments
        self._environment = environment

    def __enter__(self) -> Self:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://localhost:{port}"
        environment = {
            **os.environ,
            "AzureWebJobsStorage": _storage().connection_string,
            "AzureFunctionsJobHost__extensions__durableTask__hubName": f"Test{uuid.uuid4().hex}",
            "languageWorkers__python__defaultExecutablePath": sys.executable,
            **self._environment,
        }
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                ["func", "start", "--port", str(port), *self._arguments],
                cwd=self._copy,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        # What it says once it runs: the functions, unless listing them would take a key.
        while not re.search(r"\nFunctions:\n|Job host started[\s\S]+Application started", self.log()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                log = self.log()
                self._stop()
                raise AssertionError(f"Azure's host did not start: {log[-4000:]}")
            time.sleep(0.1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        self._process.terminate()
        self._process.wait(STOP_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)

    def log(self) -> str:
        return self._output.read_text(errors="replace")


@cache
def _storage() -> Storage:
    """One emulator for the whole test run; what it holds ends with it."""
    folder = Path(tempfile.mkdtemp(prefix="azurite-"))
    azurite = emulators.azurite(folder / "azurite.log", folder / "data")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(azurite.stop)
    return Storage(*azurite.start())
