"""Refuses requests that a page of another site makes a browser send with the user's cookies.

Source: OWASP's "Cross-Site Request Forgery Prevention", sections on Fetch Metadata and on the Origin header.
"""

from urllib.parse import urlsplit

import azure.functions as func

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
"""``none``: the user caused the request, not a page."""
HOST_HEADERS = ("Host", "X-Forwarded-Host")
ORIGINAL_URL = "x-ms-original-url"
"""Static Web Apps' own header: the URL that the browser requested."""


class ForeignOriginError(Exception):
    """A page of another site sent a request that changes state."""

    def __init__(self) -> None:
        super().__init__(
            "Only pages of this site can change reports. Other clients must not send an Origin header."
        )


def refuse_foreign_origin(request: func.HttpRequest) -> None:
    """Raises ForeignOriginError if another site's page sent a request that changes state.

    Browsers send Sec-Fetch-Site, and older ones at least Origin. Other clients send neither.
    """
    if request.method in SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    is_own = site in OWN_SITES if site else origin is None or urlsplit(origin).netloc in _own_hosts(request)
    if not is_own:
        raise ForeignOriginError


def _own_hosts(request: func.HttpRequest) -> set[str]:
    hosts = {request.headers.get(name) for name in HOST_HEADERS}
    return {host for host in hosts if host} | {urlsplit(request.headers.get(ORIGINAL_URL, "")).netloc}
