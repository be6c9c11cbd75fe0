"""Builds the rows of a few Pokémon from PokéAPI's documents: for activities and for previews.

A thread pool fetches all documents of a call concurrently: first each Pokémon, together with its species if
that can be predicted, and then the documents that the Pokémon refer to. A document that is fresh in memory
needs no thread.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor

from adapters.pokeapi import PokeApi
from adapters.pokeapi_cache import Resource
from adapters.pokeapi_catalog import POKEMON, SPECIES, TYPE
from domain.columns import Document, Facts, documents_needed
from domain.errors import PokeApiError, PokeApiUnavailableError, PokemonNotFoundError
from domain.messages import FetchedPokemon, FetchPokemon
from domain.pokedex import PokemonRef, PokemonType
from domain.report import Failure
from domain.rows import row_of


def fetch_rows(pokeapi: PokeApi, call: FetchPokemon, *, threads: int) -> FetchedPokemon:
    """The rows in the order of the call's Pokémon.

    Raises PokeApiUnavailableError if a single Pokémon cannot be fetched, so that its call is retried. In a
    batch such a Pokémon is unfinished, and is retried on its own.
    """
    rows, failures, unfinished = [], [], []
    needs = documents_needed(call.columns)
    with ThreadPoolExecutor(threads, thread_name_prefix="batch") as pool:
        pending = [_PendingPokemon(ref, needs, pokeapi, pool) for ref in call.pokemon]
        for pokemon in pending:
            pokemon.request_references()
        for pokemon in pending:
            try:
                row = row_of(pokemon.facts(), call.columns, pokemon.ref.id)
            except PokemonNotFoundError as error:
                failures.append(Failure(pokemon.ref.name, str(error)))
            except PokeApiUnavailableError:
                if call.is_single:
                    raise
                unfinished.append(pokemon.ref)
            else:
                rows.append(row)
    return FetchedPokemon(tuple(rows), tuple(failures), tuple(unfinished))


class _PendingPokemon:
    """The documents of one Pokémon while they are fetched."""

    def __init__(self, ref: PokemonRef, needs: frozenset[Document], pokeapi: PokeApi, pool: Executor) -> None:
        self.ref = ref
        self._needs, self._pokeapi, self._pool = needs, pokeapi, pool
        self._pokemon = self._request(POKEMON, ref.id)
        # A default Pokémon usually has the id of its species, so both documents are requested at once.
        self._species_id = ref.id if ref.is_default and Document.SPECIES in needs else None
        self._species = self._request(SPECIES, ref.id) if self._species_id else None
        self._types: Sequence[Callable[[], PokemonType]] = ()

    def request_references(self) -> None:
        """Wait for the Pokémon, and request the documents that it refers to. ``facts`` raises its error."""
        try:
            pokemon = self._pokemon()
        except PokeApiError:
            return
        if Document.SPECIES in self._needs and self._species_id != pokemon.species_id:
            self._species = self._request(SPECIES, pokemon.species_id)
        if Document.TYPES in self._needs:
            self._types = [self._request(TYPE, type_id) for type_id in pokemon.type_ids]

    def facts(self) -> Facts:
        """Wait for all the documents. Raises PokeApiError if one of them cannot be fetched."""
        return Facts(
            self._pokemon(),
            self._species() if self._species else None,
            [get_type() for get_type in self._types],
        )

    def _request[T](self, resource: Resource[T], number: int) -> Callable[[], T]:
        """A function that waits for the document and returns it."""
        cached = self._pokeapi.peek(resource, number)
        if cached is not None:
            return lambda: cached
        return self._pool.submit(self._pokeapi.get, resource, number).result
