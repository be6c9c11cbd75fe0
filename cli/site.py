"""The web page of a deployment: where it is, and the addresses of its pages."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import click

from .common_options import DEFAULT_URL, Invocation, Url
from .errors import PokeError, RefusedError
from .retry_policy import RetryableError
from .transport import Transport

SITE_VARIABLE = "POKE_SITE"
LOCAL_SITE = "http://127.0.0.1:4280"
"""Where `make up` serves the page of the server at DEFAULT_URL."""


def site_option[F: Callable[..., Any]](command: F) -> F:
    return click.option(
        "--site",
        type=Url(),
        metavar="URL",
        envvar=SITE_VARIABLE,
        help=f"Address of the web page.  [default: ${SITE_VARIABLE}, or the address of the server]",
    )(command)


def find_site(invocation: Invocation, site: str | None) -> str:
    """The address of the web page. Raises RefusedError if it is not known."""
    if site is not None:
        return site
    for url in (invocation.url, *([LOCAL_SITE] if invocation.url == DEFAULT_URL else [])):
        if _has_page(url):
            return url
    raise RefusedError(
        f"There is no web page at {invocation.url}, only the API. "
        f"Pass the address of the page with --site, or set {SITE_VARIABLE}."
    )


def report_page(site: str, report_id: str) -> str:
    return f"{site}/report/?id={quote(report_id, safe='')}"


def shared_page(site: str, link: str) -> str:
    """The page for a report's ``links.shared``."""
    return f"{site}/shared/?token={link.rpartition('/')[2]}"


def _has_page(url: str) -> bool:
    try:
        response = Transport(url, read_timeout_seconds=5).send("GET", "report/")
    except (PokeError, RetryableError):
        return False
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return response.status_code == HTTPStatus.OK and is_html
