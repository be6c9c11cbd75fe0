"""Reports disappear at once when they are deleted, and return if the user undoes it."""

import re
import time
from collections.abc import Collection
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.site import TIMEOUT_MILLISECONDS, Site
from tests.browser.user_session import UserSession

UNDO_DURATION = 10_000


def listed_sizes(session: UserSession) -> set[int]:
    reports = session.api.call("GET", "/reports?limit=100").json()["reports"]
    return {report["request"]["sample_size"] for report in reports}


def wait_for_sizes(session: UserSession, expected: Collection[int]) -> None:
    """Wait until the API has only reports of these sizes, whatever the page shows."""
    deadline = time.monotonic() + TIMEOUT_MILLISECONDS / 1000
    while (sizes := listed_sizes(session)) != set(expected):
        assert time.monotonic() < deadline, sizes
        session.page.wait_for_timeout(200)


def make(session: UserSession, *sizes: int) -> list[dict[str, Any]]:
    requested = [session.api.request(type="poison", sample_size=size) for size in sizes]
    return [session.api.wait_until(report, {"succeeded"}) for report in requested]


def delete(session: UserSession, size: int) -> None:
    session.ticket(f"{size} Poison-type Pokémon").get_by_role("button", name="Delete").click()


def test_a_report_is_hidden_at_once_and_deleted_when_the_toast_goes(session: UserSession) -> None:
    make(session, 1, 2)
    session.page.clock.install()
    session.open()
    delete(session, 1)
    expect(session.tickets()).to_have_count(1)
    expect(session.page.get_by_role("dialog")).to_have_count(0)
    expect(session.toast("1 report deleted")).to_be_visible()
    assert session.axe_violations() == []
    assert listed_sizes(session) == {1, 2}, "it can still be undone"
    with session.page.expect_response(lambda response: response.request.method == "DELETE") as response:
        session.page.clock.fast_forward(UNDO_DURATION)
    assert response.value.status == 204
    expect(session.toast("1 report deleted")).to_have_count(0)
    assert listed_sizes(session) == {2}
    expect(session.tickets()).to_have_count(1)


