"""Watches a report until it has ended, and shows how far it is: a bar on a terminal, lines elsewhere."""

import sys
import time
from types import TracebackType
from typing import Self

from tqdm import tqdm

from .api import Api, Json

OPEN = {"queued", "running", "canceling"}
POLL_SECONDS = 1.0
SECONDS_BETWEEN_LINES = 5.0


def say(text: str) -> None:
    """A line for the user, on stderr, above the bar where there is one."""
    tqdm.write(text, file=sys.stderr)


def until_ended(api: Api, report: Json, *, pause: float | None = None) -> Json:
    """The report as the API shows it once it has ended; raises what `Api.show` raises.

    ``pause`` is how many seconds go by between two looks; without it the server's ``Retry-After`` says so.
    """
    with Progress() as progress:
        while True:
            progress.show(report)
            if report["status"] not in OPEN:
                return report
            time.sleep(pause or api.asked_to_wait or POLL_SECONDS)
            report = api.show(report["id"])


class Progress:
    def __init__(self) -> None:
        self._bar = (
            tqdm(unit=" Pokémon", desc="Making the report", leave=False) if sys.stderr.isatty() else None
        )
        self._last_status = ""
        self._last_line_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, report: Json) -> None:
        if self._bar is not None:
            self._bar.total = report["progress"]["total"] or None
            self._bar.update(report["progress"]["done"] - self._bar.n)
            self._bar.refresh()
        elif self._is_worth_a_line(report["status"]):
            say(line(report))

    def _is_worth_a_line(self, status: str) -> bool:
        now = time.monotonic()
        if status == self._last_status and now - self._last_line_at < SECONDS_BETWEEN_LINES:
            return False
        self._last_status, self._last_line_at = status, now
        return True


def line(report: Json) -> str:
    """``Report e5df… is running: 12 of 20 Pokémon.``"""
    progress = report["progress"]
    counted = f": {progress['done']} of {progress['total']} Pokémon" if progress["total"] else ""
    return f"Report {report['id']} is {report['status']}{counted}."
