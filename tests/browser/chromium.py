"""The machine's own Chromium, with a temporary profile."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--no-sandbox",  # required for root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowserError(Exception):
    """No Chromium is installed."""


def find() -> str:
    """Return the path of Chromium. Raises NoBrowserError if none is installed."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise NoBrowserError("The browser tests need Chromium. Install it with: apt-get install chromium")


@contextmanager
def running() -> Iterator[Browser]:
    """Run Chromium for the length of the block. Playwright creates and removes its profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()
