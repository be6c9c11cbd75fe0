"""``make bench``: every bench in turn, each in a process of its own, and how long it took.

python -m tools.bench peers growth
"""

import argparse
import subprocess
import sys
import time

from tools.bench.measuring import say
from tools.local.process import REPOSITORY, python

BENCHES = ("peers", "growth", "many_reports", "batch_width", "start", "api_load", "devhost_fan_out")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="BENCH", help=f"of {', '.join(BENCHES)}; all if none")
    names = parser.parse_args().names or list(BENCHES)
    if unknown := [name for name in names if name not in BENCHES]:
        parser.error(f"there is no bench {unknown[0]!r}; there are: {', '.join(BENCHES)}")
    began = time.monotonic()
    for name in names:
        say(f"## {name}\n")
        started = time.monotonic()
        ended = subprocess.run(python("-m", f"tools.bench.{name}"), cwd=REPOSITORY, check=False)
        if ended.returncode:
            return ended.returncode
        say(f"{name} took {time.monotonic() - started:.0f} s.\n")
    say(f"Together {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
