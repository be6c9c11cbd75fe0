"""Reports on Azure's own Functions host: seconds and storage requests, cold and warm.

Compares the app with the shape of the Durable Functions quickstart, and with the app of an earlier commit if
one is given. Every app and size has a storage of its own, and all of them read the same replica of PokéAPI.
The seconds are from a report's creation to its end, as stored. The storage requests are those that the
emulator logs from the POST to the last request to a table, and the deletions of messages that follow.

Needs Azure Functions Core Tools (`func`) on the PATH.

    python -m tools.bench.azure_host --sizes 20 150 1351 --rounds 3 --compare COMMIT
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from domain.report import OPEN
from tools.bench.harness import (
    REALISTIC_POKEAPI,
    REPORT_TIMEOUT_SECONDS,
    REQUEST_TIMEOUT_SECONDS,
    VISITOR,
    print_line,
    print_table,
    running_replica,
)
from tools.local import emulators
from tools.local.emulators import EMULATOR_ACCOUNT, Storage
from tools.local.hosts import UNLIMITED_SETTINGS, copy_app, core_tools_process
from tools.local.process import REPOSITORY, ServerProcess

QUICKSTART = REPOSITORY / "tools/bench/quickstart_app/function_app.py"
ALL_POKEMON = 1_351
NEVER = "0 0 0 1 1 *"
"""The reconciler's requests would be counted as the report's."""
REQUEST = re.compile(rf'"(\w+) /{EMULATOR_ACCOUNT}/(\S*)')
QUIET_SECONDS = 2.0
"""A report has ended when no table has received a request for so long."""


@dataclass(frozen=True)
class Requests:
    """The requests that the emulator has logged."""

    azurite: ServerProcess

    def all(self) -> list[tuple[str, str]]:
        """Method and path of each request, in order."""
        return REQUEST.findall(self.azurite.output())

    def until_quiet(self, start: int) -> int:
        """Wait for the end of the work that began after request number ``start``; returns its requests."""
        deadline = time.monotonic() + REPORT_TIMEOUT_SECONDS
        seen, last, changed_at = start, start, time.monotonic()
        while time.monotonic() - changed_at < QUIET_SECONDS or last == start:
            if time.monotonic() > deadline:
                raise SystemExit(f"The report did not end in {REPORT_TIMEOUT_SECONDS} s.")
            time.sleep(0.1)
            logged = self.all()
            to_tables = [index for index in range(seen, len(logged)) if "(" in logged[index][1]]
            seen = len(logged)
            if to_tables:
                last, changed_at = to_tables[-1] + 1, time.monotonic()
        return last - start + sum(method == "DELETE" for method, _ in self.all()[last:])


@dataclass(frozen=True)
class App:
    """An app that makes reports: ``copy`` writes it into a folder, ``create`` starts a report of a size."""

    name: str
    copy: Callable[[Path], Path]
    create: Callable[[str, int], str]
    """Gets the API's URL and the size; returns an id."""
    seconds: Callable[[str, str], float | None]
    """Gets the API's URL and the id of a report. Returns None until the report has ended."""


@dataclass(frozen=True)
class Measurement:
    seconds: float
    requests: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 150, ALL_POKEMON])
    parser.add_argument("--rounds", type=int, default=3, help="warm reports for each median")
    parser.add_argument("--compare", metavar="COMMIT", help="also measure the app of this commit")
    options = parser.parse_args()
    apps = [App("Poke Queue", copy_app, create_report, report_seconds)]
    if options.compare:
        earlier = f"Poke Queue at {options.compare}"
        apps.append(App(earlier, copy_of(options.compare), create_report, report_seconds))
    apps.append(App("quickstart: one activity per Pokémon", _copy_quickstart, start_quickstart, run_seconds))
    rows = []
    with running_replica(*REALISTIC_POKEAPI) as pokeapi_url:
        for size in options.sizes:
            for app in apps:
                cold, *warm = measure(app, size, options.rounds, pokeapi_url)
                rows.append(
                    (
                        f"{size:,} Pokémon: {app.name}",
                        cold.seconds,
                        statistics.median(run.seconds for run in warm),
                        cold.requests,
                        round(statistics.median(run.requests for run in warm)),
                    )
                )
    print_table(["", "cold, s", "warm, s", "cold, requests", "warm, requests"], rows)


