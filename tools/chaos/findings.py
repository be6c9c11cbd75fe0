"""What was checked how often, and every breach that was found."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock


class Rule(StrEnum):
    """What must hold whatever dies, in the words of the final table."""

    ANSWERS = "every answer is one that the contract names"
    KEPT = "an accepted report is there until it is deleted"
    ENDED = "every report ended"
    TRUE = "every end is true to what happened"
    FINAL = "an end does not change"
    WHOLE = "every CSV is whole: bytes, sha256, rows, order"
    RIGHT = "every row and every failure is one that was asked for"
    ONE_KEY = "one idempotency key is one report"
    LISTED = "the list shows every report once, newest first"
    GONE = "a deleted report is gone"
    BLOBS = "no blob without a published report"
    OUTBOX = "no outbox row without something to do"
    KEYS = "no idempotency key without its report"
    ENGINE = "no instance without its report, none that still runs"
    ALIVE = "the host ends only when it is killed"
    EMPTY = "with all reports deleted, nothing is left"
    TRACELESS = "no table, queue or container names a deleted report"


@dataclass(frozen=True)
class Breach:
    rule: Rule
    report_id: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: report {self.report_id}: {self.what}"


class Findings:
    """To be shared among threads."""

    def __init__(self) -> None:
        self.checked: Counter[Rule] = Counter()
        self.answers: Counter[str] = Counter()
        self._breaches: dict[Breach, None] = {}
        self._lock = Lock()

    def check(self, rule: Rule, holds: bool, report_id: str, what: str) -> bool:
        """Count one check, and the breach where the rule does not hold; returns whether it does."""
        with self._lock:
            self.checked[rule] += 1
            if not holds:
                self._breaches[Breach(rule, report_id, what)] = None
        return holds

    @property
    def breaches(self) -> list[Breach]:
        """In the order in which they were found; one that is found again is still one."""
        with self._lock:
            return list(self._breaches)

    def answered(self, how: str) -> None:
        """Count an answer that a client got: its status code, or that there was none."""
        with self._lock:
            self.answers[how] += 1
