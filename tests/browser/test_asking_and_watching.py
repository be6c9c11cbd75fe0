"""A visitor asks for reports and watches them being made."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.visitor import Site, Visitor


@pytest.mark.usefixtures("slow_pokeapi")
def test_a_report_is_asked_for_watched_to_its_end_and_downloaded(visitor: Visitor) -> None:
    visitor.open()
    expect(visitor.page.get_by_text("No reports yet")).to_be_visible()
    visitor.choose("electric 114")
    visitor.page.get_by_role("spinbutton", name="Sample size").fill("24")
    visitor.page.get_by_text("Advanced", exact=True).click()
    visitor.page.get_by_label("Seed").fill("7")
    expect(visitor.make_button()).to_have_text("Make a report of 24 of 114 electric Pokémon")
    visitor.make_button().click()

    expect(visitor.toast("Accepted: 24 electric Pokémon.")).to_be_visible()
    ticket = visitor.ticket("24 electric Pokémon")
    expect(ticket.get_by_role("progressbar")).to_be_visible()
    expect(visitor.page.get_by_text("1 being made")).to_be_visible()
    expect(ticket.get_by_text("Succeeded")).to_be_visible()
    expect(ticket.get_by_role("progressbar")).to_have_count(0)
    expect(ticket.get_by_text("24 rows")).to_be_visible()

    (report,) = visitor.api.call("GET", "/reports").json()["reports"]
    assert report["request"]["seed"] == 7
    name, csv = visitor.downloads(ticket.get_by_role("button", name="Download CSV"))
    assert name == "pokemon-electric.csv"
    assert csv == visitor.api.download(report)
    expect(visitor.toast("pokemon-electric.csv saved")).to_be_visible()


def test_the_sample_is_never_above_the_population(visitor: Visitor) -> None:
    visitor.open()
    size = visitor.page.get_by_role("spinbutton", name="Sample size")
    expect(visitor.page.get_by_text("of 1,351", exact=True)).to_be_visible()
    size.fill("5000")
    expect(visitor.make_button()).to_have_text("Make a report of 1,351 of 1,351 Pokémon")
    size.blur()
    expect(size).to_have_value("1351")
    visitor.choose("ice 69")
    expect(visitor.page.get_by_text("of 69", exact=True)).to_be_visible()
    expect(size).to_have_value("69")


def test_the_population_is_that_of_the_report_whatever_is_chosen(visitor: Visitor) -> None:
    visitor.open()
    visitor.choose("generation I, 238")
    visitor.page.get_by_role("checkbox", name="Other forms too").uncheck()
    visitor.page.get_by_role("radio", name="All of them").check()
    report = visitor.api.make(type="psychic", generation="generation-i", include_forms=False)
    rows = report["result"]["rows"]
    visitor.choose(f"psychic {rows}")
    expect(visitor.make_button()).to_have_text(
        f"Make a report of all {rows} psychic Pokémon of generation I, default forms only"
    )


def test_all_types_are_there_with_their_counts(visitor: Visitor) -> None:
    visitor.open()
    types = visitor.page.get_by_role("group", name="Type", exact=True).get_by_role("radio")
    expect(types).to_have_count(22)
    told = {one["name"]: one["pokemon_count"] for one in visitor.api.call("GET", "/types").json()["types"]}
    assert len(told) == 21
    for name, pokemon in told.items():
        expect(visitor.page.get_by_role("radio", name=f"{name} {pokemon}", exact=True)).to_have_count(1)


def test_columns_can_be_chosen(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.get_by_text("Advanced", exact=True).click()
    visitor.button("The essentials").click()
    expect(visitor.page.get_by_text("13 of 30")).to_be_visible()
    visitor.page.get_by_role("checkbox", name="Abilities", exact=True).uncheck()
    visitor.choose("ghost 96")
    visitor.make_button().click()
    expect(visitor.toast("Accepted")).to_be_visible()
    (report,) = visitor.api.call("GET", "/reports").json()["reports"]
    columns = report["request"]["columns"]
    assert len(columns) == 12
    assert columns[:3] == ["id", "name", "types"]
    assert "abilities" not in columns


def test_what_the_server_finds_wrong_is_shown_at_its_field(visitor: Visitor) -> None:
    # The form would not send this; the server's own words are wanted.
    def spoil(route: Route) -> None:
        route.continue_(post_data='{"sample_size": 0, "columns": ["colour"], "mood": "good"}')

    visitor.page.route(
        "**/api/reports", lambda route: spoil(route) if route.request.method == "POST" else route.continue_()
    )
    visitor.open()
    expect(visitor.page.get_by_text("of 1,351", exact=True)).to_be_visible()
    visitor.make_button().click()
    size = visitor.page.get_by_role("spinbutton", name="Sample size")
    expect(size).to_have_attribute("aria-invalid", "true")
    expect(size).to_have_accessible_description(re.compile("greater than or equal to 1|at least 1"))
    expect(visitor.page.get_by_text("There is no column 'colour'")).to_be_visible()
    expect(visitor.page.get_by_role("alert").get_by_text("/mood: ")).to_be_visible()


def test_reports_are_asked_for_only_while_one_runs_and_the_page_is_seen(visitor: Visitor, site: Site) -> None:
    visitor.page.add_init_script(
        """
        let hidden = false;
        Object.defineProperty(document, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
        Object.defineProperty(document, "hidden", { get: () => hidden });
        window.hide = (value) => {
          hidden = value;
          document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
        };
        """
    )
    calls = visitor.calls_of("/api/reports")
    visitor.open()
    expect(visitor.page.get_by_text("No reports yet")).to_be_visible()
    visitor.page.wait_for_timeout(3_000)
    assert len(calls) == 1

    site.make_pokeapi(latency_ms=2_000)
    try:
        visitor.choose("rock 104")
        visitor.make_button().click()
        expect(visitor.ticket("12 rock Pokémon").get_by_role("progressbar")).to_be_visible()
        with visitor.page.expect_request("**/api/reports"):
            pass
        visitor.page.evaluate("window.hide(true)")
        visitor.page.wait_for_timeout(1_500)
        before = len(calls)
        visitor.page.wait_for_timeout(3_000)
        assert len(calls) == before
    finally:
        site.make_pokeapi(latency_ms=0)
    with visitor.page.expect_request("**/api/reports"):
        visitor.page.evaluate("window.hide(false)")
    expect(visitor.ticket("12 rock Pokémon").get_by_text("Succeeded")).to_be_visible()


def test_reports_are_filtered_and_the_filters_outlive_a_reload(visitor: Visitor) -> None:
    visitor.api.make(type="fire", sample_size=2)
    visitor.api.make(type="water", sample_size=3)
    visitor.open()
    expect(visitor.tickets()).to_have_count(2)
    filters = visitor.page.get_by_role("region", name="Reports")
    filters.get_by_role("combobox", name="Type").select_option("water")
    expect(visitor.tickets()).to_have_count(1)
    visitor.page.reload()
    expect(visitor.ticket("3 water Pokémon")).to_be_visible()
    expect(visitor.tickets()).to_have_count(1)
    filters.get_by_role("combobox", name="Status").select_option("failed")
    expect(visitor.page.get_by_text("No report is like that")).to_be_visible()
    visitor.button("Show them all").click()
    expect(visitor.tickets()).to_have_count(2)


def test_older_reports_come_a_page_at_a_time(visitor: Visitor) -> None:
    for _ in range(21):
        visitor.api.ask(type="bug", sample_size=1)
    newest = visitor.api.make(type="bug", sample_size=2)
    visitor.open()
    expect(visitor.tickets()).to_have_count(20)
    expect(visitor.tickets().first.get_by_role("heading")).to_have_text("2 bug Pokémon")
    visitor.button("Older reports").click()
    expect(visitor.tickets()).to_have_count(22)
    expect(visitor.button("Older reports")).to_have_count(0)
    assert newest["id"]


def test_the_keyboard_is_enough(visitor: Visitor) -> None:
    visitor.open()
    expect(visitor.page.get_by_role("radio", name="fairy 88", exact=True)).to_have_count(1)
    keyboard = visitor.page.keyboard
    keyboard.press("Tab")
    skip = visitor.page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(visitor.page.get_by_role("radio", name="Every type")).to_be_focused()
    keyboard.press("ArrowDown")
    expect(visitor.page.get_by_role("radio", name="normal 160", exact=True)).to_be_checked()
    keyboard.press("Enter")
    ticket = visitor.ticket("12 normal Pokémon")
    expect(ticket.get_by_text("Succeeded")).to_be_visible()
    ticket.get_by_role("button", name="Delete").focus()
    keyboard.press("Enter")
    expect(visitor.page.get_by_role("dialog", name="Delete this report?")).to_be_visible()
    keyboard.press("Escape")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    expect(ticket.get_by_role("button", name="Delete")).to_be_focused()
