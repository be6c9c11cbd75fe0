"""A report beside the scripts that one would write instead, against the same replica in the same run.

Every row of a table made the same CSV, byte for byte, of the same documents; the floor is an asyncio client
with as many connections as the app has. The report's time is from the POST until the API says that it has
ended, on a system that is up; `make report` is timed from its start to its end, with starting and
stopping everything.

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

from tools.bench.measuring import REAL_POKEAPI, Api, Process, asked_for, replica, say, system, table
from tools.local.process import REPOSITORY, python

EVERY_POKEMON = 1_351
SEED = 1
CONNECTIONS = "32"
PEERS = {
    "one request after another": ("one-by-one",),
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
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 150, EVERY_POKEMON])
    parser.add_argument(
        "--rounds", type=int, default=3, help="medians of so many; the slowest peer runs once"
    )
    asked = parser.parse_args()
    with replica(*REAL_POKEAPI) as pokeapi_url:
        for size in asked.sizes:
            compare(pokeapi_url, size, asked.rounds)


def compare(pokeapi_url: str, size: int, rounds: int) -> None:
    sample = None if size == EVERY_POKEMON else size
    peer(pokeapi_url, PEERS[FLOOR], sample)  # the replica makes its documents at their first request
    runs: dict[str, list[Run]] = {}
    for number in range(rounds):
        for name, arguments in PEERS.items():
            if number == 0 or arguments[0] != "one-by-one":
                runs.setdefault(name, []).append(peer(pokeapi_url, arguments, sample))
        for name, run in reports(pokeapi_url, sample).items():
            runs.setdefault(name, []).append(run)
    _same_csv(runs)
    floor = _median(runs[FLOOR], lambda run: run.seconds)
    say(f"### {size:,} Pokémon\n")
    table(
        ["", "s", "times the floor", "requests a Pokémon", "peak MB"],
        [
            (
                name,
                _median(found, lambda run: run.seconds),
                _median(found, lambda run: run.seconds) / floor,
                _median(found, lambda run: run.requests) / size,
                _median(found, lambda run: run.peak_mb),
            )
            for name, found in runs.items()
        ],
    )
    whole = statistics.median(make_report(pokeapi_url, sample) for _ in range(rounds))
    say(f"`make report`, everything started and stopped: {whole:.1f} s.\n")


def peer(pokeapi_url: str, arguments: tuple[str, ...], sample: int | None) -> Run:
    before = asked_for(pokeapi_url)
    command = python(
        "-m", "tools.bench.peer_process", arguments[0], pokeapi_url, *arguments[1:], "--seed", str(SEED)
    )
    if sample is not None:
        command += ["--sample", str(sample)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=REPOSITORY)
    told: dict[str, Any] = json.loads(answer.stdout)
    return Run(told["seconds"], asked_for(pokeapi_url) - before, told["peak_mb"], told["sha256"])


def reports(pokeapi_url: str, sample: int | None) -> dict[str, Run]:
    """The same report three times: on a new system, again, and by a new instance over the same storage."""
    with system(pokeapi_url) as running:
        cold = report(Api(running), Process.of(running.app), pokeapi_url, sample)
        warm = report(Api(running), Process.of(running.app), pokeapi_url, sample)
        running.app.stop()
        running.app.start()
        again = running.restarted()
        elsewhere = report(Api(again), Process.of(again.app), pokeapi_url, sample)
    return {
        "Poke Queue, cold": cold,
        "Poke Queue, warm": warm,
        "Poke Queue, warm, new instance": elsewhere,
    }


def report(api: Api, app: Process, pokeapi_url: str, sample: int | None) -> Run:
    app.forget_peak()
    before = asked_for(pokeapi_url)
    made, seconds = api.make(sample_size=sample, seed=SEED)
    return Run(seconds, asked_for(pokeapi_url) - before, app.peak_mb, made["result"]["sha256"])


def make_report(pokeapi_url: str, sample: int | None) -> float:
    """The seconds of a whole `make report`."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "report.csv")
        command = python(
            "-m", "tools.local.make_report", "--pokeapi", pokeapi_url, "--out", out, "--seed", str(SEED)
        )
        if sample is not None:
            command += ["--sample", str(sample)]
        began = time.monotonic()
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=REPOSITORY
        )
        return time.monotonic() - began


def _same_csv(runs: dict[str, list[Run]]) -> None:
    if len({run.sha256 for found in runs.values() for run in found}) != 1:
        raise SystemExit(f"they did not make the same CSV: {runs}")


def _median(runs: list[Run], figure: Callable[[Run], float]) -> float:
    return statistics.median(figure(run) for run in runs)


if __name__ == "__main__":
    main()
