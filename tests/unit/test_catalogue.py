from domain.catalogue import pokemon_counts, unknown_name
from domain.pokedex import PokemonRef

from .builders import generation


def test_a_generation_counts_its_species_and_all_their_forms() -> None:
    everyone = [
        PokemonRef(122, "mr-mime"),
        PokemonRef(137, "porygon"),
        PokemonRef(474, "porygon-z"),
        PokemonRef(866, "mr-rime"),
        PokemonRef(10168, "mr-mime-galar"),
    ]
    generations = [
        generation("generation-i", {"mr-mime": 122, "porygon": 137}),
        generation("generation-iv", {"porygon-z": 474}),
        generation("generation-viii", {"mr-rime": 866}),
        generation("generation-x", {}),
    ]
    species = frozenset({"mr-mime", "porygon", "porygon-z", "mr-rime"})

    counts = pokemon_counts(generations, everyone, species, include_forms=True)

    assert counts == {"generation-i": 3, "generation-iv": 1, "generation-viii": 1, "generation-x": 0}

    without_forms = pokemon_counts(generations, everyone, species, include_forms=False)

    assert without_forms["generation-i"] == 2


def test_an_unknown_name_is_told_with_the_names_there_are() -> None:
    detail = unknown_name("type", "elektric", ["electric", "fire"])

    assert detail == "There is no type 'elektric'. There are: electric, fire."
