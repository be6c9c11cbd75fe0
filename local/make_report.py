"""``make report``: the local system, one report through its HTTP API, and the CSV in a file."""

import argparse
import hashlib
import signal
import sys
import time
from pathlib import Path
from typing import Any

import requests
from tqdm import tqdm

from local import stack
from local.server import ServerError

POLL_SECONDS = 0.1
REQUEST_SECONDS = 60


class ReportFailedError(Exception):
    """There is no CSV; the message says why."""


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
    if not asked.out.parent.is_dir():
        parser.error(f"--out {asked.out}: there is no folder {asked.out.parent}")

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    logs = stack.LOCAL_FOLDER / "report"
    try:
        with stack.running(
            logs, pokeapi_url=asked.pokeapi, replica_switches=asked.replica.split()
        ) as running:
            request = {
                "type": asked.type,
                "generation": asked.generation,
                "sample_size": asked.sample,
                "seed": asked.seed,
            }
            began = time.monotonic()
            report = make(running.api_url, request)
            csv = download(running.api_url, report)
            seconds = time.monotonic() - began
    except (ServerError, ReportFailedError) as fault:
        sys.stderr.write(f"No report: {fault}\nThe logs are in {logs}.\n")
        return 1
    except requests.RequestException as fault:
        sys.stderr.write(f"No report: the function app did not answer ({fault}).\nThe logs are in {logs}.\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("No report: stopped.\n")
        return 130
    asked.out.write_bytes(csv)
    sys.stdout.write(summary(report, seconds, asked.out))
    return 0


def make(api_url: str, request: dict[str, Any]) -> dict[str, Any]:
    """Ask for the report and watch it to its end; returns it as the API last showed it."""
    answer = requests.post(f"{api_url}/reports", json=request, timeout=REQUEST_SECONDS)
    if not answer.ok:
        raise ReportFailedError(_problem(answer))
    report: dict[str, Any] = answer.json()
    url = api_url.removesuffix("/api") + report["links"]["self"]
    seconds_between_lines = 0.1 if sys.stderr.isatty() else 5
    with tqdm(unit=" Pokémon", desc="Making the report", mininterval=seconds_between_lines) as bar:
        while report["status"] in {"queued", "running"}:
            time.sleep(POLL_SECONDS)
            report = requests.get(url, timeout=REQUEST_SECONDS).json()
            bar.total = report["progress"]["total"] or None
            bar.update(report["progress"]["done"] - bar.n)
    if not report["links"]["download"]:
        raise ReportFailedError((report["error"] or {}).get("detail", f"it is {report['status']}"))
    return report


def download(api_url: str, report: dict[str, Any]) -> bytes:
    """The CSV, whole: checked against the checksum in the report's record."""
    url = api_url.removesuffix("/api") + report["links"]["download"]
    answer = requests.get(url, timeout=REQUEST_SECONDS)
    answer.raise_for_status()
    if hashlib.sha256(answer.content).hexdigest() != report["result"]["sha256"]:
        raise ReportFailedError("the CSV that came is not the one that was published")
    return answer.content


def summary(report: dict[str, Any], seconds: float, out: Path) -> str:
    """What was made, a line each."""
    lines = [
        f"{report['result']['rows']} rows in {out} ({report['result']['bytes']:,} bytes)",
        f"status {report['status']}, {report['failure_count']} failures",
        f"seed {report['request']['seed']}, {seconds:.1f} s",
        *(f"  without {failure['pokemon']}: {failure['reason']}" for failure in report["failures"]),
        *(f"  note: {warning}" for warning in report["warnings"]),
    ]
    return "\n".join(lines) + "\n"


def _problem(answer: requests.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return f"the function app answered {answer.status_code}"
    faults = [f"{fault['pointer'].lstrip('/')}: {fault['detail']}" for fault in problem.get("errors", ())]
    return " ".join(faults) or str(problem.get("detail"))


if __name__ == "__main__":
    sys.exit(main())
