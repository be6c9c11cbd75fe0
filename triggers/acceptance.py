"""Takes a report in, so that it will be finished whatever dies from here on.

The outbox row comes first, then the record, then the orchestration. Once the record is there the
report is accepted: where its orchestration does not start now, the reconciler starts it.
"""

import logging
from dataclasses import dataclass, replace
from http import HTTPStatus

import grpc
from azure.core.exceptions import AzureError

from adapters.dependencies import Stores
from adapters.idempotency_keys import Claim, hash_of
from adapters.orchestrations import Orchestrations
from adapters.outbox import OutboxRow
from domain.events import ReportAccepted, tell, tell_fault
from domain.messages import ExecutionOptions, GenerateReport
from domain.report import ENDED, OPEN, PUBLISHED, Report, Status
from triggers.removal import begin_deleting, mark_deleting
from triggers.responses import RETRY_AFTER_SECONDS, Problem


@dataclass(frozen=True)
class Terms:
    """On which reports are taken in: how they are made, and how many one owner may have open."""

    options: ExecutionOptions
    max_open: int


def accept(orchestrations: Orchestrations, stores: Stores, report: Report, terms: Terms) -> Report:
    """Returns the report as it is stored, which may be an earlier one of the same id.

    Raises a Problem where its owner has as many open as they may.
    """
    stores.outbox.put(report.owner, report.id)
    # Counted after the row is there and by age, so that of many asked for at once the first ones win.
    if _open_before(stores, report, terms.max_open) >= terms.max_open:
        stores.outbox.drop(report.id)
        raise _too_many(terms.max_open)
    accepted = stores.reports.insert(report)
    deferred = accepted.status in OPEN and not _starts(orchestrations, stores, accepted, terms.options)
    tell(
        ReportAccepted(
            outcome="repeated" if accepted != report else "deferred" if deferred else "started",
            report_id=accepted.id,
            retry_of=accepted.retry_of,
        )
    )
    return accepted


def _starts(
    orchestrations: Orchestrations, stores: Stores, report: Report, options: ExecutionOptions
) -> bool:
    try:
        start(orchestrations, stores, report, options)
    except (grpc.RpcError, AzureError):
        tell_fault(f"Report {report.id} was accepted and will be started later.", report.id, logging.WARNING)
        return False
    return True


def start(orchestrations: Orchestrations, stores: Stores, report: Report, options: ExecutionOptions) -> None:
    """Start the report's orchestration, unless the report is deleted meanwhile."""
    orchestrations.start(GenerateReport(report.id, report.owner, report.request, options))
    stored = stores.reports.get(report.owner, report.id)
    if stored is None or stored.report.status is Status.DELETING:
        # The deletion may have looked for instances before there was this one.
        stores.outbox.put(report.owner, report.id, closing=True)
        orchestrations.stop(report.id)


def accept_once(
    orchestrations: Orchestrations, stores: Stores, report: Report, terms: Terms, *, key: str, body: bytes
) -> Report:
    """Accept the report unless the key already stands for one; then that one is the answer.

    ``body`` is the request's, as it came.
    """
    key_hash = hash_of(key.encode("utf-8", "surrogatepass"))
    ours = Claim(report.id, hash_of(body))
    claim = stores.keys.claim(report.owner, key_hash, ours)
    if claim.fingerprint != ours.fingerprint:
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "key-reused",
            "The idempotency key stands for another request",
            "A request with this Idempotency-Key and another body came before. Use a new key.",
        )
    if earlier := stores.reports.get(report.owner, claim.report_id):
        if earlier.report.status is Status.DELETING:
            raise _being_deleted()
        accepted = earlier.report
        tell(ReportAccepted(outcome="repeated", report_id=accepted.id, retry_of=accepted.retry_of))
        return accepted
    # The key may have been taken by a request that died before it stored its report.
    named = replace(report, id=claim.report_id, idempotency_key=key_hash)
    accepted = accept(orchestrations, stores, named, terms)
    if stores.keys.find(report.owner, key_hash) != claim:
        # The same request came again and overtook this one, and what it made was deleted already.
        if marked := mark_deleting(stores, accepted.owner, accepted.id):
            begin_deleting(orchestrations, stores, marked)
        raise _being_deleted()
    return accepted


def _open_before(stores: Stores, report: Report, enough: int) -> int:
    older = [row for row in stores.outbox.rows(report.owner) if row.report_id > report.id and not row.closing]
    if len(older) < enough:
        return len(older)
    # Rows of reports that ended stay until the reconciler's next round: only now are they told apart.
    return sum(1 for row in older if _is_open(stores, row))


def _is_open(stores: Stores, row: OutboxRow) -> bool:
    stored = stores.reports.get(row.owner, row.report_id)
    if stored and stored.report.status in PUBLISHED:
        # As the reconciler would, so that the next request need not look at it again.
        stores.outbox.drop_unchanged(row)
    return stored is not None and stored.report.status not in ENDED


def _too_many(max_open: int) -> Problem:
    return Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        "too-many-open-reports",
        "There are too many open reports",
        f"At most {max_open} reports may be queued or running at once. Wait for one to end, or cancel one.",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def _being_deleted() -> Problem:
    return Problem(
        HTTPStatus.CONFLICT,
        "key-of-deleted-report",
        "The report of this idempotency key is being deleted",
        "Use a new Idempotency-Key, or this one again in a while.",
    )
