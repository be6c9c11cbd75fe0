"""`make report` for every Pokémon beside a bare thread pool that fetches the same documents.

Both ask the same replica (60 ms latency, documents as heavy as PokéAPI's) over the same number of
connections, in turn, in one run. Whole processes are timed: the report's time includes starting and
stopping Azurite and the function app, its HTTP API, engine, storage and CSV.

    python -m bench.report_vs_thread_pool --rounds 3
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from local import servers
from local.server import python

CONNECTIONS = "32"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        replica = servers.replica(Path(folder) / "replica.log", "--latency-ms", "60", "--pad-kb", "100")
        (base_url,) = replica.start()
        csv = str(Path(folder) / "report.csv")
        thread_pool = python("-m", "bench.thread_pool", base_url, "--connections", CONNECTIONS)
        report = python("-m", "local.make_report", "--pokeapi", base_url, "--out", csv)
        try:
            seconds(thread_pool)  # the replica makes its documents at their first request
            pairs = [(seconds(report), seconds(thread_pool)) for _ in range(rounds)]
        finally:
            replica.stop()
    sys.stdout.write("report s  thread pool s  ratio\n")
    for made, fetched in pairs:
        sys.stdout.write(f"{made:8.2f}  {fetched:13.2f}  {made / fetched:5.2f}\n")
    median = statistics.median(made / fetched for made, fetched in pairs)
    sys.stdout.write(f"median ratio {median:.2f}\n")


def seconds(command: list[str]) -> float:
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
