"""The local host's fan-out rate, and its memory after orchestrations are purged.

One devhost process runs the app of its own tests. The benchmark first runs an orchestration of 1,000
activities a few times, then 20,000 activities in orchestrations of 100, ten at a time; it purges each
orchestration after it ends.

    python -m tools.bench.devhost_fan_out --rounds 5
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import requests

from tools.bench.harness import ProcessStats, print_line, print_table
from tools.local.process import REPOSITORY, ServerProcess, python

APP = REPOSITORY / "tools/devhost/tests/apps/durable_native"
FAN_OUT = 1_000
BATCH = 100
CONCURRENT = 10
POLL_SECONDS = 0.01


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--activities", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = python("-m", "devhost", "--app", str(APP), "--port", "0")
        host = ServerProcess(
            "devhost", command, [r"\nlistening on (http\S+)\n"], Path(folder) / "devhost.log"
        )
        try:
            (url,) = host.start()
            measure(url, ProcessStats.of(host), options.rounds, options.activities)
        finally:
            host.stop()


def measure(url: str, stats: ProcessStats, rounds: int, activities: int) -> None:
    session = requests.Session()
    rate = statistics.median(FAN_OUT / run_fan_outs([FAN_OUT], url, session) for _ in range(rounds))
    print_line(f"### The local host\n\nOne fan-out of {FAN_OUT:,} activities: {rate:,.0f} a second.\n")
    per_step = CONCURRENT * BATCH
    rows: list[tuple[str, float, float]] = []
    for done in range(per_step, activities + 1, per_step):
        rate = per_step / run_fan_outs([BATCH] * CONCURRENT, url, session)
        rows.append((f"{done:,}", rate, stats.memory_mb))
    print_table(["activities so far, purged", "activities/s", "MB"], rows[:: max(1, len(rows) // 5)])


def run_fan_outs(sizes: list[int], url: str, session: requests.Session) -> float:
    """Run concurrent orchestrations with these numbers of activities and purge them; returns the seconds.

    Raises SystemExit if one does not complete.
    """
    started_at = time.monotonic()
    started = [session.post(f"{url}/api/start/fan_out", json=size).json() for size in sizes]
    for links in started:
        while (response := session.get(links["statusQueryGetUri"])).status_code == requests.codes.accepted:
            time.sleep(POLL_SECONDS)
        if response.json()["runtimeStatus"] != "Completed":
            raise SystemExit(f"An orchestration did not complete: {response.text}")
    seconds = time.monotonic() - started_at
    for links in started:
        session.delete(links["purgeHistoryDeleteUri"]).raise_for_status()
    return seconds


if __name__ == "__main__":
    main()
