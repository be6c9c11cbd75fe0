"""PokéAPI over HTTP: polite, patient, and never led anywhere but below its base URL.

Its fair-use policy asks for caching and bans clients that do not; its edge sometimes answers a
document that exists with 403, 404 or 504 for one spelling of its URL and not for the other.
Sources: https://pokeapi.co/docs/v2 (fair use), PokeAPI/pokeapi issues on cached error answers.
"""

import re
from collections.abc import Callable
from threading import Condition
from typing import Any, NamedTuple
from urllib.parse import urljoin

import requests
from cachetools import TLRUCache, cachedmethod
from requests.adapters import HTTPAdapter
from urllib3 import Retry
from urllib3.exceptions import ReadTimeoutError

from adapters import pokeapi_documents as documents
from adapters.pokeapi_trouble import TellingBreaker, Tries
from adapters.settings import PokeApiSettings
from domain.pokedex import Generation, Pokemon, PokemonRef, PokemonType, Species

USER_AGENT = "poke-queue/1.0 (Azure Durable Functions report generator)"
MAX_RETRY_AFTER_SECONDS = 30
MAX_KEPT_DOCUMENTS = 4096
MAX_REDIRECTS = 3
EDGE_FAULTS = frozenset({403, 404, 504})
"""Statuses that PokéAPI's edge answers wrongly for one spelling of a URL."""


class PokeApiError(Exception):
    """PokéAPI did not give a document; the message says why, for the reader of a report."""


class PokemonNotFoundError(PokeApiError):
    """PokéAPI has no such document: asking again will not help."""


class PokeApiUnavailableError(PokeApiError):
    """PokéAPI is away, overloaded or answering nonsense: asking again later may help."""


class _Kept[T](NamedTuple):
    value: T
    max_age: float


