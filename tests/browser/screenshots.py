"""``make screenshots``: capture the main states of the front end, light and dark, as small WebP files.

``python -m tests.browser.screenshots FOLDER`` writes them to a folder other than ``docs/screenshots``.
"""

import base64
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser import site as browser_site
from tests.browser.site import Site
from tests.browser.user_session import ANIMATIONS_FINISHED, UserSession
from tools.local import stack
from tools.local.process import REPOSITORY

FOLDER = REPOSITORY / "docs/screenshots"
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}
THEMES = ("light", "dark")
QUALITY = 72
"""WebP quality, from 0 to 100: text stays sharp at about 30 KB a file."""


def main(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    logs = stack.LOCAL_FOLDER / "screenshots"
    expect.set_options(timeout=browser_site.TIMEOUT_MILLISECONDS)
    with browser_site.running(logs) as site, chromium.running() as browser:
        for theme in THEMES:
            _capture_all(browser, site, theme, folder)
    return 0


def _capture_all(browser: Browser, site: Site, theme: str, folder: Path) -> None:
    def visit(user: str, options: dict[str, Any], locale: str = "en-GB") -> UserSession:
        context = browser.new_context(color_scheme=theme, locale=locale, **options)  # type: ignore[arg-type]
        session = UserSession(site, context.new_page(), user)
        session.sign_in()
        session.open()
        return session

    def capture_when_idle(page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        capture(page, name)

    def capture(page: Page, name: str) -> None:
        page.mouse.move(0, 0)
        page.evaluate(ANIMATIONS_FINISHED)
        # Playwright itself takes PNG and JPEG screenshots only.
        devtools = page.context.new_cdp_session(page)
        screenshot = devtools.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
        (folder / f"{name}-{theme}.webp").write_bytes(base64.b64decode(screenshot["data"]))

    ada = visit("Ada" if theme == "light" else "Grace", WIDE)
    capture_when_idle(ada.page, "empty")
    api = ada.api
    api.make(type="electric", sample_size=12, seed=7)
    site.configure_pokeapi(missing=[4, 37])
    partial = api.make(type="fire", generation="generation-i")
    site.configure_pokeapi(missing=[])
    api.make(type="ghost", sample_size=20, seed=1)
    fire = api.make(type="fire", generation="generation-i")
    everything = api.make()
    ada.open()
    ada.choose("Dragon 117")
    expect(ada.create_button()).to_contain_text("Dragon")
    site.configure_pokeapi(latency_ms=350)
    ada.page.get_by_role("spinbutton", name="Sample size").fill("60")
    ada.create_button().click()
    progress = ada.ticket("60 Dragon-type Pokémon").get_by_role("progressbar")
    expect(progress).to_have_attribute("aria-valuemax", "60")
    while int(progress.get_attribute("aria-valuenow") or 0) < 15:
        ada.page.wait_for_timeout(100)
    ada.page.get_by_role("button", name="Dismiss").click()
    ada.page.evaluate("window.scrollTo(0, 0)")
    capture(ada.page, "home")
    site.configure_pokeapi(latency_ms=0)
    expect(ada.ticket("60 Dragon-type Pokémon").get_by_text("Succeeded")).to_be_visible()

    ada.open(f"/report/?id={everything['id']}")
    expect(ada.page.get_by_role("region", name="Table of")).to_be_visible()
    capture_when_idle(ada.page, "report")
    ada.open(f"/report/?id={everything['id']}&pokemon=swampert-mega,rayquaza")
    expect(ada.page.get_by_role("dialog", name="Compare 2 Pokémon")).to_be_visible()
    capture_when_idle(ada.page, "pokemon")
    ada.open(f"/compare/?a={partial['id']}&b={fire['id']}")
    expect(ada.page.get_by_role("heading", name="Only in report B")).to_be_visible()
    capture_when_idle(ada.page, "compare")
    ada.open(f"/report/?id={partial['id']}")
    expect(ada.page.get_by_role("region", name="Table of")).to_be_visible()
    capture_when_idle(ada.page, "partial")
    phone = visit(ada.user, PHONE, "es-ES")
    expect(phone.tickets().first).to_be_visible()
    capture_when_idle(phone.page, "phone-form")
    phone.page.evaluate("document.querySelector('#queue-title').scrollIntoView()")
    capture_when_idle(phone.page, "phone-reports")
    phone.open(f"/report/?id={everything['id']}")
    expect(phone.page.get_by_role("region", name="Tabla de")).to_be_visible()
    capture_when_idle(phone.page, "phone-report")

    site.stack.app.kill()
    ada.open()
    expect(ada.page.get_by_role("heading", name="Can't reach the server")).to_be_visible()
    capture_when_idle(ada.page, "unreachable")
    site.stack.app.start()
    ada.context.close()
    phone.context.close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
