"""A user creates reports and follows their progress."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.user_session import UserSession


@pytest.mark.usefixtures("slow_pokeapi")
def test_a_user_creates_a_report_follows_its_progress_and_downloads_it(session: UserSession) -> None:
    session.open()
    expect(session.page.get_by_text("No reports yet")).to_be_visible()
    session.choose("Electric 114")
    session.page.get_by_role("spinbutton", name="Sample size").fill("24")
    session.page.get_by_label("Seed").fill("7")
    expect(session.create_button()).to_have_text("Create report: 24 of 114 Electric-type Pokémon")
    session.create_button().click()

    expect(session.toast_of("24 Electric-type Pokémon")).to_be_visible()
    ticket = session.ticket("24 Electric-type Pokémon")
    expect(ticket.get_by_role("progressbar")).to_be_visible()
    expect(session.page.get_by_text("1 in progress")).to_be_visible()
    expect(ticket.get_by_text("Succeeded")).to_be_visible()
    expect(ticket.get_by_role("progressbar")).to_have_count(0)
    expect(ticket.get_by_text("seed 7")).to_be_visible()

    (report,) = session.api.call("GET", "/reports").json()["reports"]
    assert report["request"]["seed"] == 7
    name, csv = session.download(ticket.get_by_role("button", name="Download CSV"))
    assert name == "pokemon-electric-24-seed7.csv"
    assert csv == session.api.download(report)
    expect(session.toast("Saved pokemon-electric-24-seed7.csv")).to_be_visible()


def test_a_sample_larger_than_the_population_is_the_whole_population(session: UserSession) -> None:
    session.open()
    size = session.page.get_by_role("spinbutton", name="Sample size")
    expect(session.page.get_by_text("of 1,351", exact=True)).to_be_visible()
    size.fill("99999")
    expect(session.create_button()).to_have_text("Create report: all 1,351 Pokémon")
    expect(size).to_have_accessible_description(
        "Only 1,351 Pokémon match, so the report includes all of them."
    )
    session.choose("Ice 69")
    expect(size).to_have_accessible_description("Only 69 Pokémon match, so the report includes all of them.")
    session.create_button().click()
    expect(session.ticket("All 69 Ice-type Pokémon").get_by_text("Succeeded")).to_be_visible()


def test_an_invalid_sample_size_is_not_counted(session: UserSession) -> None:
    session.open()
    size = session.page.get_by_role("spinbutton", name="Sample size")
    expect(session.page.get_by_text("of 1,351", exact=True)).to_be_visible()
    size.fill("0")
    expect(session.create_button()).to_have_text("Create report")
    session.create_button().click()
    expect(size).to_be_focused()
    expect(size).to_have_accessible_description("Enter a whole number from 1 to 1,351.")
    session.page.get_by_role("radio", name="All", exact=True).check()
    expect(session.page.get_by_label("Seed")).to_have_count(0)
    expect(session.create_button()).to_have_text("Create report: all 1,351 Pokémon")


def test_the_displayed_population_equals_the_number_of_rows(session: UserSession) -> None:
    session.open()
    session.choose("Generation I: 238 Pokémon")
    session.page.get_by_role("checkbox", name="Include other forms").uncheck()
    session.page.get_by_role("radio", name="All", exact=True).check()
    report = session.api.make(type="psychic", generation="generation-i", include_forms=False)
    rows = report["result"]["rows"]
    session.choose(f"Psychic {rows}")
    expect(session.create_button()).to_have_text(
        f"Create report: all {rows} Psychic-type Pokémon from Generation I, default forms only"
    )


def test_the_form_lists_the_types_that_pokemon_have_with_their_counts(session: UserSession) -> None:
    session.open()
    types = session.page.get_by_role("group", name="Type", exact=True).get_by_role("radio")
    expect(types).to_have_count(19)
    counts = session.api.call("GET", "/types").json()["types"]
    assert len(counts) == 21
    unused = {count["name"] for count in counts if count["pokemon_count"] == 0}
    assert unused == {"stellar", "unknown", "shadow"}
    for count in counts:
        if count["name"] in unused:
            continue
        label = f"{count['name'].capitalize()} {count['pokemon_count']}"
        expect(session.page.get_by_role("radio", name=label, exact=True)).to_have_count(1)


def test_a_report_has_the_selected_columns(session: UserSession) -> None:
    session.open()
    session.button("Essentials").click()
    expect(session.page.get_by_text("13 of 30")).to_be_visible()
    session.button("Abilities: 1 of 2 columns").click()
    # The group has the same name.
    session.page.get_by_role("checkbox", name="Abilities", exact=True).last.uncheck()
    session.choose("Ghost 96")
    session.create_button().click()
    expect(session.toast_of("12 Ghost-type Pokémon")).to_be_visible()
    (listed,) = session.api.call("GET", "/reports").json()["reports"]
    columns = session.api.show(listed)["request"]["columns"]
    assert len(columns) == 12
    assert columns[:3] == ["id", "name", "types"]
    assert "abilities" not in columns


def test_clicks_before_the_page_is_interactive_count(session: UserSession) -> None:
    """The form is visible before the page's code is loaded."""
    chunks, held = "**/_next/static/chunks/*.js", []
    session.page.route(chunks, lambda route: held.append(route))
    session.page.goto(session.site.url, wait_until="commit")
    session.button("Essentials").click()
    session.page.get_by_text("Include other forms").click()
    session.create_button().click()
    session.page.route(chunks, lambda route: route.continue_())
    for route in held:
        route.continue_()
    expect(session.toast_of("12 Pokémon")).to_be_visible()
    (listed,) = session.api.call("GET", "/reports").json()["reports"]
    request = session.api.show(listed)["request"]
    assert (len(request["columns"]), request["include_forms"]) == (13, False)


