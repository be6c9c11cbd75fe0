"""The reports' HTTP functions."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import azure.durable_functions as df
import azure.functions as func

from adapters import dependencies, settings
from adapters.report_table import Stored
from domain.errors import ReportNotFoundError, ReportNotPublishedError
from domain.line import Standing
from domain.report import ENDED, PUBLISHED, UNFINISHED, Report, ReportKey, Status
from domain.report_ids import is_report_id
from services import composition
from services.lifecycle import find_report
from services.turns import standings
from triggers.caller_identity import identify
from triggers.report_view import file_name, self_link, to_summary, to_view
from triggers.request_body import read_new_report, read_query, read_retry
from triggers.responses import Problem, json_response, problem_details, unless_known
from triggers.schemas import MAX_IDEMPOTENCY_KEY_LENGTH, ReportsQuery

DOWNLOAD_VALID_FOR = timedelta(minutes=10)
POLL_SECONDS = "1"

blueprint = df.Blueprint()


@blueprint.route("reports", methods=["POST"])
@blueprint.durable_client_input(client_name="client")
@problem_details
def create_report(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    key = _idempotency_key(req)
    caller = identify(req)
    new = read_new_report(req, dependencies.pokeapi_for_requests())
    report = composition.acceptance(client).create(
        caller.owner, new.request, name=new.name, key=key, body=req.get_body()
    )
    return caller.remembered(req, _accepted(report))


@blueprint.route("reports", methods=["GET"])
@problem_details
def list_reports(req: func.HttpRequest) -> func.HttpResponse:
    query = read_query(req, ReportsQuery)
    caller = identify(req)
    size = query.limit
    statuses = UNFINISHED if query.status == "open" else {Status(query.status)} if query.status else None
    found = dependencies.report_table().page(
        caller.owner, limit=size + 1, after=query.cursor, statuses=statuses, type_=query.type
    )
    page = found[:size]
    next_cursor = page[-1].id if len(found) > size else None
    by_id, now = _standings(page), datetime.now(UTC)
    summaries = [to_summary(report, now, by_id.get(report.id)) for report in page]
    response = unless_known(req, json_response({"reports": summaries, "next_cursor": next_cursor}))
    return caller.remembered(req, response)


@blueprint.route("reports/{report_id}", methods=["GET"])
@problem_details
def get_report(req: func.HttpRequest) -> func.HttpResponse:
    report = find_own_report(req).report
    standing = _standings([report]).get(report.id)
    headers = {} if report.status in ENDED else {"Retry-After": POLL_SECONDS}
    return unless_known(req, json_response(to_view(report, datetime.now(UTC), standing), headers=headers))


@blueprint.route("reports/{report_id}/download", methods=["GET"])
@problem_details
def download_report(req: func.HttpRequest) -> func.HttpResponse:
    report = find_own_report(req).report
    if report.status not in PUBLISHED:
        raise ReportNotPublishedError(report.status)
    return redirect_to_csv(report)


@blueprint.route("reports/{report_id}/cancel", methods=["POST"])
@blueprint.durable_client_input(client_name="client")
@problem_details
def cancel_report(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    return _accepted(composition.lifecycle(client).cancel(find_own_report(req)))


@blueprint.route("reports/{report_id}/retry", methods=["POST"])
@blueprint.durable_client_input(client_name="client")
@problem_details
def retry_report(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    key = _idempotency_key(req)
    only_missing = read_retry(req).only == "missing"
    report = find_own_report(req).report
    return _accepted(composition.acceptance(client).retry(report, only_missing=only_missing, key=key))


@blueprint.route("reports/{report_id}", methods=["DELETE"])
@blueprint.durable_client_input(client_name="client")
@problem_details
def delete_report(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    composition.lifecycle(client).delete(_key(req))
    return func.HttpResponse(status_code=HTTPStatus.NO_CONTENT)


def redirect_to_csv(report: Report) -> func.HttpResponse:
    """302 to a link that can read the CSV of a published report for DOWNLOAD_VALID_FOR."""
    url = dependencies.report_blobs().download_url(
        report.key, file_name(report), datetime.now(UTC), DOWNLOAD_VALID_FOR
    )
    headers = {"Location": url, "Cache-Control": "no-store"}
    return func.HttpResponse(status_code=HTTPStatus.FOUND, headers=headers)


def _standings(reports: Sequence[Report]) -> dict[str, Standing]:
    return standings(dependencies.stores().outbox, settings.reports_at_once(), reports)


def _idempotency_key(req: func.HttpRequest) -> str | None:
    key: str | None = req.headers.get("Idempotency-Key")
    if key is not None and not 1 <= len(key) <= MAX_IDEMPOTENCY_KEY_LENGTH:
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "invalid-key",
            "The idempotency key is not valid",
            f"An Idempotency-Key must have 1 to {MAX_IDEMPOTENCY_KEY_LENGTH} characters; got {len(key)}.",
        )
    return key


def _accepted(report: Report) -> func.HttpResponse:
    headers = {"Location": self_link(report.id), "Retry-After": POLL_SECONDS}
    return json_response(to_view(report, datetime.now(UTC)), HTTPStatus.ACCEPTED, headers)


def _key(req: func.HttpRequest) -> ReportKey:
    report_id = req.route_params["report_id"]
    if not is_report_id(report_id):
        raise ReportNotFoundError(report_id)
    return ReportKey(identify(req).owner, report_id)


def find_own_report(req: func.HttpRequest) -> Stored:
    """The caller's report. Raises ReportNotFoundError."""
    return find_report(dependencies.report_table(), _key(req))
