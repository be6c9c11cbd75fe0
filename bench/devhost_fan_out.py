"""How fast the local host fans out, and what it keeps in memory of orchestrations that are over and purged.

One devhost process, with the app of its own tests, is asked over HTTP. First for one orchestration of 1,000
activities, a few times; then for 20,000 activities in orchestrations of 100, ten at a time, each purged when
it has ended.

    python -m bench.devhost_fan_out --rounds 5
"""

import argparse
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from local.server import REPOSITORY, python

APP = REPOSITORY / "tests" / "apps" / "durable_native"
FAN_OUT = 1_000
ACTIVITIES = 20_000
BATCH = 100
AT_ONCE = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with devhost() as (url, pid):
        session = requests.Session()
        rates = [FAN_OUT / seconds_of([FAN_OUT], url, session) for _ in range(rounds)]
        sys.stdout.write(f"one fan-out of {FAN_OUT:,} activities\nround  activities/s\n")
        for number, rate in enumerate(rates, start=1):
            sys.stdout.write(f"{number:5}  {rate:12,.0f}\n")
        sys.stdout.write(f"median {statistics.median(rates):,.0f}\n\n")

        per_step = AT_ONCE * BATCH
        sys.stdout.write(f"{ACTIVITIES:,} activities, {BATCH} an orchestration, purged\n")
        sys.stdout.write("activities  memory MB  activities/s\n")
        sys.stdout.write(f"{0:10,}  {memory_mb(pid):9.1f}\n")
        for done in range(per_step, ACTIVITIES + 1, per_step):
            rate = per_step / seconds_of([BATCH] * AT_ONCE, url, session)
            if done % (2 * per_step) == 0:
                sys.stdout.write(f"{done:10,}  {memory_mb(pid):9.1f}  {rate:12,.0f}\n")


@contextmanager
def devhost() -> Iterator[tuple[str, int]]:
    """A running host's address and process id."""
    command = python("-m", "devhost", "--app", str(APP), "--port", "0")
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = next(line for line in process.stdout if line.startswith("listening on "))
            yield address.split()[-1], process.pid
        finally:
            process.terminate()


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


def memory_mb(pid: int) -> float:
    """What a process has in memory, as Linux counts it."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    if found is None:
        raise SystemExit(f"process {pid} has ended")
    return int(found[1]) / 1024


if __name__ == "__main__":
    main()
