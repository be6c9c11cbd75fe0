"""What clients were told of each report: a 202 is a promise, a 503 or no answer at all is not."""

import time
from dataclasses import dataclass, field
from enum import IntEnum
from threading import RLock
from typing import Any

from tools.chaos.findings import Findings, Rule

PUBLISHED = {"succeeded", "partial"}
ENDED = PUBLISHED | {"failed", "canceled"}
OUTCOME = ("status", "request", "started_at", "finished_at", "progress", "result", "failures", "error")
"""The parts of a report that stay as they are once it has ended."""

NEVER_MIND = float("inf")


class Stage(IntEnum):
    """How far a cancellation or a deletion is. What was only sent may have happened or not."""

    NEVER = 0
    SENT = 1
    PROMISED = 2


@dataclass(frozen=True)
class Wish:
    """What a client asks for. ``seed`` decides the sample."""

    type: str | None = None
    generation: str | None = None
    include_forms: bool = True
    sample_size: int | None = None
    seed: int = 0
    columns: tuple[str, ...] | None = None

    def body(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "generation": self.generation,
            "include_forms": self.include_forms,
            "sample_size": self.sample_size,
            "seed": self.seed,
            "columns": list(self.columns) if self.columns else None,
        }

    @classmethod
    def of(cls, request: dict[str, Any]) -> "Wish":
        return cls(**{**request, "columns": tuple(request["columns"])})

    def is_meant_by(self, request: dict[str, Any]) -> bool:
        """Whether a report's request is this one, with the defaults filled in."""
        return all(request[name] == value for name, value in self.body().items() if value is not None)


@dataclass
class Told:
    """One report that was accepted, and what its clients know of it."""

    id: str
    wish: Wish
    key: str | None = None
    cancel: Stage = Stage.NEVER
    delete: Stage = Stage.NEVER
    deletions: int = 0
    """How many were sent: of two at the same time, the one that is sent first may be answered second."""
    gone_since: float = NEVER_MIND
    """When a deletion was promised (monotonic seconds)."""
    expired: bool = False
    outcome: dict[str, Any] | None = None
    """How it ended, as first seen."""
    ended_since: float = NEVER_MIND
    """When that was seen."""


@dataclass
class Ledger:
    """To be shared among threads."""

    findings: Findings
    reports: dict[str, Told] = field(default_factory=dict)
    keys: dict[str, Wish] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def known(self) -> list[Told]:
        """The reports in the order in which they were accepted."""
        with self.lock:
            return list(self.reports.values())

    def accepted(self, shown: dict[str, Any], wish: Wish, key: str | None, asked_at: float) -> Told:
        """Note the promise of a 202 that answers a request sent at ``asked_at`` (monotonic seconds)."""
        report_id, findings = shown["id"], self.findings
        with self.lock:
            told = self.reports.setdefault(report_id, Told(report_id, wish, key))
            findings.check(
                Rule.GONE, told.gone_since > asked_at, report_id, "it was accepted again after its deletion"
            )
            if key is not None:
                twins = [
                    one.id for one in self.reports.values() if one.key == key and one.delete is Stage.NEVER
                ]
                findings.check(Rule.ONE_KEY, len(twins) < 2, report_id, f"its key made {', '.join(twins)}")
        findings.check(
            Rule.RIGHT, wish.is_meant_by(shown["request"]), report_id, f"{wish} became {shown['request']}"
        )
        self.saw(told, shown, asked_at)
        return told

    def saw(self, told: Told, shown: dict[str, Any], asked_at: float) -> None:
        """Note what a report looked like at some time after ``asked_at``; its end stays as it is."""
        self.findings.check(
            Rule.ANSWERS, shown["status"] != "deleting", told.id, "it was shown while being deleted"
        )
        if shown["status"] not in ENDED:
            self.findings.check(
                Rule.FINAL, told.ended_since > asked_at, told.id, f"it had ended and is {shown['status']} now"
            )
            return
        outcome = {name: shown[name] for name in OUTCOME}
        with self.lock:
            if told.outcome is None:
                told.outcome, told.ended_since = outcome, time.monotonic()
        self.findings.check(
            Rule.FINAL, told.outcome == outcome, told.id, f"it was {told.outcome} and is {outcome} now"
        )

    def sent(self, told: Told, what: str) -> Stage:
        """Note that a "cancel" or "delete" is about to be sent; returns how far one was before."""
        with self.lock:
            before: Stage = getattr(told, what)
            setattr(told, what, max(before, Stage.SENT))
            told.deletions += what == "delete"
            return before

    def promised(self, told: Told, what: str) -> None:
        with self.lock:
            setattr(told, what, Stage.PROMISED)
            if what == "delete":
                told.gone_since = min(told.gone_since, time.monotonic())
