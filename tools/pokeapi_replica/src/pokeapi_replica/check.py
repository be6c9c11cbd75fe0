"""Compares documents made from the facts with a real source's, value by value, order included."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pokeapi_replica.catalogue import RESOURCES, Catalogue
from pokeapi_replica.documents import Documents
from pokeapi_replica.facts import Facts
from pokeapi_replica.source import Source

PARTIAL = ("sprites",)


@dataclass
class Comparison:
    """The documents and top-level fields of one resource that were compared, and every difference."""

    resource: str
    documents: int = 0
    fields: int = 0
    differences: list[str] = field(default_factory=list)


def compare(
    facts: Facts, source: Source, real: dict[str, list[dict[str, Any]]] | None = None
) -> Iterator[Comparison]:
    """Compare every list and document. `real` are documents already read from the source, by resource."""
    made = Documents(Catalogue(facts), source.base)
    for resource in RESOURCES:
        comparison = Comparison(resource)
        theirs = source.documents(resource) if real is None else real[resource]
        listing = source.listing(resource)
        page = made.page(resource, f"/api/v2/{resource}", limit=100_000)
        comparison.differences += _differences(f"{resource} list", page, listing)
        for document in theirs:
            ours = made.item(resource, document["id"])
            comparison.documents += 1
            comparison.fields += len(ours)
            comparison.differences += _differences(f"{resource} {document['name']}", ours, document)
        yield comparison


def _differences(where: str, ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    """Fields of ours that differ. Theirs may have more fields, here and inside `PARTIAL` ones only."""
    if [name for name in theirs if name in ours] != list(ours):
        yield f"{where}: fields {list(ours)} are not the source's, or not in its order"
        return
    for name, value in ours.items():
        if name in PARTIAL:
            yield from _differences(f"{where} {name}", value, theirs[name])
        elif json.dumps(value) != json.dumps(theirs[name]):
            yield f"{where}: {name}: {json.dumps(value)[:200]} here, {json.dumps(theirs[name])[:200]} there"
