import json
import re
import sys
import unicodedata
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import azure.functions as func
import pytest

from adapters.pokeapi import PokeApi
from domain.columns import COLUMNS
from domain.errors import PokeApiUnavailableError
from domain.report import ReportRequest
from triggers.request_body import MAX_BODY_BYTES, NewReport, read_new_report
from triggers.responses import Problem
from triggers.schemas import HIDDEN, MAX_NAME_LENGTH, SURROGATES, ReportRequestBody


class FakePokeApi(PokeApi):
    """Has a few types and generations, or is unavailable."""

    def __init__(self, *, available: bool = True) -> None:
        self.available = available
        self.requested: list[str] = []

    def types(self) -> dict[str, int]:
        return self._names("types", {"electric": 13, "fire": 10})

    def generations(self) -> dict[str, int]:
        return self._names("generations", {"generation-i": 1, "generation-ii": 2})

    def _names(self, kind: str, names: dict[str, int]) -> dict[str, int]:
        self.requested.append(kind)
        if not self.available:
            raise PokeApiUnavailableError("PokéAPI did not respond.")
        return names


def read_all(
    body: Any, *, content_type: str | None = "application/json", pokeapi: PokeApi | None = None
) -> NewReport:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {} if content_type is None else {"Content-Type": content_type}
    request = func.HttpRequest("POST", "/api/reports", headers=headers, body=content)
    return read_new_report(request, pokeapi or FakePokeApi())


def read(
    body: Any, *, content_type: str | None = "application/json", pokeapi: PokeApi | None = None
) -> ReportRequest:
    return read_all(body, content_type=content_type, pokeapi=pokeapi).request


def problem(body: Any, *, content_type: str | None = "application/json") -> Problem:
    with pytest.raises(Problem) as caught:
        read(body, content_type=content_type)
    return caught.value


def errors(body: Any) -> list[tuple[str, str]]:
    """The pointer and detail of each error of a body that is rejected with 400."""
    rejected = problem(body)
    assert rejected.status is HTTPStatus.BAD_REQUEST
    assert rejected.body["type"] == "urn:poke-queue:problem:invalid-request"
    return [(error["pointer"], error["detail"]) for error in rejected.body["errors"]]


def pointers(body: Any) -> list[str]:
    return sorted(pointer for pointer, _ in errors(body))


def test_an_empty_object_requests_all_pokemon_and_columns() -> None:
    request = read({})

    assert request == ReportRequest(
        type=None,
        generation=None,
        include_forms=True,
        sample_size=None,
        seed=request.seed,
        columns=tuple(COLUMNS),
    )


def test_every_field_is_read() -> None:
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


def test_null_is_the_same_as_no_value() -> None:
    fields = ("type", "generation", "include_forms", "sample_size", "seed", "columns")

    request = read(dict.fromkeys(fields))

    assert request == replace(read({}), seed=request.seed)


def test_a_request_without_a_seed_gets_a_random_seed() -> None:
    seeds = {read({}).seed for _ in range(20)}

    assert len(seeds) > 1
    assert all(0 <= seed < 2**53 for seed in seeds)


@pytest.mark.parametrize("seed", [0, 2**53 - 1])
def test_the_smallest_and_the_largest_seed_are_accepted(seed: int) -> None:
    assert read({"seed": seed}).seed == seed


@pytest.mark.parametrize(
    ("given", "name"), [("Electric", "electric"), ("  fire ", "fire"), ("ELECTRIC\t", "electric")]
)
def test_letter_case_and_surrounding_spaces_of_names_are_ignored(given: str, name: str) -> None:
    assert read({"type": given}).type == name
    assert read({"columns": [" HP", "Weak_To "]}).columns == ("hp", "weak_to")
    assert read({"generation": " Generation-I "}).generation == "generation-i"


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "Application/JSON ;x=y"]
)
def test_the_content_type_may_have_parameters(content_type: str) -> None:
    assert read({"seed": 7}, content_type=content_type).seed == 7


