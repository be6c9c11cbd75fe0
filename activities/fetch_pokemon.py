"""Fetches one or a few Pokémon, and builds their rows."""

from typing import Any

import azure.durable_functions as df

from adapters import dependencies, settings
from domain.messages import FetchPokemon
from services.pokemon_rows import fetch_rows

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def fetch_pokemon(payload: Any) -> dict[str, Any]:
    call = FetchPokemon.from_dict(payload)
    return fetch_rows(dependencies.pokeapi(), call, threads=settings.batch_threads()).to_dict()
