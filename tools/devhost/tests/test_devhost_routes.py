"""Which function a request reaches, on a running host and where the router is asked alone."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

from devhost.errors import CannotRunError
from devhost.functions import Function
from devhost.routes import Router
from tools.devhost.tests.devhost_process import APPS, Host, devhost_only, host_of

GUID = "0F8FAD5B-D9CB-469F-A165-70867728950E"


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_of(APPS / "routes", {"AzureWebJobs.off.Disabled": "true"}) as running:
        yield running


def picked(host: Host, path: str, method: str = "GET") -> Any:
    """The name and the parameters of the function that answers; None where none does."""
    connection = HTTPConnection(host.url.removeprefix("http://"), timeout=30)
    connection.request(method, f"/api/{path}")  # the path as it is: other clients mend what looks odd
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status == 404:
        return None
    assert answer.status == 200
    return body if method == "HEAD" else tuple(json.loads(body))


def test_of_two_that_fit_the_one_whose_name_sorts_first_answers(host: Host) -> None:
    assert picked(host, "by-name/x") == ("apple", {"a": "x"})
    assert picked(host, "by-upper-case/x") == ("abfirst", {"a": "x"})


def test_a_catch_all_hides_what_sorts_after_it(host: Host) -> None:
    assert picked(host, "hidden/exactly") == ("everything", {"rest": "exactly"})
    assert picked(host, "shown/exactly") == ("a_literal", {})
    assert picked(host, "shown/other") == ("the_rest", {"rest": "other"})


def test_another_method_leaves_a_request_to_the_functions_after_it(host: Host) -> None:
    assert picked(host, "methods/literal") == ("m1_get", {"x": "literal"})
    assert picked(host, "methods/literal", "POST") == ("m2_post", {"y": "literal"})
    assert picked(host, "methods/literal", "PUT") == ("m3_put", {})
    for method in ("DELETE", "OPTIONS", "HEAD"):
        assert picked(host, "methods/literal", method) is None


def test_head_is_a_method_like_any_other(host: Host) -> None:
    assert picked(host, "methods/any/x", "HEAD") == b""
    assert picked(host, "methods/get", "HEAD") == b""
    assert picked(host, "methods/x", "HEAD") is None


def test_a_disabled_function_keeps_its_route(host: Host) -> None:
    assert picked(host, "off/x") is None


def test_case_and_one_trailing_slash_are_ignored_but_values_keep_their_case(host: Host) -> None:
    assert picked(host, "mixed/case/Pikachu/") == ("mixed_case", {"X": "Pikachu"})
    assert picked(host, "slash") == picked(host, "slash/") == ("slash", {})
    for path in ("slash//", "/slash", "mixed//case/x", "mixed/case//x", "mixed/case"):
        assert picked(host, path) is None, path


def test_parameters_at_the_end_may_be_absent(host: Host) -> None:
    assert picked(host, "optional") == picked(host, "optional/") == ("optional", {})
    assert picked(host, "optional/4") == ("optional", {"number": "4"})
    assert picked(host, "optional/four") is None
    assert picked(host, "pairs/1") == ("optional_second", {"a": "1"})
    assert picked(host, "pairs/1/2") == ("optional_second", {"a": "1", "b": "2"})
    assert picked(host, "pairs") is None
    assert picked(host, "inside/x/end") == ("optional_inside", {"a": "x"})
    assert picked(host, "inside/end") is None
    assert picked(host, "defaults") == ("defaults", {"a": "1", "b": "2"})
    assert picked(host, "defaults/3") == ("defaults", {"a": "3", "b": "2"})


def test_a_catch_all_takes_the_rest_with_its_slashes(host: Host) -> None:
    assert picked(host, "files") == picked(host, "files/") == ("files", {})
    for rest in ("a/B/c.txt", "a/B/", "a//b"):
        assert picked(host, f"files/{rest}") == ("files", {"path": rest})
    assert picked(host, "files//") is None
    assert picked(host, "rest/5") == ("whole_number", {"path": "5"})
    for path in ("rest", "rest/5/6"):
        assert picked(host, path) is None


def test_a_segment_may_have_parameters_and_literals(host: Host) -> None:
    assert picked(host, "exports/a.b.csv") == ("export", {"name": "a.b"})
    assert picked(host, "exports/.csv") is None
    assert picked(host, "parts/a-b-c") == ("two_parts", {"a": "a-b", "b": "c"})
    assert picked(host, "parts/-b") is None


def test_escaped_characters_arrive_decoded_except_a_slash(host: Host) -> None:
    assert picked(host, "by-name/Farfetch%27d%20%C3%A9") == ("apple", {"a": "Farfetch'd é"})
    assert picked(host, "by-name/a%2Fb") == ("apple", {"a": "a%2Fb"})
    assert picked(host, "by-name/a%2525b+c") == ("apple", {"a": "a%25b+c"})


@pytest.mark.parametrize(
    ("constraint", "accepted", "refused"),
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
def test_a_constraint_keeps_other_values_away(
    host: Host, constraint: str, accepted: str, refused: str
) -> None:
    for value in accepted.split(" "):
        assert picked(host, f"constraints/{constraint}/{value}") is not None, value
    for value in refused.split(" "):
        assert picked(host, f"constraints/{constraint}/{value}") is None, value


@devhost_only("the constraint datetime takes ISO 8601 only")
def test_a_time_in_another_notation_is_not_found(host: Host) -> None:
    assert picked(host, "constraints/datetime/1-2-2020") is None


def function(name: str, route: str | None = None, *methods: str) -> Function:
    return Function(name, name, {"type": "httpTrigger", "route": route, "methods": methods}, (), ())


def test_the_router_can_be_asked_without_a_host() -> None:
    router = Router([function("b", "{x}"), function("a", "{y}", "POST"), function("c")], "api")
    assert [route.function.name for route in router.routes] == ["a", "b", "c"]
    found = router.match("/api/7", "get")
    assert found is not None
    assert (found[0].function.name, found[1]) == ("b", {"x": "7"})
    found = router.match("/api/7", "POST")
    assert found is not None
    assert found[0].function.name == "a"
    assert router.match("/7", "POST") is None


def test_without_a_prefix_a_route_may_begin_with_a_slash() -> None:
    found = Router([function("a", "/x/{y}")], "").match("/x/1", "GET")
    assert found is not None
    assert found[0].template == "x/{y}"


@pytest.mark.parametrize(
    ("route", "fault"),
    [
        ("x/{y:colour}", "'colour'"),
        ("/x", "two slashes"),
        ("x//y", "two slashes"),
        ("x/{y", "not a valid template"),
        ("x/{*y}/z", "catch-all"),
        ("x/a{*y}", "catch-all"),
        ("x/{name}.{ext?}", "whole segments"),
        ("administer", "the host's own"),
        ("/Runtime/x", "the host's own"),
    ],
)
def test_a_route_that_would_not_be_served_is_refused(route: str, fault: str) -> None:
    with pytest.raises(CannotRunError, match=rf"function a: .*{fault}"):
        Router([function("a", route)], "api")


def test_one_route_of_two_functions_is_refused_only_for_one_method() -> None:
    with pytest.raises(CannotRunError, match=r"function b: .* function a, for the same method"):
        Router([function("b", "X/"), function("a", "x", "GET")], "api")
    Router([function("b", "x", "POST"), function("a", "x", "GET")], "api")
    Router([function("b", "{x}"), function("a", "{y}")], "api")
