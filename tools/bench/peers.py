"""A report compared with simple scripts that produce the same CSV from the same replica.

Every row of a table produced the same CSV, byte for byte. The floor is an asyncio client with as many
connections as the app has. A report's time is from the POST until the API shows that it has ended, on a
running system. The time of `make report` includes starting and stopping every server.

    python -m tools.bench.peers --sizes 20 150 1351 --rounds 3
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.bench.harness import (
    REALISTIC_POKEAPI,
    ProcessStats,
    ReportApi,
    print_line,
    print_table,
    request_count,
    running_replica,
    running_system,
)
from tools.local.process import REPOSITORY, python

ALL_POKEMON = 1_351
SEED = 1
CONNECTIONS = "32"
PEERS = {
    "one request after another": ("sequential",),
    "10 threads": ("threads", "--connections", "10"),
    "64 threads": ("threads", "--connections", "64"),
    "asyncio, 32 connections": ("asyncio", "--connections", CONNECTIONS),
}
FLOOR = "asyncio, 32 connections"


@dataclass(frozen=True)
class Run:
    seconds: float
    requests: int
    peak_mb: float
    sha256: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 150, ALL_POKEMON])
    parser.add_argument(
        "--rounds", type=int, default=3, help="number of runs for each median; the slowest script runs once"
    )
    options = parser.parse_args()
    with running_replica(*REALISTIC_POKEAPI) as pokeapi_url:
        for size in options.sizes:
            compare(pokeapi_url, size, options.rounds)


def compare(pokeapi_url: str, size: int, rounds: int) -> None:
    sample = None if size == ALL_POKEMON else size
    peer(pokeapi_url, PEERS[FLOOR], sample)  # the replica generates documents at their first request
    runs: dict[str, list[Run]] = {}
    for number in range(rounds):
        for name, arguments in PEERS.items():
            if number == 0 or arguments[0] != "sequential":
                runs.setdefault(name, []).append(peer(pokeapi_url, arguments, sample))
        for name, run in reports(pokeapi_url, sample).items():
            runs.setdefault(name, []).append(run)
    _check_same_csv(runs)
    floor = _median(runs[FLOOR], lambda run: run.seconds)
    print_line(f"### {size:,} Pokémon\n")
    print_table(
        ["", "s", "times the floor", "requests a Pokémon", "peak MB"],
        [
            (
                name,
                _median(measured, lambda run: run.seconds),
                _median(measured, lambda run: run.seconds) / floor,
                _median(measured, lambda run: run.requests) / size,
                _median(measured, lambda run: run.peak_mb),
            )
            for name, measured in runs.items()
        ],
    )
    seconds = statistics.median(make_report(pokeapi_url, sample) for _ in range(rounds))
    print_line(f"`make report`, everything started and stopped: {seconds:.1f} s.\n")


def peer(pokeapi_url: str, arguments: tuple[str, ...], sample: int | None) -> Run:
    before = request_count(pokeapi_url)
    command = python(
        "-m", "tools.bench.peer_process", arguments[0], pokeapi_url, *arguments[1:], "--seed", str(SEED)
    )
    if sample is not None:
        command += ["--sample", str(sample)]
    completed = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=REPOSITORY)
    result: dict[str, Any] = json.loads(completed.stdout)
    return Run(result["seconds"], request_count(pokeapi_url) - before, result["peak_mb"], result["sha256"])


def reports(pokeapi_url: str, sample: int | None) -> dict[str, Run]:
    """Make a report three times: on a new system, again, and on a new instance with the same storage."""
    with running_system(pokeapi_url) as running:
        cold = report(ReportApi(running), ProcessStats.of(running.app), pokeapi_url, sample)
        warm = report(ReportApi(running), ProcessStats.of(running.app), pokeapi_url, sample)
        running.app.stop()
        running.app.start()
        restarted = running.restarted()
        new_instance = report(ReportApi(restarted), ProcessStats.of(restarted.app), pokeapi_url, sample)
    return {
        "Poke Queue, cold": cold,
        "Poke Queue, warm": warm,
        "Poke Queue, warm, new instance": new_instance,
    }


def report(api: ReportApi, app: ProcessStats, pokeapi_url: str, sample: int | None) -> Run:
    app.reset_peak()
    before = request_count(pokeapi_url)
    view, seconds = api.make(sample_size=sample, seed=SEED)
    return Run(seconds, request_count(pokeapi_url) - before, app.peak_mb, view["result"]["sha256"])


def make_report(pokeapi_url: str, sample: int | None) -> float:
    """Return the seconds that `make report` takes."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "report.csv")
        command = python(
            "-m", "tools.local.make_report", "--pokeapi", pokeapi_url, "--out", out, "--seed", str(SEED)
        )
        if sample is not None:
            command += ["--sample", str(sample)]
        started_at = time.monotonic()
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=REPOSITORY
        )
        return time.monotonic() - started_at


def _check_same_csv(runs: dict[str, list[Run]]) -> None:
    if len({run.sha256 for measured in runs.values() for run in measured}) != 1:
        raise SystemExit(f"The CSVs differ: {runs}")


def _median(runs: list[Run], figure: Callable[[Run], float]) -> float:
    return statistics.median(figure(run) for run in runs)


if __name__ == "__main__":
    main()
