"""Languages, themes, screen widths, accessibility and reduced motion."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.user_session import NewSession, UserSession

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const skipped = parent.closest("script, style, [lang]:not(html), tbody, code");
    if (!skipped && node.data.trim()) texts.push(node.data.trim());
  }
  for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) {
    const elements = [...document.querySelectorAll(`[${name}]`)];
    texts.push(...elements.map((element) => element.getAttribute(name).trim()));
  }
  return texts;
}"""
# Elements whose content overflows, such as a control that a narrow form cuts off.
TOO_WIDE = """() => [...document.querySelectorAll("form, fieldset, figure, main, header, section > div")]
  .filter((box) => getComputedStyle(box).overflowX === "visible" && box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.outerHTML.slice(0, 200))"""
# Texts that are the same in both languages: names, symbols, numbers and some words.
SAME_IN_BOTH = re.compile(
    r"Poke Queue|Pokémon|English|Español|EN|ES|[IVX]+|Normal|SHA-256|Total|No|Color|user-\d+"
    r"|\d+ bytes|[\W\d_]*"
)


def texts_of(page: Page) -> set[str]:
    texts: list[str] = page.evaluate(TEXTS)
    return set(texts)


def paths_of_all_pages(session: UserSession) -> list[str]:
    """Create reports and return the paths of every kind of page."""
    report = session.api.make(type="electric", sample_size=5, seed=3)
    empty = session.api.make(type="shadow")
    return [
        "/",
        f"/report/?id={report['id']}",
        f"/report/?id={empty['id']}",
        "/report/?id=none",
        "/compare/",
        "/nothing",
    ]


