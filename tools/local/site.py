"""The front end on one machine: exported, and served by the Static Web Apps emulator before the function app.

What Terraform does in Azure is done here for the emulators: the storage lets the site's pages read CSVs
(CORS), and the site's Content-Security-Policy lets them ask that storage.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from azure.storage.blob import BlobServiceClient, CorsRule

from tools.local.server import REPOSITORY, Server, ServerError
from tools.local.servers import NODE, Storage
from tools.local.stack import Stack

WEB = REPOSITORY / "web"
EXPORTED = WEB / "out"
EMULATOR = WEB / "node_modules/@azure/static-web-apps-cli/dist/cli/bin.js"
NEXT = WEB / "node_modules/next/dist/bin/next"
PORT = "4280"
PRINCIPAL_SETTINGS = {"TRUST_CLIENT_PRINCIPAL": "true"}
"""For the function app behind the emulator, which signs in whoever the visitor says they are."""

_SOURCES = ("src", "public", "next.config.ts", "package-lock.json", "tsconfig.json")


# Next and the emulator start further processes by the name of `node`.
_NODE_SETTINGS = {
    "PATH": os.pathsep.join((os.fspath(NODE.parent), os.environ.get("PATH", ""))),
    "NEXT_TELEMETRY_DISABLED": "1",
    "SWA_CLI_DISABLE_TELEMETRY": "1",
}


@contextmanager
def running(stack: Stack, logs: Path, port: str = PORT) -> Iterator[str]:
    """The site's address, until the block ends. Builds the site first where it is not as its sources are."""
    _refuse_taken(port)
    build(logs / "site-build.log")
    # A copy of its own: a later build leaves what is being served as it is.
    site = logs / "site"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(EXPORTED, site)
    _write_config(site, stack.storage)
    _allow_reading(stack.storage, port)
    emulator = _emulator(logs / "site.log", site, stack.api_url.removesuffix("/api"), port)
    try:
        yield emulator.start()[0]
    finally:
        emulator.stop()


def is_installed() -> bool:
    return NEXT.exists() and EMULATOR.exists()


def build(log: Path) -> None:
    """Export the site, where that was not done since its sources changed. Raises ServerError."""
    if not is_installed():
        raise ServerError("The front end's packages are not installed: run `make web-setup`.")
    page = EXPORTED / "index.html"
    if page.exists() and page.stat().st_mtime >= _last_change():
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        done = _run_node(NEXT, "build", output=output)
    if done.returncode != 0:
        raise ServerError(f"The site could not be built:\n{log.read_text(errors='replace')}")


def _refuse_taken(port: str) -> None:
    """The emulator would ask for another port, and wait for an answer."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except (OSError, OverflowError, ValueError) as fault:
            raise ServerError(f"The site cannot listen on port {port}: {fault}") from fault


def _last_change() -> float:
    sources = (WEB / name for name in _SOURCES)
    files = (file for source in sources for file in (source, *source.rglob("*")) if file.is_file())
    return max(file.stat().st_mtime for file in files)


def _write_config(site: Path, storage: Storage) -> None:
    switches = ("--site", os.fspath(site), "--storage", storage.blob)
    done = _run_node(WEB / "scripts/site-config.mjs", *switches, output=subprocess.PIPE)
    if done.returncode != 0:
        raise ServerError(f"The site's configuration could not be written:\n{done.stdout.decode()}")


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


def _emulator(log: Path, site: Path, app_url: str, port: str) -> Server:
    command = [
        os.fspath(NODE),
        os.fspath(EMULATOR),
        "start",
        os.fspath(site),
        # Without this it takes the first configuration that it finds below the working folder.
        *("--swa-config-location", os.fspath(site)),
        *("--api-devserver-url", app_url),
        *("--host", "127.0.0.1", "--port", port),
    ]
    listening = [r"emulator started at (http://[\d.:]+\d)"]
    return Server("The Static Web Apps emulator", command, listening, log, _NODE_SETTINGS)
