"""A report on paper, and in a high-contrast theme."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.report_page import FullReport, OpenFullReport
from tests.browser.user_session import UserSession

PAGE_OF_A_PDF = re.compile(rb"/Type\s*/Page\b(?!s)")


def visible(locator: Locator) -> list[str]:
    return [element.inner_text() for element in locator.all() if element.is_visible()]


def test_a_printed_report_has_its_charts_and_all_rows_but_no_controls(
    open_full_report: OpenFullReport, full_report: FullReport
) -> None:
    page = open_full_report(color_scheme="dark").page
    page.evaluate(
        """() => addEventListener("beforeprint", () => {
          window.printedRows = document.querySelectorAll("[role=region] tbody tr").length;
        })"""
    )
    pdf = page.pdf(prefer_css_page_size=True)
    assert page.evaluate("window.printedRows") == len(full_report.rows)
    assert 20 < len(PAGE_OF_A_PDF.findall(pdf)) < 100
    expect(page.get_by_role("region", name="Table of").get_by_role("rowheader")).to_have_count(25)

    page.emulate_media(media="print")
    for control in ("banner", "contentinfo", "navigation", "searchbox", "combobox"):
        assert visible(page.get_by_role(control)) == [], control
    for action in (
        "Download CSV",
        "Download these rows",
        "Run again",
        "Delete",
        "Columns",
        "Filters",
        "Copy",
    ):
        assert visible(page.get_by_role("button", name=action)) == [], action
    assert len(visible(page.get_by_role("group", name=re.compile("middle half")))) == 6
    assert len(visible(page.get_by_role("button", name=re.compile("^(Fire|Ice) [0-9]+ Pokémon")))) == 2
    expect(page.locator("html")).to_have_css("color-scheme", "light")
    # Chromium repeats the header on every page only if it has no boxes of buttons.
    expect(page.get_by_role("columnheader", name="Speed").locator("button")).to_have_css(
        "display", "contents"
    )


def test_a_printed_report_has_the_chosen_columns_and_the_filtered_rows(session: UserSession) -> None:
    report = session.api.make(type="dragon", columns=["name", "types", "speed"])
    session.open(f"/report/?id={report['id']}&speed=100-")
    page = session.page
    session.button("Columns").click()
    page.get_by_role("dialog").get_by_role("checkbox", name="Types").uncheck()
    page.keyboard.press("Escape")
    expected = int(page.get_by_text(re.compile(r"\d+ of \d+ rows")).inner_text().split()[0])
    assert expected > 25
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    table = page.get_by_role("region", name="Table of")
    expect(table.get_by_role("rowheader")).to_have_count(expected)
    expect(table.get_by_role("columnheader")).to_have_text(["Name", "Speed"])
    expect(page.get_by_text("Speed 100 or more")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_chips_and_choices_are_visible_in_forced_colors(
    open_full_report: OpenFullReport, theme: str
) -> None:
    session = open_full_report("&type=dragon&speed=90-99", forced_colors="active", color_scheme=theme)
    page = session.page

    def colors(selector: str) -> set[str]:
        found: list[str] = page.evaluate(
            "s => [...document.querySelectorAll(s)].map((e) => getComputedStyle(e).backgroundColor)", selector
        )
        assert found
        return set(found)

    (canvas,) = colors("body")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    bins = colors("[data-bin] > span:first-child")
    selected_bin = colors("[data-bin][aria-pressed=true] > span:first-child")
    bars = colors("li > button[aria-pressed=false] > span > span:first-child[style]")
    selected_bar = colors("li > button[aria-pressed=true] > span > span:first-child[style]")
    assert canvas not in bins | bars | selected_bar
    assert not selected_bar & bars
    assert len(bins) > len(selected_bin)
    chip = page.get_by_role("region", name="Table of").locator("td > span > span").first
    expect(chip).to_have_css("border-top-width", "1px")
    # The system sets the colors, but Chromium reports those of the page.
    assert session.axe_violations(without=["color-contrast"]) == []