def measure(app: App, size: int, rounds: int, pokeapi_url: str) -> list[Measurement]:
    """One report with an empty cache, and ``rounds`` more of the same Pokémon."""
    with running(app, pokeapi_url) as (api_url, storage_requests):
        _create_and_wait(app, api_url, 1, storage_requests)
        results = [_create_and_wait(app, api_url, size, storage_requests) for _ in range(1 + rounds)]
        print_line(f"{app.name}, {size:,} Pokémon: {results}")
        return results


def _create_and_wait(app: App, api_url: str, size: int, storage_requests: Requests) -> Measurement:
    start = len(storage_requests.all())
    report_id = app.create(api_url, size)
    while True:
        count = storage_requests.until_quiet(start)
        seconds = app.seconds(api_url, report_id)
        if seconds is not None:
            return Measurement(seconds, count)


@contextmanager
def running(app: App, pokeapi_url: str) -> Iterator[tuple[str, Requests]]:
    """The app on Azure's host with an empty storage. Yields its API's URL and the storage requests."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as started:
        logs = Path(folder)
        azurite = emulators.azurite(logs / "azurite.log", logs / "azurite", access_log=True)
        started.callback(azurite.stop)
        storage = Storage(*azurite.start())
        environment = {
            "AzureWebJobsStorage": storage.connection_string,
            "ReportStorage": storage.connection_string,
            "POKEAPI_BASE_URL": pokeapi_url,
            "RECONCILE_SCHEDULE": NEVER,
            **UNLIMITED_SETTINGS,
        }
        host = core_tools_process(app.copy(logs / "app"), logs / "host.log", environment)
        started.callback(host.stop)
        url = host.start()[0]
        yield f"{url}/api", Requests(azurite)


def create_report(api_url: str, size: int) -> str:
    sample = None if size == ALL_POKEMON else size
    return str(_send("POST", f"{api_url}/reports", json={"sample_size": sample, "seed": 1})["id"])


def report_seconds(api_url: str, report_id: str) -> float | None:
    report = _send("GET", f"{api_url}/reports/{report_id}")
    if report["status"] in OPEN:
        return None
    if report["status"] != "succeeded":
        raise SystemExit(f"The report did not succeed: {report}")
    return _seconds_between(report["created_at"], report["finished_at"])


def start_quickstart(api_url: str, size: int) -> str:
    return str(_send("POST", f"{api_url}/quickstart/{size}")["id"])


def run_seconds(api_url: str, instance_id: str) -> float | None:
    state = _send("GET", f"{api_url}/quickstart/{instance_id}")
    if state["status"] in {"PENDING", "RUNNING"}:
        return None
    if state["status"] != "COMPLETED":
        raise SystemExit(f"The quickstart's report did not complete: {state}")
    return _seconds_between(state["created_at"], state["updated_at"])


def _send(method: str, url: str, **arguments: Any) -> Mapping[str, Any]:
    response = requests.request(method, url, timeout=REQUEST_TIMEOUT_SECONDS, headers=VISITOR, **arguments)
    response.raise_for_status()
    body: Mapping[str, Any] = response.json()
    return body


def _seconds_between(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


def _copy_quickstart(folder: Path) -> Path:
    app = copy_app(folder)
    shutil.copyfile(QUICKSTART, app / "function_app.py")
    return app


def copy_of(commit: str) -> Callable[[Path], Path]:
    def copy(folder: Path) -> Path:
        folder.mkdir()
        archive = folder.with_suffix(".tar")
        command = ["git", "archive", "--output", os.fspath(archive), commit]
        subprocess.run(command, cwd=REPOSITORY, check=True)
        shutil.unpack_archive(archive, folder, filter="data")
        return folder

    return copy


if __name__ == "__main__":
    main()
