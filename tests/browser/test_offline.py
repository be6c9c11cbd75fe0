"""The site without a network: what it shows, whose data that is, and its next version."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from azure.storage.blob import BlobServiceClient
from playwright.sync_api import expect

from tests.browser.site import Site
from tests.browser.user_session import NewSession, UserSession
from tools.local import site as local_site
from tools.local.ports import free_port

OFFLINE = "You're offline. You're seeing the last data received"
SITE_CACHES = "async () => (await caches.keys()).filter((name) => name.startsWith('site-'))"
IS_ACTIVATED = """async (names, caches) => {
  const { installing, waiting, active } = await navigator.serviceWorker.getRegistration();
  const isSettled = !installing && !waiting && active.state === "activated";
  return isSettled && JSON.stringify(await caches()) === JSON.stringify(names);
}"""
KEPT_PATHS = """async () => {
  const keys = await (await caches.open("last-data")).keys();
  return keys.map(({ url }) => new URL(url).pathname);
}"""


def open_with_worker(new_session: NewSession, **options: Any) -> UserSession:
    """Open the site and wait until its worker can open it without a network."""
    session = new_session(service_workers="allow", **options)
    session.open()
    session.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    return session


def wait_until_kept(session: UserSession, path: str) -> None:
    session.wait_until(f"async (path) => (await ({KEPT_PATHS})()).includes(path)", path)


def test_the_site_opens_offline_with_the_last_reports(new_session: NewSession) -> None:
    session = open_with_worker(new_session)
    page = session.page
    report = session.api.make(type="ghost", sample_size=4)
    page.reload()
    session.ticket("4 Ghost-type Pokémon").get_by_role("heading").get_by_role("link").click()
    table = page.get_by_role("region", name="Table of")
    expect(table.get_by_role("rowheader")).to_have_count(4)
    wait_until_kept(session, f"/api/reports/{report['id']}/download")
    wait_until_kept(session, "/api/reports")

    session.context.set_offline(True)
    page.goto(session.site.url + f"/report/?id={report['id']}")
    expect(table.get_by_role("rowheader")).to_have_count(4)
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    assert session.axe_violations() == []
    page.get_by_role("link", name="All reports", exact=True).click()
    expect(session.ticket("4 Ghost-type Pokémon")).to_be_visible()
    page.goto(session.site.url + "/es/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Elige unos Pokémon. Obtén una tabla.")
    # Another report was never here.
    page.goto(session.site.url + "/report/?id=e5df488ba50-05402d32cc039b2e")
    expect(page.get_by_role("heading", name="You're offline")).to_be_visible()

    other = session.api.make(type="ghost", sample_size=2)
    page.goto(session.site.url + f"/report/?id={other['id']}")
    expect(page.get_by_role("heading", name="You're offline")).to_be_visible()
    session.context.set_offline(False)
    # Without any action of the user.
    expect(table.get_by_role("rowheader")).to_have_count(2)
    expect(page.get_by_text(OFFLINE)).to_have_count(0)


def test_the_banner_stays_in_view_and_nothing_old_is_shown_online(new_session: NewSession) -> None:
    session = open_with_worker(new_session, viewport={"width": 1280, "height": 640})
    page = session.page
    session.api.make(type="ghost", sample_size=4)
    page.reload()
    expect(session.tickets()).to_have_count(1)
    wait_until_kept(session, "/api/reports")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    session.context.set_offline(True)
    expect(page.get_by_text(OFFLINE)).to_be_in_viewport()
    session.context.set_offline(False)
    expect(page.get_by_text(OFFLINE)).to_have_count(0)
    # The server does not respond, but there is a network.
    page.route(re.compile("/api/reports"), lambda route: route.abort("connectionrefused"))
    page.reload()
    expect(page.get_by_role("heading", name="Can't reach the server")).to_be_visible()
    expect(session.tickets()).to_have_count(0)


def test_a_signed_out_user_leaves_no_data(new_session: NewSession) -> None:
    session = open_with_worker(new_session)
    page = session.page
    report = session.api.make(type="ghost", sample_size=4)
    session.open(f"/report/?id={report['id']}")
    wait_until_kept(session, f"/api/reports/{report['id']}/download")
    page.get_by_text(session.user, exact=True).click()
    page.get_by_role("link", name="Sign out").click()
    expect(page.get_by_text("Sign in", exact=True)).to_be_visible()
    kept = f"async (id) => (await ({KEPT_PATHS})()).some((path) => path.includes(id))"
    assert not page.evaluate(kept, report["id"])


def test_another_user_does_not_see_the_data_of_the_one_before(new_session: NewSession) -> None:
    session = open_with_worker(new_session)
    page = session.page
    report = session.api.make(type="ghost", sample_size=4)
    session.open(f"/report/?id={report['id']}")
    wait_until_kept(session, f"/api/reports/{report['id']}/download")
    session.user += "-sibling"
    session.sign_in()
    session.open()
    expect(page.get_by_text("No reports yet")).to_be_visible()
    wait_until_kept(session, "/api/reports")
    session.context.set_offline(True)
    session.open(f"/report/?id={report['id']}")
    expect(page.get_by_role("heading", name="You're offline")).to_be_visible()
    # Neither sign-in nor a visitor's token is kept.
    paths = page.evaluate(KEPT_PATHS)
    assert all(re.fullmatch("/api/(reports|types|generations)", path) for path in paths), paths


def test_the_site_can_be_installed(new_session: NewSession, site: Site) -> None:
    for path, start in (("/", "/"), ("/es/", "/es/")):
        session = new_session(locale="es" if start == "/es/" else "en-GB")
        session.open(path)
        href = session.page.locator("link[rel=manifest]").get_attribute("href")
        response = requests.get(f"{site.url}{href}", timeout=30)
        assert response.headers["Content-Type"].startswith("application/manifest+json")
        manifest = response.json()
        assert (manifest["id"], manifest["start_url"], manifest["display"]) == ("/", start, "standalone")
        for icon in manifest["icons"]:
            image = requests.get(site.url + icon["src"], timeout=30)
            assert image.status_code == 200
            assert image.headers["Content-Type"] == icon["type"]
            assert len(image.content) < 25_000
        devtools = session.context.new_cdp_session(session.page)
        # Chromium fetches and parses the manifest, as it does to install it.
        assert devtools.send("Page.getAppManifest")["errors"] == []


@pytest.fixture
def own_site(site: Site, tmp_path: Path) -> Iterator[tuple[Site, Path]]:
    """The same system behind a site whose files a test can change."""
    with BlobServiceClient.from_connection_string(site.stack.storage.connection_string) as blobs:
        rules = blobs.get_service_properties()["cors"]
        with local_site.running(site.stack, tmp_path, str(free_port())) as url:
            yield Site(url, site.stack), tmp_path / "site"
        blobs.set_service_properties(cors=rules)


def deploy(folder: Path, version: str) -> None:
    """Put a version of the site in place that differs in its home page."""
    page = folder / "compare/index.html"
    page.write_text(re.sub("<title>[^<]*", f"<title>{version}", page.read_text(encoding="utf-8")))
    worker = folder / "service-worker.js"
    worker.write_text(re.sub('VERSION = "[^"]*"', f'VERSION = "{version}"', worker.read_text()))


def test_a_deployment_replaces_the_version_before(
    new_session: NewSession, own_site: tuple[Site, Path]
) -> None:
    other_site, folder = own_site
    session = new_session(service_workers="allow", signed_in=False)
    session.site = other_site
    page = session.page

    def open_until_caches_are(expected: list[str]) -> None:
        """Browsers look for a new worker after a page has loaded, unless they are still installing one."""
        session.open("/compare/")
        session.wait_until(f"async (names) => ({IS_ACTIVATED})(names, {SITE_CACHES})", expected)

    session.open("/compare/")
    session.wait_until("async () => (await navigator.serviceWorker.ready).active.state === 'activated'")
    (first,) = page.evaluate(SITE_CACHES)
    deploy(folder, "second")
    # A page of the first version that is still open finds its parts.
    open_until_caches_are([first, "site-second"])
    deploy(folder, "third")
    open_until_caches_are(["site-second", "site-third"])
    html = "async () => (await (await fetch('/compare/')).text()).match('<title>([^<]*)')[1]"
    assert page.evaluate(html) == "third"
    session.context.set_offline(True)
    assert page.evaluate(html) == "third"
