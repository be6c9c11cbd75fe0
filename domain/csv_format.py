"""CSV as in RFC 4180: CRLF, quotes only where required, and no cell that a spreadsheet runs as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from domain.columns import Value

LIST_SEPARATOR = "|"
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""The characters with which a formula starts. Source: OWASP, "CSV Injection"."""


def cell(value: Value) -> str:
    """A value as a cell. None is empty, a list is joined, and an apostrophe precedes text like a formula.

    Control and format characters, line breaks and spaces other than U+0020 are removed: they hide the start
    of a formula from this check, and a lone surrogate cannot be encoded.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else LIST_SEPARATOR.join(value)
    if not text.isprintable():
        text = "".join(filter(str.isprintable, text))
    return f"'{text}" if text.lstrip().startswith(FORMULA_STARTS) else text


def records(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The header and the rows of a CSV, each with its line end. A line break in quotes belongs to a cell."""
    rest = b""
    for chunk in chunks:
        rest += chunk
        start = end = 0
        while end := rest.find(b"\n", end) + 1:
            if rest.count(b'"', start, end) % 2 == 0:
                yield rest[start:end]
                start = end
        rest = rest[start:]


def encode(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of cells as UTF-8 CSV lines, each of which ends with CRLF."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
