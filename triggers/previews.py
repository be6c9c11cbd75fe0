"""The HTTP function that shows the first rows of a report before it is created."""

import azure.durable_functions as df
import azure.functions as func

from adapters import dependencies, settings
from services.population import UnknownNameError
from services.preview import preview
from triggers.report_schemas import PreviewView
from triggers.report_view import column_views
from triggers.request_body import invalid_body, read_new_report
from triggers.responses import json_response, problem_details

blueprint = df.Blueprint()


@blueprint.route("previews", methods=["POST"])
@problem_details
def preview_report(req: func.HttpRequest) -> func.HttpResponse:
    pokeapi = dependencies.pokeapi_for_requests()
    request = read_new_report(req, pokeapi).request
    try:
        shown = preview(pokeapi, request, threads=settings.batch_threads())
    except UnknownNameError as error:
        # The names could not be checked before, because PokéAPI was unavailable then.
        raise invalid_body([{"pointer": f"/{error.field}", "detail": str(error)}]) from error
    view = PreviewView.model_validate(
        {
            "request": request.to_dict(),
            "total": shown.total,
            "columns": column_views(request),
            "rows": [list(row.cells) for row in shown.rows],
        }
    )
    return json_response(view.model_dump(mode="json"))
