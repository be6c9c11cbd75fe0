from domain.type_matchups import Matchups, matchups

from .builders import ELECTRIC, FIRE, FLYING, GHOST, NORMAL, pokemon_type


def test_zapdos_is_immune_to_ground_although_electric_is_weak_to_it() -> None:
    assert matchups([ELECTRIC, FLYING]) == Matchups(
        weak_to=("ice", "rock"),
        resists=("bug", "fighting", "flying", "grass", "steel"),
        immune_to=("ground",),
    )


def test_four_times_the_damage_is_a_weakness_too() -> None:
    charizard = matchups([FIRE, FLYING])

    assert charizard.weak_to == ("electric", "rock", "water")


def test_a_quarter_of_the_damage_is_a_resistance_too() -> None:
    charizard = matchups([FIRE, FLYING])

    assert charizard.resists == ("bug", "fairy", "fighting", "fire", "grass", "steel")


def test_a_weakness_and_a_resistance_cancel_each_other() -> None:
    charizard = matchups([FIRE, FLYING])

    assert "ice" not in (*charizard.weak_to, *charizard.resists, *charizard.immune_to)


def test_the_order_of_the_types_does_not_matter() -> None:
    assert matchups([FLYING, ELECTRIC]) == matchups([ELECTRIC, FLYING])


def test_a_single_type_has_its_own_matchups() -> None:
    assert matchups([ELECTRIC]) == Matchups(
        weak_to=("ground",), resists=("electric", "flying", "steel"), immune_to=()
    )


def test_two_types_combine_their_immunities() -> None:
    assert matchups([NORMAL, GHOST]) == Matchups(
        weak_to=("dark",), resists=("bug", "poison"), immune_to=("fighting", "ghost", "normal")
    )


def test_a_type_listed_twice_counts_twice_and_appears_once() -> None:
    twice = matchups([pokemon_type("ice", double=("rock",), half=("ice",))] * 2)

    assert twice == Matchups(weak_to=("rock",), resists=("ice",), immune_to=())


def test_a_pokemon_without_types_has_no_matchups() -> None:
    assert matchups([]) == Matchups(weak_to=(), resists=(), immune_to=())
