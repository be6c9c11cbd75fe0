"""docs/architecture.md matches the code."""

import re

from tools.docs import imports
from tools.docs.imports import ROOT

PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
HOP = re.compile(r"^\| \d \| `([^`]+)` \| `([^`]+)` \|", re.MULTILINE)


def test_the_diagram_of_the_imports_is_up_to_date() -> None:
    block = PAGE.partition("<!-- imports -->\n```mermaid\n")[2].partition("\n```")[0]

    assert block == imports.flowchart(ROOT), "Paste the output of `python -m tools.docs.imports`."


def test_a_report_takes_at_most_eight_hops_and_each_of_them_exists() -> None:
    hops = HOP.findall(PAGE)

    assert 1 <= len(hops) <= 8
    for file, function in hops:
        for name in function.split("."):
            assert re.search(rf"\b(def|class) {name}\b", (ROOT / file).read_text("utf-8")), (file, name)
