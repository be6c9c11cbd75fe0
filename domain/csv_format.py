"""CSV by RFC 4180: CRLF, quotes only where needed, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence

from domain.columns import Value

LIST_SEPARATOR = "|"
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""What spreadsheets take for the start of a formula (OWASP, "CSV Injection")."""


def cell(value: Value) -> str:
    """A value as its cell: unknown is empty, lists are joined, text cannot be taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else LIST_SEPARATOR.join(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def encode(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of cells as UTF-8 CSV lines, each ended by CRLF."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
