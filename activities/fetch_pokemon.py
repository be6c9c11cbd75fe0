"""Fetches Pokémon, one or a few, and makes their rows.

A thread pool asks for all the documents of the call together: each Pokémon with its species and then,
in the call's order, what it refers to. What is in memory already takes no thread.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

import azure.durable_functions as df

from adapters import dependencies, settings
from adapters.pokeapi import (
    POKEMON,
    SPECIES,
    TYPE,
    PokeApi,
    PokeApiError,
    PokeApiUnavailableError,
    PokemonNotFoundError,
)
from adapters.pokeapi_cache import Resource
from domain.columns import Document, Facts, documents_needed, read_row
from domain.csv_format import cell
from domain.messages import FetchedPokemon, FetchPokemon, Row
from domain.pokedex import PokemonRef, PokemonType
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
        arriving = [_Arriving(ref, needs, pokeapi, pool) for ref in call.pokemon]
        for one in arriving:
            one.ask_for_what_it_refers_to()
        for one in arriving:
            try:
                values = read_row(one.facts(), call.columns)
            except PokemonNotFoundError as fault:
                failures.append(Failure(one.ref.name, str(fault)))
            except PokeApiUnavailableError:
                if call.is_single:
                    raise
                unfinished.append(one.ref)
            else:
                rows.append(Row(one.ref.id, tuple(cell(value) for value in values)))
    return FetchedPokemon(tuple(rows), tuple(failures), tuple(unfinished))


class _Arriving:
    """The documents of one Pokémon, on their way; ``facts`` waits, and raises what went wrong."""

    def __init__(self, ref: PokemonRef, needs: frozenset[Document], pokeapi: PokeApi, pool: Executor) -> None:
        self.ref = ref
        self._needs, self._pokeapi, self._pool = needs, pokeapi, pool
        self._pokemon = self._ask(POKEMON, ref.id)
        # A default Pokémon has the id of its species, so that need not be read in its document first.
        self._species_id = ref.id if ref.is_default and Document.SPECIES in needs else None
        self._species = self._ask(SPECIES, ref.id) if self._species_id else None
        self._types: Sequence[Callable[[], PokemonType]] = ()

    def ask_for_what_it_refers_to(self) -> None:
        try:
            pokemon = self._pokemon()
        except PokeApiError:
            return
        if Document.SPECIES in self._needs and self._species_id != pokemon.species_id:
            self._species = self._ask(SPECIES, pokemon.species_id)
        if Document.TYPES in self._needs:
            self._types = [self._ask(TYPE, type_id) for type_id in pokemon.type_ids]

    def facts(self) -> Facts:
        return Facts(
            self._pokemon(),
            self._species() if self._species else None,
            [one() for one in self._types],
        )

    def _ask[T](self, resource: Resource[T], number: int) -> Callable[[], T]:
        known = self._pokeapi.recall(resource, number)
        if known is not None:
            return lambda: known
        return self._pool.submit(self._pokeapi.facts, resource, number).result
