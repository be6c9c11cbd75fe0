"""The table of a report: columns, pages, search, filters, download, and its URL."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.report_page import FullReport, OpenFullReport, column_texts, query_of, table_of
from tests.browser.user_session import UserSession

STATISTICS = ("HP", "Attack", "Defense", "Sp. Attack", "Sp. Defense", "Speed")


def test_the_header_and_the_first_columns_stay_while_the_table_scrolls(
    open_full_report: OpenFullReport,
) -> None:
    page = open_full_report().page
    region = page.get_by_role("region", name="Table of")
    header = table_of(page).get_by_role("columnheader", name="Name")
    number = table_of(page).locator("tbody tr:nth-child(20) > :nth-child(1)")
    name = table_of(page).locator("tbody tr:nth-child(20) > :nth-child(2)")
    frame = region.bounding_box()
    assert frame
    expect(region.locator("..")).to_have_attribute("data-more-end", "")
    region.evaluate("region => { region.scrollTop = 600; region.scrollLeft = 900; }")
    boxes = [header.bounding_box(), name.bounding_box(), number.bounding_box()]
    assert all(boxes)
    header_box, name_box, number_box = [box for box in boxes if box]
    assert header_box["y"] == pytest.approx(frame["y"], abs=2)
    assert number_box["x"] == pytest.approx(frame["x"], abs=2)
    assert name_box["x"] == pytest.approx(number_box["x"] + number_box["width"], abs=1)
    region.evaluate("region => { region.scrollLeft = region.scrollWidth; }")
    expect(region.locator("..")).not_to_have_attribute("data-more-end", "")


def test_the_titles_of_numeric_columns_are_above_their_numbers(open_full_report: OpenFullReport) -> None:
    page = open_full_report().page
    for title in (*STATISTICS, "Total"):
        edges = table_of(page).evaluate(
            """(table, title) => {
              const headers = [...table.tHead.rows[0].cells];
              const index = headers.findIndex((header) => header.textContent === title);
              const edge = (cell) => {
                const range = document.createRange();
                range.selectNodeContents(cell.firstElementChild?.firstChild ?? cell);
                return range.getBoundingClientRect().right;
              };
              return [headers[index], ...[...table.tBodies[0].rows].map((row) => row.cells[index])].map(edge);
            }""",
            title,
        )
        assert max(edges) - min(edges) < 1, title


def test_pages_have_a_size_and_both_ends_and_are_in_the_url(open_full_report: OpenFullReport) -> None:
    session = open_full_report()
    page = session.page
    above = page.get_by_role("navigation", name="Pages, above the table")
    below = page.get_by_role("navigation", name="Pages, below the table")
    names = table_of(page).get_by_role("rowheader")
    expect(above.get_by_role("status")).to_have_text("1–25 of 1,351")
    expect(page.get_by_text("1,351 rows · 29 columns")).to_be_visible()
    page.get_by_label("Rows per page").select_option("100")
    expect(names).to_have_count(100)
    below.get_by_role("button", name="Next page").click()
    expect(above.get_by_role("status")).to_have_text("101–200 of 1,351")
    expect(page.get_by_role("heading", name="Table", exact=True)).to_be_in_viewport()
    above.get_by_role("button", name="Last page").click()
    expect(below.get_by_text("1,301–1,351 of 1,351")).to_be_visible()
    expect(above.get_by_role("button", name="Last page")).to_be_focused()
    assert query_of(page) == "size=100&page=14"
    page.reload()
    expect(names).to_have_count(51)
    above.get_by_role("button", name="First page").click()
    assert query_of(page) == "size=100"


def test_columns_can_be_hidden_and_moved_for_every_report_in_this_browser(session: UserSession) -> None:
    first = session.api.make(type="ice", sample_size=3)
    second = session.api.make(type="ice", sample_size=2, columns=["speed", "hp", "name"])
    session.open(f"/report/?id={first['id']}")
    page = session.page
    session.button("Columns").click()
    dialog = page.get_by_role("dialog", name="Columns of the table")
    for title in ("Species", "HP"):
        dialog.get_by_role("checkbox", name=title, exact=True).uncheck()
    for _ in range(10):
        dialog.get_by_role("button", name="Move Speed up").press("Enter")
    expect(dialog.get_by_role("button", name="Move Speed up")).to_be_focused()
    assert session.axe_violations() == []
    page.keyboard.press("Escape")
    expect(session.button("Columns")).to_be_focused()
    titles = table_of(page).get_by_role("columnheader")
    expect(titles).to_have_count(27)
    expect(titles.first).to_have_text("Speed")
    expect(page.get_by_text("27 of 29 columns")).to_be_visible()
    session.open(f"/report/?id={second['id']}")
    expect(titles).to_have_text(["Speed", "Name"])
    session.button("Columns").click()
    dialog.get_by_role("button", name="Reset").click()
    expect(titles).to_have_text(["Speed", "HP", "Name"])


def test_a_search_ranks_what_the_table_shows(
    open_full_report: OpenFullReport, full_report: FullReport
) -> None:
    page = open_full_report("&size=100").page
    fire_types = [row for row in full_report.rows if "fire" in row["types"].split("|")]
    page.get_by_role("searchbox").fill("fire")
    expect(page.get_by_role("status").filter(has_text=" of 1,351 rows")).to_be_visible()
    assert all("Fire" in types for types in column_texts(page, "Types"))
    page.get_by_role("button", name="Next page").first.click()
    expect(page.get_by_role("status").filter(has_text="101–")).to_be_visible()
    types = column_texts(page, "Types")
    rest = len(fire_types) - 100
    assert all("Fire" in shown for shown in types[:rest])
    assert not any("Fire" in shown for shown in types[rest:])
    assert query_of(page) == "size=100&q=fire&page=2"


@pytest.mark.parametrize("text", ["true", "com", "use", "mas", "https", "png", "no"])
def test_a_search_finds_nothing_by_accident(open_full_report: OpenFullReport, text: str) -> None:
    page = open_full_report(f"&size=100&q={text}").page
    columns = ("Name", "Species", "Types", "Abilities", "Hidden ability")
    shown = zip(*(column_texts(page, title) for title in columns), strict=True)
    assert [cells for cells in shown if not any(text in cell.lower() for cell in cells)] == []
    expect(page.get_by_role("status").filter(has_text=" of 1,351 rows")).not_to_have_text("1,351 rows")


def test_filters_leave_the_rows_that_meet_them_and_can_be_removed(
    open_full_report: OpenFullReport, full_report: FullReport
) -> None:
    session = open_full_report()
    page = session.page
    session.button("Filters").click()
    page.get_by_role("combobox", name="Type").select_option("Dragon")
    page.get_by_role("combobox", name="Generation").select_option("Generation IV")
    page.get_by_role("combobox", name="Category").select_option("Legendary")
    page.get_by_label("Minimum Speed").fill("95")
    page.get_by_label("Maximum Speed").fill("100")
    expected = [
        row
        for row in full_report.rows
        if "dragon" in row["types"].split("|")
        and row["generation"] == "generation-iv"
        and row["is_legendary"] == "true"
        and 95 <= int(row["speed"]) <= 100
    ]
    assert expected
    expect(page.get_by_text(f"{len(expected)} of 1,351 rows")).to_be_visible()
    assert column_texts(page, "No.") == [row["id"] for row in expected]
    query = "type=dragon&generation=generation-iv&category=is_legendary&speed=95-100"
    assert query_of(page) == query
    page.reload()
    assert column_texts(page, "No.") == [row["id"] for row in expected]
    filters = page.get_by_role("list", name="Active filters")
    expect(filters.get_by_role("button")).to_have_text(
        ["Dragon", "Generation IV", "Legendary", "Speed 95–100", "Clear filters"]
    )
    assert session.axe_violations() == []
    filters.get_by_role("button", name="Remove filter: Dragon").click()
    filters.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_text("1,351 rows · 29 columns")).to_be_visible()
    assert query_of(page) == ""


def test_the_bars_of_the_charts_filter_the_table(
    open_full_report: OpenFullReport, full_report: FullReport
) -> None:
    session = open_full_report()
    page = session.page
    rows = full_report.rows
    fast = [row for row in rows if 120 <= int(row["speed"]) <= 129]
    fast_ghosts = [row for row in fast if "ghost" in row["types"].split("|")]
    bin_button = page.get_by_role("button", name=f"Speed 120–129: {len(fast)} Pokémon")
    bin_button.hover()
    expect(bin_button.get_by_text(f"120–129: {len(fast)}")).to_be_visible()
    bin_button.click()
    expect(bin_button).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name=re.compile(r"^Ghost \d+ Pokémon")).click()
    expect(page.get_by_text(f"{len(fast_ghosts)} of 1,351 rows")).to_be_visible()
    assert session.axe_violations() == []
    page.get_by_role("link", name=f"See {len(fast_ghosts)} matching rows").first.click()
    expect(page.get_by_role("heading", name="Table", exact=True)).to_be_in_viewport()
    assert column_texts(page, "No.") == [row["id"] for row in fast_ghosts]
    bin_button.click()
    expect(bin_button).to_have_attribute("aria-pressed", "false")


def test_a_histogram_is_one_tab_stop_and_the_arrow_keys_move_in_it(open_full_report: OpenFullReport) -> None:
    page = open_full_report().page
    speed = page.get_by_role("group", name=re.compile("^Speed: .* middle half from"))
    expect(speed.locator("button[tabindex='0']")).to_have_count(1)
    expect(page.get_by_text("250", exact=True).first).to_be_visible()  # the scale
    speed.locator("button[tabindex='0']").focus()
    page.keyboard.press("End")
    last = speed.get_by_role("button").last
    expect(last).to_be_focused()
    expect(last.locator("span").last).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(last).not_to_be_focused()
    page.keyboard.press("Home")
    expect(speed.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(speed.get_by_role("button").first).to_have_attribute("aria-pressed", "true")


def test_the_rows_that_are_left_can_be_downloaded_as_the_api_writes_them(
    open_full_report: OpenFullReport, full_report: FullReport
) -> None:
    session = open_full_report("&type=dragon&sort=-speed")
    lines = full_report.csv.split(b"\r\n")
    dragons = [
        (int(row["speed"]), line)
        for row, line in zip(full_report.rows, lines[1:-1], strict=True)
        if "dragon" in row["types"].split("|")
    ]
    name, content = session.download(session.button("Download these rows"))
    assert name == f"pokemon-{len(dragons)}-rows.csv"
    ordered = [line for _, line in sorted(dragons, key=lambda dragon: -dragon[0])]
    assert content == b"\r\n".join([lines[0], *ordered, b""])
    expect(session.toast(f"Saved {name}")).to_be_visible()


def test_the_table_works_in_spanish(open_full_report: OpenFullReport) -> None:
    session = open_full_report("&q=dragon&type=dragon", locale="es-ES")
    page = session.page
    expect(page.get_by_text("117 de 1.351 filas · 29 columnas")).to_be_visible()
    expect(page.get_by_role("button", name="Quitar filtro: Dragón")).to_be_visible()
    session.button("Filtros (1)").click()
    page.get_by_label("Mínimo de Velocidad").fill("999")
    expect(page.get_by_text("Ninguna fila coincide")).to_be_visible()
    session.button("Quitar búsqueda y filtros").click()
    expect(page.get_by_text("1.351 filas · 29 columnas")).to_be_visible()
