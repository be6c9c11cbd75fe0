"""A browser of the system's own, started afresh: nothing is downloaded, nothing kept."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--no-sandbox",  # a container's root has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowserError(Exception):
    """There is no Chromium on this machine."""


def find() -> str:
    """The path of a Chromium. Raises NoBrowserError."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise NoBrowserError("The front end's tests need Chromium: apt-get install chromium")


@contextmanager
def running() -> Iterator[Browser]:
    """Playwright gives it a data folder of its own, and removes that afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()
