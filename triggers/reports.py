"""The reports' HTTP functions: create, list, show, download, delete."""

import secrets
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import azure.durable_functions as df
import azure.functions as func

from adapters import dependencies, settings
from adapters.orchestrations import Orchestrations
from adapters.report_table import Stored
from domain.messages import GenerateReport
from domain.report import OPEN, PUBLISHED, Status, new_report
from domain.report_ids import is_report_id, new_report_id
from triggers.deletion import delete_report as delete
from triggers.owners import owner_of
from triggers.representation import file_name, represent, self_link
from triggers.request_body import read_request
from triggers.responses import Problem, answering, invalid, json_response

DOWNLOAD_VALID_FOR = timedelta(minutes=10)
POLL_SECONDS = "1"
DEFAULT_PAGE, LARGEST_PAGE = 20, 100

blueprint = df.Blueprint()


@blueprint.route("reports", methods=["POST"])
@blueprint.durable_client_input(client_name="client")
@answering
def create_report(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    owner = owner_of(req)
    request = read_request(req, dependencies.pokeapi_for_requests())
    now = datetime.now(UTC)
    report_id = new_report_id(now, secrets.token_hex(8))
    report = new_report(report_id, owner, request, now, retention=settings.retention())
    order = GenerateReport(report.id, owner, request, settings.pace())
    reports = dependencies.report_table()
    # The record first: an orchestration without one would have nowhere to say what came of it.
    reports.insert(report)
    try:
        Orchestrations(client).start(order)
    except Exception:
        reports.delete(owner, report.id)
        raise
    headers = {"Location": self_link(report.id), "Retry-After": POLL_SECONDS}
    return json_response(represent(report), HTTPStatus.ACCEPTED, headers)


@blueprint.route("reports", methods=["GET"])
@answering
def list_reports(req: func.HttpRequest) -> func.HttpResponse:
    faults = []
    limit = req.params.get("limit", str(DEFAULT_PAGE))
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit) <= LARGEST_PAGE):
        faults.append({"pointer": "/limit", "detail": f"It must be a whole number from 1 to {LARGEST_PAGE}."})
    statuses = [status.value for status in Status if status is not Status.DELETING]
    status = req.params.get("status")
    if status is not None and status not in statuses:
        faults.append({"pointer": "/status", "detail": f"It must be one of: {', '.join(statuses)}."})
    cursor = req.params.get("cursor")
    if cursor is not None and not is_report_id(cursor):
        faults.append({"pointer": "/cursor", "detail": "It must be the next_cursor of an earlier page."})
    if faults:
        raise invalid("The query has parameters that cannot be used.", faults)

    size = int(limit)
    found = dependencies.report_table().page(
        owner_of(req), limit=size + 1, after=cursor, status=status, type_=req.params.get("type")
    )
    page = found[:size]
    next_cursor = page[-1].id if len(found) > size else None
    return json_response({"reports": [represent(report) for report in page], "next_cursor": next_cursor})


@blueprint.route("reports/{report_id}", methods=["GET"])
@answering
def get_report(req: func.HttpRequest) -> func.HttpResponse:
    stored = _find(req)
    headers = {"ETag": stored.etag}
    if stored.report.status in OPEN:
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
        report.id, file_name(report), datetime.now(UTC), DOWNLOAD_VALID_FOR
    )
    headers = {"Location": url, "Cache-Control": "no-store"}
    return func.HttpResponse(status_code=HTTPStatus.FOUND, headers=headers)


@blueprint.route("reports/{report_id}", methods=["DELETE"])
@blueprint.durable_client_input(client_name="client")
@answering
def delete_report(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    report_id = req.route_params["report_id"]
    blobs, reports = dependencies.report_blobs(), dependencies.report_table()
    if not is_report_id(report_id) or not delete(
        Orchestrations(client), blobs, reports, owner_of(req), report_id
    ):
        raise _not_found(report_id)
    return func.HttpResponse(status_code=HTTPStatus.NO_CONTENT)


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
