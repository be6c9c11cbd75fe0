"""Accepts reports durably: an accepted report completes even if the process dies.

The outbox row is written first, then the record, then the orchestration is started. Once the record exists,
the report is accepted. If its orchestration cannot be started now, the reconciler starts it.
"""

import logging
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from adapters.idempotency_keys import Claim, hash_of
from adapters.outbox import OutboxRow
from domain.errors import (
    IdempotencyKeyReusedError,
    ReportBeingDeletedError,
    ReportOpenError,
    TooManyOpenReportsError,
)
from domain.messages import ExecutionOptions
from domain.report import ENDED, OPEN, PUBLISHED, Report, ReportRequest, Status, new_report
from domain.report_ids import new_report_id
from domain.telemetry import ReportAccepted, emit, log_exception
from services.lifecycle import UNAVAILABLE, ReportLifecycle


@dataclass(frozen=True)
class AdmissionPolicy:
    """How accepted reports are executed and kept, and how many one owner can have open at once."""

    options: ExecutionOptions
    max_open: int
    retention: timedelta


@dataclass(frozen=True)
class Acceptance:
    lifecycle: ReportLifecycle
    policy: AdmissionPolicy

    def create(
        self, owner: str, request: ReportRequest, *, key: str | None = None, body: bytes = b""
    ) -> Report:
        """Accept a new report. With an idempotency ``key``, ``body`` is the request's body as received."""
        report = self._new(owner, request)
        return self.accept(report) if key is None else self.accept_once(report, key=key, body=body)

    def retry(self, earlier: Report) -> Report:
        """Accept a new report of the same request and seed. Raises ReportOpenError."""
        if earlier.status not in ENDED:
            raise ReportOpenError(earlier.status)
        return self.accept(self._new(earlier.owner, earlier.request, retry_of=earlier.id))

    def accept(self, report: Report) -> Report:
        """Returns the report as it is stored, which may be an earlier one with the same id.

        Raises TooManyOpenReportsError.
        """
        stores = self.lifecycle.stores
        stores.outbox.put(report.key)
        # Rows are counted after this one is written, and by age, so that of many requests the first ones win.
        if self._older_open_reports(report) >= self.policy.max_open:
            stores.outbox.delete(report.id)
            raise TooManyOpenReportsError(self.policy.max_open)
        accepted = stores.reports.insert(report)
        deferred = accepted.status in OPEN and not self._try_start(accepted)
        emit(
            ReportAccepted(
                outcome="repeated" if accepted != report else "deferred" if deferred else "started",
                report_id=accepted.id,
                retry_of=accepted.retry_of,
            )
        )
        return accepted

    def accept_once(self, report: Report, *, key: str, body: bytes) -> Report:
        """Accept the report, or return the report that the idempotency key already stands for.

        Raises IdempotencyKeyReusedError if the key came with another body, ReportBeingDeletedError, and
        TooManyOpenReportsError.
        """
        key_hash = hash_of(key.encode("utf-8", "surrogatepass"))
        claim = self._claim(report, key_hash, hash_of(body))
        if earlier := self._earlier(replace(report, id=claim.report_id)):
            return earlier
        # A request that died before it stored its report may have claimed the key.
        named = replace(report, id=claim.report_id, idempotency_key=key_hash)
        accepted = self.accept(named)
        if self.lifecycle.stores.keys.get(report.owner, key_hash) != claim:
            # A repetition of this request overtook it, and its report was deleted in the meantime.
            self.lifecycle.delete(accepted.key)
            raise ReportBeingDeletedError
        return accepted

    def _claim(self, report: Report, key_hash: str, fingerprint: str) -> Claim:
        claim = self.lifecycle.stores.keys.claim(report.owner, key_hash, Claim(report.id, fingerprint))
        if claim.fingerprint != fingerprint:
            raise IdempotencyKeyReusedError
        return claim

    def _earlier(self, report: Report) -> Report | None:
        stored = self.lifecycle.stores.reports.get(report.key)
        if stored is None:
            return None
        earlier = stored.report
        if earlier.status is Status.DELETING:
            raise ReportBeingDeletedError
        emit(ReportAccepted(outcome="repeated", report_id=earlier.id, retry_of=earlier.retry_of))
        return earlier

    def _new(self, owner: str, request: ReportRequest, retry_of: str | None = None) -> Report:
        now = datetime.now(UTC)
        report_id = new_report_id(now, secrets.token_hex(8))
        return new_report(report_id, owner, request, now, retention=self.policy.retention, retry_of=retry_of)

    def _try_start(self, report: Report) -> bool:
        try:
            self.lifecycle.start(report, self.policy.options)
        except UNAVAILABLE:
            message = f"Report {report.id} was accepted and will be started later."
            log_exception(message, report.id, logging.WARNING)
            return False
        return True

    def _older_open_reports(self, report: Report) -> int:
        rows = self.lifecycle.stores.outbox.rows(report.owner)
        older = [row for row in rows if row.key.report_id > report.id and not row.closing]
        if len(older) < self.policy.max_open:
            return len(older)
        # Rows of ended reports stay until the reconciler's next round, so they are checked only at the limit.
        return sum(1 for row in older if self._is_open(row))

    def _is_open(self, row: OutboxRow) -> bool:
        stores = self.lifecycle.stores
        stored = stores.reports.get(row.key)
        if stored and stored.report.status in PUBLISHED:
            # As the reconciler does, so that the next request does not check it again.
            stores.outbox.delete_unchanged(row)
        return stored is not None and stored.report.status not in ENDED
