"""A report's page, and what can be done with reports."""

import csv
import io
import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from azure.storage.blob import BlobServiceClient
from playwright.sync_api import expect

from tests.browser.visitor import Site, Visitor


def rows_of(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


def test_a_reports_page_shows_its_table_sorted_and_searched(visitor: Visitor) -> None:
    report = visitor.api.make(type="dragon")
    rows = rows_of(visitor.api.download(report))
    visitor.give_sprites()
    visitor.open()
    visitor.page.get_by_role("link", name=f"All {len(rows)} dragon Pokémon").click()
    page = visitor.page
    expect(page).to_have_title(f"All {len(rows)} dragon Pokémon · Poke Queue")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"All {len(rows)} dragon Pokémon")
    table = page.get_by_role("region", name="Table of").get_by_role("table")
    names = table.get_by_role("rowheader")
    expect(names).to_have_count(25)
    expect(names.first).to_contain_text(rows[0]["name"])
    expect(table.locator("img").first).to_have_attribute("loading", "lazy")
    expect(table.locator("img").first).to_have_css("opacity", "1")

    table.get_by_role("button", name="Speed").click()
    expect(table.get_by_role("columnheader", name="Speed")).to_have_attribute("aria-sort", "ascending")
    slowest = min(rows, key=lambda row: int(row["speed"]))
    expect(names.first).to_contain_text(slowest["name"])
    table.get_by_role("button", name="Speed").click()
    fastest = max(rows, key=lambda row: int(row["speed"]))
    expect(names.first).to_contain_text(fastest["name"])

    page.get_by_role("searchbox").fill("rayquaza")
    matching = [row for row in rows if any("rayquaza" in cell for cell in row.values())]
    expect(page.get_by_text(f"{len(matching)} of {len(rows)} rows")).to_be_visible()
    expect(names).to_have_count(len(matching))
    page.get_by_role("searchbox").fill("")
    pages = page.get_by_role("navigation", name="Pages of the table")
    pages.get_by_role("button", name="Next").click()
    expect(pages.get_by_role("status")).to_have_text(f"2 of {math.ceil(len(rows) / 25)}")


def test_a_reports_page_has_charts_and_facts(visitor: Visitor) -> None:
    report = visitor.api.make(generation="generation-ii", seed=11, sample_size=40)
    rows = rows_of(visitor.api.download(report))
    visitor.open(f"/report/?id={report['id']}")
    page = visitor.page
    charts = page.get_by_role("img", name=re.compile("half of them between"))
    expect(charts).to_have_count(6)
    attack = [int(row["attack"]) for row in rows]
    expect(page.get_by_role("img", name=f"Attack: from {min(attack)} to {max(attack)},")).to_be_visible()
    water = sum("water" in row["types"].split("|") for row in rows)
    bar = page.get_by_role("listitem").filter(has=page.get_by_text("water", exact=True))
    expect(bar.first).to_contain_text(str(water))
    facts = page.get_by_role("region", name="About this report")
    expect(facts).to_contain_text("generation II, with other forms, a sample of 40, 30 columns")
    expect(facts).to_contain_text(report["result"]["sha256"])
    expect(facts.get_by_text("11", exact=True)).to_be_visible()
    name, content = visitor.downloads(visitor.button("Download CSV"))
    assert name == "pokemon-generation-ii.csv"
    assert content == visitor.api.download(report)


def test_a_report_of_few_columns_shows_what_there_is(visitor: Visitor) -> None:
    report = visitor.api.make(type="steel", sample_size=3, columns=["weak_to", "name"])
    visitor.open(f"/report/?id={report['id']}")
    table = visitor.page.get_by_role("region", name="Table of")
    expect(table.get_by_role("columnheader")).to_have_text(["Weak to", "Name"])
    expect(visitor.page.get_by_role("heading", name="Types", exact=True)).to_have_count(0)


def test_a_report_without_rows_says_so(visitor: Visitor) -> None:
    report = visitor.api.make(type="shadow")
    visitor.open(f"/report/?id={report['id']}")
    expect(
        visitor.page.get_by_text("No Pokémon meets all the filters, so the report has no rows.")
    ).to_be_visible()


@pytest.mark.usefixtures("slow_pokeapi")
def test_a_running_report_is_canceled(visitor: Visitor) -> None:
    report = visitor.api.ask(generation="generation-viii")
    visitor.open(f"/report/?id={report['id']}")
    expect(visitor.page.get_by_role("progressbar")).to_be_visible()
    visitor.button("Cancel").click()
    expect(visitor.toast("anceled: ")).to_be_visible()
    expect(visitor.page.get_by_role("heading", name="The report was canceled")).to_be_visible()
    assert visitor.api.show(report)["status"] == "canceled"
    assert visitor.axe() == []


