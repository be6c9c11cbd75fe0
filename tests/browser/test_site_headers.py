"""The security headers of the site, and the responses for missing files."""

import requests
from playwright.sync_api import expect

from tests.browser.site import Site
from tests.browser.user_session import UserSession


def test_the_content_security_policy_blocks_injected_scripts(session: UserSession, site: Site) -> None:
    for path in ("/", "/report/", "/nothing"):
        response = requests.get(site.url + path, timeout=30)
        policy = response.headers["Content-Security-Policy"]
        scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "unsafe" not in policy
        assert "'sha256-" in scripts
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in policy
    session.open()
    expect(session.page.get_by_text("No reports yet")).to_be_visible()
    blocked = session.page.evaluate(
        """() => new Promise((resolve) => {
          document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "window.injected = true";
          document.body.append(script);
        })"""
    )
    assert blocked.startswith("script-src")
    assert session.page.evaluate("window.injected") is None
    assert len(session.errors) == 1
    session.errors.clear()


def test_a_missing_file_is_a_404_without_a_page(site: Site) -> None:
    for path in ("/_next/static/none.js", "/none.png"):
        assert requests.get(site.url + path, timeout=30).status_code == 404, path
    response = requests.get(f"{site.url}/api/none", timeout=30)
    assert response.status_code == 404
    assert "<html" not in response.text
