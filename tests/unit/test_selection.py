import random

import pytest

from domain.pokedex import PokemonRef
from domain.selection import PROGRESS_UPDATES, population, progress_step, sample, species_of_form, split

from .builders import generation, refs

PORYGON = PokemonRef(137, "porygon")
PORYGON_Z = PokemonRef(474, "porygon-z")
MR_MIME = PokemonRef(122, "mr-mime")
MR_MIME_GALAR = PokemonRef(10168, "mr-mime-galar")
ZAPDOS = PokemonRef(145, "zapdos")
ALL_POKEMON = [MR_MIME_GALAR, PORYGON_Z, ZAPDOS, PORYGON, MR_MIME]
SPECIES = frozenset({"porygon", "porygon-z", "mr-mime", "zapdos"})
GENERATION_I = generation("generation-i", {"porygon": 137, "mr-mime": 122, "zapdos": 145})
GENERATION_IV = generation("generation-iv", {"porygon-z": 474})


def test_without_filters_all_pokemon_are_selected_by_id() -> None:
    chosen = population(ALL_POKEMON, generation=None, species_names=frozenset(), include_forms=True)

    assert chosen == [MR_MIME, PORYGON, ZAPDOS, PORYGON_Z, MR_MIME_GALAR]


def test_a_pokemon_listed_twice_is_selected_once() -> None:
    chosen = population([ZAPDOS, ZAPDOS], generation=None, species_names=frozenset(), include_forms=True)

    assert chosen == [ZAPDOS]


def test_without_forms_only_default_pokemon_are_selected() -> None:
    chosen = population(ALL_POKEMON, generation=None, species_names=frozenset(), include_forms=False)

    assert chosen == [MR_MIME, PORYGON, ZAPDOS, PORYGON_Z]


@pytest.mark.parametrize(("number", "is_default"), [(1, True), (10_000, True), (10_001, False)])
def test_default_pokemon_have_ids_up_to_ten_thousand(number: int, is_default: bool) -> None:
    assert PokemonRef(number, "a-pokemon").is_default is is_default


def test_a_generation_includes_later_forms_of_its_species() -> None:
    chosen = population(ALL_POKEMON, generation=GENERATION_I, species_names=SPECIES, include_forms=True)

    assert chosen == [MR_MIME, PORYGON, ZAPDOS, MR_MIME_GALAR]


def test_a_generation_without_forms_has_only_its_default_pokemon() -> None:
    chosen = population(ALL_POKEMON, generation=GENERATION_I, species_names=SPECIES, include_forms=False)

    assert chosen == [MR_MIME, PORYGON, ZAPDOS]


def test_porygon_z_belongs_to_its_own_generation_and_not_to_porygons() -> None:
    chosen = population(ALL_POKEMON, generation=GENERATION_IV, species_names=SPECIES, include_forms=True)

    assert chosen == [PORYGON_Z]


def test_a_form_belongs_to_the_generation_of_the_longest_matching_species_name() -> None:
    form = PokemonRef(10500, "porygon-z-mega")

    assert population([form], generation=GENERATION_IV, species_names=SPECIES, include_forms=True) == [form]
    assert population([form], generation=GENERATION_I, species_names=SPECIES, include_forms=True) == []


def test_a_population_can_be_empty() -> None:
    assert population([], generation=GENERATION_I, species_names=SPECIES, include_forms=True) == []


def test_the_longest_matching_species_name_is_used() -> None:
    assert species_of_form("porygon-z-mega", SPECIES) == "porygon-z"
    assert species_of_form("porygon-zebra", SPECIES) == "porygon"


def test_a_species_is_its_own_form() -> None:
    assert species_of_form("mr-mime", SPECIES) == "mr-mime"


@pytest.mark.parametrize("name", ["missingno", "zapdosaur", "mega-zapdos", ""])
def test_a_form_whose_name_starts_with_no_species_name_has_no_species(name: str) -> None:
    assert species_of_form(name, SPECIES) is None


def test_a_form_without_a_known_species_belongs_to_no_generation() -> None:
    unknown_form = PokemonRef(10999, "missingno-mega")

    assert (
        population([unknown_form], generation=GENERATION_I, species_names=SPECIES, include_forms=True) == []
    )


def test_a_sample_is_drawn_from_the_sorted_ids_by_a_seeded_random() -> None:
    all_pokemon = refs(151)

    ids = [ref.id for ref in sample(all_pokemon, 5, seed=7)]

    assert ids == sorted(random.Random(7).sample(range(1, 152), 5))
    assert ids == [13, 19, 39, 83, 102]


def test_the_same_seed_gives_the_same_sample_whatever_the_order_of_the_population() -> None:
    all_pokemon = refs(151)

    assert sample(all_pokemon, 20, seed=7) == sample(all_pokemon[::-1], 20, seed=7)


def test_another_seed_gives_another_sample() -> None:
    all_pokemon = refs(151)

    assert sample(all_pokemon, 20, seed=7) != sample(all_pokemon, 20, seed=8)


def test_a_sample_has_the_requested_size_and_no_duplicates() -> None:
    chosen = sample(refs(30), 29, seed=1)

    assert len(set(chosen)) == len(chosen) == 29


@pytest.mark.parametrize("size", [3, 4, 1_000_000, None])
def test_a_sample_no_smaller_than_the_population_is_the_population(size: int | None) -> None:
    assert sample(refs(3), size, seed=7) == list(refs(3))


@pytest.mark.parametrize("size", [1, None])
def test_a_sample_of_an_empty_population_is_empty(size: int | None) -> None:
    assert sample([], size, seed=7) == []


def test_shards_are_consecutive_and_only_the_last_is_smaller() -> None:
    first, second, third, fourth, fifth = refs(5)

    assert split(refs(5), 2) == [(first, second), (third, fourth), (fifth,)]


def test_an_exact_division_leaves_no_empty_shard() -> None:
    assert [len(shard) for shard in split(refs(100), 50)] == [50, 50]


def test_an_empty_population_has_no_shards() -> None:
    assert split([], 50) == []


@pytest.mark.parametrize("total", [0, 1, PROGRESS_UPDATES])
def test_a_small_report_updates_its_progress_for_every_pokemon(total: int) -> None:
    assert progress_step(total) == 1


@pytest.mark.parametrize("total", [PROGRESS_UPDATES + 1, 1351, 100_000])
def test_a_large_report_updates_its_progress_no_more_often_than_a_small_one(total: int) -> None:
    step = progress_step(total)

    assert total / step <= PROGRESS_UPDATES < total / (step - 1)
