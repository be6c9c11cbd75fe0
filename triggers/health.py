"""The health check: whether each dependency of the app is available."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from http import HTTPStatus

import azure.durable_functions as df
import azure.functions as func

from adapters import dependencies
from adapters.orchestrations import Orchestrations
from triggers.responses import json_response, problem_details

TIMEOUT_SECONDS = 10

blueprint = df.Blueprint()


@blueprint.route("health", methods=["GET"])
@blueprint.durable_client_input(client_name="client")
@problem_details
def get_health(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:  # noqa: ARG001
    checks: dict[str, Callable[[], None]] = {
        "blob_storage": lambda: dependencies.report_blobs().check(),
        "table_storage": lambda: dependencies.report_table().check(),
        "durable_engine": lambda: Orchestrations(client).check(),
        "pokeapi": lambda: dependencies.pokeapi_for_requests().check(),
    }
    reasons = _run(checks)
    body = {
        "status": "unavailable" if any(reasons.values()) else "ok",
        "dependencies": {
            name: {"status": "unavailable", "reason": reason} if reason else {"status": "ok"}
            for name, reason in reasons.items()
        },
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE if any(reasons.values()) else HTTPStatus.OK
    return json_response(body, status, {"Cache-Control": "no-store"})


def _run(checks: dict[str, Callable[[], None]]) -> dict[str, str | None]:
    """Run all checks at once. Return why each dependency is unavailable, or None if it is available.

    A check that takes longer than ``TIMEOUT_SECONDS`` fails, and its thread is left behind.
    """
    pool = ThreadPoolExecutor(len(checks))
    running = {name: pool.submit(check) for name, check in checks.items()}
    wait(running.values(), timeout=TIMEOUT_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    reasons: dict[str, str | None] = {}
    for name, check in running.items():
        if not check.done():
            reasons[name] = f"No response within {TIMEOUT_SECONDS} seconds."
        else:
            error = check.exception()
            # Only the type: messages of the Azure SDKs contain account names and URLs.
            reasons[name] = type(error).__name__ if error else None
    return reasons