def wait_until_loaded(session: UserSession) -> None:
    expect(session.page.get_by_role("heading", level=1)).to_be_visible()
    session.page.wait_for_load_state("networkidle")
    expect(session.page.locator("[class*=skeleton]")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", ["wide", "phone"])
def test_every_page_is_accessible(new_session: NewSession, theme: str, width: str) -> None:
    session = new_session(color_scheme=theme, **(PHONE if width == "phone" else {}))
    for path in paths_of_all_pages(session):
        session.open(path)
        wait_until_loaded(session)
        assert session.axe_violations() == [], path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_state_of_the_home_page_is_accessible(new_session: NewSession, theme: str, site: Site) -> None:
    session = new_session(color_scheme=theme)
    session.open()
    wait_until_loaded(session)
    assert session.axe_violations() == [], "no reports"
    session.page.get_by_label("Seed").fill("seven")
    session.page.get_by_role("spinbutton", name="Sample size").fill("0")
    session.create_button().click()
    expect(session.page.get_by_text("Enter a whole number from 0 to")).to_be_visible()
    assert session.axe_violations() == [], "field errors"

    site.configure_pokeapi(latency_ms=1_500)
    try:
        session.page.get_by_label("Seed").fill("")
        session.page.get_by_role("spinbutton", name="Sample size").fill("40" if theme == "dark" else "41")
        session.choose("Bug 106")
        session.create_button().click()
        expect(session.page.get_by_role("progressbar")).to_be_visible()
        session.tickets().get_by_role("checkbox").check()
        assert session.axe_violations() == [], "running and selected"
        session.button("Delete 1 report").click()
        expect(session.page.get_by_role("dialog")).to_be_visible()
        assert session.axe_violations() == [], "dialog"
        session.page.get_by_role("dialog").get_by_role("button", name="Delete 1 report").click()
    finally:
        site.configure_pokeapi(latency_ms=0)
    expect(session.toast("1 report deleted")).to_be_visible()
    assert session.axe_violations() == [], "toast"


def test_the_page_is_in_the_browsers_language_and_can_be_switched(new_session: NewSession) -> None:
    session = new_session(locale="es-MX")
    paths = paths_of_all_pages(session)
    for path in paths:
        session.open(path)
        wait_until_loaded(session)
        expect(session.page.locator("html")).to_have_attribute("lang", "es")
        spanish = texts_of(session.page)
        session.page.get_by_role("link", name="English", exact=True).click()
        expect(session.page.locator("html")).to_have_attribute("lang", "en")
        wait_until_loaded(session)
        english = texts_of(session.page)
        assert {text for text in spanish & english if not SAME_IN_BOTH.fullmatch(text)} == set(), path
        assert len(english - spanish) > 3, path
        session.page.get_by_role("link", name="Español", exact=True).click()
        expect(session.page.locator("html")).to_have_attribute("lang", "es")


def test_a_report_can_be_created_and_searched_in_spanish(new_session: NewSession) -> None:
    session = new_session(locale="es-ES")
    report = session.api.make(type="electric", generation="generation-i")
    session.open()
    session.choose("Generación I: 238 Pokémon")
    session.choose(f"Eléctrico {report['result']['rows']}")
    session.page.get_by_role("radio", name="Todos", exact=True).check()
    session.create_button().click()
    ticket = session.tickets().first
    expect(session.tickets()).to_have_count(2)
    expect(ticket.get_by_text("Completado")).to_be_visible()
    ticket.get_by_role("heading").get_by_role("link").click()
    table = session.page.get_by_role("region", name="Tabla de")
    # The list has a search too.
    expect(table).to_be_visible()
    session.page.get_by_role("searchbox").fill("ELECTRICO zapdos")
    expect(table.get_by_role("rowheader")).to_have_count(1)
    session.page.get_by_role("searchbox").fill("zapdos siniestro")
    expect(session.page.get_by_text("Ninguna fila coincide")).to_be_visible()


def test_the_selected_theme_survives_a_reload_and_needs_no_scripts(
    new_session: NewSession,
) -> None:
    session = new_session(color_scheme="light")
    session.open()
    dark = "oklch(0.185 0.018 272)"
    expect(session.page.locator("html")).not_to_have_css("background-color", dark)
    session.page.get_by_role("radio", name="Dark", exact=True).check(force=True)
    expect(session.page.locator("html")).to_have_css("background-color", dark)
    session.page.route("**/*.js", lambda route: route.abort())
    session.page.reload(wait_until="domcontentloaded")
    expect(session.page.locator("html")).to_have_css("background-color", dark)


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 2560])
def test_no_page_overflows_its_window(new_session: NewSession, width: int) -> None:
    session = new_session(viewport={"width": width, "height": 800})
    for path in paths_of_all_pages(session):
        session.open(path)
        wait_until_loaded(session)
        assert session.page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert session.page.evaluate(TOO_WIDE) == [], path


def test_a_report_can_be_created_viewed_and_deleted_on_a_phone(new_session: NewSession) -> None:
    session = new_session(**PHONE)
    session.open()
    session.choose("Dragon 117")
    session.create_button().tap()
    ticket = session.ticket("12 Dragon-type Pokémon")
    expect(ticket.get_by_text("Succeeded")).to_be_visible()
    ticket.get_by_role("heading").get_by_role("link").tap()
    expect(session.page.get_by_role("region", name="Table of").get_by_role("rowheader")).to_have_count(12)
    session.button("Delete").tap()
    expect(session.page.get_by_text("No reports yet")).to_be_visible()


def test_nothing_moves_with_reduced_motion(new_session: NewSession, site: Site) -> None:
    session = new_session(reduced_motion="reduce")
    site.configure_pokeapi(latency_ms=1_500)
    try:
        session.open()
        session.choose("Steel 99")
        session.create_button().click()
        expect(session.page.get_by_role("progressbar")).to_be_visible()
        moving = session.page.evaluate(
            "document.getAnimations().filter(a => a.effect.getComputedTiming().endTime > 20).length"
        )
        assert moving == 0
    finally:
        site.configure_pokeapi(latency_ms=0)
