"""The requests of an open list of reports, counted in the browser."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Request, expect

from tests.browser.site import Site
from tests.browser.user_session import BACKGROUND_TAB, UserSession


@pytest.fixture
def stuck_pokeapi(site: Site) -> Iterator[None]:
    """No report gets further."""
    site.configure_pokeapi(latency_ms=60_000)
    yield
    site.configure_pokeapi(latency_ms=0)


class Requests(list[Request]):
    """The requests of a page to the reports of the API, from now on."""

    def __init__(self, session: UserSession) -> None:
        session.page.on("request", self._add)

    def _add(self, request: Request) -> None:
        if urlsplit(request.url).path.startswith("/api/reports") and request.method == "GET":
            self.append(request)

    def kinds(self) -> list[str]:
        """The status that each asks for, "latest" without one, or the id of its report."""
        parts = [urlsplit(request.url) for request in self]
        return [
            parse_qs(part.query).get("status", ["latest"])[0]
            if part.path == "/api/reports"
            else part.path.rpartition("/")[2]
            for part in parts
        ]


@pytest.mark.usefixtures("slow_pokeapi")
def test_open_reports_are_polled_together_and_fetched_once_when_they_end(session: UserSession) -> None:
    for size in (1, 2):
        session.api.make(type="rock", sample_size=size)
    running = [session.api.request(type="rock", sample_size=size) for size in (30, 40)]
    requests = Requests(session)
    session.open()
    for size in (30, 40):
        expect(session.ticket(f"{size} Rock-type Pokémon").get_by_text("Succeeded")).to_be_visible()
    kinds = requests.kinds()
    assert kinds[0] == "latest"
    assert set(kinds[1:]) == {"open", *(report["id"] for report in running)}
    assert all(kinds.count(report["id"]) == 1 for report in running)


@pytest.mark.usefixtures("stuck_pokeapi")
def test_an_unchanged_poll_costs_no_body_and_a_hidden_page_asks_for_nothing(session: UserSession) -> None:
    session.api.request(type="rock")
    session.page.add_init_script(BACKGROUND_TAB)
    devtools = session.context.new_cdp_session(session.page)
    polls: set[str] = set()
    received: list[int] = []

    def on_request(event: dict[str, Any]) -> None:
        if "status=open" in event["request"]["url"]:
            polls.add(event["requestId"])

    def on_finished(event: dict[str, Any]) -> None:
        if event["requestId"] in polls:
            received.append(event["encodedDataLength"])

    devtools.on("Network.requestWillBeSent", on_request)
    devtools.on("Network.loadingFinished", on_finished)
    session.open()
    ticket = session.ticket("12 Rock-type Pokémon").or_(session.ticket("All Rock-type Pokémon"))
    expect(ticket.get_by_role("progressbar")).to_be_visible()
    devtools.send("Network.enable")
    for _ in range(3):
        with session.page.expect_request("**/api/reports?status=open*"):
            pass
    session.page.evaluate("window.hide(true)")
    session.page.wait_for_timeout(1_500)
    # The first one filled the browser's cache. Later ones are headers alone.
    assert len(received) >= 2
    assert max(received[1:]) < 600
    requests = Requests(session)
    session.page.wait_for_timeout(3_000)
    assert requests == []
    with session.page.expect_request("**/api/reports?*"):
        session.page.evaluate("window.hide(false)")


def test_a_list_at_rest_is_checked_rarely_and_shows_what_was_made_and_deleted_elsewhere(
    session: UserSession,
) -> None:
    older = session.api.make(type="ice", sample_size=1)
    requests = Requests(session)
    session.open()
    expect(session.ticket("1 Ice-type Pokémon")).to_be_visible()
    session.page.wait_for_timeout(8_000)
    assert requests.kinds() == ["latest"]
    session.api.make(type="ice", sample_size=2)
    session.api.call("DELETE", f"/reports/{older['id']}")
    expect(session.ticket("2 Ice-type Pokémon")).to_be_visible(timeout=16_000)
    expect(session.ticket("1 Ice-type Pokémon")).to_have_count(0)
    assert requests.kinds() == ["latest", "latest"]


def test_a_list_that_comes_into_view_is_up_to_date_at_once(session: UserSession) -> None:
    session.page.add_init_script(BACKGROUND_TAB)
    session.open()
    expect(session.page.get_by_text("No reports yet")).to_be_visible()
    session.page.evaluate("window.hide(true)")
    session.api.make(type="ice", sample_size=3)
    session.page.evaluate("window.hide(false)")
    expect(session.ticket("3 Ice-type Pokémon")).to_be_visible(timeout=5_000)


@pytest.mark.usefixtures("slow_pokeapi")
def test_waiting_reports_show_their_place_in_line(session: UserSession) -> None:
    # The pace, and with it the time left, is known after a first report.
    session.api.make(generation="generation-ii")
    for seed in range(6):
        session.api.request(generation="generation-ii", sample_size=90, seed=seed)
    session.open()
    waiting = session.page.get_by_text("3rd in line, about ")
    expect(waiting).to_be_visible()
    expect(session.page.get_by_text("Next in line, about ")).to_be_visible()
    session.page.get_by_role("link", name="Español", exact=True).click()
    expect(session.page.get_by_text(".º en la cola, quedan unos ").first).to_be_visible()
