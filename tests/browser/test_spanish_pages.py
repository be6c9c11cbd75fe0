"""The pages of each language: which one opens, and what a change of the language keeps."""

import re

import pytest
import requests
from playwright.sync_api import expect

from tests.browser.site import Site
from tests.browser.user_session import NewSession, UserSession

TITLES = {"en": "Pick some Pokémon. Get a table.", "es": "Elige unos Pokémon. Obtén una tabla."}
# Collects each title that is visible in any frame of any document of the visit.
RECORD_TITLES = """
const seen = new Set(JSON.parse(sessionStorage.getItem("seen") ?? "[]"));
const record = () => {
  const title = document.querySelector("h1");
  if (title?.checkVisibility({ visibilityProperty: true })) seen.add(title.textContent);
  sessionStorage.setItem("seen", JSON.stringify([...seen]));
  requestAnimationFrame(record);
};
record();
"""
NO_STORAGE = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("no storage", "SecurityError"); } });
}
"""


def path_of(session: UserSession) -> str:
    return session.page.url.removeprefix(session.site.url)


def switch_to(session: UserSession, language: str) -> None:
    session.page.get_by_role("link", name=language, exact=True).click()


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/", "en", "Poke Queue"),
        ("/es/", "es", "Poke Queue"),
        ("/compare/", "en", "Compare reports · Poke Queue"),
        ("/es/compare/", "es", "Comparar informes · Poke Queue"),
    ],
)
def test_a_page_is_complete_without_scripts(
    new_session: NewSession, site: Site, path: str, language: str, title: str
) -> None:
    session = new_session(java_script_enabled=False, signed_in=False)
    session.open(path)
    page = session.page
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.title() == title
    alternates = {
        link.get_attribute("hreflang"): link.get_attribute("href")
        for link in page.locator("link[rel=alternate]").all()
    }
    english = path.removeprefix("/es")
    assert alternates == {"en": english, "es": f"/es{english}", "x-default": english}
    expect(page.get_by_text("Data from PokéAPI")).to_have_count(1 if language == "en" else 0)
    response = requests.get(site.url + path.rstrip("/"), timeout=30)
    assert f'lang="{language}"' in response.text


def test_a_new_visitor_gets_the_browsers_language_and_sees_no_other(new_session: NewSession) -> None:
    session = new_session(locale="es-MX")
    session.page.add_init_script(RECORD_TITLES)
    session.open("/?status=succeeded#queue-title")
    expect(session.page.get_by_role("heading", level=1)).to_have_text(TITLES["es"])
    assert path_of(session) == "/es/?status=succeeded#queue-title"
    session.wait_until("() => JSON.parse(sessionStorage.getItem('seen')).length > 0")
    assert session.page.evaluate("JSON.parse(sessionStorage.getItem('seen'))") == [TITLES["es"]]
    # The page before is not in the way of the Back button.
    assert session.page.evaluate("history.length") == 2


def test_a_link_opens_in_its_language_unless_the_user_chose_another(new_session: NewSession) -> None:
    session = new_session(locale="en-GB")
    session.open("/es/report/?id=none")
    expect(session.page.get_by_role("heading", name="Informe no encontrado")).to_be_visible()
    switch_to(session, "English")
    expect(session.page.get_by_role("heading", name="Report not found")).to_be_visible()
    session.open("/es/report/?id=none&q=fire")
    expect(session.page.get_by_role("heading", name="Report not found")).to_be_visible()
    assert path_of(session) == "/report/?id=none&q=fire"
    switch_to(session, "Español")
    expect(session.page.get_by_role("heading", name="Informe no encontrado")).to_be_visible()
    session.open("/")
    expect(session.page.get_by_role("heading", level=1)).to_have_text(TITLES["es"])
    assert path_of(session) == "/es/"


def test_without_storage_the_path_decides_and_the_language_can_be_switched(new_session: NewSession) -> None:
    session = new_session(locale="es-ES")
    session.page.add_init_script(NO_STORAGE)
    session.open("/es/")
    expect(session.page.get_by_role("heading", level=1)).to_have_text(TITLES["es"])
    switch_to(session, "English")
    expect(session.page.get_by_role("heading", level=1)).to_have_text(TITLES["en"])
    assert path_of(session) == "/"


def test_a_switch_keeps_the_url_the_place_and_the_focus(new_session: NewSession) -> None:
    session = new_session(viewport={"width": 1280, "height": 700})
    report = session.api.make(type="electric")
    session.open(f"/report/?id={report['id']}&q=chu&sort=-speed#table-title")
    page = session.page
    expect(page.get_by_role("region", name="Table of")).to_be_visible()
    spanish = page.get_by_role("link", name="Español", exact=True)
    spanish.focus()
    page.evaluate("window.scrollTo(0, 700)")
    session.wait_until("() => scrollY === 700")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Tabla de")).to_be_visible()
    assert path_of(session) == f"/es/report/?id={report['id']}&q=chu&sort=-speed#table-title"
    session.wait_until("() => Math.abs(scrollY - 700) < 2")
    # All of its parts are there: a part that appears later must not move the others.
    page.wait_for_load_state("networkidle")
    assert abs(page.evaluate("scrollY") - 700) < 2
    expect(spanish).to_be_focused()
    expect(spanish).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("searchbox")).to_have_value("chu")


def test_links_stay_in_the_language(new_session: NewSession) -> None:
    session = new_session(locale="es-ES")
    report = session.api.make(type="ghost", sample_size=3)
    session.open("/es/")
    session.tickets().first.get_by_role("heading").get_by_role("link").click()
    expect(session.page.get_by_role("heading", level=1, name=re.compile("fantasma"))).to_be_visible()
    assert path_of(session) == f"/es/report/?id={report['id']}"
    session.page.get_by_role("link", name="Comparar", exact=False).first.click()
    expect(session.page.get_by_role("heading", name="Comparar informes")).to_be_visible()
    assert path_of(session) == f"/es/compare/?a={report['id']}"
    session.page.get_by_role("link", name="Poke Queue", exact=False).click()
    expect(session.page.get_by_role("heading", level=1)).to_have_text(TITLES["es"])
    session.page.get_by_label("Estado").select_option("succeeded")
    session.page.wait_for_url("**/es/?status=succeeded")
    assert session.page.evaluate("performance.getEntriesByType('navigation').length") == 1


@pytest.mark.parametrize(
    ("locale", "path", "heading"),
    [
        ("en-GB", "/nothing/here", "Page not found"),
        ("es-ES", "/nothing", "Página no encontrada"),
        ("en-GB", "/es/nothing/", "Página no encontrada"),
        ("es-ES", "/es/nothing", "Página no encontrada"),
    ],
)
def test_an_unknown_page_is_in_the_language_of_its_path_or_of_the_user(
    new_session: NewSession, locale: str, path: str, heading: str
) -> None:
    session = new_session(locale=locale)
    session.page.add_init_script(RECORD_TITLES)
    session.open(path)
    expect(session.page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(session.page).to_have_title(f"{heading} · Poke Queue")
    session.wait_until("() => JSON.parse(sessionStorage.getItem('seen')).length > 0")
    assert session.page.evaluate("JSON.parse(sessionStorage.getItem('seen'))") == [heading]
    assert session.axe_violations() == []
    switch_to(session, "English" if "no encontrada" in heading else "Español")
    expect(session.page.get_by_role("heading", level=1)).not_to_have_text(heading)


def test_the_theme_follows_another_tab_and_colors_the_browser(new_session: NewSession) -> None:
    session = new_session(color_scheme="light")
    session.open()
    other = session.context.new_page()
    other.goto(session.site.url + "/compare/")
    # The first element that matches counts.
    color = "document.querySelector('meta[name=theme-color]').content"
    assert session.page.evaluate(color) == "#f8f6f1"
    other.get_by_role("radio", name="Dark", exact=True).check(force=True)
    expect(session.page.locator("html")).to_have_css("color-scheme", "dark")
    expect(session.page.get_by_role("radio", name="Dark", exact=True)).to_be_checked()
    assert session.page.evaluate(color) == "#12131c"
    session.page.reload()
    assert session.page.evaluate(color) == "#12131c"
    session.page.get_by_role("radio", name="System", exact=True).check(force=True)
    assert session.page.evaluate(color) == "#f8f6f1"
    expect(other.locator("html")).to_have_css("color-scheme", "light dark")