def test_a_report_is_made_again_with_the_same_seed(visitor: Visitor) -> None:
    report = visitor.api.make(type="psychic", sample_size=4)
    visitor.open(f"/report/?id={report['id']}")
    visitor.button("Make it again").click()
    expect(visitor.toast("Accepted, to be made again: 4 psychic Pokémon.")).to_be_visible()
    expect(visitor.page.get_by_role("link", name="an earlier report")).to_have_attribute(
        "href", f"/report/?id={report['id']}"
    )
    again = next(one for one in visitor.api.call("GET", "/reports").json()["reports"] if one["retry_of"])
    expect(visitor.page.get_by_text("Succeeded")).to_be_visible()
    assert visitor.api.download(again) == visitor.api.download(report)


def test_several_reports_are_deleted_once_it_is_confirmed(visitor: Visitor) -> None:
    for size in (1, 2, 3):
        visitor.api.make(type="poison", sample_size=size)
    visitor.open()
    for size in (1, 3):
        visitor.page.get_by_role("checkbox", name=f"Select {size} poison Pokémon").check()
    visitor.button("Delete 2 reports").click()
    dialog = visitor.page.get_by_role("dialog", name="Delete 2 reports?")
    expect(dialog).to_contain_text("There is no undo.")
    dialog.get_by_role("button", name="Keep").click()
    expect(visitor.tickets()).to_have_count(3)
    visitor.button("Delete 2 reports").click()
    dialog.get_by_role("button", name="Delete 2 reports").click()
    expect(visitor.toast("2 reports are gone.")).to_be_visible()
    expect(visitor.tickets()).to_have_count(1)
    (left,) = visitor.api.call("GET", "/reports").json()["reports"]
    assert left["request"]["sample_size"] == 2


def test_a_report_deleted_elsewhere_is_gone_here_too(visitor: Visitor) -> None:
    report = visitor.api.make(type="fairy", sample_size=1)
    visitor.open()
    ticket = visitor.ticket("1 fairy Pokémon")
    expect(ticket).to_be_visible()
    visitor.api.call("DELETE", f"/reports/{report['id']}")
    ticket.get_by_role("button", name="Make it again").click()
    expect(visitor.toast("Not made again: 1 fairy Pokémon. The report is gone.")).to_be_visible()
    expect(visitor.tickets()).to_have_count(0)
    visitor.open(f"/report/?id={report['id']}")
    expect(visitor.page.get_by_role("heading", name="There is no such report")).to_be_visible()


def test_a_csv_that_arrives_changed_is_not_saved(visitor: Visitor) -> None:
    visitor.api.make(type="ground", sample_size=1)
    visitor.open()
    ticket = visitor.ticket("1 ground Pokémon")
    expect(ticket).to_be_visible()
    visitor.page.route(
        "**/download", lambda route: route.fulfill(body="id\r\n1\r\n", content_type="text/csv")
    )
    ticket.get_by_role("button", name="Download CSV").click()
    expect(visitor.toast("its checksum is wrong. Nothing was saved.")).to_be_visible()


@pytest.fixture
def storage_without_cors(site: Site) -> Iterator[None]:
    with BlobServiceClient.from_connection_string(site.stack.storage.connection_string) as blobs:
        rules = blobs.get_service_properties()["cors"]
        blobs.set_service_properties(cors=[])
        yield
        blobs.set_service_properties(cors=rules)


@pytest.mark.usefixtures("storage_without_cors")
def test_a_storage_that_a_page_cannot_read_leaves_the_browsers_own_download(visitor: Visitor) -> None:
    report = visitor.api.make(type="fighting", sample_size=1)
    visitor.page.on("console", lambda _: visitor.faults.clear())  # of what the storage does not allow
    visitor.open(f"/report/?id={report['id']}")
    expect(visitor.page.get_by_role("heading", name="The table could not be read")).to_be_visible()
    with visitor.page.expect_download() as found:
        visitor.button("Download CSV").click()
    assert found.value.suggested_filename == "pokemon-fighting.csv"
    assert Path(found.value.path()).read_bytes() == visitor.api.download(report)
    expect(visitor.toast("The browser fetches the CSV itself")).to_be_visible()


def test_a_pokemon_that_cannot_be_had_is_named_with_its_reason(visitor: Visitor, site: Site) -> None:
    site.make_pokeapi(missing=[942, 943])
    try:
        report = visitor.api.ask(generation="generation-ix", include_forms=False)
        visitor.open(f"/report/?id={report['id']}")
        expect(visitor.page.get_by_role("heading", name="2 Pokémon are missing")).to_be_visible()
    finally:
        site.make_pokeapi(missing=[])
    expect(visitor.page.get_by_text("Partial", exact=True)).to_be_visible()
    failures = visitor.page.get_by_role("region", name="2 Pokémon are missing")
    shown = visitor.api.wait_until(report, {"partial"})
    assert {failure["pokemon"] for failure in shown["failures"]} == {"maschiff", "mabosstiff"}
    for failure in shown["failures"]:
        expect(failures).to_contain_text(failure["pokemon"])
        expect(failures).to_contain_text(failure["reason"])
    expect(visitor.page.get_by_role("region", name="Table of")).to_be_visible()
    assert visitor.axe() == []
