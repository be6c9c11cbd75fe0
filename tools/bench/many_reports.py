"""Throughput and fairness of concurrent reports.

All reports, each of different Pokémon, are created together on one instance, with a PokéAPI of realistic
latency. A small report of 20 Pokémon follows them. Seconds are counted from the first POST. Progress is
read from the list of reports.

    python -m tools.bench.many_reports --reports 1 10 50 --sample 150
"""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import requests

from tools.bench.harness import (
    REALISTIC_POKEAPI,
    REQUEST_TIMEOUT_SECONDS,
    ReportApi,
    percentile,
    print_line,
    print_table,
    running_replica,
    running_system,
)
from tools.local.stack import Stack

POLL_SECONDS = 0.1
SETTINGS = {"MAX_OPEN_REPORTS": "1000"}
MAX_PAGE_SIZE = 100
LATECOMER_SAMPLE = 20


@dataclass
class Timeline:
    """When each report was first seen with progress, and when it was first seen ended.

    ``latecomer`` is the small report that was created last; only its end is recorded.
    """

    started_at: float
    latecomer: str = ""
    latecomer_ended: float | None = None
    progress: dict[str, float] = field(default_factory=dict)
    ended: dict[str, float] = field(default_factory=dict)

    def poll(self, running: Stack) -> None:
        url = f"{running.api_url}/reports?limit={MAX_PAGE_SIZE}"
        response = requests.get(url, timeout=REQUEST_TIMEOUT_SECONDS)
        seconds = time.monotonic() - self.started_at
        for report in response.json()["reports"]:
            if report["id"] == self.latecomer:
                if report["status"] == "succeeded" and self.latecomer_ended is None:
                    self.latecomer_ended = seconds
                continue
            if report["progress"]["done"]:
                self.progress.setdefault(report["id"], seconds)
            if report["status"] == "succeeded":
                self.ended.setdefault(report["id"], seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[1, 10, 50])
    parser.add_argument("--sample", type=int, default=150)
    options = parser.parse_args()
    if max(options.reports) >= MAX_PAGE_SIZE:
        parser.error(f"--reports must be less than {MAX_PAGE_SIZE}; got {max(options.reports)}")
    rows = []
    with running_replica(*REALISTIC_POKEAPI) as pokeapi_url:
        with running_system(pokeapi_url) as running:
            # The replica generates documents at their first request.
            ReportApi(running).make(sample_size=max(options.reports) * options.sample)
        for count in options.reports:
            timeline = measure(pokeapi_url, count, options.sample)
            last = max(timeline.ended.values())
            rows.append(
                (
                    f"{count}",
                    last,
                    count * options.sample / last,
                    *spread(timeline.progress),
                    *spread(timeline.ended),
                    timeline.latecomer_ended,
                )
            )
    print_line("### Many reports at once\n")
    spreads = [
        f"{event} {position}" for event in ("progress:", "ended:") for position in ("first", "median", "last")
    ]
    print_table(["reports", "s", "Pokémon/s", *spreads, f"{LATECOMER_SAMPLE} more: ended"], rows)


def measure(pokeapi_url: str, count: int, sample: int) -> Timeline:
    with running_system(pokeapi_url, SETTINGS) as running, ThreadPoolExecutor(count) as pool:
        timeline = Timeline(time.monotonic())
        seeds = range(1, count + 1)
        list(pool.map(lambda seed: ReportApi(running).create(sample_size=sample, seed=seed), seeds))
        latecomer = ReportApi(running).create(sample_size=LATECOMER_SAMPLE, seed=count + 1)
        timeline.latecomer = latecomer["id"]
        while len(timeline.ended) < count or timeline.latecomer_ended is None:
            time.sleep(POLL_SECONDS)
            timeline.poll(running)
        return timeline


def spread(seconds: dict[str, float]) -> tuple[float, float, float]:
    """Return the first, the median and the last."""
    values = list(seconds.values())
    return min(values), percentile(values, 0.5), max(values)


if __name__ == "__main__":
    main()
