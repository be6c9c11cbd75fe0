"""Whether what the app depends on can be reached, one by one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from http import HTTPStatus

import azure.durable_functions as df
import azure.functions as func

from adapters import dependencies
from adapters.orchestrations import Orchestrations
from triggers.responses import json_response, problem_details

PATIENCE_SECONDS = 10

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
    faults = _run(checks)
    body = {
        "status": "unavailable" if any(faults.values()) else "ok",
        "dependencies": {
            name: {"status": "unavailable", "reason": fault} if fault else {"status": "ok"}
            for name, fault in faults.items()
        },
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE if any(faults.values()) else HTTPStatus.OK
    return json_response(body, status, {"Cache-Control": "no-store"})


def _run(checks: dict[str, Callable[[], None]]) -> dict[str, str | None]:
    """The fault of each check, or None; what takes too long is a fault and is not waited for."""
    pool = ThreadPoolExecutor(len(checks))
    running = {name: pool.submit(check) for name, check in checks.items()}
    wait(running.values(), timeout=PATIENCE_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    faults: dict[str, str | None] = {}
    for name, check in running.items():
        if not check.done():
            faults[name] = f"No answer in {PATIENCE_SECONDS} seconds."
        else:
            fault = check.exception()
            # The kind alone: messages of the SDKs hold account names and URLs.
            faults[name] = type(fault).__name__ if fault else None
    return faults
