"""Azure's Functions host for tests: ``func start`` with Azurite as its storage."""

import atexit
import shutil
import tempfile
import uuid
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from tools.devhost.tests.host import Host
from tools.local import emulators, hosts
from tools.local.emulators import Storage
from tools.local.ports import free_port

# The host prints the list of functions once it is running. With --enableAuth it cannot read the list.
READY_PATTERN = r"(\nFunctions:\n|Job host started[\s\S]+Application started)"


class AzureHost(Host):
    """A running Azure host, with its own copy of the app and its own task hub."""

    def __init__(self, app: Path, environment: dict[str, str], *switches: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="azure-host-"))
        # The host restarts when a folder appears in the app's folder, so it runs a copy.
        copy = self._folder / "app"
        shutil.copytree(app, copy, ignore=shutil.ignore_patterns("__pycache__"))
        port = free_port()
        self.url = f"http://localhost:{port}"
        self._process = hosts.core_tools_process(
            copy,
            self._folder / "log",
            {
                "AzureWebJobsStorage": _storage().connection_string,
                "AzureFunctionsJobHost__extensions__durableTask__hubName": f"Test{uuid.uuid4().hex}",
                "AzureFunctionsJobHost__logging__logLevel__default": "Information",
                **environment,
            },
            str(port),
            switches=switches,
            ready_pattern=READY_PATTERN,
        )

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def log(self) -> str:
        return self._process.output()


@cache
def _storage() -> Storage:
    """Start one emulator for the whole test run; its data is deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="azurite-"))
    azurite = emulators.azurite(folder / "azurite.log", folder / "data")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(azurite.stop)
    return Storage(*azurite.start())
