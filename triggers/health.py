"""The health check: whether each dependency of the app is available."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from http import HTTPStatus
from threading import Condition

import azure.durable_functions as df
import azure.functions as func
from cachetools import TTLCache, cached

from adapters import dependencies
from adapters.orchestrations import Orchestrations
from domain.errors import PokeApiError, PokeQueueError
from domain.telemetry import log_exception
from triggers.responses import json_response, problem_details

TIMEOUT_SECONDS = 10
VERDICT_SECONDS = 30
"""How long an instance repeats a verdict: anonymous requests must not become requests to PokéAPI."""

blueprint = df.Blueprint()


@blueprint.route("health", methods=["GET"])
@blueprint.durable_client_input(client_name="client")
@problem_details
def get_health(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:  # noqa: ARG001
    reasons = find_unavailable(client)
    body = {
        "status": "unavailable" if any(reasons.values()) else "ok",
        "dependencies": {
            name: {"status": "unavailable", "reason": reason} if reason else {"status": "ok"}
            for name, reason in reasons.items()
        },
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE if any(reasons.values()) else HTTPStatus.OK
    return json_response(body, status, {"Cache-Control": "no-store"})


# The condition makes concurrent requests wait for one check.
@cached(TTLCache(1, VERDICT_SECONDS), key=lambda _client: "verdict", condition=Condition())
def find_unavailable(client: df.SyncDurableFunctionsClient) -> dict[str, str | None]:
    """Check all dependencies. Return why each is unavailable, or None if it is available."""
    return _run(
        {
            "blob_storage": lambda: dependencies.report_blobs().check(),
            "table_storage": lambda: dependencies.report_table().check(),
            "durable_engine": lambda: Orchestrations(client).check(),
            "pokeapi": lambda: dependencies.pokeapi_for_requests().check(),
        }
    )


def _run(checks: dict[str, Callable[[], None]]) -> dict[str, str | None]:
    """Run all checks at once.

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
            reasons[name] = _reason(name, check)
    return reasons


def _reason(name: str, check: Future[None]) -> str | None:
    """Why a check failed, without the messages of libraries: those contain account names and URLs."""
    try:
        check.result()
    except PokeApiError as error:
        return str(error)
    except PokeQueueError:
        return "No response."
    except Exception:  # noqa: BLE001 - such as an invalid setting
        log_exception(f"The health check of {name} failed.")
        return "An internal error occurred. It has been logged."
    return None