def test_undo_brings_the_report_back_and_focuses_it(session: UserSession) -> None:
    make(session, 1, 2, 3)
    session.page.clock.install()
    session.open()
    page = session.page
    session.ticket("2 Poison-type Pokémon").get_by_role("button", name="Delete").focus()
    page.keyboard.press("Enter")
    expect(session.tickets()).to_have_count(2)
    expect(session.ticket("1 Poison-type Pokémon").get_by_role("heading").get_by_role("link")).to_be_focused()
    page.keyboard.press("F8")
    # The time stops while the toasts have the focus.
    page.clock.fast_forward(2 * UNDO_DURATION)
    page.keyboard.press("Tab")
    expect(session.button("Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(session.tickets()).to_have_count(3)
    expect(session.ticket("2 Poison-type Pokémon").get_by_role("heading").get_by_role("link")).to_be_focused()
    expect(session.toast("1 report deleted")).to_have_count(0)
    page.clock.fast_forward(2 * UNDO_DURATION)
    page.reload()
    expect(session.tickets()).to_have_count(3)
    assert listed_sizes(session) == {1, 2, 3}


def test_the_focus_stays_near_each_deleted_report(session: UserSession) -> None:
    make(session, 1, 2)
    session.open()
    for size in (1, 2):
        session.ticket(f"{size} Poison-type Pokémon").get_by_role("button", name="Delete").focus()
        session.page.keyboard.press("Enter")
        expect(session.ticket(f"{size} Poison-type Pokémon")).to_have_count(0)
        expect(session.page.get_by_role("region", name="Reports").locator(":focus")).to_have_count(1)
    expect(session.page.get_by_text("No reports yet")).to_be_visible()


def test_a_deleted_report_does_not_return_when_the_page_is_reloaded_at_once(session: UserSession) -> None:
    make(session, 1, 2)
    session.open()
    delete(session, 1)
    expect(session.tickets()).to_have_count(1)
    session.page.reload()
    expect(session.tickets()).to_have_count(1)
    expect(session.ticket("2 Poison-type Pokémon")).to_be_visible()
    wait_for_sizes(session, {2})
    expect(session.tickets()).to_have_count(1)


def test_many_reports_are_deleted_although_the_page_is_left_at_once(session: UserSession) -> None:
    sizes = range(1, 41)
    make(session, *sizes)
    session.open()
    session.button("Show 20 more").click()
    expect(session.tickets()).to_have_count(len(sizes))
    session.page.get_by_role("checkbox", name="Select all 40").check()
    session.page.get_by_role("checkbox", name="Select 7 Poison-type Pokémon").uncheck()
    session.button("Delete 39 reports").click()
    dialog = session.page.get_by_role("dialog", name="Delete 39 reports?")
    expect(dialog.get_by_role("listitem")).to_have_count(39)
    expect(dialog).to_contain_text("40 Poison-type Pokémon")
    assert session.axe_violations() == []
    dialog.get_by_role("button", name="Delete 39 reports").click()
    expect(session.tickets()).to_have_count(1)
    session.page.goto("about:blank")
    session.open()
    expect(session.ticket("7 Poison-type Pokémon")).to_be_visible()
    expect(session.tickets()).to_have_count(1)
    wait_for_sizes(session, {7})
    expect(session.tickets()).to_have_count(1)


def test_a_running_report_is_deleted_only_after_confirmation(session: UserSession, site: Site) -> None:
    session.open()
    session.choose("Psychic 142")
    site.configure_pokeapi(latency_ms=5_000)
    try:
        session.page.get_by_role("spinbutton", name="Sample size").fill("60")
        session.create_button().click()
        ticket = session.ticket("60 Psychic-type Pokémon")
        expect(ticket.get_by_role("progressbar")).to_be_visible()
        button = ticket.get_by_role("button", name="Delete")
        button.click()
        dialog = session.page.get_by_role("dialog", name="Delete this report?")
        expect(dialog).to_contain_text("It is still running and will be stopped.")
        dialog.get_by_role("button", name="Keep").click()
        expect(button).to_be_focused()
        button.click()
        dialog.get_by_role("button", name="Delete 1 report").click()
    finally:
        site.configure_pokeapi(latency_ms=0)
    expect(session.page.get_by_text("No reports yet")).to_be_visible()
    expect(session.toast("1 report deleted")).to_be_visible()
    # The toast and the title that followed it are gone too.
    expect(session.toast("In progress: ")).to_have_count(0)
    expect(session.page).to_have_title("Poke Queue")
    session.button("Dismiss").click()
    wait_for_sizes(session, set())


def test_reports_that_cannot_be_deleted_return_with_the_reason(session: UserSession) -> None:
    make(session, 1, 2, 3)
    session.open()
    kept = session.api.call("GET", "/reports").json()["reports"][0]["id"]

    session.page.route(f"**/api/reports/{kept}", lambda route: route.abort("connectionrefused"))
    session.page.get_by_role("checkbox", name="Select all 3").check()
    session.button("Delete 3 reports").click()
    session.page.get_by_role("dialog").get_by_role("button", name="Delete 3 reports").click()
    expect(session.page.get_by_text("No reports yet")).to_be_visible()
    session.button("Dismiss").click()
    expect(session.toast("2 reports deleted; 1 couldn't be deleted. Can't reach the server.")).to_be_visible()
    expect(session.tickets()).to_have_count(1)
    assert len(listed_sizes(session)) == 1


def test_a_deletion_is_the_same_in_another_tab(session: UserSession) -> None:
    make(session, 1, 2)
    session.open()
    expect(session.tickets()).to_have_count(2)
    other = session.context.new_page()
    other.goto(session.site.url)
    expect(other.locator("ol > li")).to_have_count(2)
    delete(session, 1)
    expect(other.locator("ol > li")).to_have_count(1)
    session.button("Undo").click()
    expect(other.locator("ol > li")).to_have_count(2)


def test_a_report_is_deleted_on_its_page(session: UserSession) -> None:
    (report,) = make(session, 1)
    session.open(f"/report/?id={report['id']}")
    session.button("Delete").click()
    expect(session.page).to_have_url(re.compile("/$"))
    expect(session.page.get_by_text("No reports yet")).to_be_visible()
    expect(session.page.get_by_role("heading", level=1)).to_be_focused()
    session.page.go_back()
    expect(session.page.get_by_role("heading", name="Report not found")).to_be_visible()
    session.button("Undo").click()
    expect(session.page.get_by_role("heading", name="1 Poison-type Pokémon", level=1)).to_be_visible()


@pytest.mark.usefixtures("slow_pokeapi")
def test_the_focus_stays_in_the_ticket_of_a_canceled_report(session: UserSession) -> None:
    session.open()
    session.choose("Ice 69")
    session.create_button().click()
    ticket = session.ticket("12 Ice-type Pokémon")
    ticket.get_by_role("button", name="Cancel").focus()
    session.page.keyboard.press("Enter")
    expect(ticket.get_by_text("Canceled")).to_be_visible()
    expect(ticket.locator(":focus")).to_have_count(1)
    expect(session.toast("Canceled: 12 Ice-type Pokémon")).to_have_count(1)
