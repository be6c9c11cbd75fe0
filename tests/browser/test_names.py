"""Names in the language of the page, where the CSV has identifiers."""

import pytest
from playwright.sync_api import expect

from tests.browser.report_page import FullReport, OpenFullReport, column_texts, query_of

ENGLISH = {
    "Name": "Mega Manectric",
    "Species": "Manectric",
    "Generation": "III",
    "Types": "Electric",
    "Abilities": "Intimidate",
    "Color": "Yellow",
    "Habitat": "Grassland",
    "Shape": "Quadruped",
    "Evolves from": "Electrike",
}
SPANISH = {
    "Nombre": "Mega-Manectric",
    "Especie": "Manectric",
    "Generación": "III",
    "Tipos": "Eléctrico",
    "Habilidades": "Intimidación",
    "Color": "Amarillo",
    "Hábitat": "Pradera",
    "Forma del cuerpo": "Cuadrúpeda",
    "Evoluciona de": "Electrike",
}


@pytest.mark.parametrize(
    ("locale", "name", "shown"),
    [("en-GB", "Mega Manectric", ENGLISH), ("es-ES", "Mega-Manectric", SPANISH)],
)
def test_cells_have_names(
    open_full_report: OpenFullReport, locale: str, name: str, shown: dict[str, str]
) -> None:
    page = open_full_report(f"&q={name}", locale=locale).page
    expect(page.get_by_role("rowheader", name=name, exact=True)).to_be_visible()
    assert {title: column_texts(page, title)[0] for title in shown} == shown


def test_names_can_be_searched_in_the_language_of_the_page(
    open_full_report: OpenFullReport, full_report: FullReport
) -> None:
    session = open_full_report(locale="es-ES")
    page = session.page
    search = page.get_by_role("searchbox")
    search.fill("pararrayos")
    abilities = [[*row["abilities"].split("|"), row["hidden_ability"]] for row in full_report.rows]
    expected = sum("lightning-rod" in names for names in abilities)
    expect(page.get_by_text(f"{expected} de 1.351 filas")).to_be_visible()
    search.fill("lightning")
    expect(page.get_by_text("Ninguna fila coincide")).to_be_visible()
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    search.fill("lightning rod")
    expect(page.get_by_text(f"{expected} of 1,351 rows")).to_be_visible()
    assert query_of(page) == "q=lightning+rod"


def test_generations_are_sorted_by_number(open_full_report: OpenFullReport) -> None:
    page = open_full_report("&sort=-generation").page
    assert set(column_texts(page, "Generation")) == {"IX"}


def test_a_report_is_shown_with_identifiers_if_the_names_cannot_be_loaded(
    open_full_report: OpenFullReport,
) -> None:
    session = open_full_report("&q=swampert")
    page = session.page
    scripts: list[str] = page.evaluate(
        "performance.getEntriesByType('resource').map(({ name }) => name).filter((url) => /\\.js/.test(url))"
    )
    (names,) = [script for script in scripts if "Surge Surfer" in page.request.get(script).text()]
    page.route(names, lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("rowheader", name="Swampert mega", exact=True)).to_be_visible()
    assert column_texts(page, "Abilities")[-1] == "Swift swim"
    session.errors.clear()
