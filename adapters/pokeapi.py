"""PokéAPI over HTTP: polite, patient, and never led anywhere but below its base URL.

Its fair-use policy asks for caching and bans clients that do not; its edge sometimes answers a
document that exists with 403, 404 or 504 for one spelling of its URL and not for the other.
Sources: https://pokeapi.co/docs/v2 (fair use), PokeAPI/pokeapi issues on cached error answers.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urljoin

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry
from urllib3.exceptions import ReadTimeoutError

from adapters import pokeapi_documents as documents
from adapters.pokeapi_cache import ETAG, DocumentCache, Kept, Resource
from adapters.pokeapi_trouble import TellingBreaker, Tries
from adapters.settings import PokeApiSettings
from adapters.single_flight import SingleFlight
from domain.pokedex import Generation, Pokemon, PokemonRef, PokemonType, Species

USER_AGENT = "poke-queue/1.0 (Azure Durable Functions report generator)"
MAX_RETRY_AFTER_SECONDS = 30
MAX_REDIRECTS = 3
EDGE_FAULTS = frozenset({403, 404, 504})
"""Statuses that PokéAPI's edge answers wrongly for one spelling of a URL."""

POKEMON = Resource("pokemon", "pokemon/{}", documents.pokemon, Pokemon)
SPECIES = Resource("pokemon-species", "pokemon-species/{}", documents.species, Species)
TYPE = Resource("type", "type/{}", documents.pokemon_type, PokemonType)
GENERATION = Resource("generation", "generation/{}", documents.generation, Generation)
# PokéAPI pages by 20 unless told otherwise, and has no cap on the limit.
_LISTS = {
    name: Resource(f"{name}-list", f"{name}/?limit=100000", documents.names, dict[str, int])
    for name in ("pokemon", "pokemon-species", "type", "generation")
}


class PokeApiError(Exception):
    """PokéAPI did not give a document; the message says why, for the reader of a report."""


class PokemonNotFoundError(PokeApiError):
    """PokéAPI has no such document: asking again will not help."""


class PokeApiUnavailableError(PokeApiError):
    """PokéAPI is away, overloaded or answering nonsense: asking again later may help."""


class PokeApi:
    """A client to share among threads. What PokéAPI says is kept for as long as its ``Cache-Control``
    allows, and then asked for by its ETag, which brings no document where nothing has changed."""

    def __init__(self, settings: PokeApiSettings, cache: DocumentCache | None = None) -> None:
        self.base_url = settings.base_url
        self._timeout = (settings.connect_timeout_seconds, settings.read_timeout_seconds)
        self._session = _session(settings)
        self._retries = settings.retries
        self._breaker = TellingBreaker(
            settings.pause_after_failures, settings.pause_seconds, PokeApiUnavailableError
        )
        self._cache = cache or DocumentCache()
        self._flights = SingleFlight()

    def pokemon(self, pokemon_id: int) -> Pokemon:
        return self.facts(POKEMON, pokemon_id)

    def species(self, species_id: int) -> Species:
        return self.facts(SPECIES, species_id)

    def type(self, type_id: int) -> PokemonType:
        return self.facts(TYPE, type_id)

    def generation(self, generation_id: int) -> Generation:
        return self.facts(GENERATION, generation_id)

    def facts[T](self, resource: Resource[T], number: int) -> T:
        kept = self._cache.find(resource, number)
        if kept is None or not kept.is_fresh:
            key = (resource.name, number)
            kept = self._flights.join(key, lambda: self._bring(resource, number))
        return kept.facts

    def recall[T](self, resource: Resource[T], number: int) -> T | None:
        """The facts, if they are fresh in memory: neither PokéAPI nor the table is asked."""
        kept = self._cache.recall(resource, number)
        return kept.facts if kept and kept.is_fresh else None

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

    def flush(self) -> None:
        """Write now what other instances are to know of what PokéAPI said."""
        self._cache.flush()

    def _list(self, resource: str) -> dict[str, int]:
        return self.facts(_LISTS[resource], 0)

    def _bring[T](self, resource: Resource[T], number: int) -> Kept[T]:
        # Another may have brought it between the look into the cache and the start of this flight.
        known = self._cache.find(resource, number)
        if known and known.is_fresh:
            return known
        path = resource.path.format(number)
        response = self._get(path, known.etag if known else None)
        fresh_until = time.time() + _lifetime(response.headers)
        if known and response.status_code == requests.codes.not_modified:
            kept = replace(known, fresh_until=fresh_until)
        else:
            kept = Kept(_read(path, resource, response), _etag(response.headers), fresh_until)
        if "no-store" not in response.headers.get("Cache-Control", ""):
            self._cache.keep(resource, number, kept)
        return kept

    def _get(self, path: str, etag: str | None = None) -> requests.Response:
        if self._breaker.opened:
            raise PokeApiUnavailableError(
                f"PokéAPI failed {self._breaker.failure_count} times in a row and is left alone for a while."
            )
        tries = Tries(path, self._retries)
        with self._breaker:
            try:
                response = self._get_now(path, etag, tries)
            except PokemonNotFoundError:
                tries.ended("missing")
                raise
            except PokeApiUnavailableError:
                tries.ended("failed")
                raise
            tries.ended("recovered")
            return response

    def _get_now(self, path: str, etag: str | None, tries: Tries) -> requests.Response:
        response = self._ask(path, etag, tries)
        if response.status_code in EDGE_FAULTS:
            again = self._ask(_other_spelling(path), etag, tries)
            if again.ok or response.status_code == requests.codes.not_found:
                response = again
        if response.status_code == requests.codes.not_found:
            raise PokemonNotFoundError(f"PokéAPI has no {path}.")
        if not response.ok:
            raise PokeApiUnavailableError(f"PokéAPI answered {response.status_code} for {path}.")
        return response

    def _ask(self, path: str, etag: str | None, tries: Tries) -> requests.Response:
        url = f"{self.base_url}/{path}"
        headers = {"If-None-Match": etag} if etag else None
        for _ in range(MAX_REDIRECTS + 1):
            try:
                response = self._session.get(
                    url, headers=headers, timeout=self._timeout, allow_redirects=False
                )
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


def _read[T](path: str, resource: Resource[T], response: requests.Response) -> T:
    try:
        return resource.read(response.json())
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise PokeApiUnavailableError(
            f"PokéAPI's answer for {path} is not what it should be ({type(fault).__name__})."
        ) from fault


def _lifetime(headers: Mapping[str, str]) -> float:
    """Seconds for which an answer may be used without asking again (RFC 9111, sections 4.2 and 5.2)."""
    cache_control = headers.get("Cache-Control", "")
    max_age = re.search(r"(?<![\w-])max-age=(\d+)", cache_control)
    if max_age is None or "no-store" in cache_control or "no-cache" in cache_control:
        return 0
    age = headers.get("Age", "")
    return max(0, float(max_age[1]) - (float(age) if age.isdecimal() else 0))


def _etag(headers: Mapping[str, str]) -> str | None:
    etag = headers.get("ETag", "")
    return etag if ETAG.fullmatch(etag) else None


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
