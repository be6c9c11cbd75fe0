import json
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import azure.functions as func
import pytest

from adapters.pokeapi import PokeApi, PokeApiUnavailableError
from domain.columns import COLUMNS
from domain.report import ReportRequest
from triggers.request_body import MAX_BODY_BYTES, read_request
from triggers.responses import Problem


class FakePokeApi(PokeApi):
    """Knows the names of a few types and generations, or is away."""

    def __init__(self, *, away: bool = False) -> None:
        self.away = away
        self.asked: list[str] = []

    def types(self) -> dict[str, int]:
        return self._names("types", {"electric": 13, "fire": 10})

    def generations(self) -> dict[str, int]:
        return self._names("generations", {"generation-i": 1, "generation-ii": 2})

    def _names(self, kind: str, names: dict[str, int]) -> dict[str, int]:
        self.asked.append(kind)
        if self.away:
            raise PokeApiUnavailableError("PokéAPI did not answer.")
        return names


def read(
    body: Any, *, content_type: str | None = "application/json", pokeapi: PokeApi | None = None
) -> ReportRequest:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {} if content_type is None else {"Content-Type": content_type}
    request = func.HttpRequest("POST", "/api/reports", headers=headers, body=content)
    return read_request(request, pokeapi or FakePokeApi())


def problem(body: Any, *, content_type: str | None = "application/json") -> Problem:
    with pytest.raises(Problem) as caught:
        read(body, content_type=content_type)
    return caught.value


def faults(body: Any) -> list[tuple[str, str]]:
    """The pointer and detail of each fault of a body that is refused with 400."""
    refused = problem(body)
    assert refused.status is HTTPStatus.BAD_REQUEST
    assert refused.body["type"] == "urn:poke-queue:problem:invalid-request"
    return [(fault["pointer"], fault["detail"]) for fault in refused.body["errors"]]


def pointers(body: Any) -> list[str]:
    return sorted(pointer for pointer, _ in faults(body))


def test_an_empty_object_asks_for_everything() -> None:
    request = read({})

    assert request == ReportRequest(
        type=None,
        generation=None,
        include_forms=True,
        sample_size=None,
        seed=request.seed,
        columns=tuple(COLUMNS),
    )


def test_every_field_is_taken() -> None:
    body = {
        "type": "electric",
        "generation": "generation-i",
        "include_forms": False,
        "sample_size": 20,
        "seed": 7,
        "columns": ["name", "id"],
    }

    assert read(body) == ReportRequest(
        type="electric",
        generation="generation-i",
        include_forms=False,
        sample_size=20,
        seed=7,
        columns=("name", "id"),
    )


def test_null_is_the_same_as_leaving_out() -> None:
    fields = ("type", "generation", "include_forms", "sample_size", "seed", "columns")

    request = read(dict.fromkeys(fields))

    assert request == replace(read({}), seed=request.seed)


def test_a_seed_is_drawn_where_none_is_given() -> None:
    seeds = {read({}).seed for _ in range(20)}

    assert len(seeds) > 1
    assert all(0 <= seed < 2**53 for seed in seeds)


@pytest.mark.parametrize("seed", [0, 2**53 - 1])
def test_the_smallest_and_the_largest_seed_are_kept(seed: int) -> None:
    assert read({"seed": seed}).seed == seed


@pytest.mark.parametrize(
    ("given", "name"), [("Electric", "electric"), ("  fire ", "fire"), ("ELECTRIC\t", "electric")]
)
def test_names_are_taken_in_any_case_and_between_spaces(given: str, name: str) -> None:
    assert read({"type": given}).type == name
    assert read({"columns": [" HP", "Weak_To "]}).columns == ("hp", "weak_to")
    assert read({"generation": " Generation-I "}).generation == "generation-i"


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON ;x=y"]
)
def test_json_may_be_declared_with_parameters(content_type: str) -> None:
    assert read({"seed": 7}, content_type=content_type).seed == 7


@pytest.mark.parametrize("content_type", ["text/plain", "application/jsonp", "text/json", "", None])
def test_a_body_that_is_not_declared_as_json_is_an_unsupported_media_type(
    content_type: str | None,
) -> None:
    refused = problem({}, content_type=content_type)

    assert refused.status is HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    assert refused.body["type"] == "urn:poke-queue:problem:not-json"
    assert "Content-Type: application/json" in refused.body["detail"]


def test_a_body_of_sixteen_kibibytes_is_read() -> None:
    assert MAX_BODY_BYTES == 16 * 1024
    assert read(b'{"seed": 7}'.ljust(16 * 1024)).seed == 7


