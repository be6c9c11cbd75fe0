"""The page of a report, and a report on all Pokémon that several tests read."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.user_session import UserSession


@dataclass
class FullReport:
    """A report on all Pokémon with all columns, whose owner has no other reports."""

    user: str
    report: dict[str, Any]
    csv: bytes

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.csv.decode(), newline="")))


OpenFullReport = Callable[..., UserSession]


def table_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Table of").get_by_role("table")


def column_texts(page: Page, title: str) -> list[str]:
    """The texts of a column's cells on this page of the table."""
    headers = table_of(page).get_by_role("columnheader").all_inner_texts()
    index = [header.strip() for header in headers].index(title) + 1
    cells = table_of(page).locator(f"tbody tr > :nth-child({index})")
    return [text.strip() for text in cells.all_inner_texts()]


def query_of(page: Page) -> str:
    """The URL's query without the report's id, as soon as the page has written it."""
    page.wait_for_timeout(400)
    return re.sub(r"^[^?]*\?id=[^&]*&?", "", page.url)
