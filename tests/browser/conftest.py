"""Fixtures for tests of the front end in Chromium, with the whole system behind it."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.browser import site as browser_site
from tests.browser.report_page import FullReport, OpenFullReport
from tests.browser.site import TIMEOUT_MILLISECONDS, Site
from tests.browser.user_session import NewSession, UserSession, encoded_principal
from tests.e2e.client import Client

_user_numbers = count(1)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A running Chromium. It stops after this package, because Playwright blocks other event loops."""
    expect.set_options(timeout=TIMEOUT_MILLISECONDS)
    with chromium.running() as running:
        yield running


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with browser_site.running(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def new_session(browser: Browser, site: Site) -> Iterator[NewSession]:
    """A factory of user sessions, which takes the options of a browser context.

    The test fails if any of their pages reports an error.
    """
    with ExitStack() as exit_stack:
        sessions: list[UserSession] = []

        def create(*, signed_in: bool = True, **options: Any) -> UserSession:
            # Playwright sees no requests of a service worker, which only the tests of the worker need.
            defaults: dict[str, Any] = {
                "locale": "en-GB",
                "viewport": {"width": 1280, "height": 900},
                "service_workers": "block",
            }
            context = browser.new_context(**defaults | options)
            exit_stack.callback(context.close)
            context.set_default_timeout(TIMEOUT_MILLISECONDS)
            session = UserSession(site, context.new_page(), f"user-{next(_user_numbers)}")
            session.collect_errors()
            if signed_in:
                session.sign_in()
            sessions.append(session)
            return session

        yield create
        assert [error for session in sessions for error in session.errors] == []


@pytest.fixture
def session(new_session: NewSession) -> UserSession:
    return new_session()


@pytest.fixture
def slow_pokeapi(site: Site) -> Iterator[None]:
    site.configure_pokeapi(latency_ms=600)
    yield
    site.configure_pokeapi(latency_ms=0)


@pytest.fixture(scope="package")
def full_report(site: Site) -> FullReport:
    user = "owner-of-everything"
    api = Client(site.stack, {"x-ms-client-principal": encoded_principal(user)})
    report = api.make()
    return FullReport(user, report, api.download(report))


@pytest.fixture
def open_full_report(new_session: NewSession, full_report: FullReport) -> OpenFullReport:
    """Opens the full report. Takes the end of its URL's query, and the options of a browser context."""

    def open_it(query: str = "", **options: Any) -> UserSession:
        session = new_session(signed_in=False, **options)
        session.user = full_report.user
        session.sign_in()
        session.open(f"/report/?id={full_report.report['id']}{query}")
        expect(session.page.get_by_role("region", name=re.compile("Table of|Tabla de"))).to_be_visible()
        return session

    return open_it
