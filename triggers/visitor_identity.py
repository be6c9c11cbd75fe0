"""Gives every caller who is not signed in an identity of their own.

A visitor presents a token of 128 random bits that this API made. Browsers keep it in a cookie, and other
clients send it in a header. Only the token's hash, the owner, is stored.

Static Web Apps adds a Domain attribute to the cookies of an API, and browsers ignore a ``__Host-`` cookie
that has one. The same token is therefore also set as a ``__Secure-`` cookie; the ``__Host-`` cookie, which a
sibling domain cannot set, takes precedence. Source: Azure/static-web-apps issue 636. On the local host
without TLS, a cookie without a prefix is set as well, because not every browser accepts secure cookies there.
"""

import re
import secrets
from http import HTTPStatus
from urllib.parse import urlsplit

import azure.functions as func
from werkzeug.http import dump_cookie, parse_cookie

from triggers.responses import Problem

VISITOR_HEADER = "Poke-Visitor"
SECURE_COOKIES = ("__Host-visitor", "__Secure-visitor")
LOCAL_COOKIE = "visitor"
COOKIE_SECONDS = 400 * 24 * 3600
"""Browsers limit a cookie's age to 400 days. Source: RFC 6265bis, section 5.5."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def new_token() -> str:
    """128 random bits as 22 characters that are valid in a header, a cookie and a URL."""
    return secrets.token_urlsafe(16)


def token_of(request: func.HttpRequest) -> str | None:
    """The visitor token of the request. Raises Problem if its header is malformed.

    A malformed cookie counts as none, because the user of a browser cannot fix it.
    """
    header = request.headers.get(VISITOR_HEADER)
    if header is not None:
        if TOKEN.fullmatch(header):
            return str(header)
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            "invalid-visitor",
            "The visitor token is not valid",
            f"Send {VISITOR_HEADER} as an earlier response returned it, or leave it out to get a new one.",
        )
    cookies = parse_cookie(request.headers.get("Cookie"))
    found = (cookies.get(name, "") for name in _cookie_names(request))
    return next((token for token in found if TOKEN.fullmatch(token)), None)


def remember(request: func.HttpRequest, response: func.HttpResponse, token: str) -> func.HttpResponse:
    """Add the token to the response, as cookies and as a header."""
    response.headers[VISITOR_HEADER] = token
    for name in _cookie_names(request):
        cookie = dump_cookie(
            name,
            token,
            max_age=COOKIE_SECONDS,
            path="/",
            secure=name != LOCAL_COOKIE,
            httponly=True,
            samesite="Lax",
        )
        response.headers.add_header("Set-Cookie", cookie)
    return response


def _cookie_names(request: func.HttpRequest) -> tuple[str, ...]:
    url = urlsplit(request.url)
    is_local = url.scheme == "http" and url.hostname in LOOPBACK
    return (*SECURE_COOKIES, LOCAL_COOKIE) if is_local else SECURE_COOKIES
