"""Throughput and fairness of concurrent reports, with and without a line, on either host.

Four clients create all reports on one instance, with a PokéAPI of realistic latency. A small report of 20
Pokémon follows them; *20 alone* is a small report before them. The ends are counted from the first POST, and
the small reports from their own, by the times in the records.

*cold*: an empty cache, and a dataset of which each report selects mostly different Pokémon. *warm*: the real
dataset, after a report of all its Pokémon.

    HOST=func python -m tools.bench.many_reports --reports 50 --sample 150 --at-once 3 40
"""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from statistics import mean
from typing import Any

from domain.report import OPEN
from tools.bench.harness import (
    REALISTIC_POKEAPI,
    ReportApi,
    percentile,
    print_line,
    print_table,
    running_replica,
    running_system,
)
from tools.local import hosts
from tools.local.hosts import UNLIMITED_SETTINGS
from tools.local.stack import Stack

POLL_SECONDS = 0.5
CLIENTS = 4
"""How many clients create reports at the same time."""
SMALL_SAMPLE = 20
MOST_REPORTS = 99
"""All reports and the small one fit on one page of the list."""
HEADERS = (
    "at once",
    "cache",
    "s",
    "Pokémon/s",
    "first ended",
    "mean ended",
    "mean / last",
    "20 alone",
    "20 last",
    "POST p95 ms",
)


@dataclass(frozen=True)
class Run:
    """Seconds: the ends of the reports in order, and of the small report alone and as the last one."""

    ends: list[float]
    alone: float
    latecomer: float
    post_seconds: list[float]

    def row(self, at_once: str, cache: str, pokemon: int) -> tuple[object, ...]:
        last = self.ends[-1]
        return (
            at_once,
            cache,
            last,
            pokemon / last,
            self.ends[0],
            mean(self.ends),
            mean(self.ends) / last,
            self.alone,
            self.latecomer,
            1000 * percentile(self.post_seconds, 0.95),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reports", type=int, default=50)
    parser.add_argument("--sample", type=int, default=150)
    parser.add_argument("--at-once", type=int, nargs="+", default=[3, 40], metavar="REPORTS_AT_ONCE")
    options = parser.parse_args()
    if options.reports > MOST_REPORTS:
        parser.error(f"--reports must be at most {MOST_REPORTS}; got {options.reports}")
    large = ("--synthetic", str(2 * options.reports * options.sample))
    rows = []
    with (
        running_replica(*REALISTIC_POKEAPI, *large) as cold_url,
        running_replica(*REALISTIC_POKEAPI) as warm_url,
    ):
        for at_once in options.at_once:
            settings = {**UNLIMITED_SETTINGS, "REPORTS_AT_ONCE": str(at_once)}
            for cache, pokeapi_url in (("cold", cold_url), ("warm", warm_url)):
                with running_system(pokeapi_url, settings) as running:
                    if cache == "warm":
                        ReportApi(running).make(seed=1)
                    run = measure(running, options.reports, options.sample)
                rows.append(run.row(str(at_once), cache, options.reports * options.sample))
    place = " on Azure's host" if hosts.selected() == hosts.FUNC else ""
    print_line(f"### {options.reports} reports of {options.sample} Pokémon at once{place}\n")
    print_table(HEADERS, rows)


def measure(running: Stack, count: int, sample: int) -> Run:
    api = ReportApi(running)
    small, _ = api.make(sample_size=SMALL_SAMPLE, seed=count + 1)
    ids, post_seconds = create_reports(running, count, sample)
    latecomer = api.create(sample_size=SMALL_SAMPLE, seed=count + 2)["id"]
    ends = ends_of(api, ids)
    return Run(ends, duration(small), duration(api.get(latecomer)), post_seconds)


def create_reports(running: Stack, count: int, sample: int) -> tuple[list[str], list[float]]:
    """The ids of the new reports, and the seconds that each request took."""
    post_seconds: list[float] = []

    def create(seed: int) -> str:
        started_at = time.monotonic()
        report_id: str = ReportApi(running).create(sample_size=sample, seed=seed)["id"]
        post_seconds.append(time.monotonic() - started_at)
        return report_id

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(create, range(1, count + 1))), post_seconds


def ends_of(api: ReportApi, ids: list[str]) -> list[float]:
    """Wait for the reports; returns the seconds from the first request to each end, in order."""
    reports = [api.get(report_id) for report_id in ids]
    while any(report["status"] in OPEN for report in reports):
        time.sleep(POLL_SECONDS)
        reports = [api.get(report_id) for report_id in ids]
    first_post = min(report["created_at"] for report in reports)
    return sorted(seconds_between(first_post, report["finished_at"]) for report in reports)


def duration(report: dict[str, Any]) -> float:
    return seconds_between(report["created_at"], report["finished_at"])


def seconds_between(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


if __name__ == "__main__":
    main()
