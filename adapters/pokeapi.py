"""The PokéAPI client.

A document passes through these layers. The first that has an answer returns it:

    PokeApi.get
    1. Memory, then the table that all instances share: parsed documents, fresh for as long as
       ``Cache-Control`` and ``Age`` allow (``pokeapi_cache``, ``pokeapi_table``).
    2. Single flight: one thread loads the document, and the others wait for its result (``single_flight``).
       A stale document is revalidated by its ETag, so an unchanged one is not transferred again.
    3. Circuit breaker: after ``pause_after_failures`` documents in a row that failed, the instance sends no
       requests for ``pause_seconds``.
    4. Both spellings of the URL: after 403, 404 or 504 the same path with or without its final slash.
    5. Attempts for each spelling: the session retries connection errors, timeouts, 429, 500, 502, 503 and 504
       up to ``retries`` times, with exponential backoff and jitter or as ``Retry-After`` says
       (``pokeapi_telemetry`` counts the attempts).
    6. Redirects: at most MAX_REDIRECTS, and only below the base URL.

Above the client, the orchestrator retries the activity.

The fair-use policy asks clients to cache, and bans those that do not. The edge sometimes answers 403, 404 or
504 for one spelling of a URL that exists. Sources: https://pokeapi.co/docs/v2 (fair use), PokeAPI/pokeapi
issues on cached error responses.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urljoin

import requests
from pybreaker import CircuitBreaker, CircuitBreakerError
from requests.adapters import HTTPAdapter
from urllib3 import Retry
from urllib3.exceptions import ReadTimeoutError
from werkzeug.datastructures import ResponseCacheControl
from werkzeug.http import parse_age, parse_cache_control_header

from adapters.pokeapi_cache import ETAG, CacheEntry, DocumentCache, Resource
from adapters.pokeapi_catalog import Catalog
from adapters.pokeapi_telemetry import CircuitOpenedListener, RequestAttempts
from adapters.settings import PokeApiSettings
from adapters.single_flight import SingleFlight

USER_AGENT = "poke-queue/1.0 (Azure Durable Functions report generator)"
MAX_RETRY_AFTER_SECONDS = 30
MAX_AGE_SECONDS = 2**31
"""The longest lifetime of a response. Source: RFC 9111, section 1.2.2."""
MAX_REDIRECTS = 3
EDGE_ERRORS = frozenset({403, 404, 504})
"""Statuses that PokéAPI's edge sometimes returns for one spelling of a URL that exists."""


class PokeApiError(Exception):
    """PokéAPI did not return a document. The message gives the reason, and appears in reports."""


class PokemonNotFoundError(PokeApiError):
    """PokéAPI has no such document. A retry does not help."""


class PokeApiUnavailableError(PokeApiError):
    """PokéAPI is unreachable, overloaded, or returns invalid responses. A later retry may help."""


