"""Start the function app on either host: `devhost`, or Azure's host through `func start`.

The environment variable HOST selects the host; `make` sets it. Azure's host watches the app's folder and
restarts when a directory appears in it, so it runs a copy of the app.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.package import files_to_publish
from tools.local.emulators import ANY_PORT, Storage
from tools.local.ports import free_port
from tools.local.process import REPOSITORY, ServerError, ServerProcess, python

DEVHOST = "devhost"
FUNC = "func"
LOCAL_SETTINGS = "local.settings.json"
UNLIMITED_SETTINGS = {
    "MAX_OPEN_REPORTS": "100000",
    "MAX_OPEN_VISITOR_REPORTS": "100000",
    "MAX_REPORTS_PER_HOUR": "100000",
    "MAX_KEPT_REPORTS": "100000",
}
"""For tests and benchmarks: one client can create any number of reports."""
TEST_SETTINGS = {"LAST_LOOK_AFTER_SECONDS": "10", **UNLIMITED_SETTINGS}
"""For tests: as long as no instance of the app crashes, messages are in flight for a second or two."""
WORKER_PYTHON = "languageWorkers__python__defaultExecutablePath"
FUNC_SETTINGS = {
    # Errors are logged as warnings or above; Information adds a line for each of thousands of calls.
    "AzureFunctionsJobHost__logging__logLevel__default": "Warning",
    # A __pycache__ folder in the app's folder would restart the host.
    "PYTHONDONTWRITEBYTECODE": "1",
}


def selected() -> str:
    """Return the host that HOST selects. Raises ServerError if HOST is not a host's name."""
    host = os.environ.get("HOST") or DEVHOST
    if host not in {DEVHOST, FUNC}:
        raise ServerError(f"HOST must be {DEVHOST} or {FUNC}; got {host!r}.")
    return host


def function_app(
    log: Path,
    storage: Storage,
    pokeapi_url: str,
    port: str = ANY_PORT,
    settings: Mapping[str, str] | None = None,
    switches: Sequence[str] = (),
    machine: str | None = None,
) -> ServerProcess:
    """The app on the selected host. Its addresses are the app's URL, without the route prefix, and the URL
    that lists the durable instances.

    ``switches`` are passed to devhost; ``machine`` is for Azure's host, see `core_tools_process`.
    """
    connection = storage.connection_string
    environment = {
        "AzureWebJobsStorage": connection,
        "ReportStorage": connection,
        "POKEAPI_BASE_URL": pokeapi_url,
        **(settings or {}),
    }
    if selected() == DEVHOST:
        command = python("-m", "devhost", "--app", os.fspath(REPOSITORY), "--port", port, *switches)
        ready_patterns = [r"\nlistening on (http\S+)\n", r"durable instances at (http\S+)\n"]
        return ServerProcess("The function app", command, ready_patterns, log, environment)
    app = copy_app(log.parent / f"{log.stem}-app")
    return core_tools_process(app, log, environment, port, machine=machine)


def core_tools_process(
    app: Path,
    log: Path,
    environment: Mapping[str, str],
    port: str = ANY_PORT,
    *,
    interpreter: str | None = None,
    machine: str | None = None,
    switches: Sequence[str] = (),
    ready_pattern: str | None = None,
) -> ServerProcess:
    """Azure's host for the app in a folder. Raises ServerError if `func` is not on the PATH.

    ``machine`` is the host name that this instance sees. Instances that share a task hub need different
    names, because Durable's Azure Storage provider identifies the owner of a partition by its host name.
    ``switches`` are passed to ``func start``. ``ready_pattern`` replaces the default, which requires an HTTP
    function under the route prefix ``api``.
    """
    func = shutil.which(FUNC)
    if func is None:
        raise ServerError("`func` is not on the PATH. Install Azure Functions Core Tools.")
    port = port if port != ANY_PORT else str(free_port())
    url = f"http://localhost:{port}"
    return ServerProcess(
        "The function app",
        [*_with_host_name(machine), func, "start", "--port", port, *switches],
        # The host prints the functions' URLs once it is running.
        [ready_pattern or rf"({url})/api/"],
        log,
        FUNC_SETTINGS | {WORKER_PYTHON: interpreter or python()[0]} | dict(environment),
        folder=app,
        known_addresses=[f"{url}/runtime/webhooks/durabletask/instances?code="],
    )


def copy_app(folder: Path) -> Path:
    """Copy the published files and the local settings into a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in [*files_to_publish(REPOSITORY, untracked=True), LOCAL_SETTINGS]:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, target)
    return folder


def _with_host_name(machine: str | None) -> list[str]:
    """The command prefix that gives a process its own host name."""
    if machine is None:
        return []
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--uts", *as_root, "sh", "-c", 'hostname "$0" && exec "$@"', machine]
