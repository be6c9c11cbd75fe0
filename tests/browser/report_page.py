"""The page of a report, and a report on all Pokémon that several tests read."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.user_session import UserSession
from tools.local.site import WEB

NAMES = json.loads((WEB / "src/shared/pokemon-names/en.json").read_text(encoding="utf-8"))


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


def shown_name(pokemon: str) -> str:
    """The English name that the page shows for a Pokémon's identifier."""
    name: str = NAMES["pokemon"][pokemon]
    return name


def table_of(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("^Table of|^Tabla de")).get_by_role("table")


def column_texts(page: Page, title: str) -> list[str]:
    """The texts of a column's cells on this page of the table."""
    header = table_of(page).get_by_role("columnheader", name=title, exact=True)
    texts: list[str] = header.evaluate(
        """(header) => [...header.closest("table").tBodies[0].rows].map((row) => {
          const cell = row.cells[header.cellIndex].cloneNode(true);
          for (const hidden of cell.querySelectorAll("[aria-hidden]")) hidden.remove();
          return cell.textContent;
        })"""
    )
    return texts


def query_of(page: Page) -> str:
    """The URL's query without the report's id, as soon as the page has written it."""
    page.wait_for_timeout(400)
    return re.sub(r"^[^?]*\?id=[^&]*&?", "", page.url)