def test_a_larger_body_is_refused_unread() -> None:
    refused = problem(b"?" * (16 * 1024 + 1))

    assert refused.status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert refused.body["type"] == "urn:poke-queue:problem:too-large"
    assert refused.body["detail"] == "The body has 16385 bytes; at most 16384 are read."


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"{",
        b"{'seed': 7}",
        b'{"seed": 07}',
        b'{"seed": 7,}',
        b"\xff{}",
        b"\xef\xbb\xbf{}",
        b"{} {}",
    ],
)
def test_what_is_not_json_is_refused_as_a_whole(body: bytes) -> None:
    [(pointer, detail)] = faults(body)

    assert pointer == ""
    assert detail.startswith("The body cannot be read as JSON: ")


@pytest.mark.parametrize("body", [b"[" * 16_000, b'{"seed": ' + b"7" * 5000 + b"}"])
def test_json_beyond_what_can_be_parsed_is_refused_and_breaks_nothing(body: bytes) -> None:
    assert pointers(body) == [""]


@pytest.mark.parametrize("body", [[], None, 7, "electric", True])
def test_json_that_is_not_an_object_is_refused(body: Any) -> None:
    assert faults(body) == [("", "The body must be a JSON object, such as {}.")]


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_have_are_refused(constant: str) -> None:
    [(pointer, detail)] = faults(f'{{"seed": {constant}}}'.encode())

    assert pointer == ""
    assert detail == f"The body cannot be read as JSON: {constant} is not JSON."


@pytest.mark.parametrize("body", [b'{"seed": 1, "seed": 1}', b'{"x": {"a": 1, "a": 2}}'])
def test_a_name_that_is_there_twice_is_refused(body: bytes) -> None:
    assert faults(body) == [("", "The body cannot be read as JSON: a name is there twice in one object.")]


def test_an_unknown_field_is_refused_with_the_fields_there_are() -> None:
    assert faults({"size": 20}) == [
        (
            "/size",
            "There is no such field. There are: type, generation, include_forms, sample_size, seed, columns.",
        )
    ]


def test_a_pointer_escapes_what_json_pointers_escape() -> None:
    assert pointers({"a/b~c": 1}) == ["/a~1b~0c"]


@pytest.mark.parametrize("field", ["seed", "sample_size"])
@pytest.mark.parametrize("value", [True, "7", 7.5, 1e400, [7], {}])
def test_only_whole_numbers_are_whole_numbers(field: str, value: Any) -> None:
    body = json.dumps({field: value}).replace("Infinity", "1e400").encode()

    assert faults(body) == [(f"/{field}", "Input should be a valid integer.")]


@pytest.mark.parametrize("value", [0, 1, "true", "yes", 1.0, []])
def test_only_true_and_false_are_booleans(value: Any) -> None:
    assert faults({"include_forms": value}) == [("/include_forms", "Input should be a valid boolean.")]


@pytest.mark.parametrize("field", ["type", "generation"])
@pytest.mark.parametrize("value", [7, True, ["electric"], {}])
def test_only_text_is_a_name(field: str, value: Any) -> None:
    assert faults({field: value}) == [(f"/{field}", "Input should be a valid string.")]


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("seed", -1, "Input should be greater than or equal to 0."),
        ("seed", 2**53, "Input should be less than or equal to 9007199254740991."),
        ("sample_size", 0, "Input should be greater than or equal to 1."),
        ("sample_size", -1, "Input should be greater than or equal to 1."),
        ("sample_size", 1_000_001, "Input should be less than or equal to 1000000."),
    ],
)
def test_a_number_out_of_range_is_refused_with_its_bound(field: str, value: int, detail: str) -> None:
    assert faults({field: value}) == [(f"/{field}", detail)]


@pytest.mark.parametrize("size", [1, 1_000_000])
def test_the_smallest_and_the_largest_sample_can_be_asked_for(size: int) -> None:
    assert read({"sample_size": size}).sample_size == size


def test_unknown_names_are_refused_with_the_names_there_are() -> None:
    assert faults({"type": "Elektric", "generation": "generation-x"}) == [
        ("/type", "There is no type 'elektric'. There are: electric, fire."),
        (
            "/generation",
            "There is no generation 'generation-x'. There are: generation-i, generation-ii.",
        ),
    ]


@pytest.mark.parametrize("field", ["type", "generation"])
def test_an_empty_name_is_an_unknown_one(field: str) -> None:
    assert pointers({field: "  "}) == [f"/{field}"]


@pytest.mark.parametrize("columns", ["id", 7, {"id": True}])
def test_columns_that_are_not_a_list_are_refused(columns: Any) -> None:
    assert pointers({"columns": columns}) == ["/columns"]


def test_no_columns_at_all_are_refused() -> None:
    assert pointers({"columns": []}) == ["/columns"]


