"""The shape of the Durable Functions quickstart: one flat fan-out with an activity per Pokémon.

It has the app's documents, cache, rows and CSV, and none of its shards, records or recovery. The benchmark
copies it over the app's own ``function_app.py``.
"""

import json
from collections.abc import Generator
from typing import Any

import azure.durable_functions as df
import azure.functions as func
from durabletask.task import OrchestrationContext, Task, when_all

from adapters import dependencies, settings, worker_threads
from domain.columns import COLUMNS
from domain.csv_format import encode
from domain.messages import FetchPokemon
from domain.pokedex import PokemonRef
from domain.report import ReportKey
from services.pokemon_rows import fetch_rows

worker_threads.apply_setting()
app = df.DFApp(http_auth_level=func.AuthLevel.ANONYMOUS)
NAMES = tuple(COLUMNS)


@app.route("quickstart/{size:int}", methods=["POST"])
@app.durable_client_input(client_name="client")
def start(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    size = int(req.route_params["size"])
    return _json({"id": client.schedule_new_orchestration("report", input=size)})


@app.route("quickstart/{instance_id}", methods=["GET"])
@app.durable_client_input(client_name="client")
def state(req: func.HttpRequest, client: df.SyncDurableFunctionsClient) -> func.HttpResponse:
    found = client.get_orchestration_state(req.route_params["instance_id"])
    if found is None:
        return _json({"status": "missing"})
    return _json(
        {
            "status": found.runtime_status.name,
            "created_at": found.created_at.isoformat(),
            "updated_at": found.last_updated_at.isoformat(),
        }
    )


def _json(body: Any) -> func.HttpResponse:
    return func.HttpResponse(json.dumps(body), mimetype="application/json")


@app.orchestration_trigger(context_name="context")
def report(context: OrchestrationContext, size: int) -> Generator[Task[Any], Any, Any]:
    pokemon = yield context.call_activity("list_pokemon", input=size)
    rows = yield when_all([context.call_activity("row", input=each) for each in pokemon])
    return (yield context.call_activity("publish", input=[context.instance_id, rows]))


@app.activity_trigger(input_name="size")
def list_pokemon(size: int) -> list[list[Any]]:
    return [[ref.id, ref.name] for ref in dependencies.pokeapi().all_pokemon()[:size]]


@app.activity_trigger(input_name="pokemon")
def row(pokemon: Any) -> list[str]:
    call = FetchPokemon((PokemonRef(*pokemon),), NAMES)
    fetched = fetch_rows(dependencies.pokeapi(), call, threads=settings.batch_threads())
    return list(fetched.rows[0].cells)


@app.activity_trigger(input_name="report")
def publish(report: Any) -> int:
    instance_id, rows = report
    blobs = dependencies.report_blobs()
    key = ReportKey("quickstart", instance_id)
    block = blobs.stage(key, "rows", encode(rows))
    return blobs.publish(key, encode([NAMES]), [block]).bytes
