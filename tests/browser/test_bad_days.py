"""What a visitor meets when PokéAPI, the API or the network is away, and when it comes back."""

from playwright.sync_api import expect

from tests.browser.visitor import Site, Visitor

AWAY = "The server cannot be reached. What you see is what was last known"


def test_the_api_goes_away_and_comes_back(visitor: Visitor, site: Site) -> None:
    visitor.api.make(type="water", sample_size=2)
    visitor.open()
    expect(visitor.ticket("2 water Pokémon")).to_be_visible()
    site.stack.app.kill()
    try:
        visitor.ticket("2 water Pokémon").get_by_role("button", name="Make it again").click()
        expect(
            visitor.toast("Not made again: 2 water Pokémon. The server cannot be reached.")
        ).to_be_visible()
        expect(visitor.page.get_by_text(AWAY)).to_be_visible()
        # What was known is still there, and the rest says what it waits for.
        expect(visitor.ticket("2 water Pokémon")).to_be_visible()
        visitor.page.reload()
        expect(visitor.page.get_by_role("heading", name="The server cannot be reached")).to_be_visible()
        assert visitor.axe() == []
    finally:
        site.stack.app.start()
    # By itself.
    expect(visitor.ticket("2 water Pokémon")).to_be_visible()
    expect(visitor.page.get_by_role("radio", name="water 192", exact=True)).to_have_count(1)
    expect(visitor.page.get_by_text(AWAY)).to_have_count(0)


def test_a_report_whose_api_was_away_is_watched_to_its_end(visitor: Visitor, site: Site) -> None:
    site.make_pokeapi(latency_ms=1_500)
    try:
        visitor.open()
        visitor.choose("grass 156")
        visitor.make_button().click()
        expect(visitor.ticket("12 grass Pokémon").get_by_role("progressbar")).to_be_visible()
        visitor.page.route("**/api/**", lambda route: route.abort("connectionrefused"))
        expect(visitor.page.get_by_text(AWAY)).to_be_visible()
    finally:
        site.make_pokeapi(latency_ms=0)
    visitor.page.unroute("**/api/**")
    expect(visitor.ticket("12 grass Pokémon").get_by_text("Succeeded")).to_be_visible()
    expect(visitor.page.get_by_text(AWAY)).to_have_count(0)


def test_pokeapi_is_away_when_somebody_comes(visitor: Visitor, site: Site) -> None:
    # Started anew, the app knows no types.
    site.stack.app.stop()
    site.stack.app.start()
    site.make_pokeapi(error_rate=1)
    try:
        visitor.open()
        expect(visitor.page.get_by_text("PokéAPI cannot be reached just now")).to_be_visible()
        visitor.page.get_by_role("radio", name="All of them").check()
        expect(visitor.make_button()).to_have_text("Make a report of all Pokémon")
        visitor.make_button().click()
        expect(visitor.toast("Accepted: All Pokémon.")).to_be_visible()
        ticket = visitor.ticket("All Pokémon")
        expect(ticket.get_by_text("Failed", exact=True)).to_be_visible()
        ticket.get_by_role("link").click()
        expect(visitor.page.get_by_role("heading", name="The report could not be made")).to_be_visible()
        assert visitor.axe() == []
    finally:
        site.make_pokeapi(error_rate=0)
    visitor.page.get_by_role("link", name="All reports", exact=True).click()
    expect(visitor.page.get_by_role("radio", name="water 192", exact=True)).to_have_count(1)


def test_without_a_network_the_page_says_so_and_goes_on_by_itself(visitor: Visitor) -> None:
    visitor.api.make(type="fire", sample_size=3)
    visitor.open()
    expect(visitor.ticket("3 fire Pokémon")).to_be_visible()
    visitor.context.set_offline(True)
    expect(visitor.page.get_by_text("You are offline. What you see is what was last known")).to_be_visible()
    visitor.make_button().click()
    expect(visitor.page.get_by_role("alert").get_by_text("The server cannot be reached.")).to_be_visible()
    visitor.context.set_offline(False)
    expect(visitor.page.get_by_text("You are offline")).to_have_count(0)
    visitor.make_button().click()
    expect(visitor.toast("Accepted")).to_be_visible()


def test_sprites_that_cannot_be_reached_leave_letters(visitor: Visitor) -> None:
    report = visitor.api.make(type="ghost", sample_size=2)
    visitor.page.route("https://raw.githubusercontent.com/**", lambda route: route.abort("namenotresolved"))
    visitor.open(f"/report/?id={report['id']}")
    table = visitor.page.get_by_role("region", name="Table of")
    expect(table.get_by_role("rowheader")).to_have_count(2)
    expect(table.locator("img")).to_have_count(0)


def test_an_address_of_no_page_says_so(visitor: Visitor) -> None:
    for path in ("/nothing/here", "/report/nothing"):
        visitor.open(path)
        expect(visitor.page.get_by_role("heading", name="There is no such page")).to_be_visible()
    visitor.open("/report/")
    expect(visitor.page.get_by_role("heading", name="Which report?")).to_be_visible()
    visitor.page.get_by_role("link", name="All reports", exact=True).click()
    expect(visitor.page.get_by_role("heading", name="Ask for a report")).to_be_visible()


def test_an_answer_that_makes_no_sense_breaks_the_page_and_not_the_visitor(visitor: Visitor) -> None:
    visitor.api.make(type="flying", sample_size=1)
    visitor.page.route("**/api/reports", lambda route: route.fulfill(json={"reports": [None]}))
    visitor.open()
    expect(visitor.page.get_by_role("heading", name="This page broke")).to_be_visible()
    assert visitor.axe() == []
    assert visitor.faults != []
    visitor.faults.clear()
    visitor.page.unroute("**/api/reports")
    visitor.button("Load again").click()
    expect(visitor.ticket("1 flying Pokémon")).to_be_visible()
