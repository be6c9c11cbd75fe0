"""The reports' HTTP functions."""

import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import azure.durable_functions as df
import azure.functions as func
import grpc
from azure.core.exceptions import AzureError

from adapters import dependencies, settings
from adapters.orchestrations import Orchestrations
from adapters.report_table import Stored
from domain.report import ENDED, PUBLISHED, Report, ReportRequest, Status, new_report
from domain.report_ids import is_report_id, new_report_id
from triggers.acceptance import Terms, accept, accept_once
from triggers.owners import owner_of
from triggers.removal import (
    begin_deleting,
    finish_canceling,
    mark_canceling,
    mark_deleting,
)
from triggers.representation import file_name, represent, self_link
from triggers.request_body import read_query, read_request
from triggers.responses import Problem, answering, json_response
from triggers.schemas import ReportsQuery

DOWNLOAD_VALID_FOR = timedelta(minutes=10)
POLL_SECONDS = "1"
LONGEST_KEY = 255

blueprint = df.Blueprint()


@blueprint.route("reports", methods=["POST"])
@blueprint.durable_client_input(client_name="client")
@answering
def create_report(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    key = _idempotency_key(req)
    request = read_request(req, dependencies.pokeapi_for_requests())
    report = _new(owner_of(req), request)
    orchestrations, stores = Orchestrations(client), dependencies.stores()
    if key is None:
        accepted = accept(orchestrations, stores, report, _terms())
    else:
        accepted = accept_once(orchestrations, stores, report, _terms(), key=key, body=req.get_body())
    return _accepted(accepted)


@blueprint.route("reports", methods=["GET"])
@answering
def list_reports(req: func.HttpRequest) -> func.HttpResponse:
    query = read_query(req, ReportsQuery)
    size = query.limit
    found = dependencies.report_table().page(
        owner_of(req), limit=size + 1, after=query.cursor, status=query.status, type_=query.type
    )
    page = found[:size]
    next_cursor = page[-1].id if len(found) > size else None
    return json_response({"reports": [represent(report) for report in page], "next_cursor": next_cursor})


@blueprint.route("reports/{report_id}", methods=["GET"])
@answering
def get_report(req: func.HttpRequest) -> func.HttpResponse:
    stored = _find(req)
    headers = {"ETag": stored.etag}
    if stored.report.status not in ENDED:
        headers["Retry-After"] = POLL_SECONDS
    if req.headers.get("If-None-Match") == stored.etag:
        return func.HttpResponse(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return json_response(represent(stored.report), headers=headers)


@blueprint.route("reports/{report_id}/download", methods=["GET"])
@answering
def download_report(req: func.HttpRequest) -> func.HttpResponse:
    report = _find(req).report
    if report.status not in PUBLISHED:
        raise Problem(
            HTTPStatus.CONFLICT,
            "not-published",
            "The report has no CSV",
            f"The report is {report.status}; there is a CSV once it is succeeded or partial.",
        )
    url = dependencies.report_blobs().download_url(
        report.owner, report.id, file_name(report), datetime.now(UTC), DOWNLOAD_VALID_FOR
    )
    headers = {"Location": url, "Cache-Control": "no-store"}
    return func.HttpResponse(status_code=HTTPStatus.FOUND, headers=headers)


@blueprint.route("reports/{report_id}/cancel", methods=["POST"])
@blueprint.durable_client_input(client_name="client")
@answering
def cancel_report(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    found, stores = _find(req), dependencies.stores()
    marked = mark_canceling(stores, found)
    if marked is None:
        raise Problem(
            HTTPStatus.CONFLICT,
            "already-ended",
            "The report has ended",
            "Only a report that is queued or running can be canceled.",
        )
    # Where the engine or the storage cannot be reached, the reconciler goes on.
    with suppress(grpc.RpcError, AzureError):
        marked = finish_canceling(Orchestrations(client), stores, marked) or marked
    return _accepted(marked)


@blueprint.route("reports/{report_id}/retry", methods=["POST"])
@blueprint.durable_client_input(client_name="client")
@answering
def retry_report(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    earlier = _find(req).report
    if earlier.status not in ENDED:
        raise Problem(
            HTTPStatus.CONFLICT,
            "still-open",
            "The report has not ended",
            f"The report is {earlier.status}; it can be made again once it has ended.",
        )
    report = _new(earlier.owner, earlier.request, retry_of=earlier.id)
    return _accepted(accept(Orchestrations(client), dependencies.stores(), report, _terms()))


@blueprint.route("reports/{report_id}", methods=["DELETE"])
@blueprint.durable_client_input(client_name="client")
@answering
def delete_report(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    report_id, stores = req.route_params["report_id"], dependencies.stores()
    marked = mark_deleting(stores, owner_of(req), report_id) if is_report_id(report_id) else None
    if marked is None:
        raise _not_found(report_id)
    # From here on the report is gone for everyone; the reconciler removes its instances and its record.
    with suppress(grpc.RpcError, AzureError):
        begin_deleting(Orchestrations(client), stores, marked)
    return func.HttpResponse(status_code=HTTPStatus.NO_CONTENT)


def _idempotency_key(req: func.HttpRequest) -> str | None:
    key: str | None = req.headers.get("Idempotency-Key")
    if key is not None and not 1 <= len(key) <= LONGEST_KEY:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "invalid-key",
            "The idempotency key cannot be used",
            f"An Idempotency-Key has 1 to {LONGEST_KEY} characters; this one has {len(key)}.",
        )
    return key


def _terms() -> Terms:
    return Terms(settings.execution_options(), settings.max_open_reports())


def _new(owner: str, request: ReportRequest, retry_of: str | None = None) -> Report:
    now = datetime.now(UTC)
    report_id = new_report_id(now, secrets.token_hex(8))
    return new_report(report_id, owner, request, now, retention=settings.retention(), retry_of=retry_of)


def _accepted(report: Report) -> func.HttpResponse:
    headers = {"Location": self_link(report.id), "Retry-After": POLL_SECONDS}
    return json_response(represent(report), HTTPStatus.ACCEPTED, headers)


def _find(req: func.HttpRequest) -> Stored:
    report_id = req.route_params["report_id"]
    stored = dependencies.report_table().get(owner_of(req), report_id) if is_report_id(report_id) else None
    if stored is None or stored.report.status is Status.DELETING:
        raise _not_found(report_id)
    return stored


def _not_found(report_id: str) -> Problem:
    return Problem(
        HTTPStatus.NOT_FOUND,
        "no-such-report",
        "There is no such report",
        f"There is no report {report_id!r}.",
    )
