"""Every path and link in the project's documents exists."""

import re
import subprocess
from pathlib import Path

import pytest

from tools.docs.imports import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("tools/*/README.md")])
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
PATH = re.compile(r"`((?:\.?[\w-]+/)+[\w.-]*)`")
PLACEHOLDER = re.compile(r"[A-Z_]{4}")
OUTSIDE = (
    "infra/.terraform",
    "infra/backend.hcl",
    "out/",
    "web/out",
    ".venv/",
    ".local/",
    "application/",
    "text/",
)
"""Paths that a command generates, and media types."""
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def page_name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = HEADING.findall(FENCED.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for target, anchor in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), f"{target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_path_in_backticks_exists(page: Path) -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    missing = [
        path
        for path in PATH.findall(page.read_text("utf-8"))
        if not path.startswith(OUTSIDE)
        and not PLACEHOLDER.search(path)
        and not (ROOT / path).exists()
        and not (page.parent / path).exists()
        # A path inside a package, such as app/page.tsx in web/src.
        and f"/{path}" not in tracked
    ]

    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_test_file_that_is_named_exists(page: Path) -> None:
    """A table names the folder of the first file only."""
    names = re.findall(r"`(?:[\w/]+/)?(test_\w+\.py)`", page.read_text("utf-8"))
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert [name for name in names if f"/{name}\n" not in tracked] == []