class PokeApi(Catalog):
    """A client that threads can share. Its methods raise PokeApiError if a document cannot be fetched."""

    def __init__(self, settings: PokeApiSettings, cache: DocumentCache | None = None) -> None:
        self.base_url = settings.base_url
        self._timeout = (settings.connect_timeout_seconds, settings.read_timeout_seconds)
        self._session = _session(settings)
        self._retries = settings.retries
        self._breaker = CircuitBreaker(
            settings.pause_after_failures,
            settings.pause_seconds,
            exclude=[_is_no_outage],
            listeners=[CircuitOpenedListener()],
            throw_new_error_on_trip=False,
            name="pokeapi",
        )
        self._cache = cache or DocumentCache()
        self._flights = SingleFlight()

    def get[T](self, resource: Resource[T], number: int) -> T:
        entry = self._cache.get(resource, number)
        if entry is None or not entry.is_fresh:
            entry = self._flights.do((resource.name, number), lambda: self._load(resource, number))
        return entry.value

    def peek[T](self, resource: Resource[T], number: int) -> T | None:
        """The document, if it is fresh in memory. Sends no request to PokéAPI or to the table."""
        entry = self._cache.peek(resource, number)
        return entry.value if entry and entry.is_fresh else None

    def cached[T](self, resource: Resource[T], number: int) -> T | None:
        """The document, if it is fresh in memory or in the table. Sends no request to PokéAPI."""
        entry = self._cache.get(resource, number)
        return entry.value if entry and entry.is_fresh else None

    def check(self) -> None:
        """Fetch one short response, never from the cache. Raises PokeApiError if that fails."""
        self._fetch("type/?limit=1")

    def flush(self) -> None:
        """Write the pending cache entries to the table, for other instances."""
        self._cache.flush()

    def _load[T](self, resource: Resource[T], number: int) -> CacheEntry[T]:
        # Another thread may have loaded it between this thread's cache miss and its flight.
        cached = self._cache.get(resource, number)
        if cached and cached.is_fresh:
            return cached
        path = resource.path.format(number)
        response = self._fetch(path, cached.etag if cached else None)
        cache_control = parse_cache_control_header(
            response.headers.get("Cache-Control"), cls=ResponseCacheControl
        )
        fresh_until = time.time() + _lifetime(cache_control, response.headers)
        if cached and response.status_code == requests.codes.not_modified:
            entry = replace(cached, fresh_until=fresh_until)
        else:
            entry = CacheEntry(_parse(path, resource, response), _etag(response.headers), fresh_until)
        if not cache_control.no_store:
            self._cache.put(resource, number, entry)
        return entry

    def _fetch(self, path: str, etag: str | None = None) -> requests.Response:
        try:
            # `calling` holds the breaker's lock for its state only; `call` would hold it during the request.
            with self._breaker.calling():
                return self._fetch_and_record(path, etag)
        except CircuitBreakerError:
            raise PokeApiUnavailableError(
                f"PokéAPI failed {self._breaker.fail_max} times in a row; no requests are sent to it for "
                f"{self._breaker.reset_timeout:g} seconds."
            ) from None

    def _fetch_and_record(self, path: str, etag: str | None) -> requests.Response:
        attempts = RequestAttempts(path, self._retries)
        try:
            response = self._fetch_either_spelling(path, etag, attempts)
        except PokemonNotFoundError:
            attempts.finish("missing")
            raise
        except PokeApiUnavailableError:
            attempts.finish("failed")
            raise
        attempts.finish("recovered")
        return response

    def _fetch_either_spelling(
        self, path: str, etag: str | None, attempts: RequestAttempts
    ) -> requests.Response:
        response = self._send(path, etag, attempts)
        if response.status_code in EDGE_ERRORS:
            second = self._send(_other_spelling(path), etag, attempts)
            if second.ok or response.status_code == requests.codes.not_found:
                response = second
        if response.status_code == requests.codes.not_found:
            raise PokemonNotFoundError(f"PokéAPI has no {path}.")
        if not response.ok:
            raise PokeApiUnavailableError(f"PokéAPI answered {response.status_code} for {path}.")
        return response

    def _send(self, path: str, etag: str | None, attempts: RequestAttempts) -> requests.Response:
        url = f"{self.base_url}/{path}"
        headers = {"If-None-Match": etag} if etag else None
        for _ in range(MAX_REDIRECTS + 1):
            try:
                response = self._session.get(
                    url, headers=headers, timeout=self._timeout, allow_redirects=False
                )
            except requests.RequestException as error:
                attempts.record_error(error, _reason(error))
                raise PokeApiUnavailableError(
                    f"PokéAPI did not answer for {path} ({_reason(error)})."
                ) from error
            attempts.record_response(response)
            if not response.is_redirect:
                return response
            url = urljoin(url, response.headers["Location"])
            if not url.startswith(f"{self.base_url}/"):
                raise PokeApiUnavailableError(
                    f"PokéAPI redirected {path} to a URL that is not below {self.base_url}."
                )
        raise PokeApiUnavailableError(f"PokéAPI redirected {path} more than {MAX_REDIRECTS} times.")


class CachedCatalog(Catalog):
    """Sends no requests to PokéAPI: what is not in the cache is not available."""

    def __init__(self, pokeapi: PokeApi) -> None:
        self._pokeapi = pokeapi

    def get[T](self, resource: Resource[T], number: int) -> T:
        document = self._pokeapi.cached(resource, number)
        if document is None:
            raise PokeApiUnavailableError(f"{resource.path.format(number)} is not in the cache.")
        return document


def _is_no_outage(error: BaseException) -> bool:
    return not isinstance(error, PokeApiUnavailableError)


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
    # A blocking pool limits the connections, whatever the number of threads.
    adapter = HTTPAdapter(
        pool_connections=1, pool_maxsize=settings.connections, pool_block=True, max_retries=retry
    )
    session = requests.Session()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.headers["User-Agent"] = USER_AGENT
    return session


def _other_spelling(path: str) -> str:
    """The same path without its final slash if it has one, and with it otherwise."""
    path, mark, query = path.partition("?")
    return (path[:-1] if path.endswith("/") else f"{path}/") + mark + query


def _parse[T](path: str, resource: Resource[T], response: requests.Response) -> T:
    try:
        return resource.parse(response.json())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PokeApiUnavailableError(
            f"PokéAPI's response for {path} is not a valid document ({type(error).__name__})."
        ) from error


def _lifetime(cache_control: ResponseCacheControl, headers: Mapping[str, str]) -> float:
    """The seconds for which a response is fresh. Source: RFC 9111, sections 4.2 and 5.2."""
    if cache_control.max_age is None or cache_control.no_store or cache_control.no_cache:
        return 0
    age = parse_age(headers.get("Age"))
    return max(0, min(cache_control.max_age, MAX_AGE_SECONDS) - (age.total_seconds() if age else 0))


def _etag(headers: Mapping[str, str]) -> str | None:
    etag = headers.get("ETag", "")
    return etag if ETAG.fullmatch(etag) else None


def _reason(error: requests.RequestException) -> str:
    # If every retry timed out, requests raises ConnectionError and keeps the timeout as its cause.
    inner = error.args[0] if error.args else None
    cause = getattr(inner, "reason", inner)
    if isinstance(error, requests.Timeout) or isinstance(cause, ReadTimeoutError):
        return "timeout"
    if isinstance(error, requests.ConnectionError):
        return "connection failed"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "incomplete response"
    return type(error).__name__
