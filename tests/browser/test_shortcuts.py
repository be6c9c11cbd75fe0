"""Keyboard shortcuts, and how to turn them off."""

import re

from playwright.sync_api import expect

from tests.browser.report_page import OpenFullReport
from tests.browser.user_session import NewSession, UserSession


def test_keys_move_through_the_reports_and_to_the_form(session: UserSession) -> None:
    for seed in (1, 2, 3):
        session.api.make(type="ice", sample_size=seed, seed=seed)
    session.open()
    page = session.page
    expect(session.tickets()).to_have_count(3)
    links = session.tickets().get_by_role("heading").get_by_role("link")
    page.keyboard.press("k")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(links.nth(2)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(2)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="2 Ice-type Pokémon")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="New report")).to_be_focused()


def test_keys_reach_the_search_and_the_rows_of_a_report(open_full_report: OpenFullReport) -> None:
    page = open_full_report().page
    page.keyboard.press("j")
    rows = page.get_by_role("region", name="Table of").get_by_role("rowheader").get_by_role("link")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    # In a field, they are characters.
    page.keyboard.type("jn?/k")
    expect(search).to_have_value("jn?/k")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("/report/"))


def test_the_dialog_explains_the_shortcuts_and_turns_them_off(new_session: NewSession) -> None:
    session = new_session(locale="es-ES")
    session.open("/es/")
    page = session.page
    expect(page.get_by_role("heading", name="Nuevo informe")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Atajos de teclado")
    expect(dialog.get_by_text("Buscar en esta página")).to_be_visible()
    assert session.axe_violations() == []
    # Nothing happens behind the dialog.
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Nuevo informe")).not_to_be_focused()
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("n")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Nuevo informe")).not_to_be_focused()
    expect(dialog).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Nuevo informe")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Nuevo informe")).not_to_be_focused()
    page.get_by_role("button", name="Atajos de teclado").click()
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Cerrar").click()
    expect(page.get_by_role("button", name="Atajos de teclado")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Nuevo informe")).to_be_focused()
