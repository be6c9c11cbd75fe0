from http import HTTPStatus

import azure.functions as func
import pytest

from domain.owners import owner_of_visitor
from triggers.caller_identity import identify
from triggers.responses import Problem, json_response
from triggers.visitor_identity import SECURE_COOKIES, VISITOR_HEADER, new_token

TOKEN, OTHER = "A" * 22, "B" * 22
AZURE, LOCAL = "https://site.example/api/reports", "http://localhost:7071/api/reports"


def request(url: str = AZURE, **headers: str) -> func.HttpRequest:
    return func.HttpRequest("GET", url, headers=headers, body=b"")


def cookies(call: func.HttpRequest) -> list[str]:
    found: list[str] = identify(call).remembered(call, json_response({})).headers.get_all("Set-Cookie")
    return found


def test_a_token_has_128_random_bits() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {22}


def test_a_caller_without_an_identity_gets_one_in_the_response() -> None:
    call = request()
    caller = identify(call)
    response = caller.remembered(call, json_response({}))
    token = response.headers[VISITOR_HEADER]
    assert caller.owner == owner_of_visitor(token)
    for name, cookie in zip(SECURE_COOKIES, response.headers.get_all("Set-Cookie"), strict=True):
        value, *attributes = cookie.split("; ")
        assert value == f"{name}={token}"
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=34560000"} <= set(attributes)
        assert "domain" not in cookie.lower()


def test_two_callers_without_an_identity_are_different_owners() -> None:
    assert identify(request()).owner != identify(request()).owner


def test_on_the_local_host_one_of_the_cookies_is_not_secure() -> None:
    *secure, local = cookies(request(LOCAL))
    assert len(secure) == 2
    assert local.startswith("visitor=")
    assert "Secure" not in local


@pytest.mark.parametrize(
    "headers",
    [
        {VISITOR_HEADER: TOKEN},
        {"Cookie": f"__Host-visitor={TOKEN}"},
        {"Cookie": f"__Secure-visitor={TOKEN}"},
        {"Cookie": f"__Secure-visitor={OTHER}; __Host-visitor={TOKEN}"},
        {"Cookie": f"__Host-visitor=short; __Secure-visitor={TOKEN}"},
        {"Cookie": f"__Host-visitor={OTHER}", VISITOR_HEADER: TOKEN},
    ],
)
def test_the_same_token_is_the_same_owner_and_is_not_set_again(headers: dict[str, str]) -> None:
    call = request(**headers)
    assert identify(call).owner == owner_of_visitor(TOKEN)
    assert cookies(call) == []


def test_the_cookie_without_a_prefix_counts_only_on_the_local_host() -> None:
    cookie = {"Cookie": f"visitor={TOKEN}"}
    assert identify(request(LOCAL, **cookie)).owner == owner_of_visitor(TOKEN)
    assert identify(request(AZURE, **cookie)).owner != owner_of_visitor(TOKEN)
    assert identify(request("http://site.example/api/reports", **cookie)).owner != owner_of_visitor(TOKEN)


@pytest.mark.parametrize(
    "cookie", ["__Host-visitor=", "__Host-visitor=<script>", "a;b==;;", "__Host-visitor=" + "A" * 5000]
)
def test_a_malformed_cookie_is_replaced(cookie: str) -> None:
    assert len(cookies(request(Cookie=cookie))) == 2


@pytest.mark.parametrize("token", ["", "short", "A" * 23, "A" * 21 + "é", "A" * 21 + " "])
def test_a_malformed_header_is_rejected(token: str) -> None:
    with pytest.raises(Problem) as caught:
        identify(request(**{VISITOR_HEADER: token}))
    assert caught.value.status is HTTPStatus.BAD_REQUEST
    assert caught.value.body["type"] == "urn:poke-queue:problem:invalid-visitor"


def test_the_owner_does_not_contain_the_token() -> None:
    assert TOKEN not in owner_of_visitor(TOKEN)
