"""Routing of requests to functions, on a running host and in the router alone."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

from devhost.errors import CannotRunError
from devhost.functions import Function
from devhost.routes import Router
from tools.devhost.tests.host import APPS, Host, devhost_only, host_for

GUID = "0F8FAD5B-D9CB-469F-A165-70867728950E"


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_for(APPS / "routes", {"AzureWebJobs.off.Disabled": "true"}) as running:
        yield running


def route_of(host: Host, path: str, method: str = "GET") -> Any:
    """The name and the parameters of the function that responds; None for 404."""
    connection = HTTPConnection(host.url.removeprefix("http://"), timeout=30)
    connection.request(method, f"/api/{path}")  # other clients normalize the path
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status == 404:
        return None
    assert response.status == 200
    return body if method == "HEAD" else tuple(json.loads(body))


def test_the_first_matching_function_by_name_responds(host: Host) -> None:
    assert route_of(host, "by-name/x") == ("apple", {"a": "x"})
    assert route_of(host, "by-upper-case/x") == ("abfirst", {"a": "x"})


def test_a_catch_all_hides_the_functions_that_sort_after_it(host: Host) -> None:
    assert route_of(host, "hidden/exactly") == ("everything", {"rest": "exactly"})
    assert route_of(host, "shown/exactly") == ("a_literal", {})
    assert route_of(host, "shown/other") == ("the_rest", {"rest": "other"})


def test_a_function_with_another_method_is_skipped(host: Host) -> None:
    assert route_of(host, "methods/literal") == ("m1_get", {"x": "literal"})
    assert route_of(host, "methods/literal", "POST") == ("m2_post", {"y": "literal"})
    assert route_of(host, "methods/literal", "PUT") == ("m3_put", {})
    for method in ("DELETE", "OPTIONS", "HEAD"):
        assert route_of(host, "methods/literal", method) is None


def test_head_is_matched_like_any_other_method(host: Host) -> None:
    assert route_of(host, "methods/any/x", "HEAD") == b""
    assert route_of(host, "methods/get", "HEAD") == b""
    assert route_of(host, "methods/x", "HEAD") is None


def test_a_disabled_function_keeps_its_route(host: Host) -> None:
    assert route_of(host, "off/x") is None


def test_routes_ignore_case_and_one_trailing_slash_but_values_keep_their_case(host: Host) -> None:
    assert route_of(host, "mixed/case/Pikachu/") == ("mixed_case", {"X": "Pikachu"})
    assert route_of(host, "slash") == route_of(host, "slash/") == ("slash", {})
    for path in ("slash//", "/slash", "mixed//case/x", "mixed/case//x", "mixed/case"):
        assert route_of(host, path) is None, path


def test_optional_parameters_at_the_end_may_be_absent(host: Host) -> None:
    assert route_of(host, "optional") == route_of(host, "optional/") == ("optional", {})
    assert route_of(host, "optional/4") == ("optional", {"number": "4"})
    assert route_of(host, "optional/four") is None
    assert route_of(host, "pairs/1") == ("optional_second", {"a": "1"})
    assert route_of(host, "pairs/1/2") == ("optional_second", {"a": "1", "b": "2"})
    assert route_of(host, "pairs") is None
    assert route_of(host, "inside/x/end") == ("optional_inside", {"a": "x"})
    assert route_of(host, "inside/end") is None
    assert route_of(host, "defaults") == ("defaults", {"a": "1", "b": "2"})
    assert route_of(host, "defaults/3") == ("defaults", {"a": "3", "b": "2"})


def test_a_catch_all_matches_the_rest_of_the_path(host: Host) -> None:
    assert route_of(host, "files") == route_of(host, "files/") == ("files", {})
    for rest in ("a/B/c.txt", "a/B/", "a//b"):
        assert route_of(host, f"files/{rest}") == ("files", {"path": rest})
    assert route_of(host, "files//") is None
    assert route_of(host, "rest/5") == ("whole_number", {"path": "5"})
    for path in ("rest", "rest/5/6"):
        assert route_of(host, path) is None


def test_a_segment_may_combine_parameters_and_literals(host: Host) -> None:
    assert route_of(host, "exports/a.b.csv") == ("export", {"name": "a.b"})
    assert route_of(host, "exports/.csv") is None
    assert route_of(host, "parts/a-b-c") == ("two_parts", {"a": "a-b", "b": "c"})
    assert route_of(host, "parts/-b") is None


def test_escaped_characters_are_decoded_except_a_slash(host: Host) -> None:
    assert route_of(host, "by-name/Farfetch%27d%20%C3%A9") == ("apple", {"a": "Farfetch'd é"})
    assert route_of(host, "by-name/a%2Fb") == ("apple", {"a": "a%2Fb"})
    assert route_of(host, "by-name/a%2525b+c") == ("apple", {"a": "a%25b+c"})


@pytest.mark.parametrize(
    ("constraint", "accepted", "rejected"),
    [
        ("int", "5 -5 +5 %205", "5x 99999999999 five %D9%A3"),
        ("long", "99999999999", "99999999999999999999"),
        ("bool", "true False", "1 yes"),
        (
            "guid",
            f"{GUID} {GUID.replace('-', '')} %7B{GUID}%7D",
            "0F8FAD5B x",
        ),
        ("alpha", "aBc", "a1 %C3%A9"),
        ("decimal", "1.5 1,000", "1e5 ,5 x"),
        ("double", "1e5 1.5 .5 5. NaN", "x"),
        ("float", "1e5", "1e"),
        ("datetime", "2020-01-01 2020-01-01T10:00:00Z", "x"),
        ("required", "a", ""),
        ("length-3-", "abc", "ab abcd"),
        ("length-2-4-", "ab abcd", "a abcde"),
        ("minlength-3-", "abc abcd", "ab"),
        ("maxlength-3-", "a abc", "abcd"),
        ("min-3-", "3 99999999999", "2 x"),
        ("max-3-", "3 -4", "4"),
        ("range-1-5-", "1 5 +3", "0 6"),
        ("alpha-length-2-4-", "aBc", "abcde a1"),
        ("regex---a-z---2---d--", "ab7 AB7", "abc7"),
        ("regex-b-", "abc", "ac"),
    ],
)
def test_a_constraint_rejects_other_values(host: Host, constraint: str, accepted: str, rejected: str) -> None:
    for value in accepted.split(" "):
        assert route_of(host, f"constraints/{constraint}/{value}") is not None, value
    for value in rejected.split(" "):
        assert route_of(host, f"constraints/{constraint}/{value}") is None, value


@devhost_only("the constraint datetime accepts only ISO 8601")
def test_a_time_in_another_format_is_not_found(host: Host) -> None:
    assert route_of(host, "constraints/datetime/1-2-2020") is None


def function(name: str, route: str | None = None, *methods: str) -> Function:
    return Function(name, name, {"type": "httpTrigger", "route": route, "methods": methods}, (), ())


def test_the_router_works_without_a_host() -> None:
    router = Router([function("b", "{x}"), function("a", "{y}", "POST"), function("c")], "api")
    assert [route.function.name for route in router.routes] == ["a", "b", "c"]
    match = router.match("/api/7", "get")
    assert match is not None
    assert (match[0].function.name, match[1]) == ("b", {"x": "7"})
    match = router.match("/api/7", "POST")
    assert match is not None
    assert match[0].function.name == "a"
    assert router.match("/7", "POST") is None


def test_without_a_prefix_a_route_may_start_with_a_slash() -> None:
    match = Router([function("a", "/x/{y}")], "").match("/x/1", "GET")
    assert match is not None
    assert match[0].template == "x/{y}"


@pytest.mark.parametrize(
    ("route", "error"),
    [
        ("x/{y:color}", "'color'"),
        ("/x", "two consecutive slashes"),
        ("x//y", "two consecutive slashes"),
        ("x/{y", "not a valid template"),
        ("x/{*y}/z", "catch-all"),
        ("x/a{*y}", "catch-all"),
        ("x/{name}.{ext?}", "whole segments"),
        ("administer", "reserved for the host"),
        ("/Runtime/x", "reserved for the host"),
    ],
)
def test_an_invalid_route_is_rejected(route: str, error: str) -> None:
    with pytest.raises(CannotRunError, match=rf"function a: .*{error}"):
        Router([function("a", route)], "api")


def test_two_functions_may_share_a_route_only_with_different_methods() -> None:
    with pytest.raises(CannotRunError, match=r"function b: .* function a for the same method"):
        Router([function("b", "X/"), function("a", "x", "GET")], "api")
    Router([function("b", "x", "POST"), function("a", "x", "GET")], "api")
    Router([function("b", "{x}"), function("a", "{y}")], "api")
