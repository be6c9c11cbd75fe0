"""The PokéAPI client.

A document passes through these layers. The first that has an answer returns it:

    PokeApi.get
    1. Memory, then the table that all instances share: parsed documents, fresh for as long as
       ``Cache-Control`` and ``Age`` allow, but at most a week (``pokeapi_cache``, ``pokeapi_table``).
    2. Single flight: one thread loads the document, and the others wait for its result (``single_flight``).
       A stale document is revalidated by its ETag, so an unchanged one is not transferred again.
    3. Circuit breaker: after ``pause_after_failures`` documents in a row that failed, the instance sends no
       requests for ``pause_seconds``.
    4. Both spellings of the URL: after 403, 404 or 504 the same path with or without its final slash.
    5. Attempts for each spelling: the session retries connection errors, timeouts, 429, 500, 502, 503 and 504
       up to ``retries`` times, with exponential backoff and jitter or as ``Retry-After`` says
       (``pokeapi_http``).
    6. Redirects: at most MAX_REDIRECTS, and only below the base URL.

Layers 4 to 6 share one deadline, ``deadline_seconds`` after the start. Above the client, the orchestrator
retries the activity.

What PokéAPI sends is not trusted. ``pokeapi_http`` limits the time and the size, ``pokeapi_documents`` the
values, and this module checks that a document is the requested one. A false document that passes these checks
is replaced after REFRESH_SECONDS at the latest.

The fair-use policy asks clients to cache, and bans those that do not. The edge sometimes answers 403, 404 or
504 for one spelling of a URL that exists. Sources: https://pokeapi.co/docs/v2 (fair use), PokeAPI/pokeapi
issues on cached error responses.
"""

import copy
import json
import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Self
from urllib.parse import unquote, urljoin, urlsplit

from pybreaker import CircuitBreaker, CircuitBreakerError
from werkzeug.datastructures import ResponseCacheControl
from werkzeug.http import parse_age, parse_cache_control_header

from adapters.pokeapi_cache import ETAG, CacheEntry, DocumentCache, Resource
from adapters.pokeapi_catalog import Catalog
from adapters.pokeapi_documents import INVALID
from adapters.pokeapi_http import NoResponseError, PokeApiSession, Response
from adapters.pokeapi_telemetry import CircuitOpenedListener, RequestAttempts
from adapters.settings import PokeApiSettings
from adapters.single_flight import SingleFlight
from domain.errors import PokeApiUnavailableError, PokemonNotFoundError

MAX_AGE_SECONDS = 2**31
"""What a longer ``max-age`` counts as. Source: RFC 9111, section 1.2.2."""
REFRESH_SECONDS = 7 * 24 * 3600
"""The longest lifetime of a response, and the age from which a document is transferred again instead of being
revalidated: the ETag of a false document may be the true one."""
MAX_REDIRECTS = 3
EDGE_ERRORS = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GATEWAY_TIMEOUT})
"""Statuses that PokéAPI's edge sometimes returns for one spelling of a URL that exists."""
HEALTH_CHECK = "type/?limit=1"
HEALTH_CHECK_MAX_BYTES = 64 * 1024


@dataclass(frozen=True)
class _Fetch:
    """``path`` is relative to the base URL; ``ends_at`` is on the monotonic clock."""

    path: str
    ends_at: float
    max_bytes: int
    etag: str | None = None


