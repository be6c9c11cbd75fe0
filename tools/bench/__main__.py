"""``make bench``: run benchmarks, each in its own process.

python -m tools.bench peers growth
"""

import argparse
import subprocess
import sys
import time

from tools.bench.harness import print_line
from tools.local.process import REPOSITORY, python

BENCHES = ("peers", "growth", "many_reports", "batch_width", "start", "api_load", "devhost_fan_out")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="BENCH", help=f"{', '.join(BENCHES)} (default: all)")
    names = parser.parse_args().names or list(BENCHES)
    if unknown := [name for name in names if name not in BENCHES]:
        parser.error(f"unknown benchmark {unknown[0]!r}; the benchmarks are {', '.join(BENCHES)}")
    started_at = time.monotonic()
    for name in names:
        print_line(f"## {name}\n")
        bench_started_at = time.monotonic()
        completed = subprocess.run(python("-m", f"tools.bench.{name}"), cwd=REPOSITORY, check=False)
        if completed.returncode:
            return completed.returncode
        print_line(f"{name} took {time.monotonic() - bench_started_at:.0f} s.\n")
    print_line(f"Total: {time.monotonic() - started_at:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
