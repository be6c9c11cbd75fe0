"""The page that compares two reports."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.report_page import shown_name
from tests.browser.site import Site
from tests.browser.user_session import NewSession, UserSession

CSV_HEADERS = {
    "Content-Disposition": 'attachment; filename="changed.csv"',
    "Access-Control-Expose-Headers": "Content-Disposition",
}


def names_in(csv: bytes) -> set[str]:
    lines = csv.decode().splitlines()
    index = lines[0].split(",").index("name")
    return {line.split(",")[index] for line in lines[1:]}


def test_rows_and_columns_of_only_one_report_are_listed(session: UserSession) -> None:
    a = session.api.make(type="fire", sample_size=20, seed=1)
    b = session.api.make(type="fire", sample_size=20, seed=2, columns=["name", "hp"])
    of_a, of_b = names_in(session.api.download(a)), names_in(session.api.download(b))
    assert all((of_a - of_b, of_b - of_a, of_a & of_b))
    session.open(f"/compare/?a={a['id']}&b={b['id']}")
    page = session.page
    for side, only in (("A", of_a - of_b), ("B", of_b - of_a)):
        region = page.get_by_role("region", name=f"Only in report {side}: {len(only)} Pokémon")
        expect(region.get_by_role("listitem")).to_have_count(len(only))
        shown = {text.split("\n")[1] for text in region.get_by_role("listitem").all_inner_texts()}
        assert shown == {shown_name(name) for name in only}
    expect(page.get_by_text(f"{len(of_a & of_b)} Pokémon in both, with the same cells")).to_be_visible()
    expect(page.get_by_text("Columns only in report A: No., Species, Generation, Types")).to_be_visible()
    expect(page).to_have_title("Compare reports · Poke Queue")


def test_cells_that_differ_are_shown_with_both_values(session: UserSession) -> None:
    a = session.api.make(type="dragon", columns=["name", "types", "hp", "abilities"])
    b = session.api.make(type="dragon", columns=["name", "types", "hp", "abilities"])
    changed = session.api.download(b).replace(b"dratini,dragon,41,shed-skin", b"dratini,ice,77,")
    session.page.route(
        f"**/reports/{b['id']}/download", lambda route: route.fulfill(body=changed, headers=CSV_HEADERS)
    )
    session.open(f"/compare/?a={a['id']}&b={b['id']}")
    page = session.page
    cells = page.get_by_role("region", name="Different cells: 3").get_by_role("row")
    expect(cells).to_have_text(
        [
            re.compile("Report A.*Report B"),
            "DratiniTypesDragonIce",
            "DratiniHP4177",
            "DratiniAbilitiesShed SkinEmpty",
        ]
    )
    expect(page.get_by_text("Pokémon in both, 3 cells different in 1 of them")).to_be_visible()
    session.button("Swap A and B").click()
    expect(cells.nth(2)).to_have_text("DratiniHP7741")
    assert page.url.endswith(f"/compare/?a={b['id']}&b={a['id']}")


def test_a_report_is_compared_with_its_repetition_from_its_page(session: UserSession) -> None:
    first = session.api.make(type="ghost", sample_size=5, seed=7)
    second = session.api.make(type="ghost", sample_size=5, seed=7)
    session.open(f"/report/?id={first['id']}")
    page = session.page
    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_text("Choose two reports to compare them.")).to_be_visible()
    assert session.axe_violations() == []
    page.get_by_label("Report B").select_option(value=second["id"])
    expect(page.get_by_role("heading", name="No differences")).to_be_visible()
    expect(page.get_by_text("All 5 Pokémon have the same cells in both reports.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="No differences")).to_be_visible()
    page.get_by_label("Report B").select_option(value=first["id"])
    expect(page.get_by_text("Choose two different reports.")).to_be_visible()


def test_reports_that_cannot_be_compared_are_explained(session: UserSession) -> None:
    named = session.api.make(type="steel", sample_size=2, columns=["name"])
    nameless = session.api.make(type="steel", sample_size=2, columns=["hp"])
    page = session.page
    session.open(f"/compare/?a={named['id']}&b={nameless['id']}")
    expect(page.get_by_role("heading", name="These reports can't be compared")).to_be_visible()
    assert session.axe_violations() == []
    session.open(f"/compare/?a={named['id']}&b=nothing")
    expect(page.get_by_role("heading", name="Report B: report not found")).to_be_visible()
    empty = session.api.make(type="shadow", columns=["name"])
    session.open(f"/compare/?a={empty['id']}&b={named['id']}")
    expect(page.get_by_role("heading", name="Only in report B: 2 Pokémon")).to_be_visible()


def test_a_partial_report_is_marked(session: UserSession, site: Site) -> None:
    request = {"generation": "generation-ix", "include_forms": False, "columns": ["id", "name"]}
    whole = session.api.make(**request)
    site.configure_pokeapi(missing=[942])
    try:
        partial = session.api.make(**request)
    finally:
        site.configure_pokeapi(missing=[])
    session.open(f"/compare/?a={whole['id']}&b={partial['id']}")
    expect(session.page.get_by_role("heading", name="Only in report A: 1 Pokémon")).to_be_visible()
    expect(
        session.page.get_by_text("Report B is partial: 1 Pokémon could not be fetched for it.")
    ).to_be_visible()


def test_without_reports_there_is_nothing_to_compare(session: UserSession) -> None:
    session.open("/compare/")
    expect(session.page.get_by_role("heading", name="No reports to compare")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_comparison_is_accessible_in_spanish(new_session: NewSession, theme: str, width: int) -> None:
    session = new_session(
        locale="es-ES", color_scheme=theme, viewport={"width": width, "height": 800}, forced_colors="none"
    )
    a = session.api.make(type="water", sample_size=60, seed=1)
    b = session.api.make(type="water", sample_size=3, seed=2)
    session.open(f"/compare/?a={a['id']}&b={b['id']}")
    expect(session.page.get_by_role("heading", name=re.compile("Solo en el informe A"))).to_be_visible()
    assert session.axe_violations() == []
    assert session.page.evaluate("document.documentElement.scrollWidth") <= width
    session.button("Mostrar los").click()
    expect(session.button("Mostrar los")).to_have_count(0)
    assert session.axe_violations() == []
