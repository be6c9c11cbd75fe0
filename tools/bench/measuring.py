"""What the benches share: the system under test, a report's way through its API, and tables in Markdown."""

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

from tools.local import emulators, stack
from tools.local.process import Server
from tools.local.stack import Stack

REAL_POKEAPI = ("--latency-ms", "60", "--pad-kb", "100")
"""The replica's switches for documents as slow and as heavy as PokéAPI's."""
POLL_SECONDS = 0.05
PATIENCE_SECONDS = 3600
OPEN = {"queued", "running"}


@contextmanager
def replica(*switches: str) -> Iterator[str]:
    """The base URL of a replica that runs as long as the block."""
    with tempfile.TemporaryDirectory() as folder:
        server = emulators.replica(Path(folder) / "replica.log", *switches)
        try:
            yield server.start()[0]
        finally:
            server.stop()


@contextmanager
def system(
    pokeapi_url: str, settings: Mapping[str, str] | None = None, app_switches: Sequence[str] = ()
) -> Iterator[Stack]:
    """The whole system, with empty storage in memory, asking the PokéAPI at the URL."""
    with (
        tempfile.TemporaryDirectory() as folder,
        stack.running(
            Path(folder), pokeapi_url=pokeapi_url, settings=settings, app_switches=app_switches
        ) as running,
    ):
        yield running


class Api:
    """The system's API, as a patient program uses it."""

    def __init__(self, running: Stack) -> None:
        self._url = running.api_url
        self._session = requests.Session()

    def create(self, **request: Any) -> dict[str, Any]:
        answer = self._session.post(f"{self._url}/reports", json=request, timeout=60)
        answer.raise_for_status()
        report: dict[str, Any] = answer.json()
        return report

    def show(self, report_id: str) -> dict[str, Any]:
        answer = self._session.get(f"{self._url}/reports/{report_id}", timeout=60)
        answer.raise_for_status()
        report: dict[str, Any] = answer.json()
        return report

    def make(self, **request: Any) -> tuple[dict[str, Any], float]:
        """The report when it has ended, and the seconds since it was asked for. Raises SystemExit unless
        it has every row."""
        began = time.monotonic()
        report = self.create(**request)
        while report["status"] in OPEN:
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise SystemExit(f"the report does not end: {report}")
            time.sleep(POLL_SECONDS)
            report = self.show(report["id"])
        seconds = time.monotonic() - began
        if report["status"] != "succeeded":
            raise SystemExit(f"the report did not succeed: {report}")
        return report, seconds


def asked_for(pokeapi_url: str) -> int:
    """How many requests a replica has had."""
    stats = requests.get(pokeapi_url.removesuffix("/api/v2") + "/replica/stats", timeout=60).json()
    requests_: int = stats["requests"]
    return requests_


@dataclass(frozen=True)
class Process:
    """A running server's process, as Linux counts what it uses."""

    pid: int

    @classmethod
    def of(cls, server: Server) -> "Process":
        return cls(server.pid)

    def forget_peak(self) -> None:
        """Let the peak of memory begin anew."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    @property
    def peak_mb(self) -> float:
        """The most that was resident since the start, or since the peak was forgotten."""
        return self._memory_mb("VmHWM")

    @property
    def memory_mb(self) -> float:
        return self._memory_mb("VmRSS")

    @property
    def cpu_seconds(self) -> float:
        """What all its threads have computed so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _memory_mb(self, name: str) -> float:
        found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{self.pid}/status").read_text())
        if found is None:
            raise SystemExit(f"process {self.pid} has ended")
        return int(found[1]) / 1024


def say(text: str = "") -> None:
    """A line now, so that a long bench shows that it lives."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A Markdown table; the first column is text, the others are figures."""
    say(_line(heads))
    say(_line(["---", *(["---:"] * (len(heads) - 1))]))
    for row in rows:
        say(_line([_shown(value) for value in row]))
    say()


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _shown(value: object) -> str:
    """Three digits that count, as far as there are any behind the point."""
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}" if value >= 10 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
