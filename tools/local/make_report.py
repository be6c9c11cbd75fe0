"""``make report``: start the local system, create a report and save its CSV, with `poke`'s own code."""

import argparse
import signal
import sys
import time
import uuid
from pathlib import Path
from typing import Any

from cli import csv_file, output
from cli.api import Api
from cli.errors import NoCsvError, PokeError
from cli.progress import wait_until_ended
from cli.request_options import generation_name
from cli.retry_policy import RetryPolicy
from cli.transport import Transport
from cli.visitors import Visitors
from tools.local import stack
from tools.local.process import ServerError

SETTINGS = {"type": "TYPE", "generation": "GENERATION", "sample_size": "SAMPLE", "seed": "SEED"}
"""The settings of `make report` by the fields of the request, for error messages."""
POLL_SECONDS = 0.1
RETRY_TIMEOUT_SECONDS = 30


def main() -> int:
    parser = argparse.ArgumentParser(prog="make report", description=__doc__)
    parser.add_argument("--type", help="Pokémon type, such as electric")
    parser.add_argument("--generation", type=generation_name, help="generation, such as generation-iii or 3")
    # The API validates the numbers, so that all errors are reported at once.
    parser.add_argument("--sample", type=_number, help="number of Pokémon in a random sample")
    parser.add_argument("--seed", type=_number, help="seed for the random sample")
    parser.add_argument("--out", type=Path, default=Path("report.csv"), help="file to save the CSV to")
    parser.add_argument("--pokeapi", help="base URL of a PokéAPI to use instead of the replica")
    parser.add_argument("--replica", default="", help="switches for the replica, such as '--error-rate 0.1'")
    options = parser.parse_args()
    try:
        csv_file.check_path(options.out, force=True)
    except PokeError as error:
        parser.error(f"OUT={options.out}: {error}")

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    logs = stack.LOCAL_FOLDER / "report"
    request = {
        "type": options.type,
        "generation": options.generation,
        "sample_size": options.sample,
        "seed": options.seed,
    }
    try:
        with stack.running(
            logs, pokeapi_url=options.pokeapi, replica_switches=options.replica.split()
        ) as running:
            started_at = time.monotonic()
            visitors = Visitors(output.print_message, logs)
            report = make(running.api_url.removesuffix("/api"), request, options.out, visitors)
            seconds = time.monotonic() - started_at
    except PokeError as error:
        sys.stderr.write(f"No report: {output.format_error(error, SETTINGS)}\nThe logs are in {logs}.\n")
        return 1
    except ServerError as error:
        sys.stderr.write(f"No report: {error}\nThe logs are in {logs}.\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("No report: interrupted.\n")
        return 130
    sys.stdout.write(output.summary(report, options.out, seconds) + "\n")
    return 0


def _number(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


def make(url: str, request: dict[str, Any], out: Path, visitors: Visitors) -> dict[str, Any]:
    """Create a report, wait until it ends, save its CSV and return the report.

    Raises PokeError if there is no CSV.
    """
    api = Api(Transport(url, visitors=visitors), RetryPolicy(RETRY_TIMEOUT_SECONDS, output.print_message))
    report = wait_until_ended(api, api.create(request, str(uuid.uuid4())), poll_seconds=POLL_SECONDS)
    if report["links"]["download"] is None:
        raise NoCsvError(output.missing_csv_reason(report))
    csv_file.save(api, report, out, force=True)
    return report


if __name__ == "__main__":
    sys.exit(main())
