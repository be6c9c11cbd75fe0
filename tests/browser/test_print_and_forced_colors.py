"""A report on paper, and in a high-contrast theme."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.report_page import FullReport, OpenFullReport
from tests.browser.user_session import NewSession, UserSession

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


def test_choices_and_reports_are_visible_in_forced_colors(new_session: NewSession) -> None:
    session = new_session(forced_colors="active")
    session.api.make(type="ice", sample_size=2)
    session.open()
    page = session.page

    def background(locator: Locator) -> str:
        color: str = locator.evaluate("element => getComputedStyle(element).backgroundColor")
        return color

    form = page.locator("form")
    for selected, other in (
        (form.locator("label", has_text="All types"), form.locator("label", has_text="Ice")),
        (form.locator("label[title='All generations']"), form.locator("label[title^='Generation I:']")),
        (page.locator("label[title=System]"), page.locator("label[title=Dark]")),
        (page.locator("a[title=English]"), page.locator("a[title=Español]")),
    ):
        assert background(selected) != background(other)
    ticket = session.ticket("2 Ice-type Pokémon")
    expect(ticket).to_have_css("border-top-width", "1px")
    expect(ticket.get_by_text("Succeeded", exact=True)).to_have_css("border-top-width", "1px")


def test_a_short_or_narrow_screen_leaves_room_for_the_page(new_session: NewSession) -> None:
    session = new_session(viewport={"width": 320, "height": 640})
    session.open()
    header = session.page.get_by_role("banner")
    expect(session.page.get_by_role("heading", level=1)).to_be_visible()
    assert header.evaluate("element => element.offsetHeight") < 70
    dark = session.page.get_by_role("radio", name="Dark", exact=True)
    expect(dark).to_have_count(0)
    session.button("Language and theme").click()
    dark.check(force=True)
    expect(session.page.locator("html")).to_have_css("color-scheme", "dark")
    session.page.keyboard.press("Escape")
    expect(dark).to_have_count(0)
    expect(session.button("Language and theme")).to_be_focused()

    session.page.set_viewport_size({"width": 640, "height": 400})
    expect(dark).to_have_count(1)
    assert header.evaluate("element => element.offsetHeight") < 60
    session.page.evaluate("scrollTo(0, 300)")
    expect(header).not_to_be_in_viewport()
