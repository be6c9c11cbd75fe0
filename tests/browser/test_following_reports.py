"""A toast, the tab's title, announcements and notifications follow a report to its end."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.site import Site
from tests.browser.user_session import BACKGROUND_TAB, NewSession, UserSession

# Notifications of the operating system that are recorded.
NOTIFICATIONS = """
  window.asked = 0;
  window.notified = [];
  window.Notification = class {
    static permission = "default";
    static async requestPermission() {
      window.asked += 1;
      this.permission = "granted";
      return "granted";
    }
    constructor(title) {
      window.notified.push(title);
    }
  };
"""
# Every text that a live region has had.
RECORD_ANNOUNCEMENTS = """() => {
  window.announced = [];
  const record = () => {
    for (const element of document.querySelectorAll("body > [role=status]")) {
      if (element.textContent && window.announced.at(-1) !== element.textContent) {
        window.announced.push(element.textContent);
      }
    }
  };
  const changes = { childList: true, characterData: true, subtree: true };
  new MutationObserver(record).observe(document.body, changes);
}"""
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


def toasts(page: Page) -> Locator:
    return page.get_by_role("region", name="Notifications").get_by_role("button", name="Dismiss")


def create(session: UserSession, type_name: str, size: int = 12) -> None:
    session.page.get_by_role("radio", name=re.compile(rf"^{type_name} \d+$")).check(force=True)
    session.page.get_by_role("spinbutton", name="Sample size").fill(str(size))
    session.create_button().click()


@pytest.mark.usefixtures("slow_pokeapi")
def test_one_toast_follows_a_report_until_its_csv_can_be_saved(session: UserSession, site: Site) -> None:
    pages = session.requests_to("/report/")
    session.open()
    # Its shards fetch two groups one after the other, so there is time to see that one is done.
    site.configure_pokeapi(latency_ms=3_000)
    create(session, "Electric", 90)
    region = session.page.get_by_role("region", name="Notifications")
    expect(region.get_by_text(re.compile("^(Queued|In progress): 90 Electric-type Pokémon$"))).to_be_visible()
    expect(region.get_by_text(re.compile(r"^[1-9]\d* of 90"))).to_be_visible()
    expect(region.locator("progress")).to_be_visible()
    # Each change of the progress would interrupt a screen reader.
    expect(region.get_by_text(re.compile(r"\d+ of 90"))).to_have_attribute("aria-live", "off")
    expect(session.page).to_have_title(re.compile(r"^\d+% · 90 Electric-type Pokémon$"))
    assert session.axe_violations() == []

    site.configure_pokeapi(latency_ms=0)
    expect(session.toast("Ready: 90 Electric-type Pokémon")).to_be_visible()
    expect(toasts(session.page)).to_have_count(1)
    expect(session.page).to_have_title("Poke Queue")
    assert session.axe_violations() == []
    name, csv = session.download(region.get_by_role("button", name="Download CSV"))
    (report,) = session.api.call("GET", "/reports").json()["reports"]
    assert csv == session.api.download(report)
    expect(session.toast("Ready: ")).to_have_count(0)
    expect(session.toast(f"Saved {name}")).to_be_visible()
    assert pages == [], "links of toasts are not prefetched"


def test_several_reports_are_followed_across_pages_with_one_poll(session: UserSession, site: Site) -> None:
    ended = session.api.make(type="ice", sample_size=2)
    requests: list[str] = []
    session.page.on("request", lambda request: requests.append(request.url))
    session.open()
    site.configure_pokeapi(latency_ms=1_500)
    try:
        for name in ("Rock", "Steel"):
            create(session, name)
            expect(session.toast(name)).to_be_visible()
        session.ticket("2 Ice-type Pokémon").get_by_role("heading").get_by_role("link").click()
        expect(session.page.get_by_role("heading", name="2 Ice-type Pokémon", level=1)).to_be_visible()
        for name in ("Rock", "Steel"):
            expect(session.toast(f"In progress: 12 {name}-type Pokémon")).to_be_visible()
        requests.clear()
    finally:
        site.configure_pokeapi(latency_ms=0)
    for name in ("Rock", "Steel"):
        expect(session.toast(f"Ready: 12 {name}-type Pokémon")).to_be_visible()
    lists = [url for url in requests if urlsplit(url).path == "/api/reports"]
    assert {urlsplit(url).query for url in lists} == {"status=open&limit=100"}
    single = [url for url in requests if re.search("/api/reports/[^/?]+$", url)]
    # Each report once after its end, or once more if the list of open reports was read before that.
    assert len([url for url in single if ended["id"] not in url]) <= 4


@pytest.mark.usefixtures("slow_pokeapi")
def test_the_toast_goes_when_the_report_is_opened_and_its_page_announces_the_end_once(
    session: UserSession,
) -> None:
    session.open()
    create(session, "Grass", 40)
    region = session.page.get_by_role("region", name="Notifications")
    region.get_by_role("link", name="Open").click()
    expect(session.page.get_by_role("heading", name="40 Grass-type Pokémon", level=1)).to_be_visible()
    expect(toasts(session.page)).to_have_count(0)
    expect(session.page.get_by_role("progressbar")).to_be_in_viewport()
    session.page.evaluate(RECORD_ANNOUNCEMENTS)
    expect(session.page).to_have_title(re.compile(r"^\d+% · 40 Grass-type Pokémon$"))
    expect(session.page).to_have_title("40 Grass-type Pokémon · Poke Queue")
    expect(session.page.locator("body > [role=status]").last).to_have_text("Ready: 40 Grass-type Pokémon")
    expect(session.page.locator("body > [role=status]").last).to_have_text("")
    assert session.page.evaluate("window.announced") == ["Ready: 40 Grass-type Pokémon"]
    expect(toasts(session.page)).to_have_count(0)


def test_the_toast_of_a_failed_report_has_the_reason_and_stays(session: UserSession, site: Site) -> None:
    session.open()
    expect(session.page.get_by_text("of 1,351", exact=True)).to_be_visible()
    session.page.clock.install()
    site.configure_pokeapi(error_rate=1)
    try:
        create(session, "Poison", 3)
        expect(session.toast("Failed: 3 Poison-type Pokémon")).to_be_visible()
    finally:
        site.configure_pokeapi(error_rate=0)
    alert = session.page.get_by_role("region", name="Notifications").get_by_role("alert")
    (report,) = session.api.call("GET", "/reports").json()["reports"]
    expect(alert).to_contain_text(report["error"]["detail"])
    session.page.clock.fast_forward(60_000)
    expect(session.toast("Failed: 3 Poison-type Pokémon")).to_be_visible()
    session.button("Dismiss").click()
    expect(toasts(session.page)).to_have_count(0)


def test_a_notification_is_offered_and_shown_when_a_report_ends_in_the_background(
    session: UserSession, site: Site
) -> None:
    session.page.add_init_script(BACKGROUND_TAB + NOTIFICATIONS)
    session.open()
    site.configure_pokeapi(latency_ms=1_500)
    try:
        create(session, "Dark", 30)
        session.button("Notify me").click()
        expect(session.button("Notify me")).to_have_count(0)
        assert session.page.evaluate("window.asked") == 1
        session.page.evaluate("window.hide(true)")
    finally:
        site.configure_pokeapi(latency_ms=0)
    expect(session.toast("Ready: 30 Dark-type Pokémon")).to_be_visible()
    assert session.page.evaluate("window.notified") == ["Ready: 30 Dark-type Pokémon"]


def test_nobody_is_asked_for_notifications_and_none_is_shown_to_who_sees_the_page(
    session: UserSession,
) -> None:
    session.page.add_init_script(BACKGROUND_TAB + NOTIFICATIONS + 'Notification.permission = "granted";')
    session.open()
    create(session, "Ghost", 5)
    expect(session.toast("Ready: 5 Ghost-type Pokémon")).to_be_visible()
    assert session.page.evaluate("[window.asked, window.notified]") == [0, []]


def test_toasts_are_reached_and_left_with_the_keyboard(session: UserSession) -> None:
    session.open()
    create(session, "Fairy", 2)
    expect(session.toast("Ready: 2 Fairy-type Pokémon")).to_be_visible()
    page = session.page
    region = page.get_by_role("region", name="Notifications (F8)")
    heading = session.ticket("2 Fairy-type Pokémon").get_by_role("heading").get_by_role("link")
    heading.focus()
    page.keyboard.press("F8")
    expect(region).to_be_focused()
    page.keyboard.press("Tab")
    expect(region.get_by_role("link", name="Open")).to_be_focused()
    page.keyboard.press("Escape")
    expect(heading).to_be_focused()
    page.keyboard.press("F8")
    region.get_by_role("button", name="Dismiss").focus()
    page.keyboard.press("Enter")
    expect(toasts(page)).to_have_count(0)
    expect(heading).to_be_focused()


@pytest.mark.parametrize(("options", "count"), [({}, 3), (PHONE, 2)], ids=["wide", "phone"])
def test_few_toasts_are_visible_and_cover_neither_the_header_nor_the_button_of_the_form(
    new_session: NewSession, options: dict[str, Any], count: int
) -> None:
    session = new_session(**options)
    session.open()
    for size in range(1, count + 2):
        session.page.evaluate("scrollTo(0, 0)")
        session.page.get_by_role("spinbutton", name="Sample size").fill(str(size))
        session.create_button().press("Enter")
        expect(session.toast(f": {size} Pokémon")).to_be_visible()
    expect(toasts(session.page)).to_have_count(count)
    page = session.page
    page.evaluate("scrollTo(0, 0)")
    region = page.get_by_role("region", name="Notifications")
    for row in region.locator("[role=status] > div").all():
        box = row.bounding_box()
        header = page.get_by_role("banner").bounding_box()
        button = session.create_button().bounding_box()
        assert box
        assert header
        assert button
        assert box["y"] >= header["y"] + header["height"]
        apart = (
            box["y"] + box["height"] <= button["y"]
            or box["y"] >= button["y"] + button["height"]
            or box["x"] >= button["x"] + button["width"]
        )
        assert apart, (box, button)
    assert session.axe_violations() == []


def test_toasts_are_visible_in_forced_colors(new_session: NewSession) -> None:
    session = new_session(forced_colors="active")
    session.open()
    create(session, "Flying", 1)
    expect(session.toast("Ready: 1 Flying-type Pokémon")).to_be_visible()
    toast = session.page.get_by_role("region", name="Notifications").locator("[role=status] > div")
    expect(toast).to_have_css("border-top-style", "solid")
    # axe computes contrasts from the colors before they are forced.
    assert session.axe_violations(without=["color-contrast"]) == []


@pytest.mark.usefixtures("slow_pokeapi")
def test_a_report_that_is_run_again_is_opened_with_its_progress_in_view(session: UserSession) -> None:
    report = session.api.make(type="ground", sample_size=20, seed=5)
    session.open(f"/report/?id={report['id']}")
    button = session.button("Run again")
    button.focus()
    session.page.keyboard.press("Enter")
    expect(session.page.get_by_role("link", name="Original report")).to_be_visible()
    expect(session.page.get_by_role("progressbar")).to_be_in_viewport()
    expect(session.page.get_by_role("heading", level=1)).to_be_focused()
    expect(toasts(session.page)).to_have_count(0)


def test_a_report_can_be_edited_before_it_is_run_again(session: UserSession) -> None:
    report = session.api.make(type="ground", sample_size=1)
    session.open(f"/report/?id={report['id']}")
    link = session.page.get_by_role("link", name="Edit and run again")
    expect(link).to_have_attribute("href", f"/?from={report['id']}")


def test_only_what_is_missing_from_a_partial_report_is_retried(session: UserSession, site: Site) -> None:
    site.configure_pokeapi(missing=[942, 943])
    try:
        report = session.api.request(generation="generation-ix", include_forms=False)
        report = session.api.wait_until(report, {"partial"})
    finally:
        site.configure_pokeapi(missing=[])
    session.open(f"/report/?id={report['id']}")
    with session.page.expect_request("**/retry") as retry:
        session.button("Retry only what is missing").click()
    assert retry.value.post_data_json == {"only": "missing"}
    assert retry.value.headers["idempotency-key"]
    expect(session.page.get_by_role("link", name="Original report")).to_be_visible()
    expect(session.page.get_by_text("Succeeded", exact=True)).to_be_visible()
    expect(session.button("Retry only what is missing")).to_have_count(0)
    reports = session.api.call("GET", "/reports").json()["reports"]
    completed = next(listed for listed in reports if listed["retry_of"])
    assert completed["result"]["rows"] == report["result"]["rows"] + 2
