"""Counts of the checks of each invariant, and the violations."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock


class Invariant(StrEnum):
    """What must hold whichever part fails. The values are printed in the results."""

    RESPONSES = "every response is one that the API documents"
    DURABLE = "an accepted report exists until it is deleted"
    ENDS = "every report ends"
    OUTCOME = "every outcome matches the report's history"
    FINAL = "an outcome does not change"
    INTACT = "every CSV is intact: bytes, sha256, rows, order"
    CORRECT = "every row and every failure was requested"
    IDEMPOTENT = "one idempotency key creates one report"
    LIMIT = "no more reports are open than the limit allows"
    REFUSED = "a refused request leaves nothing"
    LISTED = "the list has every report once, newest first"
    DELETED = "a deleted report is gone"
    LINKS = "a share link opens its report until it is revoked"
    BLOBS = "every blob belongs to a published report"
    OUTBOX = "no outbox row is left without work to do"
    KEYS = "every idempotency key belongs to a report"
    ENGINE = "every instance belongs to a report and has ended"
    HOST = "the host exits only when it is killed"
    EMPTY = "after all reports are deleted, no data is left"
    NO_TRACES = "no table, queue or container has a deleted report's id"


@dataclass(frozen=True)
class Violation:
    invariant: Invariant
    report_id: str
    detail: str

    def __str__(self) -> str:
        return f"{self.invariant}: report {self.report_id}: {self.detail}"


class Findings:
    """Thread-safe."""

    def __init__(self) -> None:
        self.checked: Counter[Invariant] = Counter()
        self.responses: Counter[str] = Counter()
        self._violations: dict[Violation, None] = {}
        self._lock = Lock()

    def check(self, invariant: Invariant, holds: bool, report_id: str, detail: str) -> bool:
        """Count a check, record a violation unless the invariant holds, and return ``holds``."""
        with self._lock:
            self.checked[invariant] += 1
            if not holds:
                self._violations[Violation(invariant, report_id, detail)] = None
        return holds

    @property
    def violations(self) -> list[Violation]:
        """The distinct violations in the order in which they were found."""
        with self._lock:
            return list(self._violations)

    def count_response(self, status: str) -> None:
        """Count a response by its status code, or a request without a response."""
        with self._lock:
            self.responses[status] += 1
