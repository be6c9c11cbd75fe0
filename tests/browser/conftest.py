"""The front end in a real browser, over the whole system."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.browser.visitor import Site, Visitor
from tools.local import site as local_site
from tools.local import stack
from tools.local.ports import free_port

PATIENCE_MILLISECONDS = 30_000
SETTINGS = {
    # A PokéAPI that fails is given up on at once.
    "ACTIVITY_ATTEMPTS": "1",
    "POKEAPI_RETRIES": "0",
    "POKEAPI_PAUSE_AFTER_FAILURES": "10000",
    # However slow the machine is, no report is refused because so many others are still being made.
    "MAX_OPEN_REPORTS": "100",
}

MakeVisitor = Callable[..., Visitor]

_users = count(1)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Ends with this package: while Playwright runs, no other test could run an event loop."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with chromium.running() as running:
        yield running


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """As `make up` has it, on ports of its own: the app keeps its port when it is started again. Nothing
    that PokéAPI says may be kept, so that it is for each test as that test makes it."""
    logs = tmp_path_factory.mktemp("site")
    settings = SETTINGS | local_site.PRINCIPAL_SETTINGS
    with (
        stack.running(
            logs, port=str(free_port()), settings=settings, replica_switches=("--max-age", "0")
        ) as running,
        local_site.running(running, logs, str(free_port())) as url,
    ):
        yield Site(url, running)


@pytest.fixture
def visitors(browser: Browser, site: Site) -> Iterator[MakeVisitor]:
    """Makes visitors, with the options of a browser context; none of them may meet a fault in the page."""
    with ExitStack() as closing:
        made: list[Visitor] = []

        def make(*, signed_in: bool = True, **options: Any) -> Visitor:
            context = browser.new_context(
                **{"locale": "en-GB", "viewport": {"width": 1280, "height": 900}} | options
            )
            closing.callback(context.close)
            context.set_default_timeout(PATIENCE_MILLISECONDS)
            visitor = Visitor(site, context.new_page(), f"visitor-{next(_users)}")
            visitor.watch_faults()
            if signed_in:
                visitor.sign_in()
            made.append(visitor)
            return visitor

        yield make
        assert [fault for visitor in made for fault in visitor.faults] == []


@pytest.fixture
def visitor(visitors: MakeVisitor) -> Visitor:
    return visitors()


@pytest.fixture
def slow_pokeapi(site: Site) -> Iterator[None]:
    site.make_pokeapi(latency_ms=600)
    yield
    site.make_pokeapi(latency_ms=0)
