"""``make report``: the local system, one report through `poke`'s own code, and the CSV in a file."""

import argparse
import signal
import sys
import time
import uuid
from pathlib import Path
from typing import Any

from cli import output, saving, waiting
from cli.api import Api
from cli.faults import NoCsvError, PokeError
from cli.patience import Patience
from cli.transport import Transport
from tools.local import stack
from tools.local.server import ServerError

POLL_SECONDS = 0.1
PATIENCE_SECONDS = 30


def main() -> int:
    parser = argparse.ArgumentParser(prog="make report", description=__doc__)
    parser.add_argument("--type", help="a type, such as electric")
    parser.add_argument("--generation", help="a generation, such as generation-i")
    parser.add_argument("--sample", type=int, help="how many at random")
    parser.add_argument("--seed", type=int, help="makes the sample repeatable")
    parser.add_argument("--out", type=Path, default=Path("report.csv"), help="where the CSV goes")
    parser.add_argument("--pokeapi", help="a PokéAPI to ask instead of the replica")
    parser.add_argument("--replica", default="", help="switches for the replica")
    asked = parser.parse_args()
    try:
        saving.check_target(asked.out, force=True)
    except PokeError as fault:
        parser.error(f"--out {asked.out}: {fault}")

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    logs = stack.LOCAL_FOLDER / "report"
    request = {
        "type": asked.type,
        "generation": asked.generation,
        "sample_size": asked.sample,
        "seed": asked.seed,
    }
    try:
        with stack.running(
            logs, pokeapi_url=asked.pokeapi, replica_switches=asked.replica.split()
        ) as running:
            began = time.monotonic()
            report = make(running.api_url.removesuffix("/api"), request, asked.out)
            seconds = time.monotonic() - began
    except PokeError as fault:
        sys.stderr.write(f"No report: {output.told(fault)}\nThe logs are in {logs}.\n")
        return 1
    except ServerError as fault:
        sys.stderr.write(f"No report: {fault}\nThe logs are in {logs}.\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("No report: stopped.\n")
        return 130
    sys.stdout.write(output.summary(report, seconds, asked.out) + "\n")
    return 0


def make(url: str, request: dict[str, Any], out: Path) -> dict[str, Any]:
    """Ask for the report, watch it to its end and save its CSV; returns it as the API last showed it.

    Raises PokeError where there is no CSV; its message says why.
    """
    api = Api(Transport(url), Patience(PATIENCE_SECONDS, waiting.say))
    report = waiting.until_ended(api, api.create(request, str(uuid.uuid4())), pause=POLL_SECONDS)
    if report["links"]["download"] is None:
        raise NoCsvError(output.why_no_csv(report))
    saving.save(api, report, out, force=True)
    return report


if __name__ == "__main__":
    sys.exit(main())
