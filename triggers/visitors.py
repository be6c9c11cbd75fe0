"""The visitor identity's HTTP functions: what it has, and moving that to the user who has signed in."""

from http import HTTPStatus

import azure.durable_functions as df
import azure.functions as func

from adapters import dependencies, settings
from services import composition
from services.adoption import adopt
from triggers.caller_identity import identify
from triggers.responses import Problem, json_response, problem_details

blueprint = df.Blueprint()


@blueprint.route("visitor", methods=["GET"])
@problem_details
def get_visitor(req: func.HttpRequest) -> func.HttpResponse:
    caller = identify(req)
    kept = settings.limits().kept
    count = dependencies.report_table().count(caller.visitor, kept) if caller.visitor else 0
    return caller.remembered(req, json_response({"signed_in": caller.is_signed_in, "reports": count}))


@blueprint.route("visitor/adopt", methods=["POST"])
@blueprint.durable_client_input(client_name="client")
@problem_details
def adopt_reports(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    caller = identify(req)
    if not caller.is_signed_in:
        raise Problem(
            HTTPStatus.CONFLICT,
            "not-signed-in",
            "Nobody is signed in",
            "Sign in first. The reports of your visitor identity can then move to your account.",
        )
    if caller.visitor is None:
        return json_response({"adopted": 0, "remaining": 0, "moved": {}})
    adoption = adopt(composition.lifecycle(client), caller.visitor, caller.owner)
    return json_response({"adopted": len(adoption.moved), **vars(adoption)})
