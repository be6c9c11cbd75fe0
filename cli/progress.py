"""Waits for a report to end and shows its progress: a bar on a terminal, lines elsewhere."""

import sys
import time
from types import TracebackType
from typing import Self

from tqdm import tqdm

from .api import Api, Json
from .output import print_message, stage, status_line

OPEN_STATUSES = {"queued", "running", "canceling"}
POLL_SECONDS = 1.0
SECONDS_BETWEEN_LINES = 5.0


def wait_until_ended(api: Api, report: Json, *, poll_seconds: float | None = None) -> Json:
    """Poll the report until it ends, and return it. Raises the errors of `Api.get`.

    Without ``poll_seconds``, the server's ``Retry-After`` sets the interval.
    """
    with ProgressDisplay() as display:
        while True:
            display.show(report)
            if report["status"] not in OPEN_STATUSES:
                return report
            time.sleep(poll_seconds or api.retry_after_seconds or POLL_SECONDS)
            report = api.get(report["id"])


class ProgressDisplay:
    def __init__(self) -> None:
        self._bar = tqdm(unit=" Pokémon", leave=False) if sys.stderr.isatty() else None
        self._last_status = ""
        self._last_line_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, report: Json) -> None:
        if self._bar is not None:
            self._bar.total = report["progress"]["total"] or None
            self._bar.update(report["progress"]["done"] - self._bar.n)
            self._bar.set_description(stage(report), refresh=False)
            self._bar.refresh()
        elif self._is_line_due(report["status"]):
            print_message(status_line(report))

    def _is_line_due(self, status: str) -> bool:
        now = time.monotonic()
        if status == self._last_status and now - self._last_line_at < SECONDS_BETWEEN_LINES:
            return False
        self._last_status, self._last_line_at = status, now
        return True
