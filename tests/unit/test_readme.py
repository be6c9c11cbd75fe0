"""The English and the Spanish README have the same commands, tables and links."""

import re

from tools.docs.imports import ROOT

ENGLISH = (ROOT / "README.md").read_text("utf-8")
SPANISH = (ROOT / "README.es.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r" +#.*$", re.MULTILINE)
CODE = re.compile(r"`[^`\n]+`")
CELL_BORDER = re.compile(r"(?<!\\)\|")
LINK = re.compile(r"\]\(([^)]+)\)")


def blocks(text: str) -> list[tuple[str, str]]:
    """The code blocks, without the comments in them, which are translated."""
    return [(language, COMMENT.sub("", code)) for language, code in BLOCK.findall(text)]


def table_rows(text: str) -> list[tuple[int, list[str]]]:
    """The number of cells and the code of each row of a table."""
    rows = [line for line in BLOCK.sub("", text).splitlines() if line.startswith("|")]
    return [(len(CELL_BORDER.split(row)), CODE.findall(row)) for row in rows]


def test_both_readmes_have_the_same_code_blocks() -> None:
    assert blocks(SPANISH) == blocks(ENGLISH)


def test_both_readmes_have_tables_of_the_same_shape_with_the_same_code() -> None:
    assert table_rows(SPANISH) == table_rows(ENGLISH)


def test_both_readmes_have_the_same_code_in_their_text() -> None:
    assert sorted(CODE.findall(BLOCK.sub("", SPANISH))) == sorted(CODE.findall(BLOCK.sub("", ENGLISH)))


def test_both_readmes_have_the_same_sections_and_links() -> None:
    assert re.findall(r"^#+", SPANISH, re.MULTILINE) == re.findall(r"^#+", ENGLISH, re.MULTILINE)
    assert set(LINK.findall(SPANISH)) - {"README.md"} == set(LINK.findall(ENGLISH)) - {"README.es.md"}


def test_each_readme_links_to_the_other_at_the_top() -> None:
    assert "(README.es.md)" in ENGLISH.splitlines()[2]
    assert "(README.md)" in SPANISH.splitlines()[2]
