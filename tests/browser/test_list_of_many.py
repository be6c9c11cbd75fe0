"""The list of a user with many reports: search, filters, selection, ZIP, focus, and the way back to it."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.site import TIMEOUT_MILLISECONDS
from tests.browser.user_session import NewSession, UserSession

MANY = 45
VISIBLE_TAB_STOPS = """() => [...document.querySelectorAll("[data-report] :is(a, button, input)")]
  .filter((element) => element.tabIndex >= 0).length"""


@pytest.fixture(scope="module")
def owner_of_many() -> str:
    return "owner-of-many"


@pytest.fixture
def many(new_session: NewSession, owner_of_many: str) -> UserSession:
    """A user who has 45 reports: each on one more bug Pokémon than the one before."""
    session = new_session(signed_in=False)
    session.user = owner_of_many
    session.sign_in()
    if not session.api.call("GET", "/reports").json()["reports"]:
        for size in range(1, MANY + 1):
            session.api.request(type="bug", sample_size=size, seed=1000 + size, columns=["id", "name"])
    return session


TOP = "(element) => element.getBoundingClientRect().top"


def wait_until(page: Page, condition: str) -> None:
    """Playwright's own function needs eval, which the page's policy forbids."""
    for _ in range(TIMEOUT_MILLISECONDS // 50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def focused_ticket(page: Page) -> str:
    text: str = page.evaluate(
        "document.activeElement.closest('[data-report]')?.querySelector('h4').textContent"
    )
    return text


def test_a_long_list_is_shown_in_parts_and_says_how_many_there_are(many: UserSession) -> None:
    many.open()
    newest_first = [f"{size} Bug-type Pokémon" for size in range(MANY, 0, -1)]
    headings = many.tickets().get_by_role("heading")
    expect(headings).to_have_text(newest_first[:20])
    expect(many.page.get_by_role("heading", name=f"Reports {MANY}")).to_be_visible()
    expect(many.page.get_by_role("heading", name="Today")).to_be_visible()
    expect(many.page.get_by_text("45 in progress")).to_have_count(0)
    # A checkbox, a link and a toolbar for each ticket.
    assert many.page.evaluate(VISIBLE_TAB_STOPS) == 3 * 20
    many.button("Show 25 more").click()
    expect(headings).to_have_text(newest_first)
    assert focused_ticket(many.page) == newest_first[20]
    assert many.axe_violations() == []


def test_the_density_is_remembered(many: UserSession) -> None:
    many.open()
    expect(many.tickets()).to_have_count(20)
    height = "document.querySelector('[data-report]').getBoundingClientRect().height"
    before = many.page.evaluate(height)
    many.button("Compact rows").click()
    assert many.page.evaluate(height) <= before - 20
    assert many.axe_violations() == []
    many.page.reload()
    expect(many.button("Compact rows")).to_have_attribute("aria-pressed", "true")
    expect(many.tickets()).to_have_count(20)
    assert many.page.evaluate(height) <= before - 20


def test_reports_are_found_by_their_texts_and_numbers_and_selected_all_at_once(many: UserSession) -> None:
    many.open()
    search = many.page.get_by_role("searchbox", name="Search reports")
    search.fill("bug 1041")
    expect(many.tickets()).to_have_count(1)
    expect(many.ticket("41 Bug-type Pokémon")).to_be_visible()
    expect(many.page.get_by_role("heading", name=f"Reports 1 of {MANY}")).to_be_visible()
    search.fill("water")
    expect(many.page.get_by_role("heading", name="No matching reports")).to_be_visible()
    many.button("Clear filters").click()
    expect(many.tickets()).to_have_count(20)
    expect(many.page.get_by_role("heading", name="Reports 45")).to_be_focused()
    search.fill("bug")
    many.page.get_by_role("checkbox", name=f"Select all {MANY} that match").check()
    expect(many.button(f"Delete {MANY} reports")).to_be_visible()
    expect(many.page.get_by_role("checkbox", name="Select 45 Bug-type Pokémon")).to_be_checked()
    many.button("Clear selection").click()
    expect(many.button("Delete")).to_have_count(20)


def back_and_reload(page: Page) -> None:
    page.go_back()
    page.wait_for_url("**/?type=bug*")
    page.reload()


WAYS_BACK: dict[str, Callable[[Page], object]] = {
    "Back": lambda page: page.go_back(),
    "the link": lambda page: page.get_by_role("link", name="All reports", exact=True).click(),
    "Back and a reload": back_and_reload,
}


@pytest.mark.parametrize("go_back", WAYS_BACK.values(), ids=WAYS_BACK)
def test_the_list_is_as_it_was_on_the_way_back(many: UserSession, go_back: Callable[[Page], object]) -> None:
    many.open("/?type=bug&status=broken&q=bug")
    page = many.page
    many.button("Show 25 more").click()
    ticket = many.ticket("7 Bug-type Pokémon")
    link = ticket.get_by_role("heading").get_by_role("link")
    link.hover()
    wait_until(page, "() => JSON.parse(sessionStorage.getItem('list-place')).scrollY === window.scrollY")
    assert page.evaluate("window.scrollY") > 1_000
    selector = f"[data-report='{ticket.get_attribute('data-report')}'] a"
    # Playwright's own click may scroll first.
    top = link.evaluate("(link) => { link.click(); return link.getBoundingClientRect().top; }")
    expect(page.get_by_role("heading", level=1, name="7 Bug-type Pokémon")).to_be_visible()
    go_back(page)
    expect(many.tickets()).to_have_count(MANY)
    expect(page.get_by_role("searchbox", name="Search reports")).to_have_value("bug")
    expect(page.get_by_role("combobox", name="Type")).to_have_value("bug")
    wait_until(page, f'() => Math.abs(({TOP})(document.querySelector("{selector}")) - {top}) < 40')


def test_the_link_home_leads_to_the_whole_list(many: UserSession) -> None:
    many.open("/?type=bug&q=bug")
    search = many.page.get_by_role("searchbox", name="Search reports")
    expect(search).to_have_value("bug")
    many.page.get_by_role("link", name="Poke Queue").first.click()
    expect(search).to_have_value("")


def test_a_selection_is_downloaded_as_one_zip_with_unique_names(session: UserSession) -> None:
    twins = [session.api.make(type="ghost", sample_size=3, seed=7) for _ in range(2)]
    other = session.api.make(type="ghost", generation="generation-i")
    session.open()
    session.page.get_by_role("checkbox", name="Select all 3").check()
    name, content = session.download(session.button("Download 3 CSVs (ZIP)"))
    assert name == "pokemon-reports.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {file: archive.read(file) for file in archive.namelist()}
    assert set(files) == {
        "pokemon-ghost-3-seed7.csv",
        "pokemon-ghost-3-seed7-2.csv",
        "pokemon-ghost-generation-i.csv",
    }
    hashes = sorted(hashlib.sha256(file).hexdigest() for file in files.values())
    assert hashes == sorted(report["result"]["sha256"] for report in (*twins, other))
    expect(session.toast("Saved pokemon-reports.zip (3 CSVs")).to_be_visible()


def test_a_damaged_csv_is_left_out_of_the_zip(session: UserSession) -> None:
    damaged = session.api.make(type="ghost", sample_size=1)
    session.api.make(type="ghost", sample_size=2)
    session.open()
    session.page.route(
        f"**/{damaged['id']}/download", lambda route: route.fulfill(body="id\r\n", content_type="text/csv")
    )
    session.page.get_by_role("checkbox", name="Select all 2").check()
    _, content = session.download(session.button("Download 2 CSVs (ZIP)"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (file,) = archive.namelist()
    assert file.startswith("pokemon-ghost-2-seed")
    expect(session.toast("with 1 CSV; 1 couldn't be downloaded.")).to_be_visible()
    expect(session.toast("arrived damaged (checksum mismatch).")).to_be_visible()


def test_reports_on_the_same_pokemon_can_be_told_apart(session: UserSession) -> None:
    session.api.make(type="fire", sample_size=5, seed=1, columns=["id", "name"])
    session.api.make(type="fire", sample_size=5, seed=2, name="Fire <b>team</b>")
    session.open()
    named = session.ticket("Fire <b>team</b>")
    expect(named.get_by_text("5 Fire-type Pokémon", exact=True)).to_be_visible()
    expect(named).to_contain_text("with other formsseed 230 columns")
    plain = session.ticket("5 Fire-type Pokémon")
    expect(plain).to_contain_text("with other formsseed 12 columns")
    # The count is there once.
    assert len(re.findall(r"\b5\b", plain.inner_text())) == 1


def test_the_focus_goes_to_the_next_ticket_when_reports_are_deleted(session: UserSession) -> None:
    for size in (1, 2, 3, 4, 5):
        session.api.make(type="steel", sample_size=size)
    session.open()
    page = session.page

    def link(size: int) -> Locator:
        return session.ticket(f"{size} Steel-type Pokémon").get_by_role("link").first

    session.ticket("4 Steel-type Pokémon").get_by_role("button", name="Delete").click()
    expect(link(3)).to_be_focused()
    for size in (2, 3):
        page.get_by_role("checkbox", name=f"Select {size} Steel-type Pokémon").check()
    session.button("Delete 2 reports").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete 2 reports").click()
    expect(link(1)).to_be_focused()
    page.get_by_role("checkbox", name="Select all 2").check()
    session.button("Delete 2 reports").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete 2 reports").click()
    expect(page.get_by_role("heading", name="Reports", exact=True)).to_be_focused()


def test_the_buttons_of_a_ticket_are_one_tab_stop_with_arrow_keys(session: UserSession) -> None:
    report = session.api.make(type="dark", sample_size=2)
    session.open("/?type=dark")
    toolbar = session.page.get_by_role("toolbar", name="Actions: 2 Dark-type Pokémon")
    session.ticket("2 Dark-type Pokémon").get_by_role("heading").get_by_role("link").focus()
    keyboard = session.page.keyboard
    keyboard.press("Tab")
    expect(toolbar.get_by_role("button", name="Download CSV")).to_be_focused()
    keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="Run again: 2 Dark-type Pokémon", exact=True)).to_be_focused()
    keyboard.press("ArrowRight")
    edit = toolbar.get_by_role("link", name="Edit and run again")
    expect(edit).to_be_focused()
    expect(edit).to_have_attribute("href", f"/?from={report['id']}&type=dark")
    keyboard.press("ArrowRight")
    compare = toolbar.get_by_role("link", name="Compare")
    expect(compare).to_have_attribute("href", f"/compare/?a={report['id']}")
    keyboard.press("End")
    expect(toolbar.get_by_role("button", name="Delete")).to_be_focused()
    keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="Download CSV")).to_be_focused()


def test_the_list_fits_a_narrow_screen_in_spanish(new_session: NewSession) -> None:
    session = new_session(locale="es-ES", viewport={"width": 320, "height": 700}, forced_colors="active")
    session.api.make(type="fighting", sample_size=2, name="x" * 80)
    session.api.make(include_forms=False, generation="generation-viii")
    session.open()
    for _ in range(2):
        expect(session.tickets()).to_have_count(2)
        assert session.page.evaluate("document.documentElement.scrollWidth") == 320
        assert session.axe_violations(without=["color-contrast"]) == []
        session.button("Filas compactas").click()