@pytest.mark.parametrize("content_type", ["text/plain", "application/jsonp", "text/json", "", None])
def test_a_body_with_another_content_type_is_an_unsupported_media_type(
    content_type: str | None,
) -> None:
    rejected = problem({}, content_type=content_type)

    assert rejected.status is HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    assert rejected.body["type"] == "urn:poke-queue:problem:not-json"
    assert "Content-Type: application/json" in rejected.body["detail"]


def test_a_body_of_sixteen_kibibytes_is_read() -> None:
    assert MAX_BODY_BYTES == 16 * 1024
    assert read(b'{"seed": 7}'.ljust(16 * 1024)).seed == 7


def test_a_larger_body_is_rejected_before_it_is_parsed() -> None:
    rejected = problem(b"?" * (16 * 1024 + 1))

    assert rejected.status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert rejected.body["type"] == "urn:poke-queue:problem:too-large"
    assert rejected.body["detail"] == "The body must have at most 16384 bytes; got 16385."


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
def test_a_body_that_is_not_json_has_one_error(body: bytes) -> None:
    [(pointer, detail)] = errors(body)

    assert pointer == ""
    assert detail.startswith("The body is not valid JSON: ")


@pytest.mark.parametrize("body", [b"[" * 16_000, b'{"seed": ' + b"7" * 5000 + b"}"])
def test_json_beyond_the_limits_of_the_parser_is_rejected(body: bytes) -> None:
    assert pointers(body) == [""]


@pytest.mark.parametrize("body", [[], None, 7, "electric", True])
def test_json_that_is_not_an_object_is_rejected(body: Any) -> None:
    assert errors(body) == [("", "The body must be a JSON object, such as {}.")]


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_have_are_rejected(constant: str) -> None:
    [(pointer, detail)] = errors(f'{{"seed": {constant}}}'.encode())

    assert pointer == ""
    assert detail == f"The body is not valid JSON: {constant} is not a JSON value."


@pytest.mark.parametrize("body", [b'{"seed": 1, "seed": 1}', b'{"x": {"a": 1, "a": 2}}'])
def test_an_object_with_the_same_name_twice_is_rejected(body: bytes) -> None:
    assert errors(body) == [("", "The body is not valid JSON: an object has the same name twice.")]


def test_an_unknown_field_is_rejected_with_a_suggestion_and_the_valid_fields() -> None:
    [(pointer, detail)] = errors({"sample": 20})

    assert pointer == "/sample"
    assert detail.startswith("There is no field 'sample'. Did you mean 'sample_size'? Valid fields: type, ")


def test_special_characters_in_a_pointer_are_escaped() -> None:
    assert pointers({"a/b~c": 1}) == ["/a~1b~0c"]


@pytest.mark.parametrize("field", ["seed", "sample_size"])
@pytest.mark.parametrize("value", [True, "7", 7.5, 1e400, [7], {}])
def test_only_whole_numbers_are_accepted_as_numbers(field: str, value: Any) -> None:
    body = json.dumps({field: value}).replace("Infinity", "1e400").encode()

    assert errors(body) == [(f"/{field}", "Input should be a valid integer.")]


@pytest.mark.parametrize("value", [0, 1, "true", "yes", 1.0, []])
def test_only_true_and_false_are_accepted_as_booleans(value: Any) -> None:
    assert errors({"include_forms": value}) == [("/include_forms", "Input should be a valid boolean.")]


@pytest.mark.parametrize("field", ["type", "generation"])
@pytest.mark.parametrize("value", [7, True, ["electric"], {}])
def test_only_strings_are_accepted_as_names(field: str, value: Any) -> None:
    assert errors({field: value}) == [(f"/{field}", "Input should be a valid string.")]


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
def test_a_number_out_of_range_is_rejected_with_the_limit(field: str, value: int, detail: str) -> None:
    assert errors({field: value}) == [(f"/{field}", detail)]


@pytest.mark.parametrize("size", [1, 1_000_000])
def test_the_smallest_and_the_largest_sample_size_are_accepted(size: int) -> None:
    assert read({"sample_size": size}).sample_size == size


