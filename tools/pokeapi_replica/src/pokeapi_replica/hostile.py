"""Hostile responses: what a PokéAPI, a mirror or an edge under an attacker's control could send.

An attack has a target, so a test can attack one document and check that the others are unaffected.
"""

import functools
import gzip
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pokeapi_replica.documents import Document
from pokeapi_replica.response_cache import CachedResponse, split_path

type Headers = list[tuple[bytes, bytes]]

DRIP_SECONDS = 0.2
BOMB_MEGABYTES = 400
HUGE_BODY_MEGABYTES = 200
NESTED_LISTS = 100_000
HUGE_NUMBER = 10**400
BAD_NAME = '=HYPERLINK("http://attacker.example")\x00\u202e\ud800'
POISONED_NAME = "poisoned"
ABSURD_MAX_AGE = b"public, max-age=99999999999"
OUTSIDE = "/api/v2/../../outside"
JSON = (b"content-type", b"application/json; charset=utf-8")
GZIP = (b"content-encoding", b"gzip")
_MEGABYTE = b" " * 1024 * 1024


class Attack(StrEnum):
    """What is wrong with a response."""

    BAD_TEXT = "bad_text"
    COOKIE = "cookie"
    DEEP_JSON = "deep_json"
    DOT_SEGMENTS = "dot_segments"
    DRIP = "drip"
    DUPLICATE_IDS = "duplicate_ids"
    ENDLESS_LIST = "endless_list"
    GZIP_BOMB = "gzip_bomb"
    HUGE_BODY = "huge_body"
    HUGE_NUMBERS = "huge_numbers"
    POISON = "poison"
    WRONG_DOCUMENT = "wrong_document"


@dataclass(frozen=True)
class Hostile:
    """A response whose body is sent in parts, with a delay of `seconds` after each."""

    status: int
    headers: Headers
    parts: Iterable[bytes]
    seconds: float = 0


def attack_on(attacks: dict[str, str], path: str) -> Attack | None:
    """Return the attack on a path, if any.

    Targets are `pokemon/25`, `pokemon/*` (all documents), `pokemon` (the list) and `*`. The most specific
    target applies.
    """
    resource, key = split_path(path)
    if not resource:
        return None
    targets = (f"{resource}/{key}", f"{resource}/*", "*") if key else (resource, "*")
    return next((Attack(attacks[target]) for target in targets if target in attacks), None)


def hostile(attack: Attack, base: str, honest: CachedResponse, other: CachedResponse) -> Hostile:
    """Return the attack that replaces an honest response.

    `other` is the response for another document of the same resource. `base` is the URL of the replica's
    root, without a final slash.
    """
    body = honest.body(gzipped=False)
    match attack:
        case Attack.DRIP:
            size = (b"content-length", b"%d" % len(body))
            return Hostile(200, [JSON, size], (bytes([byte]) for byte in body), DRIP_SECONDS)
        case Attack.GZIP_BOMB:
            return Hostile(200, [JSON, GZIP], itertools.repeat(_zipped_megabyte(), BOMB_MEGABYTES))
        case Attack.HUGE_BODY:
            return Hostile(200, [JSON], itertools.repeat(_MEGABYTE, HUGE_BODY_MEGABYTES))
        case Attack.ENDLESS_LIST:
            return Hostile(200, [JSON], _endless_list(base))
        case Attack.DEEP_JSON:
            return Hostile(200, [JSON], [b"[" * NESTED_LISTS])
        case Attack.WRONG_DOCUMENT:
            return Hostile(200, [JSON], [other.body(gzipped=False)])
        case Attack.DOT_SEGMENTS:
            return Hostile(302, [(b"location", f"{base}{OUTSIDE}".encode())], [])
        case Attack.COOKIE:
            return Hostile(200, [JSON, (b"set-cookie", b"tracked=1; Path=/")], [body])
        case Attack.POISON:
            validators = [(b"etag", honest.etag), (b"cache-control", ABSURD_MAX_AGE)]
            return Hostile(200, [JSON, *validators], [_changed(body, _poison)])
        case Attack.BAD_TEXT:
            return Hostile(200, [JSON], [_changed(body, _set_bad_name)])
        case Attack.HUGE_NUMBERS:
            return Hostile(200, [JSON], [_changed(body, _set_huge_numbers)])
        case Attack.DUPLICATE_IDS:
            return Hostile(200, [JSON], [_changed(body, _duplicate_ids)])


@functools.cache
def _zipped_megabyte() -> bytes:
    """A gzip member. A gzip file can have any number of them."""
    return gzip.compress(_MEGABYTE)


def _endless_list(base: str) -> Iterator[bytes]:
    yield b'{"count":1,"next":null,"previous":null,"results":['
    for numbers in itertools.batched(itertools.count(1), 1000, strict=False):
        yield "".join(
            f'{{"name":"pokemon-{number}","url":"{base}/api/v2/pokemon/{number}/"}},' for number in numbers
        ).encode()


def _changed(body: bytes, change: Callable[[Document], None]) -> bytes:
    document = json.loads(body)
    change(document)
    return json.dumps(document).encode()


def _named(document: Document) -> Document:
    """What has the document's name: itself, or the first entry of a list."""
    named: Document = document if "name" in document else document["results"][0]
    return named


def _poison(document: Document) -> None:
    _named(document)["name"] = POISONED_NAME


def _set_bad_name(document: Document) -> None:
    _named(document)["name"] = BAD_NAME


def _set_huge_numbers(document: Document) -> None:
    for field, value in document.items():
        if type(value) is int and field != "id":
            document[field] = HUGE_NUMBER


def _duplicate_ids(document: Document) -> None:
    """Give all links of a list the URL of the first one. A Pokémon and a species have no list."""
    entries = document.get("results") or document.get("pokemon_species") or document.get("pokemon", [])
    links = [entry.get("pokemon", entry) for entry in entries]
    for link in links:
        link["url"] = links[0]["url"]
