"""The page while PokéAPI, the API or the network is unavailable, and afterwards."""

from playwright.sync_api import expect

from tests.browser.site import Site
from tests.browser.user_session import UserSession

UNREACHABLE = "Can't reach the server. You're seeing the last data received"


def test_the_page_recovers_from_an_outage_of_the_api(session: UserSession, site: Site) -> None:
    session.api.make(type="water", sample_size=2)
    session.open()
    expect(session.ticket("2 Water-type Pokémon")).to_be_visible()
    site.stack.app.kill()
    try:
        session.ticket("2 Water-type Pokémon").get_by_role("button", name="Run again").click()
        expect(
            session.toast("Couldn't run again: 2 Water-type Pokémon. Can't reach the server.")
        ).to_be_visible()
        expect(session.page.get_by_text(UNREACHABLE)).to_be_visible()
        # Loaded data stays visible.
        expect(session.ticket("2 Water-type Pokémon")).to_be_visible()
        session.page.reload()
        expect(session.page.get_by_role("heading", name="Can't reach the server")).to_be_visible()
        assert session.axe_violations() == []
    finally:
        site.stack.app.start()
    # Without any action of the user.
    expect(session.ticket("2 Water-type Pokémon")).to_be_visible()
    expect(session.page.get_by_role("radio", name="Water 192", exact=True)).to_have_count(1)
    expect(session.page.get_by_text(UNREACHABLE)).to_have_count(0)


def test_the_progress_of_a_report_resumes_after_an_outage_of_the_api(
    session: UserSession, site: Site
) -> None:
    site.configure_pokeapi(latency_ms=1_500)
    try:
        session.open()
        session.choose("Grass 156")
        session.create_button().click()
        expect(session.ticket("12 Grass-type Pokémon").get_by_role("progressbar")).to_be_visible()
        session.page.route("**/api/**", lambda route: route.abort("connectionrefused"))
        expect(session.page.get_by_text(UNREACHABLE)).to_be_visible()
    finally:
        site.configure_pokeapi(latency_ms=0)
    session.page.unroute("**/api/**")
    expect(session.ticket("12 Grass-type Pokémon").get_by_text("Succeeded")).to_be_visible()
    expect(session.page.get_by_text(UNREACHABLE)).to_have_count(0)


def test_a_report_can_be_created_while_pokeapi_is_unavailable(session: UserSession, site: Site) -> None:
    # A restarted app has no types cached.
    site.stack.app.stop()
    site.stack.app.start()
    site.configure_pokeapi(error_rate=1)
    try:
        session.open()
        expect(session.page.get_by_text("PokéAPI is unavailable")).to_be_visible()
        session.page.get_by_role("radio", name="All", exact=True).check()
        expect(session.create_button()).to_have_text("Create report: all Pokémon")
        session.create_button().click()
        expect(session.toast(": All Pokémon")).to_be_visible()
        ticket = session.ticket("All Pokémon")
        expect(ticket.get_by_text("Failed", exact=True)).to_be_visible()
        ticket.get_by_role("heading").get_by_role("link").click()
        expect(session.page.get_by_role("heading", name="Report failed")).to_be_visible()
        assert session.axe_violations() == []
    finally:
        site.configure_pokeapi(error_rate=0)
    session.page.get_by_role("link", name="All reports", exact=True).click()
    expect(session.page.get_by_role("radio", name="Water 192", exact=True)).to_have_count(1)


def test_the_page_says_that_it_is_offline_and_resumes_when_online(session: UserSession) -> None:
    session.api.make(type="fire", sample_size=3)
    session.open()
    expect(session.ticket("3 Fire-type Pokémon")).to_be_visible()
    session.context.set_offline(True)
    expect(session.page.get_by_text("You're offline. You're seeing the last data received")).to_be_visible()
    session.create_button().click()
    expect(session.page.get_by_role("alert").get_by_text("You're offline.")).to_be_visible()
    session.context.set_offline(False)
    # The message at the button stays until the next attempt.
    expect(session.page.get_by_text("You're offline. You're seeing")).to_have_count(0)
    session.create_button().click()
    expect(session.page.get_by_text("You're offline")).to_have_count(0)
    expect(session.toast_of("")).to_be_visible()


def test_initials_replace_sprites_that_cannot_be_loaded(session: UserSession) -> None:
    report = session.api.make(type="ghost", sample_size=2)
    session.page.route("https://raw.githubusercontent.com/**", lambda route: route.abort("namenotresolved"))
    session.open(f"/report/?id={report['id']}")
    table = session.page.get_by_role("region", name="Table of")
    expect(table.get_by_role("rowheader")).to_have_count(2)
    expect(table.locator("img")).to_have_count(0)


def test_an_unknown_url_shows_page_not_found(session: UserSession) -> None:
    for path in ("/nothing/here", "/report/nothing"):
        session.open(path)
        expect(session.page.get_by_role("heading", name="Page not found")).to_be_visible()
    session.open("/report/")
    expect(session.page.get_by_role("heading", name="No report selected")).to_be_visible()
    session.page.get_by_role("link", name="All reports", exact=True).click()
    expect(session.page.get_by_role("heading", name="New report")).to_be_visible()


def test_a_malformed_response_shows_an_error_page_that_can_be_reloaded(session: UserSession) -> None:
    session.api.make(type="flying", sample_size=1)
    session.page.route("**/api/reports?*", lambda route: route.fulfill(json={"reports": [None]}))
    session.open()
    expect(session.page.get_by_role("heading", name="Something went wrong")).to_be_visible()
    assert session.axe_violations() == []
    assert session.errors != []
    session.errors.clear()
    session.page.unroute("**/api/reports?*")
    session.button("Reload").click()
    expect(session.ticket("1 Flying-type Pokémon")).to_be_visible()
