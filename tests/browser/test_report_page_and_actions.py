"""The page of a report, and the actions on reports."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from azure.storage.blob import BlobServiceClient
from playwright.sync_api import expect

from tests.browser.report_page import shown_name
from tests.browser.site import Site
from tests.browser.user_session import UserSession


def rows_of(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


def test_the_table_of_a_report_can_be_sorted_searched_and_paged(session: UserSession) -> None:
    report = session.api.make(type="dragon")
    rows = rows_of(session.api.download(report))
    session.mock_sprites()
    session.open()
    session.tickets().get_by_role("heading").get_by_role("link").click()
    page = session.page
    expect(page).to_have_title(f"All {len(rows)} Dragon-type Pokémon · Poke Queue")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"All {len(rows)} Dragon-type Pokémon")
    table = page.get_by_role("region", name="Table of").get_by_role("table")
    names = table.get_by_role("rowheader")
    expect(names).to_have_count(25)
    expect(names.first).to_contain_text(shown_name(rows[0]["name"]))
    expect(table.locator("img").first).to_have_attribute("loading", "lazy")
    expect(table.locator("img").first).to_have_css("opacity", "1")

    table.get_by_role("button", name="Speed").click()
    expect(table.get_by_role("columnheader", name="Speed")).to_have_attribute("aria-sort", "ascending")
    slowest = min(rows, key=lambda row: int(row["speed"]))
    expect(names.first).to_contain_text(shown_name(slowest["name"]))
    table.get_by_role("button", name="Speed").click()
    fastest = max(rows, key=lambda row: int(row["speed"]))
    expect(names.first).to_contain_text(shown_name(fastest["name"]))

    page.get_by_role("searchbox").fill("rayquaza")
    matching = [row for row in rows if "rayquaza" in row["name"]]
    expect(page.get_by_text(f"{len(matching)} of {len(rows)} rows")).to_be_visible()
    expect(names).to_have_count(len(matching))
    page.get_by_role("searchbox").fill("")
    pages = page.get_by_role("navigation", name="Pages, above the table")
    pages.get_by_role("button", name="Next page").click()
    expect(pages.get_by_role("status")).to_have_text(f"26–50 of {len(rows)}")


def test_the_page_of_a_report_has_charts_and_details(session: UserSession) -> None:
    report = session.api.make(generation="generation-ii", seed=11, sample_size=40)
    rows = rows_of(session.api.download(report))
    session.open(f"/report/?id={report['id']}")
    page = session.page
    charts = page.get_by_role("group", name=re.compile("middle half from"))
    expect(charts).to_have_count(6)
    attack = [int(row["attack"]) for row in rows]
    expect(page.get_by_role("group", name=f"Attack: {min(attack)} to {max(attack)},")).to_be_visible()
    water = sum("water" in row["types"].split("|") for row in rows)
    expect(page.get_by_role("button", name=f"Water {water} Pokémon")).to_be_visible()
    details = page.get_by_role("region", name="Details")
    expect(details).to_contain_text("Generation II · Including other forms · Sample of 40 · 30 columns")
    expect(details).to_contain_text(report["result"]["sha256"])
    expect(details.get_by_text("11", exact=True)).to_be_visible()
    name, content = session.download(session.button("Download CSV"))
    assert name == "pokemon-generation-ii-40-seed11.csv"
    assert content == session.api.download(report)


def test_a_report_without_statistics_and_types_has_no_charts(session: UserSession) -> None:
    report = session.api.make(type="steel", sample_size=3, columns=["weak_to", "name"])
    session.open(f"/report/?id={report['id']}")
    table = session.page.get_by_role("region", name="Table of")
    expect(table.get_by_role("columnheader")).to_have_text(["Weak to", "Name"])
    expect(session.page.get_by_role("heading", name="Types", exact=True)).to_have_count(0)


def test_a_report_without_rows_says_so(session: UserSession) -> None:
    report = session.api.make(type="shadow")
    session.open(f"/report/?id={report['id']}")
    expect(
        session.page.get_by_text("No Pokémon match all the filters, so this report has no rows.")
    ).to_be_visible()


@pytest.mark.usefixtures("slow_pokeapi")
def test_a_running_report_can_be_canceled(session: UserSession) -> None:
    report = session.api.request(generation="generation-viii")
    session.open(f"/report/?id={report['id']}")
    expect(session.page.get_by_role("progressbar")).to_be_visible()
    session.button("Cancel").click()
    expect(session.toast("Cancel")).to_be_visible()
    expect(session.page.get_by_role("heading", name="Report canceled")).to_be_visible()
    assert session.api.show(report)["status"] == "canceled"
    assert session.axe_violations() == []


def test_a_report_can_be_run_again_with_the_same_seed(session: UserSession) -> None:
    report = session.api.make(type="psychic", sample_size=4)
    session.open(f"/report/?id={report['id']}")
    session.button("Run again").click()
    expect(session.page.get_by_role("link", name="Original report")).to_have_attribute(
        "href", f"/report/?id={report['id']}"
    )
    reports = session.api.call("GET", "/reports").json()["reports"]
    rerun = next(listed for listed in reports if listed["retry_of"])
    expect(session.page.get_by_text("Succeeded")).to_be_visible()
    assert session.api.download(rerun) == session.api.download(report)


def test_selected_reports_are_deleted_after_confirmation(session: UserSession) -> None:
    for size in (1, 2, 3):
        session.api.make(type="poison", sample_size=size)
    session.open()
    for size in (1, 3):
        session.page.get_by_role("checkbox", name=f"Select {size} Poison-type Pokémon").check()
    session.button("Delete 2 reports").click()
    dialog = session.page.get_by_role("dialog", name="Delete 2 reports?")
    expect(dialog).to_contain_text("You can undo this for 10 seconds.")
    dialog.get_by_role("button", name="Keep").click()
    expect(session.tickets()).to_have_count(3)
    session.button("Delete 2 reports").click()
    dialog.get_by_role("button", name="Delete 2 reports").click()
    expect(session.toast("2 reports deleted")).to_be_visible()
    expect(session.tickets()).to_have_count(1)
    with session.page.expect_response(lambda response: response.request.method == "DELETE"):
        session.button("Dismiss").click()
    expect(session.ticket("2 Poison-type Pokémon")).to_be_visible()


def test_a_report_deleted_elsewhere_disappears_here_too(session: UserSession) -> None:
    report = session.api.make(type="fairy", sample_size=1)
    session.open()
    ticket = session.ticket("1 Fairy-type Pokémon")
    expect(ticket).to_be_visible()
    session.api.call("DELETE", f"/reports/{report['id']}")
    ticket.get_by_role("button", name="Run again").click()
    expect(
        session.toast("Couldn't run again: 1 Fairy-type Pokémon. The report no longer exists.")
    ).to_be_visible()
    expect(session.tickets()).to_have_count(0)
    session.open(f"/report/?id={report['id']}")
    expect(session.page.get_by_role("heading", name="Report not found")).to_be_visible()


def test_a_csv_with_a_wrong_checksum_is_not_saved(session: UserSession) -> None:
    session.api.make(type="ground", sample_size=1)
    session.open()
    ticket = session.ticket("1 Ground-type Pokémon")
    expect(ticket).to_be_visible()
    session.page.route(
        "**/download", lambda route: route.fulfill(body="id\r\n1\r\n", content_type="text/csv")
    )
    ticket.get_by_role("button", name="Download CSV").click()
    expect(session.toast("arrived damaged (checksum mismatch); nothing was saved")).to_be_visible()


@pytest.fixture
def storage_without_cors(site: Site) -> Iterator[None]:
    with BlobServiceClient.from_connection_string(site.stack.storage.connection_string) as blobs:
        rules = blobs.get_service_properties()["cors"]
        blobs.set_service_properties(cors=[])
        yield
        blobs.set_service_properties(cors=rules)


@pytest.mark.usefixtures("storage_without_cors")
def test_the_browser_downloads_the_csv_if_the_page_cannot_read_the_storage(session: UserSession) -> None:
    report = session.api.make(type="fighting", sample_size=1)
    session.page.on("console", lambda _: session.errors.clear())  # the CORS errors
    session.open(f"/report/?id={report['id']}")
    expect(session.page.get_by_role("heading", name="Couldn't load the table")).to_be_visible()
    with session.page.expect_download() as download:
        session.button("Download CSV").click()
    seed = report["request"]["seed"]
    assert download.value.suggested_filename == f"pokemon-fighting-1-seed{seed}.csv"
    assert Path(download.value.path()).read_bytes() == session.api.download(report)
    expect(session.toast("Your browser is downloading it")).to_be_visible()


def test_missing_pokemon_are_listed_with_their_reasons(session: UserSession, site: Site) -> None:
    site.configure_pokeapi(missing=[942, 943])
    try:
        report = session.api.request(generation="generation-ix", include_forms=False)
        session.open(f"/report/?id={report['id']}")
        expect(session.page.get_by_role("heading", name="2 Pokémon missing")).to_be_visible()
    finally:
        site.configure_pokeapi(missing=[])
    expect(session.page.get_by_text("Partial", exact=True)).to_be_visible()
    failures = session.page.get_by_role("region", name="2 Pokémon missing")
    shown = session.api.wait_until(report, {"partial"})
    assert {failure["pokemon"] for failure in shown["failures"]} == {"maschiff", "mabosstiff"}
    for failure in shown["failures"]:
        expect(failures).to_contain_text(shown_name(failure["pokemon"]))
        expect(failures).to_contain_text(failure["reason"])
    expect(session.page.get_by_role("region", name="Table of")).to_be_visible()
    assert session.axe_violations() == []
