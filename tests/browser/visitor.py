"""Somebody at the front end: a page of a browser, what goes wrong in it, and what can be done there."""

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Route

from tests.e2e.client import Client
from tools.local.site import WEB
from tools.local.stack import Stack

AXE = WEB / "node_modules/axe-core/axe.min.js"
SPRITES = "https://raw.githubusercontent.com/**"
# The smallest picture there is: one transparent point.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII="
)
# What a browser says when an answer is an error or does not come; tests that make it so look at the page.
EXPECTED = ("Failed to load resource",)

SETTLED = """() => Promise.allSettled(
  document.getAnimations()
    .filter((animation) => animation.effect.getTiming().iterations !== Infinity)
    .map((animation) => animation.finished),
)"""


def principal(user: str) -> dict[str, Any]:
    """As Static Web Apps tells of a signed-in user."""
    roles = ["anonymous", "authenticated"]
    return {"identityProvider": "github", "userId": user, "userDetails": user, "userRoles": roles}


def encoded(user: str) -> str:
    return base64.b64encode(json.dumps(principal(user)).encode()).decode()


@dataclass
class Site:
    """The front end in front of the whole system."""

    url: str
    stack: Stack

    def make_pokeapi(self, **switches: Any) -> None:
        """Let the PokéAPI replica behave otherwise from now on."""
        faults = self.stack.pokeapi_url.removesuffix("/api/v2") + "/replica/faults"
        requests.post(faults, json=switches, timeout=5).raise_for_status()


@dataclass
class Visitor:
    """Signed in as a user of their own, so that each test has its own reports."""

    site: Site
    page: Page
    user: str
    faults: list[str] = field(default_factory=list)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    @property
    def api(self) -> Client:
        """The API, as the same user's program meets it."""
        return Client(self.site.stack, {"x-ms-client-principal": encoded(self.user)})

    def sign_in(self) -> None:
        """With the cookie of the emulator, which takes anybody's word."""
        cookie = {"name": "StaticWebAppsAuthCookie", "value": encoded(self.user), "url": self.site.url}
        self.context.add_cookies([cookie])  # type: ignore[list-item]

    def watch_faults(self) -> None:
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("console", self._on_console)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            self.faults.append(message.text)

    def open(self, path: str = "/") -> None:
        self.page.goto(self.site.url + path)

    def give_sprites(self) -> None:
        """Sprites' host is not of this machine: without this it cannot be reached."""

        def answer(route: Route) -> None:
            route.fulfill(body=PIXEL, content_type="image/png")

        self.page.route(SPRITES, answer)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def make_button(self) -> Locator:
        return self.page.locator("form button[type=submit]")

    def choose(self, name: str) -> None:
        """A choice of the form, by its whole name."""
        # The input lies over its label, invisible: it is what is clicked.
        self.page.get_by_role("radio", name=name, exact=True).check(force=True)

    def tickets(self) -> Locator:
        return self.page.locator("ol > li")

    def ticket(self, name: str) -> Locator:
        """By the report's whole name: "2 water Pokémon" is not "12 water Pokémon"."""
        return self.tickets().filter(has=self.page.get_by_role("heading", name=name, exact=True))

    def toast(self, text: str) -> Locator:
        return self.page.get_by_role("region", name="Messages").get_by_text(text)

    def downloads(self, button: Locator) -> tuple[str, bytes]:
        """The file that a button gives: its name and content."""
        with self.page.expect_download() as found:
            button.click()
        return found.value.suggested_filename, Path(found.value.path()).read_bytes()

    def calls_of(self, path: str) -> list[str]:
        """The API calls of a path from now on, as a list that grows."""
        calls: list[str] = []
        self.page.on(
            "request",
            lambda request: calls.append(request.url) if urlsplit(request.url).path == path else None,
        )
        return calls

    def axe(self) -> list[str]:
        """What axe finds wrong with the page as it is."""
        # What is still fading in has no final colours.
        self.page.evaluate(SETTLED)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{violation['id']} ({violation['help']}): {node['html'][:200]} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
