import csv
import io

import pytest

from domain.columns import Value
from domain.csv_format import cell, encode


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ((), ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-5, "-5"),
        (1.6, "1.6"),
        (10.0, "10.0"),
        ("zapdos", "zapdos"),
        (("electric", "flying"), "electric|flying"),
        (["static"], "static"),
    ],
)
def test_a_value_is_formatted_as_a_cell(value: Value, text: str) -> None:
    assert cell(value) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "  @"])
def test_text_that_starts_like_a_formula_gets_an_apostrophe(start: str) -> None:
    assert cell(f"{start}1+1") == f"'{start}1+1"
    assert cell([f"{start}1+1", "b"]) == f"'{start}1+1|b"


@pytest.mark.parametrize("text", ["a=1", "mr-mime", "farfetch’d", "1+1", "nidoran♀", "'=1"])
def test_text_that_contains_such_a_character_elsewhere_is_unchanged(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize(
    "hidden", ["\0", "\t", "\r", "\n", "\v", "\x7f", "\xa0", "\u200b", "\u2028", "\u202e", "\ufeff", "\ud800"]
)
def test_characters_that_could_hide_the_start_of_a_formula_are_removed(hidden: str) -> None:
    assert cell(f"{hidden}=1+1") == "'=1+1"
    assert cell([f"a{hidden}b", f"{hidden}c"]) == "ab|c"


def test_lines_end_in_crlf() -> None:
    assert encode([["id", "name"], ["145", "zapdos"]]) == b"id,name\r\n145,zapdos\r\n"


def test_text_is_utf_8_without_a_byte_order_mark() -> None:
    assert encode([["Flabébé"]]) == "Flabébé\r\n".encode()


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("a,b", b'"a,b"'),
        ('say "hi"', b'"say ""hi"""'),
        ("two\nlines", b'"two\nlines"'),
        ("two\r\nlines", b'"two\r\nlines"'),
        ("a|b", b"a|b"),
        (" spaced ", b" spaced "),
    ],
)
def test_only_text_that_needs_quotes_is_quoted(text: str, encoded: bytes) -> None:
    assert encode([["1", text]]) == b"1," + encoded + b"\r\n"


def test_empty_cells_are_empty_between_commas() -> None:
    assert encode([["1", "", ""]]) == b"1,,\r\n"


def test_a_row_with_one_empty_cell_is_still_a_row() -> None:
    content = encode([["habitat"], [""], ["cave"]])

    assert list(csv.reader(io.StringIO(content.decode(), newline=""))) == [["habitat"], [""], ["cave"]]


def test_any_text_is_read_as_it_was_written() -> None:
    rows = [["=1", "a,b", 'c"d', "e\r\nf", "g\nh", "", "é♀"], ["'", '"', ",", "\r", "|", " ", "0"]]

    assert list(csv.reader(io.StringIO(encode(rows).decode(), newline=""))) == rows


def test_no_rows_are_encoded_as_no_bytes() -> None:
    assert encode([]) == b""


def test_separately_encoded_blocks_join_into_one_document() -> None:
    first, second = [["1", "a"]], [["2", "b"]]

    assert encode(first) + encode(second) == encode([*first, *second])
