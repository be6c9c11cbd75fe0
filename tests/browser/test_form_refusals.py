"""A request that the API refuses, or that does not reach it, is seen and announced."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Route, expect

from domain.errors import PokeQueueError, TooManyReportsPerHourError
from tests.browser.user_session import NewSession, UserSession
from triggers.responses import PROBLEM_TYPES, PROBLEMS

SCREENS = {"phone": (390, 844), "laptop": (1440, 900), "zoomed": (640, 400)}
IS_ON_TOP = """(element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""

Open = Callable[[], UserSession]


@pytest.fixture(params=SCREENS)
def open_form(request: pytest.FixtureRequest, new_session: NewSession) -> Open:
    def open_it() -> UserSession:
        width, height = SCREENS[request.param]
        session = new_session(viewport={"width": width, "height": height})
        session.open()
        expect(session.page.get_by_text("of 1,351", exact=True)).to_be_visible()
        return session

    return open_it


def on_creation(session: UserSession, handle: Callable[[Route], None]) -> None:
    def of_creation(route: Route) -> None:
        if route.request.method == "POST":
            handle(route)
        else:
            route.continue_()

    session.page.route("**/api/reports", of_creation)


def refuse(session: UserSession, error: PokeQueueError, retry_after: int) -> None:
    """Respond as the API does with this error, which its limits for tests never cause."""
    status, kind, title = PROBLEMS[type(error)]
    problem = {"type": PROBLEM_TYPES + kind, "title": title, "status": status, "detail": str(error)}
    on_creation(
        session,
        lambda route: route.fulfill(
            status=status,
            body=json.dumps(problem),
            content_type="application/problem+json",
            headers={"Retry-After": str(retry_after)},
        ),
    )


def form_alert(session: UserSession) -> Locator:
    return session.page.locator("form").get_by_role("alert")


def expect_in_view(locator: Locator) -> None:
    expect(locator).to_be_in_viewport(ratio=1)
    assert locator.evaluate(IS_ON_TOP)


def test_a_refusal_says_in_view_when_to_try_again(open_form: Open) -> None:
    session = open_form()
    error = TooManyReportsPerHourError(20, timedelta(minutes=11, seconds=45))
    refuse(session, error, error.retry_after_seconds)
    session.create_button().click()
    alert = form_alert(session)
    expect(alert).to_contain_text(
        "You've created as many reports as an hour allows. Try again in 12 minutes."
    )
    expect_in_view(alert)
    expect_in_view(session.create_button())
    expect(session.create_button()).to_be_focused()
    assert session.axe_violations() == []
    # The next change makes it obsolete.
    session.choose("Fire 109")
    expect(alert).to_have_count(0)


def test_the_focus_moves_to_the_field_that_the_api_refuses(open_form: Open) -> None:
    session = open_form()

    def send_invalid(route: Route) -> None:
        route.continue_(post_data=json.dumps({"sample_size": 0}))

    on_creation(session, send_invalid)
    session.create_button().click()
    size = session.page.get_by_role("spinbutton", name="Sample size")
    expect(size).to_be_focused()
    expect_in_view(size)
    expect(form_alert(session)).to_contain_text("The request isn't valid.")
    session.page.keyboard.press("ArrowUp")
    expect(session.page.get_by_role("radio", name="Random sample")).to_be_checked()
    expect(size).to_have_value("13")


def test_a_request_that_does_not_reach_the_api_says_so_in_view(open_form: Open) -> None:
    session = open_form()
    on_creation(session, lambda route: route.abort("connectionrefused"))
    session.create_button().click()
    expect(form_alert(session)).to_have_text("Can't reach the server.")
    expect_in_view(form_alert(session))
    session.page.unroute("**/api/reports")
    session.context.set_offline(True)
    session.create_button().click()
    expect(form_alert(session)).to_have_text("You're offline. Try again when you're back online.")
    expect_in_view(form_alert(session))
    session.context.set_offline(False)
    session.create_button().click()
    expect(form_alert(session)).to_have_count(0)


def test_the_button_does_not_hide_the_form_on_a_short_screen(open_form: Open) -> None:
    session = open_form()
    height = session.page.viewport_size["height"] if session.page.viewport_size else 0
    session.page.get_by_role("radio", name="All types").focus()
    if height < 500:
        expect(session.create_button()).not_to_be_in_viewport()
    else:
        expect_in_view(session.create_button())
