"""Build the front end and serve it with the Static Web Apps emulator in front of the function app.

For the emulators, this module does what Terraform does in Azure: it lets the site's pages read CSVs from the
storage (CORS) and adds the storage to the site's Content-Security-Policy.
"""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from azure.storage.blob import BlobServiceClient, CorsRule

from tools.local.emulators import NODE, Storage
from tools.local.process import REPOSITORY, ServerError, ServerProcess
from tools.local.stack import LOCAL_FOLDER, Stack

WEB = REPOSITORY / "web"
EXPORTED = WEB / "out"
EMULATOR = WEB / "node_modules/@azure/static-web-apps-cli/dist/cli/bin.js"
NEXT = WEB / "node_modules/next/dist/bin/next"
BUILD_LOCK = LOCAL_FOLDER / "site-build.lock"
PORT = "4280"
PRINCIPAL_SETTINGS = {"TRUST_CLIENT_PRINCIPAL": "true"}
"""For the function app behind the emulator, whose sign-in page accepts any identity."""

_SOURCES = ("src", "public", "scripts", "next.config.ts", "package-lock.json", "tsconfig.json")

# Next.js and the emulator start child processes with the command `node`.
_NODE_SETTINGS = {
    "PATH": os.pathsep.join((os.fspath(NODE.parent), os.environ.get("PATH", ""))),
    "NEXT_TELEMETRY_DISABLED": "1",
    "SWA_CLI_DISABLE_TELEMETRY": "1",
}


@contextmanager
def running(
    stack: Stack, logs: Path, port: str = PORT, on_step: Callable[[str], None] = lambda _: None
) -> Iterator[str]:
    """Serve the site for the length of the block; yields its URL. Builds the site first if it is outdated.

    ``port`` must be free: the emulator would prompt for another one and wait. ``on_step`` is called with a
    sentence before each step.
    """
    build(logs / "site-build.log", on_step)
    # Serve a copy: a later build must not change the files that are being served.
    site = logs / "site"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(EXPORTED, site)
    _write_config(site, stack.storage)
    _allow_reading(stack.storage, port)
    emulator = _emulator(logs / "site.log", site, stack.api_url.removesuffix("/api"), port)
    on_step(f"Starting {emulator.name} ...")
    try:
        yield emulator.start()[0]
    finally:
        emulator.stop()


def is_installed() -> bool:
    return NEXT.exists() and EMULATOR.exists()


def build(log: Path, on_step: Callable[[str], None] = lambda _: None) -> None:
    """Build the site if its sources changed since the last build. Raises ServerError if the build fails.

    One process builds at a time, because Next.js refuses a second build; the others wait for its result.
    """
    if not is_installed():
        raise ServerError("The front end's packages are not installed. Run `make web-setup`.")
    BUILD_LOCK.parent.mkdir(exist_ok=True)
    with BUILD_LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        page = EXPORTED / "index.html"
        if page.exists() and page.stat().st_mtime >= _last_change():
            return
        on_step("Building the site, which takes up to a minute ...")
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            completed = _run_node(NEXT, "build", output=output)
            if completed.returncode == 0:
                completed = _run_node(WEB / "scripts/build-service-worker.mjs", output=output)
    if completed.returncode != 0:
        raise ServerError(f"The site could not be built:\n{log.read_text(errors='replace')}")


def _last_change() -> float:
    sources = (WEB / name for name in _SOURCES)
    files = (file for source in sources for file in (source, *source.rglob("*")) if file.is_file())
    return max(file.stat().st_mtime for file in files)


def _write_config(site: Path, storage: Storage) -> None:
    switches = ("--site", os.fspath(site), "--storage", storage.blob)
    completed = _run_node(WEB / "scripts/site-config.mjs", *switches, output=subprocess.PIPE)
    if completed.returncode != 0:
        raise ServerError(f"The site's configuration could not be written:\n{completed.stdout.decode()}")


def _run_node(script: Path, *arguments: str, output: IO[bytes] | int) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(  # noqa: S603 - our own commands
        [NODE, script, *arguments],
        cwd=WEB,
        env=os.environ | _NODE_SETTINGS,
        stdout=output,
        stderr=subprocess.STDOUT,
        check=False,
    )


def _allow_reading(storage: Storage, port: str) -> None:
    rule = CorsRule(
        allowed_origins=[f"http://127.0.0.1:{port}", f"http://localhost:{port}"],
        allowed_methods=["GET"],
        exposed_headers=["Content-Disposition"],
        max_age_in_seconds=3600,
    )
    with BlobServiceClient.from_connection_string(storage.connection_string) as blobs:
        blobs.set_service_properties(cors=[rule])


def _emulator(log: Path, site: Path, app_url: str, port: str) -> ServerProcess:
    command = [
        os.fspath(NODE),
        os.fspath(EMULATOR),
        "start",
        os.fspath(site),
        # By default, the emulator uses the first configuration that it finds below the working folder.
        *("--swa-config-location", os.fspath(site)),
        *("--api-devserver-url", app_url),
        *("--host", "127.0.0.1", "--port", port),
    ]
    ready_patterns = [r"emulator started at (http://[\d.:]+\d)"]
    return ServerProcess("The Static Web Apps emulator", command, ready_patterns, log, _NODE_SETTINGS)
