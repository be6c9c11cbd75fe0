"""Paths to encoded answers: finds the document a path asks for, encodes it once and keeps it compressed.

The replica shares a small machine with the app under test, so the cost of an answer is paid once. What is
kept is bounded by bytes, because a catalogue may be larger than memory.
"""

import gzip
import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import parse_qs

from pokeapi_replica.catalogue import RESOURCES, Catalogue
from pokeapi_replica.documents import DEFAULT_LIMIT, Document, Documents
from pokeapi_replica.padding import pad

PREFIX = "/api/v2"
KEPT_BYTES = 64 * 1024 * 1024
COMPRESSION = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """A document as bytes: gzipped, with the size it has when it is not, and its weak ETag."""

    zipped: bytes
    size: int
    etag: bytes

    def body(self, gzipped: bool) -> bytes:
        """The body, gzipped or plain."""
        return self.zipped if gzipped else gzip.decompress(self.zipped)


class Answers:
    """Answers by host, path and query. Up to `kept_bytes` are kept; the longest unused go first."""

    def __init__(self, catalogue: Catalogue, pad_kb: float = 0, kept_bytes: int = KEPT_BYTES) -> None:
        self._catalogue = catalogue
        self._pad_kb = pad_kb
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[tuple[str, str, bytes], Answer] = OrderedDict()
        self._bytes = 0

    def get(self, host: str, path: str, query: bytes) -> Answer | None:
        """The answer to a GET of `path`, percent-decoded; None when there is no such document."""
        key = (host, path, query)
        answer = self._kept.get(key)
        if answer is not None:
            self._kept.move_to_end(key)
            return answer
        document = self._document(Documents(self._catalogue, f"http://{host}{PREFIX}"), path, query)
        if document is None:
            return None
        answer = _encode(document)
        self._kept[key] = answer
        self._bytes += len(answer.zipped)
        while self._bytes > self._kept_bytes and len(self._kept) > 1:
            self._bytes -= len(self._kept.popitem(last=False)[1].zipped)
        return answer

    def pokemon_at(self, path: str) -> int | None:
        """The id of the Pokémon whose document `path` asks for, if it asks for one."""
        resource, key = split(path)
        return self._catalogue.find("pokemon", key) if resource == "pokemon" else None

    def _document(self, documents: Documents, path: str, query: bytes) -> Document | None:
        resource, key = split(path)
        if resource == "":
            return documents.root()
        if resource not in RESOURCES:
            return None
        if key == "":
            parameters = parse_qs(query.decode("latin-1"))
            offset, limit = (_number(parameters, name) for name in ("offset", "limit"))
            return documents.page(resource, path.lower(), offset, limit or DEFAULT_LIMIT)
        number = self._catalogue.find(resource, key)
        if number is None:
            return None
        document = documents.item(resource, number)
        return pad(resource, document, documents.base, self._pad_kb) if self._pad_kb else document


def split(path: str) -> tuple[str | None, str]:
    """The resource and the key of a path: ("", "") for the root, (None, "") for none of the API's."""
    if not path.startswith(f"{PREFIX}/") and path != PREFIX:
        return None, ""
    resource, _, key = path.removeprefix(PREFIX).removeprefix("/").partition("/")
    key = key.removesuffix("/")
    return (None, "") if "/" in key or (key and not resource) else (resource, key)


def _number(parameters: dict[str, list[str]], name: str) -> int:
    """A whole number of the query. Like the live API, what is no number counts as absent."""
    try:
        return max(0, int(parameters[name][0]))
    except (KeyError, ValueError):
        return 0


def _encode(document: Document) -> Answer:
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'W/"{len(body):x}-{hashlib.sha256(body).hexdigest()[:27]}"'.encode()
    return Answer(gzip.compress(body, COMPRESSION, mtime=0), len(body), etag)
