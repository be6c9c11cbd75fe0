"""How the options of `report` and `preview` become a request."""

import pytest

from cli.request_options import generation_name, request_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("3", "generation-iii"),
        ("9", "generation-ix"),
        ("10", "generation-x"),
        ("14", "generation-xiv"),
        ("iii", "generation-iii"),
        (" VI ", "generation-vi"),
        ("generation-iii", "generation-iii"),
        ("Generation-III", "Generation-III"),
        ("0", "0"),
        ("100", "100"),
        ("third", "third"),
        ("", ""),
    ],
)
def test_the_number_of_a_generation_stands_for_its_name(text: str, name: str) -> None:
    assert generation_name(text) == name


def test_options_that_are_not_given_are_not_in_the_request() -> None:
    nothing = dict.fromkeys(("type_", "generation", "forms", "sample", "seed", "columns"))

    assert request_of(nothing) == {}
    assert request_of({**nothing, "type_": "fire", "forms": False, "columns": "name, hp"}) == {
        "type": "fire",
        "include_forms": False,
        "columns": ["name", "hp"],
    }
