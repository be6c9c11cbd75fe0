"""Caches encoded responses: each document is generated, encoded and compressed once.

The replica shares a small machine with the app under test, so it must use little CPU. The cache is limited in
bytes, because a synthetic dataset can be larger than memory.
"""

import gzip
import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import parse_qs

from pokeapi_replica.dataset_index import RESOURCES, DatasetIndex
from pokeapi_replica.documents import DEFAULT_LIMIT, Document, Documents
from pokeapi_replica.padding import pad

PREFIX = "/api/v2"
MAX_CACHED_BYTES = 64 * 1024 * 1024
COMPRESSION = 5


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """A document as gzipped bytes, with its uncompressed size and its weak ETag."""

    zipped: bytes
    size: int
    etag: bytes

    def body(self, gzipped: bool) -> bytes:
        """The body, gzipped or uncompressed."""
        return self.zipped if gzipped else gzip.decompress(self.zipped)


class ResponseCache:
    """A least-recently-used cache of up to `max_bytes`, by host, path and query."""

    def __init__(self, index: DatasetIndex, pad_kb: float = 0, max_bytes: int = MAX_CACHED_BYTES) -> None:
        self._index = index
        self._pad_kb = pad_kb
        self._max_bytes = max_bytes
        self._entries: OrderedDict[tuple[str, str, bytes], CachedResponse] = OrderedDict()
        self._bytes = 0

    def get(self, host: str, path: str, query: bytes) -> CachedResponse | None:
        """Return the response to a GET of `path`, percent-decoded; None if the document does not exist."""
        key = (host, path, query)
        response = self._entries.get(key)
        if response is not None:
            self._entries.move_to_end(key)
            return response
        document = self._document(Documents(self._index, f"http://{host}{PREFIX}"), path, query)
        if document is None:
            return None
        response = _encode(document)
        self._entries[key] = response
        self._bytes += len(response.zipped)
        while self._bytes > self._max_bytes and len(self._entries) > 1:
            self._bytes -= len(self._entries.popitem(last=False)[1].zipped)
        return response

    def other(self, host: str, path: str, query: bytes) -> CachedResponse | None:
        """Return the response for another document of the same resource."""
        resource, key = split_path(path)
        if resource not in RESOURCES:
            return None
        number = self._index.find(resource, key)
        others = (other for other in self._index.rows[resource] if other != number)
        return self.get(host, f"{PREFIX}/{resource}/{next(others)}", query)

    def pokemon_at(self, path: str) -> int | None:
        """Return the id of the Pokémon if `path` is that of a Pokémon's document, else None."""
        resource, key = split_path(path)
        return self._index.find("pokemon", key) if resource == "pokemon" else None

    def _document(self, documents: Documents, path: str, query: bytes) -> Document | None:
        resource, key = split_path(path)
        if resource == "":
            return documents.root()
        if resource not in RESOURCES:
            return None
        if key == "":
            parameters = parse_qs(query.decode("latin-1"))
            offset, limit = (_number(parameters, name) for name in ("offset", "limit"))
            return documents.page(resource, path.lower(), offset, limit or DEFAULT_LIMIT)
        number = self._index.find(resource, key)
        if number is None:
            return None
        document = documents.item(resource, number)
        return pad(resource, document, documents.base, self._pad_kb) if self._pad_kb else document


def split_path(path: str) -> tuple[str | None, str]:
    """Return a path's resource and key: ("", "") for the root, (None, "") for a path outside the API."""
    if not path.startswith(f"{PREFIX}/") and path != PREFIX:
        return None, ""
    resource, _, key = path.removeprefix(PREFIX).removeprefix("/").partition("/")
    key = key.removesuffix("/")
    return (None, "") if "/" in key or (key and not resource) else (resource, key)


def _number(parameters: dict[str, list[str]], name: str) -> int:
    """Return a query parameter as a number. Like the live API, treat an invalid number as absent."""
    try:
        return max(0, int(parameters[name][0]))
    except (KeyError, ValueError):
        return 0


def _encode(document: Document) -> CachedResponse:
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'W/"{len(body):x}-{hashlib.sha256(body).hexdigest()[:27]}"'.encode()
    return CachedResponse(gzip.compress(body, COMPRESSION, mtime=0), len(body), etag)
