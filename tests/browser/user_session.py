"""A user's session with the site: a browser page, its errors, and the actions of a user."""

import base64
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from re import Pattern
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Route

from tests.browser.site import TIMEOUT_MILLISECONDS, Site
from tests.e2e.client import Client
from tools.local.site import WEB

AXE = WEB / "node_modules/axe-core/axe.min.js"
SPRITES = "https://raw.githubusercontent.com/**"
# One transparent pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII="
)
# Chromium logs this for every failed request; tests that cause one check the page instead.
IGNORED_ERRORS = ("Failed to load resource",)

# Playwright keeps a tab in the foreground. This script lets a test hide it.
BACKGROUND_TAB = """
  let hidden = false;
  Object.defineProperty(document, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
  Object.defineProperty(document, "hidden", { get: () => hidden });
  window.hide = (value) => {
    hidden = value;
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  };
"""
ANIMATIONS_FINISHED = """() => Promise.allSettled(
  document.getAnimations()
    .filter((animation) => animation.effect.getTiming().iterations !== Infinity)
    .map((animation) => animation.finished),
)"""


def principal(user: str) -> dict[str, Any]:
    """A signed-in user as Static Web Apps describes one."""
    roles = ["anonymous", "authenticated"]
    return {"identityProvider": "github", "userId": user, "userDetails": user, "userRoles": roles}


def encoded_principal(user: str) -> str:
    return base64.b64encode(json.dumps(principal(user)).encode()).decode()


@dataclass
class UserSession:
    """A browser page of a user. Each test has users of its own, and so its own reports."""

    site: Site
    page: Page
    user: str
    errors: list[str] = field(default_factory=list)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    @property
    def api(self) -> Client:
        """An API client of the same user."""
        return Client(self.site.stack, {"x-ms-client-principal": encoded_principal(self.user)})

    def sign_in(self) -> None:
        """Set the cookie of the Static Web Apps emulator, which does not verify it."""
        cookie = {
            "name": "StaticWebAppsAuthCookie",
            "value": encoded_principal(self.user),
            "url": self.site.url,
        }
        self.context.add_cookies([cookie])  # type: ignore[list-item]

    def collect_errors(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._on_console)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(IGNORED_ERRORS):
            self.errors.append(message.text)

    def open(self, path: str = "/") -> None:
        self.page.goto(self.site.url + path)

    def mock_sprites(self) -> None:
        """Serve a sprite for every URL; tests cannot reach the sprites' host."""

        def fulfill(route: Route) -> None:
            route.fulfill(body=PIXEL, content_type="image/png")

        self.page.route(SPRITES, fulfill)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def create_button(self) -> Locator:
        return self.page.locator("form button[type=submit]")

    def choose(self, name: str) -> None:
        """Check a radio button by its exact name."""
        # The visible label covers the invisible input, so Playwright must not check what is on top.
        self.page.get_by_role("radio", name=name, exact=True).check(force=True)

    def tickets(self) -> Locator:
        return self.page.locator("ol > li")

    def ticket(self, name: str) -> Locator:
        """The ticket of a report by its exact name."""
        return self.tickets().filter(has=self.page.get_by_role("heading", name=name, exact=True))

    def toast(self, text: str | Pattern[str]) -> Locator:
        return self.page.get_by_role("region", name="Notifications").get_by_text(text)

    def toast_of(self, name: str) -> Locator:
        """The toast that follows a report, whether it runs or has its CSV."""
        return self.toast(re.compile(f"^(Queued|In progress|Ready): {name}"))

    def download(self, button: Locator) -> tuple[str, bytes]:
        """Click a button that downloads a file. Returns the file's name and content."""
        with self.page.expect_download() as download:
            button.click()
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()

    def wait_until(self, test: str, argument: object = None) -> None:
        """Wait until a JavaScript function returns true. The site's policy blocks Playwright's own way."""
        self.page.evaluate(
            f"""async (argument) => {{
              const test = {test};
              const deadline = Date.now() + {TIMEOUT_MILLISECONDS};
              while (!(await test(argument))) {{
                if (Date.now() > deadline) throw new Error(`not true in time: ${{test}}`);
                await new Promise((resolve) => setTimeout(resolve, 50));
              }}
            }}""",
            argument,
        )

    def requests_to(self, path: str) -> list[str]:
        """The URLs of the requests to a path from now on, as a list that grows."""
        urls: list[str] = []
        self.page.on(
            "request",
            lambda request: urls.append(request.url) if urlsplit(request.url).path == path else None,
        )
        return urls

    def axe_violations(self, without: Sequence[str] = ()) -> list[str]:
        """Accessibility violations that axe finds on the page in its current state (not of these rules)."""
        # Elements that are still fading in do not have their final colors.
        self.page.evaluate(ANIMATIONS_FINISHED)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        rules = {rule: {"enabled": False} for rule in without}
        result = self.page.evaluate("rules => axe.run(document, {resultTypes: ['violations'], rules})", rules)
        return [
            f"{violation['id']} ({violation['help']}): {node['html'][:200]} {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]


NewSession = Callable[..., UserSession]