class PokeApi(Catalog):
    """A client that threads can share. Its methods raise PokeApiError if a document cannot be fetched."""

    def __init__(self, settings: PokeApiSettings, cache: DocumentCache | None = None) -> None:
        self.base_url = settings.base_url
        self._deadline_seconds = settings.deadline_seconds
        self._ends_at = math.inf
        self._session = PokeApiSession(settings)
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

    def within(self, seconds: float) -> Self:
        """This client for a caller that waits for several documents: it fetches none after ``seconds``."""
        client = copy.copy(self)
        client._ends_at = time.monotonic() + seconds
        return client

    def get[T](self, resource: Resource[T], number: int) -> T:
        entry = self._cache.get(resource, number)
        if entry is None or not entry.is_fresh:
            ends_at = self._deadline()
            try:
                entry = self._flights.do(
                    (resource.name, number),
                    lambda: self._load(resource, number, ends_at),
                    timeout=ends_at - time.monotonic(),
                )
            except TimeoutError:
                raise _no_answer(resource.path.format(number), "timeout") from None
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
        self._fetch(_Fetch(HEALTH_CHECK, self._deadline(), HEALTH_CHECK_MAX_BYTES))

    def flush(self) -> None:
        """Write the pending cache entries to the table, for other instances."""
        self._cache.flush()

    def _deadline(self) -> float:
        return min(time.monotonic() + self._deadline_seconds, self._ends_at)

    def _load[T](self, resource: Resource[T], number: int, ends_at: float) -> CacheEntry[T]:
        # Another thread may have loaded it between this thread's cache miss and its flight.
        cached = self._cache.get(resource, number)
        if cached and cached.is_fresh:
            return cached
        path = resource.path.format(number)
        now = time.time()
        etag = cached.etag if cached and now - cached.transferred_at < REFRESH_SECONDS else None
        response = self._fetch(_Fetch(path, ends_at, resource.max_bytes, etag))
        cache_control = parse_cache_control_header(
            response.headers.get("Cache-Control"), cls=ResponseCacheControl
        )
        fresh_until = time.time() + _lifetime(cache_control, response.headers)
        if cached and etag and response.status == HTTPStatus.NOT_MODIFIED:
            entry = replace(cached, fresh_until=fresh_until)
        else:
            value = _parse(path, resource, number, response.body)
            entry = CacheEntry(value, _etag(response.headers), fresh_until, transferred_at=now)
        if not cache_control.no_store:
            self._cache.put(resource, number, entry)
        return entry

    def _fetch(self, fetch: _Fetch) -> Response:
        try:
            # `calling` holds the breaker's lock for its state only; `call` would hold it during the request.
            with self._breaker.calling():
                return self._fetch_and_record(fetch)
        except CircuitBreakerError:
            raise PokeApiUnavailableError(
                f"PokéAPI failed {self._breaker.fail_max} times in a row; no requests are sent to it for "
                f"{self._breaker.reset_timeout:g} seconds."
            ) from None

    def _fetch_and_record(self, fetch: _Fetch) -> Response:
        attempts = RequestAttempts(fetch.path)
        try:
            response = self._fetch_either_spelling(fetch, attempts)
        except PokemonNotFoundError:
            attempts.finish("missing")
            raise
        except PokeApiUnavailableError:
            attempts.finish("failed")
            raise
        attempts.finish("recovered")
        return response

    def _fetch_either_spelling(self, fetch: _Fetch, attempts: RequestAttempts) -> Response:
        response = self._send(fetch, attempts)
        if response.status in EDGE_ERRORS:
            second = self._send(replace(fetch, path=_other_spelling(fetch.path)), attempts)
            if _is_ok(second) or response.status == HTTPStatus.NOT_FOUND:
                response = second
        if response.status == HTTPStatus.NOT_FOUND:
            raise PokemonNotFoundError(f"PokéAPI has no {fetch.path}.")
        if not _is_ok(response):
            raise PokeApiUnavailableError(f"PokéAPI answered {response.status} for {fetch.path}.")
        return response

    def _send(self, fetch: _Fetch, attempts: RequestAttempts) -> Response:
        url = f"{self.base_url}/{fetch.path}"
        headers = {"If-None-Match": fetch.etag} if fetch.etag else {}
        for _ in range(MAX_REDIRECTS + 1):
            try:
                response = self._session.get(url, headers, ends_at=fetch.ends_at, max_bytes=fetch.max_bytes)
            except NoResponseError as error:
                attempts.record_error(error)
                raise _no_answer(fetch.path, str(error)) from error
            attempts.record_response(response)
            if response.location is None:
                return response
            target = _target_below(self.base_url, url, response.location)
            if target is None:
                raise PokeApiUnavailableError(f"PokéAPI redirected {fetch.path} to a URL outside of its API.")
            url = target
        raise PokeApiUnavailableError(f"PokéAPI redirected {fetch.path} more than {MAX_REDIRECTS} times.")


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


def _other_spelling(path: str) -> str:
    """The same path without its final slash if it has one, and with it otherwise."""
    path, mark, query = path.partition("?")
    return (path[:-1] if path.endswith("/") else f"{path}/") + mark + query


def _target_below(base_url: str, url: str, location: str) -> str | None:
    """The target of a redirect, or None if it is not below the base URL.

    Servers resolve the dot segments of a path, and some of them take a backslash for a slash.
    """
    try:
        target = urljoin(url, location)
        segments = re.split(r"[/\\]", unquote(urlsplit(target).path))
    except ValueError:
        return None
    is_below = target.startswith(f"{base_url}/") and not {".", ".."} & set(segments)
    return target if is_below else None


def _is_ok(response: Response) -> bool:
    return response.status < HTTPStatus.BAD_REQUEST


def _no_answer(path: str, reason: str) -> PokeApiUnavailableError:
    return PokeApiUnavailableError(f"PokéAPI did not answer for {path} ({reason}).")


def _parse[T](path: str, resource: Resource[T], number: int, body: bytes) -> T:
    try:
        value = resource.parse(json.loads(body))
    except INVALID as error:
        raise PokeApiUnavailableError(f"PokéAPI's response for {path} is not a valid document.") from error
    if getattr(value, "id", number) != number:
        raise PokeApiUnavailableError(f"PokéAPI's response for {path} is another document.")
    return value


def _lifetime(cache_control: ResponseCacheControl, headers: Mapping[str, str]) -> float:
    """The seconds for which a response is fresh. Source: RFC 9111, sections 4.2 and 5.2."""
    if cache_control.max_age is None or cache_control.no_store or cache_control.no_cache:
        return 0
    age = parse_age(headers.get("Age"))
    lifetime = min(cache_control.max_age, MAX_AGE_SECONDS) - (age.total_seconds() if age else 0)
    return max(0, min(lifetime, REFRESH_SECONDS))


def _etag(headers: Mapping[str, str]) -> str | None:
    etag = headers.get("ETag", "")
    return etag if ETAG.fullmatch(etag) else None