def test_an_error_from_the_server_is_shown_beside_its_field(session: UserSession) -> None:
    # The form itself would not send this request.
    request = {"sample_size": 0, "columns": ["colour"], "mood": "good"}
    problem = session.api.call("POST", "/reports", json=request).json()
    details = {error["pointer"]: error["detail"] for error in problem["errors"]}
    assert set(details) == {"/sample_size", "/columns/0", "/mood"}

    def replace_request(route: Route) -> None:
        is_post = route.request.method == "POST"
        route.continue_(post_data=json.dumps(request) if is_post else None)

    session.page.route("**/api/reports", replace_request)
    session.open()
    expect(session.page.get_by_text("of 1,351", exact=True)).to_be_visible()
    session.create_button().click()
    size = session.page.get_by_role("spinbutton", name="Sample size")
    expect(size).to_have_attribute("aria-invalid", "true")
    expect(size).to_have_accessible_description(details["/sample_size"])
    expect(session.page.get_by_text(details["/columns/0"])).to_be_visible()
    expect(session.page.get_by_role("alert").get_by_text(f"/mood: {details['/mood']}")).to_be_visible()


def test_the_page_works_with_the_keyboard_alone(session: UserSession) -> None:
    session.open()
    expect(session.page.get_by_role("radio", name="Fairy 88", exact=True)).to_have_count(1)
    keyboard = session.page.keyboard
    keyboard.press("Tab")
    skip = session.page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    keyboard.press("Enter")
    keyboard.press("Tab")
    expect(session.button("Presets")).to_be_focused()
    keyboard.press("Tab")
    keyboard.press("Tab")
    expect(session.page.get_by_role("radio", name="All types")).to_be_focused()
    keyboard.press("ArrowDown")
    expect(session.page.get_by_role("radio", name="Normal 160", exact=True)).to_be_checked()
    keyboard.press("Enter")
    ticket = session.ticket("12 Normal-type Pokémon")
    expect(ticket.get_by_text("Succeeded")).to_be_visible()
    ticket.get_by_role("button", name="Delete").focus()
    keyboard.press("Enter")
    expect(session.page.get_by_text("No reports yet")).to_be_visible()
    keyboard.press("F8")
    keyboard.press("Tab")
    while not session.button("Undo").evaluate("button => button === document.activeElement"):
        keyboard.press("Tab")
    keyboard.press("Enter")
    expect(ticket.get_by_role("heading").get_by_role("link")).to_be_focused()