@pytest.mark.parametrize(
    ("field", "name", "detail"),
    [
        (
            "type",
            "Elektric",
            "There is no type 'elektric'. Did you mean 'electric'? Valid types: electric, fire.",
        ),
        (
            "generation",
            "2",
            "There is no generation '2'. Valid generations: generation-i, generation-ii.",
        ),
    ],
)
def test_an_unknown_name_is_rejected_with_the_valid_names(field: str, name: str, detail: str) -> None:
    assert errors({field: name}) == [(f"/{field}", detail)]


@pytest.mark.parametrize("field", ["type", "generation"])
def test_an_empty_name_is_an_unknown_name(field: str) -> None:
    assert pointers({field: "  "}) == [f"/{field}"]


@pytest.mark.parametrize("columns", ["id", 7, {"id": True}])
def test_columns_that_are_not_a_list_are_rejected(columns: Any) -> None:
    assert pointers({"columns": columns}) == ["/columns"]


def test_every_error_of_the_columns_points_to_its_position() -> None:
    [first, second, third] = errors({"columns": ["id", "power", "id", "ID "]})

    assert first[0] == "/columns/1"
    assert first[1].startswith("There is no column 'power'. Valid columns: id, name, species, ")
    assert second == ("/columns/2", "The column 'id' is listed twice. Remove one.")
    assert third == ("/columns/3", "The column 'id' is listed twice. Remove one.")


def test_an_unknown_column_that_is_listed_twice_is_two_errors() -> None:
    assert pointers({"columns": ["power", "power"]}) == ["/columns/0", "/columns/1"]


def test_columns_that_are_not_strings_are_reported_with_unknown_columns() -> None:
    assert pointers({"columns": [7, "power", None, "id"]}) == ["/columns/0", "/columns/1", "/columns/2"]


def test_every_column_that_is_not_a_string_is_an_error_of_its_own() -> None:
    assert pointers({"columns": [7, 7]}) == ["/columns/0", "/columns/1"]


def test_all_errors_are_reported_and_counted_at_once() -> None:
    body = {"seed": -1, "sample_size": "20", "include_forms": 1, "size": 3, "columns": ["power", "id", "id"]}

    assert pointers(body) == [
        "/columns/0",
        "/columns/2",
        "/include_forms",
        "/sample_size",
        "/seed",
        "/size",
    ]
    assert problem(body).body["detail"] == "The request has 6 errors."


def test_a_single_error_is_counted_in_the_singular() -> None:
    assert problem({"seed": -1}).body["detail"] == "The request has 1 error."


def test_unknown_names_and_columns_are_reported_together() -> None:
    assert pointers({"type": "elektric", "columns": ["power"]}) == ["/columns/0", "/type"]


def test_an_unknown_type_is_reported_with_an_invalid_field() -> None:
    assert pointers({"type": "elektric", "sample_size": 0}) == ["/sample_size", "/type"]


def test_a_column_repeated_in_another_case_is_reported_with_an_invalid_field() -> None:
    assert pointers({"columns": ["ID", "ID"], "sample_size": 0}) == ["/columns/1", "/sample_size"]


def test_any_name_is_accepted_while_pokeapi_is_unavailable() -> None:
    request = read({"type": "elektric", "generation": "generation-x"}, pokeapi=FakePokeApi(available=False))

    assert (request.type, request.generation) == ("elektric", "generation-x")


def test_other_errors_are_reported_while_pokeapi_is_unavailable() -> None:
    with pytest.raises(Problem) as caught:
        read({"type": "elektric", "columns": ["power"]}, pokeapi=FakePokeApi(available=False))

    assert [error["pointer"] for error in caught.value.body["errors"]] == ["/columns/0"]


