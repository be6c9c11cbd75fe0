"""The two hosts that the function app can run on here: `devhost`, and Azure's own behind `func start`.

The environment variable HOST chooses; `make` sets it. Azure's host watches the app's folder and restarts
when a directory appears in it, so it gets a copy.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.package import files_to_publish
from tools.local.ports import free_port
from tools.local.server import REPOSITORY, Server, ServerError, python

DEVHOST = "devhost"
FUNC = "func"
LOCAL_SETTINGS = "local.settings.json"
SOON_QUIET = {"LAST_LOOK_AFTER_SECONDS": "10"}
"""For tests: messages are under way for a second or two where no instance of the app died."""
WORKER_PYTHON = "languageWorkers__python__defaultExecutablePath"
FUNC_SETTINGS = {
    # Their log says what failed; Information adds a line for each of thousands of calls.
    "AzureFunctionsJobHost__logging__logLevel__default": "Warning",
    # A folder that appears in the app's folder restarts the host.
    "PYTHONDONTWRITEBYTECODE": "1",
}


def chosen() -> str:
    """The value of HOST. Raises ServerError for one that names no host."""
    host = os.environ.get("HOST") or DEVHOST
    if host not in {DEVHOST, FUNC}:
        raise ServerError(f"HOST is {host!r}: it must be {DEVHOST} or {FUNC}.")
    return host


def start_host(
    log: Path,
    environment: Mapping[str, str],
    port: str,
    switches: Sequence[str] = (),
    machine: str | None = None,
) -> Server:
    """The app on the chosen host; it finds where it listens, and where the durable instances are listed.

    ``port`` "0" picks a free one. ``switches`` are devhost's, ``machine`` is for Azure's host.
    """
    if chosen() == DEVHOST:
        command = python("-m", "devhost", "--app", os.fspath(REPOSITORY), "--port", port, *switches)
        listening = [r"\nlistening on (http\S+)\n", r"durable instances at (http\S+)\n"]
        return Server("The function app", command, listening, log, environment)
    app = copy_app(log.parent / f"{log.stem}-app")
    return func_server(app, log, environment, port, machine=machine)


def func_server(
    app: Path,
    log: Path,
    environment: Mapping[str, str],
    port: str = "0",
    *,
    interpreter: str | None = None,
    machine: str | None = None,
) -> Server:
    """Azure's host over the app in a folder. Raises ServerError where no `func` is on the PATH.

    ``machine`` is the host name that this instance sees. Instances that share a task hub need different ones:
    Durable's Azure Storage provider knows the owner of a partition by it.
    """
    func = shutil.which(FUNC)
    if func is None:
        raise ServerError("There is no `func` on the PATH: install Azure Functions Core Tools.")
    port = port if port != "0" else str(free_port())
    url = f"http://localhost:{port}"
    return Server(
        "The function app",
        [*_on(machine), func, "start", "--port", port],
        # The list of functions comes once the host runs.
        [rf"({url})/api/"],
        log,
        FUNC_SETTINGS | {WORKER_PYTHON: interpreter or python()[0]} | dict(environment),
        folder=app,
        known_addresses=[f"{url}/runtime/webhooks/durabletask/instances?code="],
    )


def copy_app(folder: Path) -> Path:
    """The files that are published, and the local settings, in a folder of their own."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in [*files_to_publish(REPOSITORY, untracked=True), LOCAL_SETTINGS]:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, target)
    return folder


def _on(machine: str | None) -> list[str]:
    if machine is None:
        return []
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--uts", *as_root, "sh", "-c", 'hostname "$0" && exec "$@"', machine]
