"""Compare documents generated from the dataset with a source's, value by value and in order."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pokeapi_replica.dataset import Dataset
from pokeapi_replica.dataset_index import RESOURCES, DatasetIndex
from pokeapi_replica.documents import Documents
from pokeapi_replica.source import Source

PARTIAL = ("sprites",)


@dataclass
class Comparison:
    """For one resource: the number of documents and top-level fields compared, and the differences."""

    resource: str
    documents: int = 0
    fields: int = 0
    differences: list[str] = field(default_factory=list)


def compare(
    data: Dataset, source: Source, real: dict[str, list[dict[str, Any]]] | None = None
) -> Iterator[Comparison]:
    """Compare every list and document. `real` has documents already fetched from the source, by resource."""
    generated = Documents(DatasetIndex(data), source.base)
    for resource in RESOURCES:
        comparison = Comparison(resource)
        theirs = source.documents(resource) if real is None else real[resource]
        listing = source.listing(resource)
        page = generated.page(resource, f"/api/v2/{resource}", limit=100_000)
        comparison.differences += _differences(f"{resource} list", page, listing)
        for document in theirs:
            ours = generated.item(resource, document["id"])
            comparison.documents += 1
            comparison.fields += len(ours)
            comparison.differences += _differences(f"{resource} {document['name']}", ours, document)
        yield comparison


def _differences(where: str, ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    """Yield the differing fields. The source may have more fields, also inside `PARTIAL` fields."""
    if [name for name in theirs if name in ours] != list(ours):
        yield f"{where}: fields {list(ours)} are missing from the source or in a different order"
        return
    for name, value in ours.items():
        if name in PARTIAL:
            yield from _differences(f"{where} {name}", value, theirs[name])
        elif json.dumps(value) != json.dumps(theirs[name]):
            local, remote = json.dumps(value)[:200], json.dumps(theirs[name])[:200]
            yield f"{where}: {name}: {local} in the dataset, {remote} in the source"