def test_every_fault_of_the_columns_is_told_at_its_place() -> None:
    [first, second, third] = faults({"columns": ["id", "power", "id", "ID "]})

    assert first[0] == "/columns/1"
    assert first[1].startswith("There is no column 'power'. There are: id, name, species, ")
    assert second == ("/columns/2", "The column 'id' is there twice.")
    assert third == ("/columns/3", "The column 'id' is there twice.")


def test_an_unknown_column_that_is_there_twice_is_told_at_both_places() -> None:
    assert pointers({"columns": ["power", "power"]}) == ["/columns/0", "/columns/1"]


def test_columns_of_other_kinds_are_told_beside_unknown_ones() -> None:
    assert pointers({"columns": [7, "power", None, "id"]}) == ["/columns/0", "/columns/1", "/columns/2"]


def test_a_column_of_another_kind_is_one_fault_however_often_it_is_there() -> None:
    assert pointers({"columns": [7, 7]}) == ["/columns/0", "/columns/1"]


def test_every_fault_is_told_at_once_and_counted() -> None:
    body = {"seed": -1, "sample_size": "20", "include_forms": 1, "size": 3, "columns": ["power", "id", "id"]}

    assert pointers(body) == [
        "/columns/0",
        "/columns/2",
        "/include_forms",
        "/sample_size",
        "/seed",
        "/size",
    ]
    assert problem(body).body["detail"] == "6 things are wrong with the request."


def test_a_single_fault_is_told_as_one() -> None:
    assert problem({"seed": -1}).body["detail"] == "1 thing is wrong with the request."


def test_unknown_names_and_columns_are_told_together() -> None:
    assert pointers({"type": "elektric", "columns": ["power"]}) == ["/columns/0", "/type"]


def test_an_unknown_type_is_told_beside_a_field_that_is_not_valid() -> None:
    assert pointers({"type": "elektric", "sample_size": 0}) == ["/sample_size", "/type"]


def test_a_column_repeated_in_another_case_is_told_beside_a_field_that_is_not_valid() -> None:
    assert pointers({"columns": ["ID", "ID"], "sample_size": 0}) == ["/columns/1", "/sample_size"]


def test_while_pokeapi_is_away_any_name_is_accepted() -> None:
    request = read({"type": "elektric", "generation": "generation-x"}, pokeapi=FakePokeApi(away=True))

    assert (request.type, request.generation) == ("elektric", "generation-x")


def test_while_pokeapi_is_away_every_other_fault_is_still_told() -> None:
    with pytest.raises(Problem) as caught:
        read({"type": "elektric", "columns": ["power"]}, pokeapi=FakePokeApi(away=True))

    assert [fault["pointer"] for fault in caught.value.body["errors"]] == ["/columns/0"]


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ({}, []),
        ({"type": "electric"}, ["types"]),
        ({"generation": "generation-i"}, ["generations"]),
    ],
)
def test_pokeapi_is_asked_for_no_more_names_than_the_request_has(
    body: dict[str, Any], asked: list[str]
) -> None:
    pokeapi = FakePokeApi()
    read(body, pokeapi=pokeapi)

    assert pokeapi.asked == asked


def test_a_field_nested_deeply_is_only_an_unknown_field() -> None:
    assert pointers(b'{"x": ' + b"[" * 8000 + b"]" * 8000 + b"}") == ["/x"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"type": "\xff"}', "it is not UTF-8"),
        (b'{"seed": ' + b"9" * 5000 + b"}", "a number has too many digits"),
        (b"[" * 16_000, "it is nested too deeply"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_why(body: bytes, reason: str) -> None:
    ((pointer, detail),) = faults(body)

    assert pointer == ""
    assert detail == f"The body cannot be read as JSON: {reason}."


def test_more_columns_than_there_are_is_one_short_fault() -> None:
    ((pointer, detail),) = faults({"columns": ["x"] * 1000})

    assert pointer == "/columns"
    assert len(detail) < 100


def test_no_columns_at_all_is_told_what_would_be_right() -> None:
    ((pointer, detail),) = faults({"columns": []})

    assert pointer == "/columns"
    assert detail == "Name at least one column, or leave it out for all."


@pytest.mark.parametrize("number", [b"20.0", b"2e1", b"0.2e2"])
def test_a_whole_number_may_be_written_with_a_fraction_or_an_exponent(number: bytes) -> None:
    assert read(b'{"sample_size": ' + number + b"}").sample_size == 20


@pytest.mark.parametrize("number", [b"20.5", b"1e400", b"-1e400", b"1e300"])
def test_a_number_that_is_not_whole_or_has_no_bounds_is_refused(number: bytes) -> None:
    assert pointers(b'{"sample_size": ' + number + b"}") == ["/sample_size"]
