"""The prose linter reports bad sentences, and only in prose."""

from pathlib import Path

import pytest

from tools.docs import prose
from tools.docs.prose import problems

MARKDOWN, PYTHON = Path("page.md"), Path("module.py")


@pytest.mark.parametrize(
    ("sentence", "replacement"),
    [
        ("The report that was asked for has 20 rows.", "requested"),
        ("A document that cannot be had is listed.", "be fetched"),
        ("The log tells which report failed.", "report, show"),
        ("The request is put\noff until tomorrow.", "defer"),
        ("While PokéAPI is away, reports wait.", "is unavailable"),
        ("The colour of the button.", "color"),
        ("The the button is green.", "a phrase is repeated"),
    ],
)
def test_a_bad_sentence_in_a_document_is_a_problem(sentence: str, replacement: str) -> None:
    (problem,) = problems(MARKDOWN, f"# Title\n\n{sentence}\n")

    assert problem.startswith("page.md:")
    assert replacement in problem


def test_a_problem_has_the_line_of_its_phrase() -> None:
    assert [*problems(MARKDOWN, "# Title\n\nA good line.\nIt needs patience.\n")] == [
        "page.md:4: Write 'timeout, limit' instead of 'patience'."
    ]


def test_code_in_a_document_is_not_checked() -> None:
    assert not [
        *problems(MARKDOWN, "Set `patience`.\n\n```console\n$ tell patience\n```\n\n[link](patience.md)\n")
    ]


def test_docstrings_and_comments_are_checked_but_code_is_not() -> None:
    source = (
        '"""Tells the status."""\n\n\n'
        'def brought(patience: str) -> str:\n    """Return ``patience``."""\n'
        '    return patience + "told"  # out of patience\n'
    )

    assert [*problems(PYTHON, source)] == [
        "module.py:1: Write 'report, show, log, emit, return' instead of 'Tells'.",
        "module.py:6: Write 'timeout, limit' instead of 'patience'.",
    ]


@pytest.mark.parametrize(("text", "exit_status"), [("Users see it.\n", 0), ("Patience helps.\n", 1)])
def test_a_problem_makes_the_command_fail(
    text: str, exit_status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    monkeypatch.setattr("sys.argv", ["prose", str(page)])

    assert prose.main() == exit_status
