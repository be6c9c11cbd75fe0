"""Shared by the benchmarks: the system under test, an API client, process statistics, Markdown tables."""

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from domain.report import OPEN
from tools.local import emulators, stack
from tools.local.process import ServerProcess
from tools.local.replica_control import stats
from tools.local.stack import Stack

REALISTIC_POKEAPI = ("--latency-ms", "60", "--pad-kb", "100")
"""Replica switches for the latency and the document size of the live PokéAPI."""
VISITOR_TOKEN = "the-benchmark-token-00"
VISITOR = {"Poke-Visitor": VISITOR_TOKEN}
POLL_SECONDS = 0.05
REQUEST_TIMEOUT_SECONDS = 60
REPORT_TIMEOUT_SECONDS = 3600


@contextmanager
def running_replica(*switches: str) -> Iterator[str]:
    """Run a PokéAPI replica for the length of the block; yields its base URL."""
    with tempfile.TemporaryDirectory() as folder:
        server = emulators.replica(Path(folder) / "replica.log", *switches)
        try:
            yield server.start()[0]
        finally:
            server.stop()


@contextmanager
def running_system(
    pokeapi_url: str, settings: Mapping[str, str] | None = None, app_switches: Sequence[str] = ()
) -> Iterator[Stack]:
    """Run the system with empty in-memory storage for the length of the block."""
    with (
        tempfile.TemporaryDirectory() as folder,
        stack.running(
            Path(folder), pokeapi_url=pokeapi_url, settings=settings, app_switches=app_switches
        ) as running,
    ):
        yield running


class ReportApi:
    """A minimal client of the API.

    Unlike `cli.api`, it sends no idempotency key, which would add a table write to each measured request.
    """

    def __init__(self, running: Stack) -> None:
        self._url = running.api_url
        self._session = requests.Session()
        self._session.headers.update(VISITOR)

    def create(self, **request: Any) -> dict[str, Any]:
        return self._send("POST", "/reports", json=request)

    def get(self, report_id: str) -> dict[str, Any]:
        return self._send("GET", f"/reports/{report_id}")

    def make(self, **request: Any) -> tuple[dict[str, Any], float]:
        """Create a report and wait until it succeeds; returns it and the seconds since the request.

        Raises SystemExit if it does not succeed.
        """
        started_at = time.monotonic()
        report = self.create(**request)
        while report["status"] in OPEN:
            if time.monotonic() - started_at > REPORT_TIMEOUT_SECONDS:
                raise SystemExit(f"The report did not end in {REPORT_TIMEOUT_SECONDS} s: {report}")
            time.sleep(POLL_SECONDS)
            report = self.get(report["id"])
        seconds = time.monotonic() - started_at
        if report["status"] != "succeeded":
            raise SystemExit(f"The report did not succeed: {report}")
        return report, seconds

    def _send(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        response = self._session.request(
            method, f"{self._url}{path}", timeout=REQUEST_TIMEOUT_SECONDS, **arguments
        )
        response.raise_for_status()
        report: dict[str, Any] = response.json()
        return report


def request_count(pokeapi_url: str) -> int:
    """Return the number of requests that a replica has received."""
    count: int = stats(pokeapi_url)["requests"]
    return count


@dataclass(frozen=True)
class ProcessStats:
    """Memory and CPU time of a server's process, from Linux's /proc."""

    pid: int

    @classmethod
    def of(cls, server: ServerProcess) -> "ProcessStats":
        return cls(server.pid)

    def reset_peak(self) -> None:
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    @property
    def peak_mb(self) -> float:
        """The peak resident memory since the start or the last reset."""
        return self._memory_mb("VmHWM")

    @property
    def memory_mb(self) -> float:
        return self._memory_mb("VmRSS")

    @property
    def cpu_seconds(self) -> float:
        """The CPU time of all threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _memory_mb(self, name: str) -> float:
        match = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{self.pid}/status").read_text())
        if match is None:
            raise SystemExit(f"Process {self.pid} has exited.")
        return int(match[1]) / 1024


def print_line(text: str = "") -> None:
    """Print a line immediately, so that long benchmarks show progress."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a Markdown table; the first column is left-aligned, the others are numbers."""
    print_line(_row(headers))
    print_line(_row(["---", *(["---:"] * (len(headers) - 1))]))
    for row in rows:
        print_line(_row([_cell(value) for value in row]))
    print_line()


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    """Format a float with three significant digits."""
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}" if value >= 10 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value at a share, such as 0.95, of the sorted values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
