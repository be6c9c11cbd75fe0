from domain.pokedex import Generation, PokemonRef, PokemonType
from domain.pokemon_counts import generation_counts, type_counts

from .builders import generation

MR_MIME, MR_MIME_GALAR = PokemonRef(122, "mr-mime"), PokemonRef(10168, "mr-mime-galar")


def type_of(name: str, *pokemon: PokemonRef) -> PokemonType:
    return PokemonType(1, name, (), (), (), pokemon)


def test_a_generation_counts_its_species_and_all_their_forms() -> None:
    all_pokemon = [
        MR_MIME,
        PokemonRef(137, "porygon"),
        PokemonRef(474, "porygon-z"),
        PokemonRef(866, "mr-rime"),
        MR_MIME_GALAR,
    ]
    generations = [
        generation("generation-i", {"mr-mime": 122, "porygon": 137}),
        generation("generation-iv", {"porygon-z": 474}),
        generation("generation-viii", {"mr-rime": 866}),
        generation("generation-x", {}),
    ]
    species = frozenset({"mr-mime", "porygon", "porygon-z", "mr-rime"})

    counts = generation_counts(generations, all_pokemon, species, include_forms=True)

    assert counts == {"generation-i": 3, "generation-iv": 1, "generation-viii": 1, "generation-x": 0}

    without_forms = generation_counts(generations, all_pokemon, species, include_forms=False)

    assert without_forms["generation-i"] == 2


def test_a_type_counts_the_pokemon_that_match_the_other_filters() -> None:
    kanto = generation("generation-i", {"mr-mime": 122, "mewtwo": 150})
    types = [
        type_of("psychic", MR_MIME, MR_MIME_GALAR, PokemonRef(150, "mewtwo"), PokemonRef(249, "lugia")),
        type_of("ice", MR_MIME_GALAR),
        type_of("shadow"),
    ]
    species = frozenset({"mr-mime", "mewtwo", "lugia"})

    def counts(of: Generation | None, *, include_forms: bool) -> dict[str, int]:
        return type_counts(types, of, species, include_forms=include_forms)

    assert counts(None, include_forms=True) == {"psychic": 4, "ice": 1, "shadow": 0}
    assert counts(None, include_forms=False) == {"psychic": 3, "ice": 0, "shadow": 0}
    assert counts(kanto, include_forms=True) == {"psychic": 3, "ice": 1, "shadow": 0}
    assert counts(kanto, include_forms=False) == {"psychic": 2, "ice": 0, "shadow": 0}
