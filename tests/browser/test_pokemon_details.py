"""The details of a Pokémon, and the comparison of up to four."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.report_page import FullReport, OpenFullReport
from tests.browser.user_session import UserSession


def dialog(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog", name=name, exact=True)


def cells(table: Locator, row: str) -> list[str]:
    found = table.get_by_role("row").filter(has=table.page.get_by_role("rowheader", name=row, exact=True))
    return [text.strip() for text in found.get_by_role("cell").all_inner_texts()]


def test_a_row_opens_its_pokemon_and_the_back_button_closes_it(
    open_full_report: OpenFullReport, full_report: FullReport
) -> None:
    session = open_full_report("&q=swampert")
    page = session.page
    page.get_by_role("cell", name="425").or_(
        page.get_by_role("rowheader", name="Mega Swampert")
    ).first.click()
    opened = dialog(page, "Mega Swampert")
    expect(opened).to_be_visible()
    assert page.url.endswith("&q=swampert&pokemon=swampert-mega")
    row = next(row for row in full_report.rows if row["name"] == "swampert-mega")
    attacks = sorted(int(row["attack"]) for row in full_report.rows)
    median = attacks[len(attacks) // 2]
    assert cells(opened, "Attack") == [row["attack"], str(median)]
    assert cells(opened, "Grass") == ["Weak"]
    assert cells(opened, "Electric") == ["Immune"]
    assert cells(opened, "Fire") == ["Resists"]
    expect(opened.get_by_text("Swift Swim")).to_be_visible()
    assert session.axe_violations() == []
    page.go_back()
    expect(opened).to_have_count(0)
    expect(page.get_by_role("searchbox")).to_have_value("swampert")
    page.go_forward()
    expect(opened).to_be_visible()


def test_the_details_work_by_keyboard_and_return_the_focus(open_full_report: OpenFullReport) -> None:
    page = open_full_report("&q=pikachu").page
    link = page.get_by_role("link", name="Pikachu", exact=True)
    link.press("Enter")
    expect(dialog(page, "Pikachu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog(page, "Pikachu")).to_have_count(0)
    expect(link).to_be_focused()
    expect(page).to_have_url(re.compile("q=pikachu$"))


def test_details_open_from_their_url_and_lead_to_what_a_pokemon_evolves_from(
    open_full_report: OpenFullReport,
) -> None:
    page = open_full_report("&pokemon=raichu-alola").page
    dialog(page, "Alolan Raichu").get_by_role("button", name="Pikachu").click()
    dialog(page, "Pikachu").get_by_role("button", name="Pichu").click()
    expect(dialog(page, "Pichu")).to_be_visible()
    assert page.url.endswith("&pokemon=pichu")
    page.keyboard.press("Escape")
    assert "pokemon" not in page.url


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("forced_colors", ["none", "active"])
def test_up_to_four_pokemon_are_compared(
    open_full_report: OpenFullReport, full_report: FullReport, theme: str, forced_colors: str
) -> None:
    session = open_full_report("&pokemon=mewtwo", color_scheme=theme, forced_colors=forced_colors)
    page = session.page
    field = page.get_by_label("Compare with")
    field.fill("Agumon")
    field.press("Enter")
    expect(page.get_by_text("no Pokémon named “Agumon”")).to_be_visible()
    for name in ("Rayquaza", "deoxys (attack forme)", "Gigantamax Pikachu"):
        field.fill(name)
        field.press("Enter")
    opened = dialog(page, "Compare 4 Pokémon")
    expect(opened.get_by_text("You can compare up to four Pokémon.")).to_be_visible()
    names = ("mewtwo", "rayquaza", "deoxys-attack", "pikachu-gmax")
    rows = [next(row for row in full_report.rows if row["name"] == name) for name in names]
    assert cells(opened, "Speed")[:4] == [row["speed"] for row in rows]
    expect(opened.locator("strong", has_text="180")).to_have_count(2)  # attack and special attack
    without = ["color-contrast"] if forced_colors == "active" else []
    assert session.axe_violations(without) == []
    page.reload()
    expect(opened).to_be_visible()
    opened.get_by_role("button", name="Remove Rayquaza").click()
    expect(dialog(page, "Compare 3 Pokémon")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_the_details_fit_a_phone_in_spanish(open_full_report: OpenFullReport, width: int) -> None:
    session = open_full_report(
        "&pokemon=swampert-mega,great-tusk,lucario",
        locale="es-ES",
        viewport={"width": width, "height": 700},
        is_mobile=True,
        has_touch=True,
    )
    opened = dialog(session.page, "Comparación de 3 Pokémon")
    expect(opened.get_by_text("Colmilargo").first).to_be_visible()
    expect(opened.get_by_text("Mega-Swampert").first).to_be_visible()
    assert opened.evaluate("dialog => dialog.scrollWidth - dialog.clientWidth") <= 0
    assert session.axe_violations() == []


def test_a_report_that_does_not_identify_its_rows_has_no_details(session: UserSession) -> None:
    report = session.api.make(type="fairy", sample_size=2, columns=["hp", "speed"])
    session.open(f"/report/?id={report['id']}&pokemon=clefairy")
    table = session.page.get_by_role("region", name="Table of")
    expect(table.get_by_role("rowheader")).to_have_count(2)
    expect(table.get_by_role("link")).to_have_count(0)
    expect(session.page.get_by_role("dialog")).to_have_count(0)
