"""Takes a report in, so that it will be finished whatever dies from here on.

The outbox row comes first, then the record, then the orchestration. Once the record is there the
report is accepted: where its orchestration does not start now, the reconciler starts it.
"""

import logging
from dataclasses import replace
from http import HTTPStatus

import grpc

from adapters.dependencies import Stores
from adapters.idempotency_keys import Claim, hash_of
from adapters.orchestrations import Orchestrations
from domain.messages import GenerateReport, Pace
from domain.report import OPEN, Report, Status
from triggers.responses import Problem


def accept(orchestrations: Orchestrations, stores: Stores, report: Report, pace: Pace) -> Report:
    """Returns the report as it is stored, which may be an earlier one of the same id."""
    stores.outbox.put(report.owner, report.id)
    accepted = stores.reports.insert(report)
    if accepted.status in OPEN:
        try:
            orchestrations.start(GenerateReport(accepted.id, accepted.owner, accepted.request, pace))
        except grpc.RpcError:
            logging.warning("Report %s was accepted and will be started later.", accepted.id, exc_info=True)
    return accepted


def accept_once(
    orchestrations: Orchestrations, stores: Stores, report: Report, pace: Pace, *, key: str, body: bytes
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
            raise Problem(
                HTTPStatus.CONFLICT,
                "key-of-deleted-report",
                "The report of this idempotency key is being deleted",
                "Use a new Idempotency-Key, or this one again in a while.",
            )
        return earlier.report
    # The key may have been taken by a request that died before it stored its report.
    named = replace(report, id=claim.report_id, idempotency_key=key_hash)
    return accept(orchestrations, stores, named, pace)
