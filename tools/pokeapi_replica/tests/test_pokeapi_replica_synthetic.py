"""Catalogues of other sizes, and documents as heavy as the live ones, keep what clients rely on."""

import gzip
import itertools
import json

import pytest

from pokeapi_replica import facts
from pokeapi_replica.catalogue import RESOURCES, Catalogue
from pokeapi_replica.documents import Document, Documents
from pokeapi_replica.padding import BALLAST, SHARES, pad
from pokeapi_replica.synthetic import repeat

SIZES = (1, 20, 1351, 5000, 15_000)
BASE = "http://pokeapi.test/api/v2"


@pytest.fixture(scope="module", params=SIZES)
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    return Catalogue(repeat(facts.load(), request.param))


def test_a_catalogue_of_the_real_size_is_the_real_one() -> None:
    assert repeat(facts.load(), 1351) == facts.load()


@pytest.mark.parametrize("count", SIZES)
def test_a_catalogue_has_as_many_pokemon_as_asked_for(count: int) -> None:
    assert len(repeat(facts.load(), count).pokemon) == count


def test_ids_and_names_are_unique(catalogue: Catalogue) -> None:
    for resource in RESOURCES:
        assert len(catalogue.ids[resource]) == len(catalogue.things[resource])


def test_default_pokemon_have_the_ids_of_their_species_and_forms_come_above_ten_thousand(
    catalogue: Catalogue,
) -> None:
    for pokemon in catalogue.facts.pokemon:
        assert pokemon.is_default == (pokemon.id <= 10_000) == (pokemon.id == pokemon.species)
        assert pokemon.species in catalogue.species
    assert list(catalogue.species) == list(range(1, len(catalogue.species) + 1))


def test_ids_have_no_gaps(catalogue: Catalogue) -> None:
    forms = [number for number in catalogue.pokemon if number > 10_000]
    assert forms == list(range(10_001, 10_001 + len(forms)))


def test_every_species_has_one_generation_and_one_default_pokemon(catalogue: Catalogue) -> None:
    listed = sorted(number for generation in catalogue.facts.generations for number in generation.species)
    assert listed == list(catalogue.species)
    for number in catalogue.species:
        assert [pokemon.id for pokemon in catalogue.varieties[number] if pokemon.is_default] == [number]


def test_every_document_of_a_synthetic_catalogue_can_be_made(catalogue: Catalogue) -> None:
    documents = Documents(catalogue, BASE)
    for resource in RESOURCES:
        for number in itertools.islice(catalogue.things[resource], 0, None, 7):
            assert documents.item(resource, number)["id"] == number


def test_types_count_every_pokemon_there_is(catalogue: Catalogue) -> None:
    documents = Documents(catalogue, BASE)
    first = [
        entry
        for number in catalogue.types
        for entry in documents.item("type", number)["pokemon"]
        if entry["slot"] == 1
    ]
    assert len(first) == len(catalogue.pokemon)


def _padded(resource: str, pad_kb: float) -> list[tuple[Document, Document]]:
    documents = Documents(Catalogue(facts.load()), BASE)
    numbers = itertools.islice(documents.catalogue.things[resource], 0, None, 9)
    return [
        (document, pad(resource, document, BASE, pad_kb))
        for document in (documents.item(resource, number) for number in numbers)
    ]


@pytest.mark.parametrize("resource", RESOURCES)
def test_padded_documents_say_the_same_facts_in_live_order(resource: str) -> None:
    for plain, padded in _padded(resource, 100):
        assert {name: value for name, value in padded.items() if name != BALLAST[resource][0]} == plain
        assert list(padded) == sorted(padded)


@pytest.mark.parametrize(
    # How many times smaller gzip makes the documents of the snapshot of 2026-08-08, absolute URLs included.
    ("resource", "live"),
    [("pokemon", 26.7), ("pokemon-species", 5.0), ("ability", 8.4), ("type", 7.5), ("generation", 6.7)],
)
def test_padded_documents_weigh_and_compress_about_as_the_live_ones(resource: str, live: float) -> None:
    bodies = [json.dumps(padded, separators=(",", ":")).encode() for _, padded in _padded(resource, 100)]
    weight = sum(map(len, bodies))
    assert weight / len(bodies) == pytest.approx(100_000 * SHARES[resource], rel=0.03)
    assert weight / sum(len(gzip.compress(body, 5)) for body in bodies) == pytest.approx(live, rel=0.2)


def test_padding_is_the_same_every_time() -> None:
    assert _padded("ability", 50) == _padded("ability", 50)
