"""Fetch whole resources from a PokéAPI, live or local, to build and check the dataset.

This is the package's only module that sends requests. It sends them only below its base URL.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

CONNECTIONS = 8
TIMEOUT_SECONDS = (5, 60)
USER_AGENT = "poke-queue pokeapi_replica.build"


class SourceError(Exception):
    """The source could not be read."""


class Source:
    """A PokéAPI with a base URL such as `https://pokeapi.co/api/v2`."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self._session = requests.Session()
        self._session.headers["User-Agent"] = USER_AGENT
        retry = Retry(
            total=5, backoff_factor=0.5, status_forcelist=(429, 500, 502, 503, 504), allowed_methods=("GET",)
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=CONNECTIONS, max_retries=retry))

    def listing(self, resource: str) -> dict[str, Any]:
        """Fetch the whole list of a resource in one page."""
        return self._get(f"{resource}?limit=100000")

    def documents(self, resource: str) -> list[dict[str, Any]]:
        """Fetch every document of a resource, in the order of their ids. Raises SourceError."""
        numbers = sorted(self.number(link) for link in self.listing(resource)["results"])
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            return list(pool.map(lambda number: self._get(f"{resource}/{number}/"), numbers))

    def number(self, link: dict[str, str]) -> int:
        """Return the id at the end of a link's URL. Raises SourceError if it is not below the base URL."""
        url = link["url"]
        last = url.rstrip("/").rsplit("/", 1)[-1]
        if not url.startswith(self.base + "/") or not last.isdecimal():
            raise SourceError(f"{url} is not the URL of a document below {self.base}")
        return int(last)

    def _get(self, path: str) -> dict[str, Any]:
        url = f"{self.base}/{path}"
        try:
            response = self._session.get(url, timeout=TIMEOUT_SECONDS)
            response.raise_for_status()
            document: dict[str, Any] = response.json()
        except requests.RequestException as error:
            raise SourceError(f"{url}: {error}") from error
        return document
