"""What the app's start costs: the packages that it imports, and the time to its first answers.

An import is timed in a process of its own with ``-X importtime``, and the fastest of the rounds is shown.
A package has the time of all of its modules, of whoever imported them first; modules of nobody listed are
the standard library's, and the rest's.

    python -m tools.bench.start --rounds 5
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

from tools.bench.measuring import replica, say, table
from tools.local import emulators, hosts
from tools.local.emulators import Storage
from tools.local.process import REPOSITORY, Server, python

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
    "the app's own": r"function_app|adapters|activities|domain|orchestrators|triggers",
}
TIMED = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    import_times(rounds)
    first_answers(rounds)


def import_times(rounds: int) -> None:
    fastest = min((_imported() for _ in range(rounds)), key=lambda found: sum(found.values()))
    whole = sum(fastest.values())
    dearest_first = sorted(fastest.items(), key=lambda one: -one[1])
    say("### Importing `function_app`\n")
    table(
        ["package", "ms", "share"],
        [
            *((name, spent, f"{spent / whole:.0%}") for name, spent in dearest_first),
            ("**together**", whole, "100%"),
        ],
    )


def _imported() -> dict[str, float]:
    """Milliseconds by package."""
    command = python("-X", "importtime", "-c", "import function_app")
    answer = subprocess.run(command, check=True, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY)
    found = defaultdict(float, dict.fromkeys(PACKAGES, 0.0))
    for microseconds, module in TIMED.findall(answer.stderr):
        found[_package(module)] += int(microseconds) / 1000
    return found


def _package(module: str) -> str:
    for name, pattern in PACKAGES.items():
        if re.match(rf"(?:{pattern})(?:\.|$)", module):
            return name
    return "the standard library and all others"


def first_answers(rounds: int) -> None:
    """From the start of the host's process, on storage that has the table and container already."""
    with tempfile.TemporaryDirectory() as folder, replica() as pokeapi_url:
        azurite = emulators.azurite(Path(folder) / "azurite.log")
        try:
            storage = Storage(*azurite.start())
            steps = [
                _start(hosts.function_app(Path(folder) / "app.log", storage, pokeapi_url))
                for _ in range(rounds)
            ]
        finally:
            azurite.stop()
    say("### Cold start on `devhost`\n")
    table(
        ["until", "s"],
        [(name, statistics.median(found[name] for found in steps)) for name in steps[0]],
    )


def _start(app: Server) -> dict[str, float]:
    began = time.monotonic()
    app.start()
    try:
        url = f"{app.addresses[0]}/api"
        reached = {"it listens": time.monotonic() - began}
        session = requests.Session()
        asks: dict[str, Callable[[], requests.Response]] = {
            "the first list of reports": lambda: session.get(f"{url}/reports", timeout=60),
            "the first report is accepted": lambda: session.post(
                f"{url}/reports", json={"sample_size": 1}, timeout=60
            ),
        }
        for name, ask in asks.items():
            ask().raise_for_status()
            reached[name] = time.monotonic() - began
        return reached
    finally:
        app.stop()


if __name__ == "__main__":
    main()