class PokeApi:
    """A client to share among threads. Lists, species, types and generations are kept in memory for
    as long as their ``Cache-Control`` allows; Pokémon, a hundred times as heavy, are not."""

    def __init__(self, settings: PokeApiSettings) -> None:
        self.base_url = settings.base_url
        self._timeout = (settings.connect_timeout_seconds, settings.read_timeout_seconds)
        self._session = _session(settings)
        self._retries = settings.retries
        self._breaker = TellingBreaker(
            settings.pause_after_failures, settings.pause_seconds, PokeApiUnavailableError
        )
        self._kept: TLRUCache[Any, _Kept[Any]] = TLRUCache(
            MAX_KEPT_DOCUMENTS, ttu=lambda _key, kept, now: now + kept.max_age
        )
        self._kept_condition = Condition()

    def pokemon(self, pokemon_id: int) -> Pokemon:
        return self._read(f"pokemon/{pokemon_id}", documents.pokemon).value

    def species(self, species_id: int) -> Species:
        return self._keep(f"pokemon-species/{species_id}", documents.species)

    def type(self, type_id: int) -> PokemonType:
        return self._keep(f"type/{type_id}", documents.pokemon_type)

    def generation(self, generation_id: int) -> Generation:
        return self._keep(f"generation/{generation_id}", documents.generation)

    def all_pokemon(self) -> tuple[PokemonRef, ...]:
        listed = self._list("pokemon")
        return tuple(PokemonRef(number, name) for name, number in listed.items())

    def species_names(self) -> frozenset[str]:
        return frozenset(self._list("pokemon-species"))

    def types(self) -> dict[str, int]:
        """The ids of all types by name."""
        return self._list("type")

    def generations(self) -> dict[str, int]:
        """The ids of all generations by name."""
        return self._list("generation")

    def check(self) -> None:
        """Ask for one short answer, not a kept one; raises PokeApiError where none comes."""
        self._get("type/?limit=1")

    def _list(self, resource: str) -> dict[str, int]:
        # PokéAPI pages by 20 unless told otherwise, and has no cap on the limit.
        return self._keep(f"{resource}/?limit=100000", documents.names)

    def _keep[T](self, path: str, parse: Callable[[Any], T]) -> T:
        kept: _Kept[T] = self._read_once(path, parse)
        return kept.value

    # The condition makes threads that want the same document wait for the first to bring it.
    @cachedmethod(
        lambda self: self._kept,
        key=lambda _self, path, _parse: path,
        condition=lambda self: self._kept_condition,
    )
    def _read_once[T](self, path: str, parse: Callable[[Any], T]) -> _Kept[T]:
        return self._read(path, parse)

    def _read[T](self, path: str, parse: Callable[[Any], T]) -> _Kept[T]:
        response = self._get(path)
        try:
            value = parse(response.json())
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise PokeApiUnavailableError(
                f"PokéAPI's answer for {path} is not what it should be ({type(fault).__name__})."
            ) from fault
        return _Kept(value, _max_age(response.headers.get("Cache-Control", "")))

    def _get(self, path: str) -> requests.Response:
        if self._breaker.opened:
            raise PokeApiUnavailableError(
                f"PokéAPI failed {self._breaker.failure_count} times in a row and is left alone for a while."
            )
        tries = Tries(path, self._retries)
        with self._breaker:
            try:
                response = self._get_now(path, tries)
            except PokemonNotFoundError:
                tries.ended("missing")
                raise
            except PokeApiUnavailableError:
                tries.ended("failed")
                raise
            tries.ended("recovered")
            return response

    def _get_now(self, path: str, tries: Tries) -> requests.Response:
        response = self._ask(path, tries)
        if response.status_code in EDGE_FAULTS:
            again = self._ask(_other_spelling(path), tries)
            if again.ok or response.status_code == requests.codes.not_found:
                response = again
        if response.status_code == requests.codes.not_found:
            raise PokemonNotFoundError(f"PokéAPI has no {path}.")
        if not response.ok:
            raise PokeApiUnavailableError(f"PokéAPI answered {response.status_code} for {path}.")
        return response

    def _ask(self, path: str, tries: Tries) -> requests.Response:
        url = f"{self.base_url}/{path}"
        for _ in range(MAX_REDIRECTS + 1):
            try:
                response = self._session.get(url, timeout=self._timeout, allow_redirects=False)
            except requests.RequestException as fault:
                tries.unanswered(fault, _reason(fault))
                raise PokeApiUnavailableError(
                    f"PokéAPI did not answer for {path} ({_reason(fault)})."
                ) from fault
            tries.answered(response)
            if not response.is_redirect:
                return response
            url = urljoin(url, response.headers["Location"])
            if not url.startswith(f"{self.base_url}/"):
                raise PokeApiUnavailableError(f"PokéAPI sent {path} elsewhere, which is not followed.")
        raise PokeApiUnavailableError(f"PokéAPI redirected {path} more than {MAX_REDIRECTS} times.")


def _session(settings: PokeApiSettings) -> requests.Session:
    retry = Retry(
        total=settings.retries,
        backoff_factor=settings.backoff_seconds,
        backoff_jitter=settings.backoff_seconds,
        status_forcelist=(429, 500, 502, 503, 504),
        allowed_methods=("GET",),
        raise_on_status=False,
        respect_retry_after_header=True,
        retry_after_max=MAX_RETRY_AFTER_SECONDS,
    )
    # Blocking makes the pool the bound on connections, whatever the number of threads.
    adapter = HTTPAdapter(
        pool_connections=1, pool_maxsize=settings.connections, pool_block=True, max_retries=retry
    )
    session = requests.Session()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.headers["User-Agent"] = USER_AGENT
    return session


def _other_spelling(path: str) -> str:
    """The same document with or without the slash at the end of its path."""
    path, mark, query = path.partition("?")
    return (path[:-1] if path.endswith("/") else f"{path}/") + mark + query


def _max_age(cache_control: str) -> float:
    if "no-store" in cache_control or "no-cache" in cache_control:
        return 0
    found = re.search(r"(?<![\w-])max-age=(\d+)", cache_control)
    return float(found[1]) if found else 0


def _reason(fault: requests.RequestException) -> str:
    # Where every retry timed out, requests says "connection error" and keeps the cause inside.
    inner = fault.args[0] if fault.args else None
    cause = getattr(inner, "reason", inner)
    if isinstance(fault, requests.Timeout) or isinstance(cause, ReadTimeoutError):
        return "no answer in time"
    if isinstance(fault, requests.ConnectionError):
        return "no connection"
    if isinstance(fault, requests.exceptions.ChunkedEncodingError):
        return "the answer broke off"
    return type(fault).__name__
