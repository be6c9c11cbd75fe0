"""Fetches Pokémon, one or a few, and makes their rows.

A thread pool asks for all the documents of the call together: the Pokémon first and then, in the
call's order, what each refers to. Documents that reports share come from the client's memory.
"""

from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import azure.durable_functions as df

from adapters import dependencies, settings
from adapters.pokeapi import PokeApi, PokeApiUnavailableError, PokemonNotFoundError
from domain.columns import Document, Facts, documents_needed, read_row
from domain.csv_format import cell
from domain.messages import FetchedPokemon, FetchPokemon, Row
from domain.pokedex import Pokemon, PokemonType, Species
from domain.report import Failure

blueprint = df.Blueprint()


@blueprint.activity_trigger(input_name="payload")
def fetch_pokemon(payload: Any) -> dict[str, Any]:
    call = FetchPokemon.from_dict(payload)
    return run_fetch_pokemon(dependencies.pokeapi(), call, threads=settings.batch_threads()).to_dict()


def run_fetch_pokemon(pokeapi: PokeApi, call: FetchPokemon, *, threads: int) -> FetchedPokemon:
    """Raises PokeApiUnavailableError for a Pokémon on its own, so that its call is tried again."""
    rows, failures, unfinished = [], [], []
    needs = documents_needed(call.columns)
    with ThreadPoolExecutor(threads, thread_name_prefix="batch") as pool:
        asked = [(ref, pool.submit(pokeapi.pokemon, ref.id)) for ref in call.pokemon]
        arriving = [(ref, _Arriving.after(pokemon, needs, pokeapi, pool)) for ref, pokemon in asked]
        for ref, documents in arriving:
            try:
                values = read_row(documents.facts(), call.columns)
            except PokemonNotFoundError as fault:
                failures.append(Failure(ref.name, str(fault)))
            except PokeApiUnavailableError:
                if call.alone:
                    raise
                unfinished.append(ref)
            else:
                rows.append(Row(ref.id, tuple(cell(value) for value in values)))
    return FetchedPokemon(tuple(rows), tuple(failures), tuple(unfinished))


@dataclass(frozen=True)
class _Arriving:
    """The documents of one Pokémon, on their way; ``facts`` waits, and raises what went wrong."""

    pokemon: Future[Pokemon]
    species: Future[Species] | None = None
    types: Sequence[Future[PokemonType]] = ()

    @classmethod
    def after(
        cls, pokemon: Future[Pokemon], needs: frozenset[Document], pokeapi: PokeApi, pool: Executor
    ) -> "_Arriving":
        if pokemon.exception() is not None:
            return cls(pokemon)
        arrived = pokemon.result()
        return cls(
            pokemon,
            pool.submit(pokeapi.species, arrived.species_id) if Document.SPECIES in needs else None,
            [pool.submit(pokeapi.type, type_id) for type_id in arrived.type_ids]
            if Document.TYPES in needs
            else (),
        )

    def facts(self) -> Facts:
        return Facts(
            self.pokemon.result(),
            self.species.result() if self.species else None,
            [one.result() for one in self.types],
        )
