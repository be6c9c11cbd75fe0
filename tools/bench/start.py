"""The app's startup time: its imports by package, and the time to its first responses on either host.

Each round imports the app in a new process with ``-X importtime``; the table shows the fastest round. A
package's time includes all its modules, whichever package imported them first.

    HOST=func python -m tools.bench.start --rounds 20
"""

import argparse
import re
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import requests

from tools.bench.harness import (
    REQUEST_TIMEOUT_SECONDS,
    percentile,
    print_line,
    print_table,
    running_replica,
)
from tools.local import emulators, hosts
from tools.local.emulators import Storage
from tools.local.process import REPOSITORY, ServerProcess, python

PACKAGES = {
    "azure.functions": r"azure\.functions|werkzeug",
    "azure.durable_functions, durabletask": r"azure\.durable_functions|durabletask",
    "gRPC, protobuf": r"grpc|google",
    "azure.storage.blob": r"azure\.storage|isodate",
    "azure.data.tables": r"azure\.data|yarl|multidict|propcache",
    "azure.identity": r"azure\.identity|msal\w*|jwt",
    "cryptography": r"cryptography|_cffi_backend",
    "azure.core": r"azure\.core",
    "opentelemetry": r"opentelemetry",
    "pydantic": r"pydantic\w*|annotated_types|typing_inspection",
    "requests, urllib3": r"requests|urllib3|charset_normalizer|chardet|idna|certifi",
    "the app's own": r"function_app|adapters|activities|domain|orchestrators|services|triggers",
}
IMPORT_TIME = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    if hosts.selected() == hosts.DEVHOST:
        import_times(rounds)
    first_responses(rounds)


def import_times(rounds: int) -> None:
    fastest = min((_import_times() for _ in range(rounds)), key=lambda times: sum(times.values()))
    total = sum(fastest.values())
    slowest_first = sorted(fastest.items(), key=lambda item: -item[1])
    print_line("### Importing `function_app`\n")
    print_table(
        ["package", "ms", "share"],
        [
            *((name, ms, f"{ms / total:.0%}") for name, ms in slowest_first),
            ("**together**", total, "100%"),
        ],
    )


def _import_times() -> dict[str, float]:
    """Import the app in a new process; returns milliseconds by package."""
    command = python("-X", "importtime", "-c", "import function_app")
    completed = subprocess.run(command, check=True, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY)
    times = defaultdict(float, dict.fromkeys(PACKAGES, 0.0))
    for microseconds, module in IMPORT_TIME.findall(completed.stderr):
        times[_package(module)] += int(microseconds) / 1000
    return times


def _package(module: str) -> str:
    for name, pattern in PACKAGES.items():
        if re.match(rf"(?:{pattern})(?:\.|$)", module):
            return name
    return "the standard library and all others"


def first_responses(rounds: int) -> None:
    """Time from the start of the host's process, with existing table and container."""
    with tempfile.TemporaryDirectory() as folder, running_replica() as pokeapi_url:
        azurite = emulators.azurite(Path(folder) / "azurite.log")
        try:
            storage = Storage(*azurite.start())
            steps = [
                _start(hosts.function_app(Path(folder) / "app.log", storage, pokeapi_url))
                for _ in range(rounds)
            ]
        finally:
            azurite.stop()
    seconds = {name: [times[name] for times in steps] for name in steps[0]}
    print_line(f"### Cold start on `{hosts.selected()}`\n")
    print_table(
        ["until", "median s", "p95 s"],
        [(name, statistics.median(values), percentile(values, 0.95)) for name, values in seconds.items()],
    )


def _start(app: ServerProcess) -> dict[str, float]:
    started_at = time.monotonic()
    app.start()
    try:
        url = f"{app.addresses[0]}/api"
        times = {"it listens": time.monotonic() - started_at}
        session = requests.Session()
        steps: dict[str, Callable[[], requests.Response]] = {
            "the first list of reports": lambda: session.get(
                f"{url}/reports", timeout=REQUEST_TIMEOUT_SECONDS
            ),
            "the first report is accepted": lambda: session.post(
                f"{url}/reports", json={"sample_size": 1}, timeout=REQUEST_TIMEOUT_SECONDS
            ),
        }
        for name, send in steps.items():
            send().raise_for_status()
            times[name] = time.monotonic() - started_at
        return times
    finally:
        app.stop()


if __name__ == "__main__":
    main()