@pytest.mark.parametrize(
    ("body", "requested"),
    [
        ({}, []),
        ({"type": "electric"}, ["types"]),
        ({"generation": "generation-i"}, ["generations"]),
    ],
)
def test_only_the_lists_that_the_request_needs_are_loaded(body: dict[str, Any], requested: list[str]) -> None:
    pokeapi = FakePokeApi()
    read(body, pokeapi=pokeapi)

    assert pokeapi.requested == requested


def test_a_deeply_nested_unknown_field_is_one_error() -> None:
    assert pointers(b'{"x": ' + b"[" * 8000 + b"]" * 8000 + b"}") == ["/x"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"type": "\xff"}', "it is not UTF-8"),
        (b'{"seed": ' + b"9" * 5000 + b"}", "a number has too many digits"),
        (b"[" * 16_000, "it is nested too deeply"),
    ],
)
def test_a_body_that_is_not_valid_json_is_rejected_with_the_reason(body: bytes, reason: str) -> None:
    ((pointer, detail),) = errors(body)

    assert pointer == ""
    assert detail == f"The body is not valid JSON: {reason}."


def test_too_many_columns_are_one_short_error() -> None:
    ((pointer, detail),) = errors({"columns": ["x"] * 1000})

    assert pointer == "/columns"
    assert len(detail) < 100


def test_an_empty_list_of_columns_is_rejected_with_the_fix() -> None:
    ((pointer, detail),) = errors({"columns": []})

    assert pointer == "/columns"
    assert detail == "List at least one column, or leave the field out to get all columns."


@pytest.mark.parametrize("number", [b"20.0", b"2e1", b"0.2e2"])
def test_a_whole_number_may_be_written_with_a_fraction_or_an_exponent(number: bytes) -> None:
    assert read(b'{"sample_size": ' + number + b"}").sample_size == 20


@pytest.mark.parametrize("number", [b"20.5", b"1e400", b"-1e400", b"1e300"])
def test_fractions_and_huge_numbers_are_rejected(number: bytes) -> None:
    assert pointers(b'{"sample_size": ' + number + b"}") == ["/sample_size"]


@pytest.mark.parametrize(
    ("name", "read_name"),
    [
        (None, None),
        ("My team", "My team"),
        ("  Équipe d'été \u3000", "Équipe d'été"),
        ("🔥" * MAX_NAME_LENGTH, "🔥" * MAX_NAME_LENGTH),
    ],
)
def test_a_name_is_kept_as_it_is_without_surrounding_spaces(name: str | None, read_name: str | None) -> None:
    assert read_all({"name": name}).name == read_name


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("", "String should have at least 1 character."),
        ("   ", "String should have at least 1 character."),
        ("x" * (MAX_NAME_LENGTH + 1), "String should have at most 80 characters."),
        ("two\nlines", "Input should have no control or format characters; remove U+000A."),
        ("\u202ereversed", "Input should have no control or format characters; remove U+202E."),
        ("half an emoji: \ud83d", "Input should have no control or format characters; remove U+D83D."),
        (7, "Input should be a valid string."),
    ],
)
def test_an_invalid_name_is_rejected_with_the_reason(name: object, detail: str) -> None:
    assert errors({"name": name}) == [("/name", detail)]


def test_the_hidden_characters_are_those_of_unicode() -> None:
    hidden = re.compile(f"[{HIDDEN}{SURROGATES}]")
    characters = map(chr, range(sys.maxunicode + 1))
    categories = {"Cc", "Cf", "Cs", "Zl", "Zp"}

    assert not [
        hex(ord(character))
        for character in characters
        if bool(hidden.match(character)) != (unicodedata.category(character) in categories)
    ]


def test_the_documented_pattern_of_a_name_forbids_what_is_rejected() -> None:
    schema = ReportRequestBody.model_json_schema()["properties"]["name"]["anyOf"][0]
    pattern = re.compile(schema["pattern"])

    assert (schema["minLength"], schema["maxLength"]) == (1, 80)
    assert [bool(pattern.search(name)) for name in ("My team", "é", " ", "a\u200bb", "a\nb")] == [
        True,
        True,
        False,
        False,
        False,
    ]
