"""Pad documents to the size of the live API's with made-up entries in fields that the dataset lacks.

A client's cost of receiving and parsing 100 KB would otherwise not show. Padding has live shapes (`moves`,
`flavor_text_entries`) and compresses about as well as the live fields, so that transferred bytes are
realistic too. It depends only on the document, so that ETags are the same in every run.
"""

import functools
import itertools
import json
from collections.abc import Callable, Iterator
from random import Random

from pokeapi_replica.documents import Document

# Mean sizes of documents in the snapshot of 2026-08-08 as shares of a Pokémon's 105 KB.
SHARES = {"pokemon": 1.0, "pokemon-species": 0.19, "ability": 0.12, "type": 0.15, "generation": 0.16}

MOVES = 900
VERSION_GROUPS = 29
VERSIONS = 43
LANGUAGES = 14
SYLLABLES = ("ka", "mo", "ri", "ten", "sha", "vel", "dor", "ni", "pu", "gra", "lo", "chi", "zu", "bra", "ost")


def pad(resource: str, document: Document, base: str, pad_kb: float) -> Document:
    """Return the document padded to its resource's share of `pad_kb` (1,000 bytes each), in field order."""
    room = int(pad_kb * 1000 * SHARES[resource]) - _size(document)
    field, entries = PADDING[resource]
    rng = Random(f"{resource}/{document['id']}")  # noqa: S311 - reproducible, not secret
    padding = []
    for entry, size in entries(rng, base):
        room -= size
        if room < 0:
            break
        padding.append(entry)
    return dict(sorted({**document, field: padding}.items()))


def _learned_moves(rng: Random, base: str) -> Iterator[tuple[Document, int]]:
    return itertools.islice(itertools.cycle(_move_pool(base)), rng.randrange(MOVES), None)


@functools.lru_cache(maxsize=4)
def _move_pool(base: str) -> list[tuple[Document, int]]:
    rng = Random("moves")  # noqa: S311 - reproducible, not secret
    return [_sized(_learned_move(rng, base, number)) for number in range(1, MOVES + 1)]


def _learned_move(rng: Random, base: str, number: int) -> Document:
    first = rng.randint(1, VERSION_GROUPS)
    level = rng.choice((0, 0, rng.randint(1, 60)))
    method = ("machine", 4) if level == 0 else ("level-up", 1)
    return {
        "move": _link(base, "move", number, f"move-{number}"),
        "version_group_details": [
            {
                "level_learned_at": level and level + rng.choice((0, 0, 0, 0, 1, 4)),
                "move_learn_method": _link(base, "move-learn-method", method[1], method[0]),
                "order": None,
                "version_group": _link(base, "version-group", group, f"version-group-{group}"),
            }
            for group in range(first, min(first + rng.randint(1, 14), VERSION_GROUPS) + 1)
            if rng.random() < 0.9
        ],
    }


def _moves(rng: Random, base: str) -> Iterator[tuple[Document, int]]:
    while True:
        yield _sized(_link(base, "move", rng.randint(1, MOVES), rng.choice(_words())))


def _texts(
    version: str, count: int, repeats: float
) -> Callable[[Random, str], Iterator[tuple[Document, int]]]:
    """Random texts, each in `repeats` entries on average: live texts repeat for several versions."""

    def entries(rng: Random, base: str) -> Iterator[tuple[Document, int]]:
        text = ""
        while True:
            if not text or rng.random() < 1 / repeats:
                text = " ".join(rng.choice(_words()) for _ in range(rng.randint(8, 18)))
            language, number = rng.randint(1, LANGUAGES), rng.randint(1, count)
            yield _sized(
                {
                    "flavor_text": text,
                    "language": _link(base, "language", language, f"language-{language}"),
                    version: _link(
                        base, version.replace("_", "-"), number, f"{version.replace('_', '-')}-{number}"
                    ),
                }
            )

    return entries


@functools.cache
def _words() -> list[str]:
    return ["".join(parts) for length in (1, 2, 3) for parts in itertools.product(SYLLABLES, repeat=length)]


def _link(base: str, resource: str, number: int, name: str) -> Document:
    return {"name": name, "url": f"{base}/{resource}/{number}/"}


def _sized(entry: Document) -> tuple[Document, int]:
    return entry, _size(entry) + 1


def _size(document: Document) -> int:
    return len(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


PADDING: dict[str, tuple[str, Callable[[Random, str], Iterator[tuple[Document, int]]]]] = {
    "pokemon": ("moves", _learned_moves),
    "pokemon-species": ("flavor_text_entries", _texts("version", VERSIONS, repeats=1.2)),
    "ability": ("flavor_text_entries", _texts("version_group", VERSION_GROUPS, repeats=3)),
    "type": ("moves", _moves),
    "generation": ("moves", _moves),
}
