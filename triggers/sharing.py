"""The HTTP functions that share a report, and those that show a shared report to anyone with its link."""

from datetime import UTC, datetime
from http import HTTPStatus

import azure.durable_functions as df
import azure.functions as func

from adapters import dependencies
from domain.report import Report
from services.sharing import find_shared, revoke, share
from triggers.report_view import to_shared_view, to_view
from triggers.reports import find_own_report, redirect_to_csv
from triggers.responses import json_response, problem_details, unless_known

blueprint = df.Blueprint()


@blueprint.route("reports/{report_id}/share", methods=["PUT"])
@problem_details
def share_report(req: func.HttpRequest) -> func.HttpResponse:
    return json_response(to_view(share(dependencies.stores(), find_own_report(req)), datetime.now(UTC)))


@blueprint.route("reports/{report_id}/share", methods=["DELETE"])
@problem_details
def unshare_report(req: func.HttpRequest) -> func.HttpResponse:
    revoke(dependencies.stores(), find_own_report(req))
    return func.HttpResponse(status_code=HTTPStatus.NO_CONTENT)


@blueprint.route("shared/{token}", methods=["GET"])
@problem_details
def get_shared_report(req: func.HttpRequest) -> func.HttpResponse:
    return unless_known(req, json_response(to_shared_view(_find(req), datetime.now(UTC))))


@blueprint.route("shared/{token}/download", methods=["GET"])
@problem_details
def download_shared_report(req: func.HttpRequest) -> func.HttpResponse:
    return redirect_to_csv(_find(req))


def _find(req: func.HttpRequest) -> Report:
    return find_shared(dependencies.stores(), req.route_params["token"])
