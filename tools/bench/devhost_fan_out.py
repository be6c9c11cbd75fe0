"""How fast the local host fans out, and what it keeps in memory of orchestrations that are over and purged.

One devhost process, with the app of its own tests, is asked over HTTP. First for one orchestration of 1,000
activities, a few times; then for 20,000 activities in orchestrations of 100, ten at a time, each purged when
it has ended.

    python -m tools.bench.devhost_fan_out --rounds 5
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import requests

from tools.bench.measuring import Process, say, table
from tools.local.process import REPOSITORY, Server, python

APP = REPOSITORY / "tests" / "apps" / "durable_native"
FAN_OUT = 1_000
BATCH = 100
AT_ONCE = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--activities", type=int, default=20_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = python("-m", "devhost", "--app", str(APP), "--port", "0")
        host = Server("devhost", command, [r"\nlistening on (http\S+)\n"], Path(folder) / "devhost.log")
        try:
            (url,) = host.start()
            measure(url, Process.of(host), asked.rounds, asked.activities)
        finally:
            host.stop()


def measure(url: str, host: Process, rounds: int, activities: int) -> None:
    session = requests.Session()
    rate = statistics.median(FAN_OUT / seconds_of([FAN_OUT], url, session) for _ in range(rounds))
    say(f"### The local host\n\nOne fan-out of {FAN_OUT:,} activities: {rate:,.0f} a second.\n")
    per_step = AT_ONCE * BATCH
    rows: list[tuple[str, float, float]] = []
    for done in range(per_step, activities + 1, per_step):
        rate = per_step / seconds_of([BATCH] * AT_ONCE, url, session)
        rows.append((f"{done:,}", rate, host.memory_mb))
    table(["activities so far, purged", "activities/s", "MB"], rows[:: max(1, len(rows) // 5)])


def seconds_of(fan_outs: list[int], url: str, session: requests.Session) -> float:
    """Run an orchestration of so many activities for each number, all at once, and purge them."""
    began = time.monotonic()
    started = [session.post(f"{url}/api/start/fan_out", json=count).json() for count in fan_outs]
    for links in started:
        while (answer := session.get(links["statusQueryGetUri"])).status_code == requests.codes.accepted:
            time.sleep(0.01)
        if answer.json()["runtimeStatus"] != "Completed":
            raise SystemExit(f"an orchestration did not complete: {answer.text}")
    seconds = time.monotonic() - began
    for links in started:
        session.delete(links["purgeHistoryDeleteUri"]).raise_for_status()
    return seconds


if __name__ == "__main__":
    main()
