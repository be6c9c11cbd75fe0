"""The HTTP functions that list the types and generations, with the number of Pokémon of each."""

from concurrent.futures import ThreadPoolExecutor

import azure.durable_functions as df
import azure.functions as func

from adapters import dependencies, settings
from domain.pokemon_counts import generation_counts, type_counts
from triggers.request_body import known_id, read_query
from triggers.responses import json_response, problem_details
from triggers.schemas import GenerationsQuery, TypesQuery

# The counts are the same for all users, and the cached documents that they come from are fresh for a day.
CACHEABLE = {"Cache-Control": "public, max-age=300"}

blueprint = df.Blueprint()


@blueprint.route("types", methods=["GET"])
@problem_details
def list_types(req: func.HttpRequest) -> func.HttpResponse:
    query = read_query(req, TypesQuery)
    pokeapi = dependencies.pokeapi_for_requests()
    generation = (
        pokeapi.generation(known_id("generation", query.generation, pokeapi.generations()))
        if query.generation is not None
        else None
    )
    species_names = pokeapi.species_names() if generation else frozenset()
    with ThreadPoolExecutor(settings.batch_threads()) as pool:
        types = list(pool.map(pokeapi.type, pokeapi.types().values()))
    return _counts("types", type_counts(types, generation, species_names, include_forms=query.include_forms))


@blueprint.route("generations", methods=["GET"])
@problem_details
def list_generations(req: func.HttpRequest) -> func.HttpResponse:
    query = read_query(req, GenerationsQuery)
    pokeapi = dependencies.pokeapi_for_requests()
    candidates = (
        pokeapi.type(known_id("type", query.type, pokeapi.types())).pokemon
        if query.type is not None
        else pokeapi.all_pokemon()
    )
    with ThreadPoolExecutor(settings.batch_threads()) as pool:
        generations = list(pool.map(pokeapi.generation, pokeapi.generations().values()))
    species_names = pokeapi.species_names()
    counts = generation_counts(generations, candidates, species_names, include_forms=query.include_forms)
    return _counts("generations", counts)


def _counts(kind: str, counts: dict[str, int]) -> func.HttpResponse:
    body = {kind: [{"name": name, "pokemon_count": count} for name, count in counts.items()]}
    return json_response(body, headers=CACHEABLE)
