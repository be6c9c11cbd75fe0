"""Synthetic datasets and padded documents keep the invariants that clients rely on."""

import gzip
import itertools
import json

import pytest

from pokeapi_replica import dataset
from pokeapi_replica.dataset_index import RESOURCES, DatasetIndex
from pokeapi_replica.documents import Document, Documents
from pokeapi_replica.padding import PADDING, SHARES, pad
from pokeapi_replica.synthetic import repeat

SIZES = (1, 20, 1351, 5000, 15_000)
BASE = "http://pokeapi.test/api/v2"


@pytest.fixture(scope="module", params=SIZES)
def index(request: pytest.FixtureRequest) -> DatasetIndex:
    return DatasetIndex(repeat(dataset.load(), request.param))


def test_a_dataset_of_the_real_size_is_the_real_one() -> None:
    assert repeat(dataset.load(), 1351) == dataset.load()


@pytest.mark.parametrize("count", SIZES)
def test_a_dataset_has_the_requested_number_of_pokemon(count: int) -> None:
    assert len(repeat(dataset.load(), count).pokemon) == count


def test_ids_and_names_are_unique(index: DatasetIndex) -> None:
    for resource in RESOURCES:
        assert len(index.ids[resource]) == len(index.rows[resource])


def test_default_pokemon_have_the_ids_of_their_species_and_forms_have_ids_above_ten_thousand(
    index: DatasetIndex,
) -> None:
    for pokemon in index.data.pokemon:
        assert pokemon.is_default == (pokemon.id <= 10_000) == (pokemon.id == pokemon.species)
        assert pokemon.species in index.species
    assert list(index.species) == list(range(1, len(index.species) + 1))


def test_ids_have_no_gaps(index: DatasetIndex) -> None:
    forms = [number for number in index.pokemon if number > 10_000]
    assert forms == list(range(10_001, 10_001 + len(forms)))


def test_every_species_has_one_generation_and_one_default_pokemon(index: DatasetIndex) -> None:
    listed = sorted(number for generation in index.data.generations for number in generation.species)
    assert listed == list(index.species)
    for number in index.species:
        assert [pokemon.id for pokemon in index.varieties[number] if pokemon.is_default] == [number]


def test_every_document_of_a_synthetic_dataset_can_be_generated(index: DatasetIndex) -> None:
    documents = Documents(index, BASE)
    for resource in RESOURCES:
        for number in itertools.islice(index.rows[resource], 0, None, 7):
            assert documents.item(resource, number)["id"] == number


def test_types_list_every_pokemon(index: DatasetIndex) -> None:
    documents = Documents(index, BASE)
    first = [
        entry
        for number in index.types
        for entry in documents.item("type", number)["pokemon"]
        if entry["slot"] == 1
    ]
    assert len(first) == len(index.pokemon)


def _padded(resource: str, pad_kb: float) -> list[tuple[Document, Document]]:
    documents = Documents(DatasetIndex(dataset.load()), BASE)
    numbers = itertools.islice(documents.index.rows[resource], 0, None, 9)
    return [
        (document, pad(resource, document, BASE, pad_kb))
        for document in (documents.item(resource, number) for number in numbers)
    ]


@pytest.mark.parametrize("resource", RESOURCES)
def test_padded_documents_have_the_same_fields_in_live_order(resource: str) -> None:
    for plain, padded in _padded(resource, 100):
        assert {name: value for name, value in padded.items() if name != PADDING[resource][0]} == plain
        assert list(padded) == sorted(padded)


@pytest.mark.parametrize(
    # Gzip compression ratios of the documents of the snapshot of 2026-08-08, with absolute URLs.
    ("resource", "live"),
    [("pokemon", 26.7), ("pokemon-species", 5.0), ("ability", 8.4), ("type", 7.5), ("generation", 6.7)],
)
def test_padded_documents_have_about_the_live_size_and_compression_ratio(resource: str, live: float) -> None:
    bodies = [json.dumps(padded, separators=(",", ":")).encode() for _, padded in _padded(resource, 100)]
    size = sum(map(len, bodies))
    assert size / len(bodies) == pytest.approx(100_000 * SHARES[resource], rel=0.03)
    assert size / sum(len(gzip.compress(body, 5)) for body in bodies) == pytest.approx(live, rel=0.2)


def test_padding_is_deterministic() -> None:
    assert _padded("ability", 50) == _padded("ability", 50)
