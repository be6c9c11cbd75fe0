"""``python -m tests.browser.measure_polling``: measure what an open list of 200 reports costs in a minute.

The list is loaded completely. Counted are the requests to the reports of the API, with the bytes of their
responses, headers included, as Chromium received them from the Static Web Apps emulator, which does not
compress.
"""

import sys
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser import chromium, site
from tests.browser.user_session import UserSession
from tools.local.stack import LOCAL_FOLDER

REPORTS = 200
RUNNING = 3
SECONDS = 60
SLOW = 1_000
"""The latency of PokéAPI in milliseconds, with which a report on all Pokémon runs for more than a minute."""


@dataclass
class Traffic:
    requests: int = 0
    received: int = 0
    ids: set[str] = field(default_factory=set)


def main() -> int:
    expect.set_options(timeout=120_000)
    with site.running(LOCAL_FOLDER / "measure-polling") as running_site, chromium.running() as browser:
        session = UserSession(running_site, browser.new_page(), "owner-of-many")
        session.sign_in()
        for number in range(REPORTS - RUNNING):
            session.api.request(sample_size=1, seed=number)
        while session.api.call("GET", "/reports?status=open").json()["reports"]:
            session.page.wait_for_timeout(500)
        sys.stdout.write("| reports | requests in a minute | received |\n|---|---|---|\n")
        _measure(session, f"{REPORTS - RUNNING} at rest", REPORTS - RUNNING)
        running_site.configure_pokeapi(latency_ms=SLOW)
        opened = [session.api.request(seed=number) for number in range(RUNNING)]
        _measure(session, f"{REPORTS}, of which {RUNNING} run", REPORTS)
        for report in opened:
            session.api.call("POST", f"/reports/{report['id']}/cancel")
        running_site.configure_pokeapi(latency_ms=0)
    return 0


def _measure(session: UserSession, name: str, count: int) -> None:
    session.open()
    _load_all(session.page, count)
    traffic = _observe(session.page)
    session.page.wait_for_timeout(SECONDS * 1_000)
    sys.stdout.write(f"| {name} | {traffic.requests} | {traffic.received / 1_000:,.0f} kB |\n")
    sys.stdout.flush()


def _load_all(page: Page, count: int) -> None:
    """Wait until every report is loaded. The list says how many there are."""
    expect(page.get_by_role("heading", name=f"Reports {count}")).to_be_visible()


def _observe(page: Page) -> Traffic:
    traffic = Traffic()
    devtools = page.context.new_cdp_session(page)

    def on_request(event: dict[str, object]) -> None:
        url = event["request"]["url"]  # type: ignore[index]
        if urlsplit(url).path.startswith("/api/reports"):
            traffic.requests += 1
            traffic.ids.add(str(event["requestId"]))

    def on_finished(event: dict[str, object]) -> None:
        if event["requestId"] in traffic.ids:
            traffic.received += int(event["encodedDataLength"])  # type: ignore[call-overload]

    devtools.on("Network.requestWillBeSent", on_request)
    devtools.on("Network.loadingFinished", on_finished)
    devtools.send("Network.enable")
    return traffic


if __name__ == "__main__":
    sys.exit(main())
