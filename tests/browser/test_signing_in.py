"""Who somebody is to the site: nobody, a signed-in user, or one of a site without signing in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from azure.storage.blob import BlobServiceClient
from playwright.sync_api import expect

from tests.browser.conftest import MakeVisitor
from tests.browser.visitor import Site
from tools.local import site as local_site
from tools.local.ports import free_port


def test_nobody_sees_another_ones_reports(visitors: MakeVisitor) -> None:
    one, other = visitors(), visitors()
    one.api.make(type="ice", sample_size=1)
    one.open()
    expect(one.tickets()).to_have_count(1)
    other.open()
    expect(other.page.get_by_text("No reports yet")).to_be_visible()


def test_signing_in_and_out_goes_through_the_platform(visitors: MakeVisitor) -> None:
    visitor = visitors(signed_in=False)
    page = visitor.page
    visitor.open()
    page.get_by_text("Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Sign in with GitHub")).to_have_attribute(
        "href", "/.auth/login/github?post_login_redirect_uri=/"
    )
    # The emulator's own sign-in page needs the network; this is what it leaves behind.
    visitor.sign_in()
    page.reload()
    page.get_by_text(visitor.user, exact=True).click()
    expect(page.get_by_text(f"Signed in as {visitor.user}")).to_be_visible()
    page.get_by_role("link", name="Sign out").click()
    expect(page.get_by_text("Sign in", exact=True)).to_be_visible()


def test_a_site_without_signing_in_offers_none(visitors: MakeVisitor) -> None:
    visitor = visitors(signed_in=False)
    visitor.page.route("**/.auth/me", lambda route: route.fulfill(status=404, body="no such page"))
    with visitor.page.expect_response("**/.auth/me"):
        visitor.open()
    expect(visitor.page.get_by_text("No reports yet")).to_be_visible()
    expect(visitor.page.get_by_text("Sign in")).to_have_count(0)


@pytest.fixture
def members_site(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The same system behind a site whose configuration lets only signed-in users reach the API."""
    monkeypatch.setenv("API_ROLES", "authenticated")
    with BlobServiceClient.from_connection_string(site.stack.storage.connection_string) as blobs:
        rules = blobs.get_service_properties()["cors"]
        with local_site.running(site.stack, tmp_path, str(free_port())) as url:
            yield Site(url, site.stack)
        blobs.set_service_properties(cors=rules)


def test_a_site_for_members_asks_visitors_to_sign_in(visitors: MakeVisitor, members_site: Site) -> None:
    assert requests.get(f"{members_site.url}/api/reports", timeout=30).status_code == 401
    visitor = visitors(signed_in=False)
    visitor.site = members_site
    visitor.open()
    expect(visitor.page.get_by_role("heading", name="Sign in to go on")).to_be_visible()
    expect(visitor.page.get_by_role("status").get_by_text("Sign in to go on.")).to_be_visible()
    visitor.open("/report/?id=e5df488ba50-05402d32cc039b2e")
    expect(visitor.page.get_by_role("heading", name="Sign in to go on", level=1)).to_be_visible()
    assert visitor.axe() == []
    visitor.sign_in()
    visitor.open()
    expect(visitor.page.get_by_text("No reports yet")).to_be_visible()
    expect(visitor.page.get_by_role("radio", name="fairy 88", exact=True)).to_have_count(1)
