"""Accepts reports durably: an accepted report completes even if the process dies.

The report joins the line first, then its record is stored, then its orchestration is started if it is its
turn. Once the record exists, the report is accepted. If its orchestration cannot be started now, the
reconciler starts it.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from adapters.idempotency_keys import Claim, hash_of
from adapters.pokeapi_catalog import Catalog
from domain.errors import (
    IdempotencyKeyReusedError,
    NothingMissingError,
    ReportBeingDeletedError,
    ReportOpenError,
)
from domain.line import Place
from domain.report import ENDED, OPEN, Report, ReportRequest, Status, new_report
from domain.report_ids import new_report_id
from domain.telemetry import AcceptanceOutcome, ReportAccepted, emit
from services.lifecycle import ReportLifecycle
from services.population import expected_size
from services.turns import ACCEPTANCE_GRACE_PERIOD


@dataclass(frozen=True)
class Acceptance:
    """``cached`` is used to find the size of a report without a request to PokéAPI."""

    lifecycle: ReportLifecycle
    cached: Catalog
    retention: timedelta

    def create(
        self,
        owner: str,
        request: ReportRequest,
        *,
        name: str | None = None,
        key: str | None = None,
        body: bytes = b"",
    ) -> Report:
        """Accept a new report. With an idempotency ``key``, ``body`` is the request's body as received."""
        report = self._new(owner, request, name)
        return self.accept(report) if key is None else self.accept_once(report, key=key, body=body)

    def retry(self, earlier: Report, *, only_missing: bool = False, key: str | None = None) -> Report:
        """Accept a new report of the same request, seed and name.

        With ``only_missing`` it takes over the rows of a partial report. Raises ReportOpenError and
        NothingMissingError.
        """
        if earlier.status not in ENDED:
            raise ReportOpenError(earlier.status)
        if only_missing and earlier.status is not Status.PARTIAL:
            raise NothingMissingError(earlier.status)
        report = self._new(earlier.owner, earlier.request, earlier.name, retry_of=earlier.id)
        report = replace(report, keeps_rows=only_missing)
        size = earlier.failure_count if only_missing else None
        if key is None:
            return self.accept(report, size=size)
        body = f"{earlier.id} {only_missing}".encode()
        return self.accept_once(report, key=key, body=body, size=size)

    def accept(self, report: Report, *, size: int | None = None) -> Report:
        """Returns the report as it is stored, which may be an earlier one with the same id.

        ``size`` is the number of Pokémon to fetch, if that is not the size of the request's population.
        Raises TooManyOpenReportsError, TooManyReportsPerHourError and TooManyKeptReportsError.
        """
        return self._store(report, self._join(report, size))

    def accept_once(self, report: Report, *, key: str, body: bytes, size: int | None = None) -> Report:
        """Accept the report, or return the report that the idempotency key already stands for.

        The key is claimed after the report has joined the line, so that a refusal leaves nothing. Raises
        IdempotencyKeyReusedError if the key came with another body, ReportBeingDeletedError, and the errors
        of ``accept``.
        """
        key_hash, fingerprint = hash_of(key.encode("utf-8", "surrogatepass")), hash_of(body)
        keys = self.lifecycle.stores.keys
        claim, place = keys.get(report.owner, key_hash), None
        if claim is None:
            place = self._join(report, size)
            claim = keys.claim(report.owner, key_hash, Claim(report.id, fingerprint))
            if claim.report_id != report.id:
                self.lifecycle.turns.leave(report.key)
                place = None
        if claim.fingerprint != fingerprint:
            raise IdempotencyKeyReusedError
        named = replace(report, id=claim.report_id, idempotency_key=key_hash)
        if place is None:
            if earlier := self._earlier(named):
                return earlier
            # The request that claimed the key died before it stored its report, or has not yet.
            place = self._join(named, size)
        accepted = self._store(named, place)
        if keys.get(report.owner, key_hash) != claim:
            # A repetition of this request overtook it, and its report was deleted in the meantime.
            self.lifecycle.delete(accepted.key)
            raise ReportBeingDeletedError
        return accepted

    def _join(self, report: Report, size: int | None = None) -> Place:
        return self.lifecycle.turns.join(report.key, size or expected_size(self.cached, report.request))

    def _store(self, report: Report, place: Place) -> Report:
        """Store a report that has joined the line, and start it if it is its turn."""
        turns = self.lifecycle.turns
        accepted = self.lifecycle.stores.reports.insert(report)
        if datetime.now(UTC) - report.created_at > ACCEPTANCE_GRACE_PERIOD / 2:
            # The reconciler may have taken this request for dead, and the report out of the line.
            place = self._join(accepted)
        # Another process may have admitted the report before its record existed, and left the start to this.
        admitted = place.admitted_at is not None or turns.is_admitted(report.key)
        started = admitted and accepted.status in OPEN and turns.try_start(accepted)
        emit(
            ReportAccepted(
                outcome=_outcome(repeated=accepted != report, admitted=admitted, started=started),
                report_id=accepted.id,
                retry_of=accepted.retry_of,
            )
        )
        return accepted

    def _earlier(self, report: Report) -> Report | None:
        stored = self.lifecycle.stores.reports.get(report.key)
        if stored is None:
            return None
        earlier = stored.report
        if earlier.status is Status.DELETING:
            raise ReportBeingDeletedError
        emit(ReportAccepted(outcome="repeated", report_id=earlier.id, retry_of=earlier.retry_of))
        return earlier

    def _new(
        self, owner: str, request: ReportRequest, name: str | None, retry_of: str | None = None
    ) -> Report:
        now = datetime.now(UTC)
        report_id = new_report_id(now, secrets.token_hex(8))
        return new_report(
            report_id, owner, request, now, retention=self.retention, name=name, retry_of=retry_of
        )


def _outcome(*, repeated: bool, admitted: bool, started: bool) -> AcceptanceOutcome:
    if repeated:
        return "repeated"
    if not admitted:
        return "queued"
    return "started" if started else "deferred"
