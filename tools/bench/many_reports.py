"""Many reports at once: how much they get done together, and whether any waits for all the others.

All are asked for together, of other Pokémon each, on one instance with a PokéAPI as slow as the real one, and
after them a small one of 20. Seconds are counted from the first POST; progress is what the list of reports
shows.

    python -m tools.bench.many_reports --reports 1 10 50 --sample 150
"""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import requests

from tools.bench.measuring import REAL_POKEAPI, Api, percentile, replica, say, system, table
from tools.local.stack import Stack

POLL_SECONDS = 0.1
SETTINGS = {"MAX_OPEN_REPORTS": "1000"}
LONGEST_LIST = 100
LATECOMERS_SAMPLE = 20


@dataclass
class Watched:
    """When each report was first seen with progress, and when it was first seen ended.

    ``latecomer`` is the small one that was asked for last, and is seen to end only.
    """

    began: float
    latecomer: str = ""
    latecomer_ended: float | None = None
    progress: dict[str, float] = field(default_factory=dict)
    ended: dict[str, float] = field(default_factory=dict)

    def look(self, running: Stack) -> None:
        answer = requests.get(f"{running.api_url}/reports?limit={LONGEST_LIST}", timeout=60)
        seconds = time.monotonic() - self.began
        for report in answer.json()["reports"]:
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
    asked = parser.parse_args()
    if max(asked.reports) >= LONGEST_LIST:
        parser.error(f"--reports can be at most {LONGEST_LIST - 1}: one list shows them and the latecomer")
    rows = []
    with replica(*REAL_POKEAPI) as pokeapi_url:
        with system(pokeapi_url) as running:
            # The replica makes its documents at their first request.
            Api(running).make(sample_size=max(asked.reports) * asked.sample)
        for count in asked.reports:
            watched = watch(pokeapi_url, count, asked.sample)
            last = max(watched.ended.values())
            rows.append(
                (
                    f"{count}",
                    last,
                    count * asked.sample / last,
                    *spread(watched.progress),
                    *spread(watched.ended),
                    watched.latecomer_ended,
                )
            )
    say("### Many reports at once\n")
    heads = [f"{of} {which}" for of in ("progress:", "ended:") for which in ("first", "median", "last")]
    table(["reports", "s", "Pokémon/s", *heads, f"{LATECOMERS_SAMPLE} more: ended"], rows)


def watch(pokeapi_url: str, count: int, sample: int) -> Watched:
    with system(pokeapi_url, SETTINGS) as running, ThreadPoolExecutor(count) as askers:
        watched = Watched(time.monotonic())
        list(askers.map(lambda seed: Api(running).create(sample_size=sample, seed=seed), range(1, count + 1)))
        watched.latecomer = Api(running).create(sample_size=LATECOMERS_SAMPLE, seed=count + 1)["id"]
        while len(watched.ended) < count or watched.latecomer_ended is None:
            time.sleep(POLL_SECONDS)
            watched.look(running)
        return watched


def spread(seconds: dict[str, float]) -> tuple[float, float, float]:
    """The first, the median and the last."""
    found = list(seconds.values())
    return min(found), percentile(found, 0.5), max(found)


if __name__ == "__main__":
    main()
