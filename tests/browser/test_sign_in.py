"""Signed-in and anonymous users, and sites without sign-in."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from azure.storage.blob import BlobServiceClient
from playwright.sync_api import Route, expect

from cli.site import shared_page
from tests.browser.site import Site
from tests.browser.user_session import NewSession, UserSession
from tests.e2e.client import Client
from tools.local import site as local_site
from tools.local.ports import free_port


def test_users_do_not_see_each_others_reports(new_session: NewSession) -> None:
    owner, other = new_session(), new_session()
    owner.api.make(type="ice", sample_size=1)
    owner.open()
    expect(owner.tickets()).to_have_count(1)
    other.open()
    expect(other.page.get_by_text("No reports yet")).to_be_visible()


def test_sign_in_and_sign_out_use_static_web_apps(new_session: NewSession) -> None:
    session = new_session(signed_in=False)
    page = session.page
    session.open()
    page.get_by_text("Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Sign in with GitHub")).to_be_visible()
    # The emulator's sign-in page needs the network, so this sets the cookie that it would set.
    session.sign_in()
    page.reload()
    page.get_by_text(session.user, exact=True).click()
    expect(page.get_by_text(f"Signed in as {session.user}")).to_be_visible()
    page.get_by_role("link", name="Sign out").click()
    expect(page.get_by_text("Sign in", exact=True)).to_be_visible()


@pytest.mark.parametrize("drops_query", [False, True])
def test_a_user_who_signs_in_returns_to_the_same_view(session: UserSession, drops_query: bool) -> None:
    """Static Web Apps may drop the query of the URL that it returns to."""
    report = session.api.make(type="ice", columns=["name", "speed"])
    session.context.clear_cookies()
    page = session.page
    path = f"/report/?id={report['id']}&q=snow"
    session.open(path)
    expect(page.get_by_role("heading", name="Report not found")).to_be_visible()

    def sign_in(route: Route) -> None:
        url = parse_qs(urlsplit(route.request.url).query)["post_login_redirect_uri"][0]
        session.sign_in()
        route.fulfill(status=302, headers={"Location": url.partition("?")[0] if drops_query else url})

    page.route("**/.auth/login/github*", sign_in)
    page.get_by_text("Sign in", exact=True).click()
    page.get_by_role("link", name="Sign in with GitHub").click()
    expect(page.get_by_role("searchbox")).to_have_value("snow")
    expect(page.get_by_text(session.user, exact=True)).to_be_visible()
    assert page.url == session.site.url + path


def test_the_account_menu_closes_and_returns_the_focus(session: UserSession) -> None:
    session.open()
    page = session.page
    menu, item = page.locator("summary").get_by_text(session.user), page.get_by_role("link", name="Sign out")
    menu.click()
    item.focus()
    page.keyboard.press("Escape")
    expect(item).to_have_count(0)
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    expect(item).to_be_visible()
    assert session.axe_violations() == []
    page.get_by_role("banner").click(position={"x": 2, "y": 2})
    expect(item).to_have_count(0)
    expect(menu).to_be_focused()
    menu.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(item).to_have_count(0)
    expect(menu).not_to_be_focused()
    assert page.evaluate("document.activeElement !== document.body")


def test_the_account_menu_closes_if_the_focus_leaves_before_it_is_rendered(session: UserSession) -> None:
    session.open()
    menu = session.page.locator("summary").get_by_text(session.user)
    menu.evaluate("summary => { summary.click(); document.querySelector('a').focus(); }")
    expect(session.page.locator("details[open]").filter(has=menu)).to_have_count(0)


def test_sign_in_survives_a_start_without_a_network(session: UserSession) -> None:
    page = session.page
    page.route("**/.auth/me", lambda route: route.abort("internetdisconnected"))
    session.open()
    page.get_by_text("Sign in", exact=True).click()
    expect(page.get_by_text("You can sign in when the connection is back.")).to_be_visible()
    page.unroute("**/.auth/me")
    expect(page.get_by_role("link", name="Sign out")).to_be_visible()
    expect(page.locator("summary").get_by_text(session.user)).to_be_visible()


def test_a_site_without_static_web_apps_offers_no_sign_in(new_session: NewSession) -> None:
    session = new_session(signed_in=False)
    session.page.route("**/.auth/me", lambda route: route.fulfill(status=404, body="no such page"))
    with session.page.expect_response("**/.auth/me"):
        session.open()
    expect(session.page.get_by_text("No reports yet")).to_be_visible()
    expect(session.page.get_by_text("Sign in")).to_have_count(0)


@pytest.fixture
def members_site(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The same system behind a site that lets only signed-in users call the API."""
    monkeypatch.setenv("API_ROLES", "authenticated")
    with BlobServiceClient.from_connection_string(site.stack.storage.connection_string) as blobs:
        rules = blobs.get_service_properties()["cors"]
        with local_site.running(site.stack, tmp_path, str(free_port())) as url:
            yield Site(url, site.stack)
        blobs.set_service_properties(cors=rules)


def test_a_share_link_works_without_signing_in(new_session: NewSession, members_site: Site) -> None:
    client = Client(members_site.stack)
    report = client.make(type="fairy", sample_size=1)
    shared = client.call("PUT", f"/reports/{report['id']}/share").json()["links"]["shared"]
    response = requests.get(f"{members_site.url}{shared}", timeout=30)
    assert response.status_code == 200
    assert response.json()["id"] == report["id"]
    session = new_session(signed_in=False)
    session.site = members_site
    session.open(shared_page("", shared))
    expect(session.page.get_by_role("heading", name="1 Fairy-type Pokémon", level=1)).to_be_visible()
    _, csv = session.download(session.button("Download CSV"))
    assert csv == client.download(report)


def test_a_members_only_site_asks_the_user_to_sign_in(new_session: NewSession, members_site: Site) -> None:
    assert requests.get(f"{members_site.url}/api/reports", timeout=30).status_code == 401
    session = new_session(signed_in=False)
    session.site = members_site
    session.open()
    expect(session.page.get_by_role("heading", name="Sign in to continue")).to_be_visible()
    expect(session.page.get_by_role("status").get_by_text("Sign in to continue.")).to_be_visible()
    session.open("/report/?id=e5df488ba50-05402d32cc039b2e")
    expect(session.page.get_by_role("heading", name="Sign in to continue", level=1)).to_be_visible()
    expect(session.page.get_by_role("link", name="Sign in with GitHub")).to_have_attribute(
        "href",
        re.compile(r"^/\.auth/login/github\?post_login_redirect_uri=http.*%2Freport%2F%3Fid%3De5df488"),
    )
    assert session.axe_violations() == []
    session.sign_in()
    session.open()
    expect(session.page.get_by_text("No reports yet")).to_be_visible()
    expect(session.page.get_by_role("radio", name="Fairy 88", exact=True)).to_have_count(1)
