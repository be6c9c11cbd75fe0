"""Share links: the dialog of the owner, and the page that others see."""

import re

import pytest
import requests
from playwright.sync_api import Page, expect

from cli.site import shared_page
from tests.browser.report_page import table_of
from tests.browser.site import Site
from tests.browser.user_session import NewSession, UserSession

DEAD_LINK = "This link doesn't work"


@pytest.fixture
def owner(new_session: NewSession) -> UserSession:
    return new_session(permissions=["clipboard-read", "clipboard-write"])


@pytest.fixture
def link(owner: UserSession, site: Site) -> str:
    """The page of a link that the owner's report has."""
    report = owner.api.make(type="fairy", sample_size=3, seed=4)
    owner.open(f"/report/?id={report['id']}")
    shared = owner.api.call("PUT", f"/reports/{report['id']}/share").json()["links"]["shared"]
    return shared_page(site.url, shared).removeprefix(site.url)


def open_dialog(page: Page) -> None:
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("dialog", name="Share this report")).to_be_visible()


def test_a_report_is_shared_and_unshared_on_its_page(owner: UserSession, new_session: NewSession) -> None:
    report = owner.api.make(type="fairy", sample_size=3, seed=4)
    page = owner.page
    owner.open(f"/report/?id={report['id']}")
    open_dialog(page)
    create, address = page.get_by_role("button", name="Create link"), page.get_by_label("Link", exact=True)
    expect(create).to_be_focused()
    assert owner.axe_violations() == []
    page.keyboard.press("Enter")
    expect(address).to_be_focused()
    expect(page.get_by_role("status").get_by_text("Link created.")).to_be_visible()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").get_by_text("Link copied.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == address.input_value()
    assert owner.axe_violations() == []

    visitor = new_session(signed_in=False)
    visitor.page.goto(link)
    expect(table_of(visitor.page).get_by_role("rowheader")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_focused()
    expect(page.get_by_role("banner").get_by_text("Shared")).to_have_count(0)
    expect(page.locator("#content header").get_by_text("Shared", exact=True)).to_be_visible()

    page.reload()
    open_dialog(page)
    expect(address).to_have_value(link)
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_role("status").get_by_text("The link no longer works.")).to_be_visible()
    expect(create).to_be_focused()
    visitor.page.reload()
    expect(visitor.page.get_by_role("heading", name=DEAD_LINK, level=1)).to_be_visible()
    page.keyboard.press("Enter")
    expect(address).not_to_have_value(link)


def test_a_failed_request_is_shown_in_the_dialog(owner: UserSession) -> None:
    report = owner.api.make(type="fairy", sample_size=1)
    owner.open(f"/report/?id={report['id']}")
    open_dialog(owner.page)
    owner.page.route("**/share", lambda route: route.abort("connectionrefused"))
    owner.button("Create link").click()
    alert = owner.page.get_by_role("dialog").get_by_role("alert")
    expect(alert).to_have_text("Couldn't create the link. Can't reach the server.")
    expect(owner.button("Create link")).to_be_focused()
    owner.page.unroute("**/share")
    owner.button("Create link").click()
    expect(owner.page.get_by_label("Link", exact=True)).to_be_visible()


def test_the_shared_page_shows_the_report_and_nothing_to_change(
    owner: UserSession, link: str, new_session: NewSession
) -> None:
    report = owner.api.call("GET", "/reports").json()["reports"][0]
    visitor = new_session(signed_in=False)
    calls: list[str] = []
    visitor.page.on("request", lambda request: calls.append(request.url))
    visitor.open(link)
    page = visitor.page
    expect(page.get_by_role("heading", name="3 Fairy-type Pokémon", level=1)).to_be_visible()
    expect(page).to_have_title("3 Fairy-type Pokémon · Poke Queue")
    expect(page.get_by_text("Shared report. You can read and download it until")).to_be_visible()
    expect(table_of(page).get_by_role("rowheader")).to_have_count(3)
    expect(page.get_by_role("figure", name="Stat distribution")).to_be_visible()
    expect(page.get_by_role("region", name="Details")).to_be_visible()
    assert page.locator("#content header").get_by_role("button").all_inner_texts() == ["Download CSV"]
    expect(page.get_by_role("link", name="All reports", exact=True)).to_have_count(0)
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    assert visitor.axe_violations() == []
    name, csv = visitor.download(visitor.button("Download CSV"))
    assert csv == owner.api.download(report)
    assert name == "pokemon-fairy-3-seed4.csv"
    assert [call for call in calls if "/api/" in call and "/api/shared/" not in call] == []
    # Details of a Pokémon keep the link.
    table_of(page).get_by_role("rowheader").first.get_by_role("link").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert link in page.url


def test_a_link_that_shows_nothing_says_no_more_than_that(new_session: NewSession) -> None:
    visitor = new_session(signed_in=False, locale="es-ES", viewport={"width": 320, "height": 700})
    for path in ("/shared/", "/shared/?token=none", "/shared/?token=..%2Freports"):
        visitor.open(path)
        expect(visitor.page.get_by_role("heading", name="Este enlace no funciona", level=1)).to_be_visible()
    assert visitor.axe_violations() == []
    visitor.page.get_by_role("link", name="Crear tu propio informe").click()
    expect(visitor.page.get_by_role("heading", name="Nuevo informe")).to_be_visible()


def test_a_shared_page_appears_after_an_outage(link: str, new_session: NewSession) -> None:
    visitor = new_session(signed_in=False)
    visitor.page.route("**/api/**", lambda route: route.abort("connectionrefused"))
    visitor.open(link)
    expect(visitor.page.get_by_role("heading", name="Can't reach the server", level=1)).to_be_visible()
    visitor.page.unroute("**/api/**")
    expect(visitor.page.get_by_role("heading", name="3 Fairy-type Pokémon", level=1)).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    "look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}]
)
def test_sharing_is_accessible_in_spanish(
    owner: UserSession, link: str, new_session: NewSession, width: int, look: dict[str, str]
) -> None:
    session = new_session(signed_in=False, locale="es-ES", viewport={"width": width, "height": 800}, **look)
    # Forced colors replace the page's own, so their contrast is the browser's.
    without = ["color-contrast"] if "forced_colors" in look else []
    page = session.page
    session.open(link)
    expect(page.get_by_role("region", name=re.compile("^Tabla de"))).to_be_visible()
    assert session.axe_violations(without) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    session.user = owner.user
    session.sign_in()
    session.open(owner.page.url.removeprefix(session.site.url))
    page.get_by_role("button", name="Compartir", exact=True).click()
    expect(page.get_by_role("button", name="Copiar enlace")).to_be_visible()
    assert session.axe_violations(without) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_programs_read_the_same_link(owner: UserSession, link: str, site: Site) -> None:
    token = link.rpartition("=")[2]
    shared = requests.get(f"{site.url}/api/shared/{token}", timeout=30).json()
    assert shared["links"]["self"] == f"/api/shared/{token}"
    assert shared["id"] == owner.api.call("GET", "/reports").json()["reports"][0]["id"]
