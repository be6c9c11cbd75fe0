"""Visitors: each browser has its own reports, which can move to an account after a sign-in."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.site import Site
from tests.browser.user_session import NewSession, UserSession

KEPT = "Your reports are kept for this browser."


@pytest.fixture
def visitor(new_session: NewSession) -> UserSession:
    session = new_session(signed_in=False)
    session.open()
    return session


def create_report(session: UserSession, sample: int) -> str:
    """Create a report with the form, and return its id when it has succeeded."""
    session.choose("Fairy 88")
    session.page.get_by_role("spinbutton", name="Sample size").fill(str(sample))
    session.create_button().click()
    ticket = session.ticket(f"{sample} Fairy-type Pokémon")
    expect(ticket.get_by_text("Succeeded")).to_be_visible()
    href = ticket.get_by_role("heading").get_by_role("link").get_attribute("href")
    assert href
    return href.rpartition("=")[2]


def visitor_reports(session: UserSession) -> list[str]:
    """The ids of the reports that the API lists to the browser of a session."""
    listed = session.page.request.get(f"{session.site.url}/api/reports?limit=100").json()
    return [report["id"] for report in listed["reports"]]


def test_two_browsers_see_nothing_of_each_other(new_session: NewSession, visitor: UserSession) -> None:
    expect(visitor.page.get_by_text(KEPT)).to_have_count(0)
    report_id = create_report(visitor, 2)
    expect(visitor.page.get_by_text(KEPT)).to_be_visible()
    other = new_session(signed_in=False)
    other.open()
    expect(other.page.get_by_text("No reports yet")).to_be_visible()
    other.open(f"/report/?id={report_id}")
    expect(other.page.get_by_role("heading", name="Report not found")).to_be_visible()
    url = f"{other.site.url}/api/reports/{report_id}"
    requests = other.page.request
    assert requests.get(f"{url}/download").status == 404
    assert requests.put(f"{url}/share").status == 404
    assert requests.delete(url).status == 404
    visitor.open(f"/report/?id={report_id}")
    expect(visitor.page.get_by_role("heading", name="2 Fairy-type Pokémon", level=1)).to_be_visible()
    assert visitor_reports(visitor) == [report_id]
    assert visitor_reports(other) == []


def test_a_browser_keeps_its_identity_in_a_cookie_that_scripts_cannot_read(visitor: UserSession) -> None:
    report_id = create_report(visitor, 1)
    cookies = [cookie for cookie in visitor.context.cookies() if cookie["name"].endswith("visitor")]
    assert cookies
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies)
    assert "visitor" not in visitor.page.evaluate("document.cookie")
    visitor.page.reload()
    expect(visitor.tickets()).to_have_count(1)
    assert visitor_reports(visitor) == [report_id]


def test_a_user_who_signs_in_moves_the_reports_from_before(visitor: UserSession) -> None:
    create_report(visitor, 1)
    create_report(visitor, 2)
    visitor.sign_in()
    visitor.open()
    page = visitor.page
    expect(page.get_by_text("No reports yet")).to_be_visible()
    offer = page.get_by_role("region", name="Reports from before you signed in")
    expect(offer.get_by_text("You created 2 reports in this browser")).to_be_visible()
    assert visitor.axe_violations() == []
    offer.get_by_role("button", name="Move 2 reports to your account").click()
    expect(visitor.toast("2 reports moved to your account")).to_be_visible()
    expect(visitor.tickets()).to_have_count(2)
    expect(offer).to_have_count(0)
    expect(page.locator("#content")).to_be_focused()
    expect(page.get_by_text(KEPT)).to_have_count(0)
    assert len(visitor.api.call("GET", "/reports").json()["reports"]) == 2
    # Nothing is left to the browser after the user signs out.
    visitor.context.clear_cookies(name="StaticWebAppsAuthCookie")
    assert visitor_reports(visitor) == []


def test_a_report_that_moves_while_it_is_shown_stays_on_the_page(visitor: UserSession) -> None:
    report_id = create_report(visitor, 2)
    visitor.sign_in()
    visitor.open(f"/report/?id={report_id}")
    expect(visitor.page.get_by_role("heading", name="Report not found")).to_be_visible()
    visitor.button("Move 1 report to your account").click()
    expect(visitor.page.get_by_role("heading", name="2 Fairy-type Pokémon", level=1)).to_be_visible()
    (moved,) = visitor.api.call("GET", "/reports").json()["reports"]
    assert visitor.page.url.endswith(f"?id={moved['id']}")


def test_requests_are_repeated_until_only_open_reports_are_left(visitor: UserSession, site: Site) -> None:
    create_report(visitor, 1)
    answers = [(25, 2), (1, 1), (0, 1)]
    visitor.sign_in()
    visitor.page.route("**/api/visitor", lambda route: route.fulfill(json={"signed_in": True, "reports": 27}))

    def answer(route: Route) -> None:
        adopted, remaining = answers.pop(0)
        route.fulfill(json={"adopted": adopted, "remaining": remaining, "moved": {}})

    visitor.page.route("**/api/visitor/adopt", answer)
    visitor.open()
    visitor.button("Move 27 reports to your account").click()
    expect(visitor.toast("26 reports moved to your account")).to_be_visible()
    expect(
        visitor.page.get_by_text("1 report is still in progress. You can move it when it has ended.")
    ).to_be_visible()
    expect(visitor.button("Move 1 report to your account")).to_be_focused()
    assert answers == []


def test_an_offer_can_be_declined_and_taken_up_later(visitor: UserSession) -> None:
    create_report(visitor, 1)
    visitor.sign_in()
    visitor.open()
    page = visitor.page
    move = visitor.button("Move 1 report to your account")
    page.route("**/api/visitor/adopt", lambda route: route.abort("connectionrefused"))
    move.click()
    expect(page.get_by_role("alert").get_by_text("Couldn't move your reports.")).to_be_visible()
    page.unroute("**/api/visitor/adopt")
    visitor.button("Not now").click()
    expect(move).to_have_count(0)
    expect(page.locator("#content")).to_be_focused()
    page.reload()
    expect(page.get_by_text("No reports yet")).to_be_visible()
    expect(move).to_have_count(0)
    page.locator("summary").get_by_text(visitor.user).click()
    move.click()
    expect(visitor.button("Not now")).to_be_visible()
    move.click()
    expect(visitor.tickets()).to_have_count(1)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_offer_is_accessible_in_spanish(new_session: NewSession, width: int, theme: str) -> None:
    session = new_session(
        signed_in=False, locale="es-ES", color_scheme=theme, viewport={"width": width, "height": 800}
    )
    session.open()
    expect(session.page.get_by_text("Todavía no hay informes")).to_be_visible()
    session.page.request.post(f"{session.site.url}/api/reports", data={"type": "fairy", "sample_size": 1})
    session.page.reload()
    expect(session.page.get_by_text("Tus informes se guardan para este navegador.")).to_be_visible()
    assert session.axe_violations() == []
    session.sign_in()
    session.page.reload()
    expect(session.button("Pasar 1 informe a tu cuenta")).to_be_visible()
    assert session.axe_violations() == []
    assert session.page.evaluate("document.documentElement.scrollWidth") <= width
