"""What stands before and after a command's name, and what the environment says."""

from typing import Any

import click
import pytest

from cli.options import DEFAULT_URL, Invocation, common, common_and_environment


def options_of(*arguments: str) -> Invocation:
    """What one run with these arguments comes to; a usage fault is raised."""

    @click.group()
    @common_and_environment
    def poke() -> None:
        pass

    @poke.command()
    @common
    def do() -> None:
        pass

    invocation = Invocation()
    poke.main(list(arguments), standalone_mode=False, obj=invocation)
    return invocation


def test_without_options_the_local_system_is_asked() -> None:
    assert options_of("do") == Invocation(DEFAULT_URL, url_was_typed=False, headers={}, patience=60)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example"),
        ("https://a.example/api/", "https://a.example"),
        ("localhost:7071", "http://localhost:7071"),
        ("https://a.example/behind/a/path", "https://a.example/behind/a/path"),
        ("http://[::1]:7071", "http://[::1]:7071"),
    ],
)
def test_an_address_is_taken_as_people_write_it(given: str, url: str) -> None:
    assert options_of("do", "--url", given).url == url


@pytest.mark.parametrize(
    "given", ["", "http://", "ftp://a.example", "http://a:port", "http://[::1", "file:///x"]
)
def test_what_is_no_address_is_a_usage_fault(given: str) -> None:
    with pytest.raises(click.BadParameter, match="is not an address"):
        options_of("do", "--url", given)


def test_what_comes_last_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKE_URL", "environment:1")

    assert options_of("do").url == "http://environment:1"
    assert options_of("--url", "before:1", "do").url == "http://before:1"
    assert options_of("--url", "before:1", "do", "--url", "after:1").url == "http://after:1"
    assert options_of("--patience", "5", "--json", "do") == Invocation(
        "http://environment:1", patience=5, as_json=True
    )


def test_headers_add_up_and_are_split_at_their_first_colon() -> None:
    given = ("--header", "Cookie: a=b", "do", "--header", "X-Key:  k:1 ", "--header", "Cookie: c=d")

    assert options_of(*given).headers == {"Cookie": "c=d", "X-Key": "k:1"}


@pytest.mark.parametrize("header", ["Cookie", ": a", "A B: c", "A: b\r\nC: d", "A: b\n", "A: \N{SNOWMAN}"])
def test_what_is_no_header_is_a_usage_fault(header: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a header"):
        options_of("do", "--header", header)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [(("do",), "poke show r1"), (("do", "--url", "there:1"), "poke --url http://there:1 show r1")],
)
def test_hints_ask_the_same_server_again(arguments: Any, hint: str) -> None:
    assert options_of(*arguments).command("show r1") == hint
