"""The HTTP functions that tell what a report can be asked for."""

from concurrent.futures import ThreadPoolExecutor

import azure.durable_functions as df
import azure.functions as func

from adapters import dependencies, settings
from domain.catalogue import pokemon_counts
from triggers.responses import answering, json_response

blueprint = df.Blueprint()


@blueprint.route("types", methods=["GET"])
@answering
def list_types(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the binding needs it
    pokeapi = dependencies.pokeapi_for_requests()
    with ThreadPoolExecutor(settings.batch_threads()) as pool:
        types = list(pool.map(pokeapi.type, pokeapi.types().values()))
    counts = [{"name": one.name, "pokemon_count": len(one.pokemon)} for one in types]
    return json_response({"types": counts})


@blueprint.route("generations", methods=["GET"])
@answering
def list_generations(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the binding needs it
    pokeapi = dependencies.pokeapi_for_requests()
    with ThreadPoolExecutor(settings.batch_threads()) as pool:
        generations = list(pool.map(pokeapi.generation, pokeapi.generations().values()))
    counts = pokemon_counts(generations, pokeapi.all_pokemon(), pokeapi.species_names())
    return json_response(
        {"generations": [{"name": name, "pokemon_count": count} for name, count in counts.items()]}
    )
