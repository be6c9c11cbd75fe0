import pytest

from domain.unknown_names import unknown_name


def test_an_unknown_name_is_reported_with_the_valid_names() -> None:
    detail = unknown_name("type", "metal", ["electric", "fire"])

    assert detail == "There is no type 'metal'. Valid types: electric, fire."


@pytest.mark.parametrize(
    ("kind", "name", "nearest"),
    [
        ("type", "watr", "water"),
        ("type", "elektric", "electric"),
        ("generation", "generation-1", "generation-i"),
        ("column", "colour", "color"),
    ],
)
def test_an_unknown_name_suggests_the_most_similar_valid_name(kind: str, name: str, nearest: str) -> None:
    known = ["electric", "fire", "water", "generation-i", "generation-iv", "color"]

    detail = unknown_name(kind, name, known)

    assert detail.startswith(f"There is no {kind} {name!r}. Did you mean {nearest!r}? Valid {kind}s: ")
