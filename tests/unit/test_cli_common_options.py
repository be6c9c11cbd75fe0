"""The options of every command, before and after its name, and the environment variable."""

from typing import Any

import click
import pytest

from cli.common_options import DEFAULT_URL, Invocation, common_options, group_options


def parse(*arguments: str) -> Invocation:
    """The values that these arguments set. Raises the usage errors of click."""

    @click.group()
    @group_options
    def poke() -> None:
        pass

    @poke.command()
    @common_options
    def do() -> None:
        pass

    invocation = Invocation()
    poke.main(list(arguments), standalone_mode=False, obj=invocation)
    return invocation


def test_the_default_server_is_the_local_system() -> None:
    assert parse("do") == Invocation(DEFAULT_URL, url_is_option=False, headers={}, retry_timeout_seconds=60)


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example"),
        ("https://a.example/api/", "https://a.example"),
        ("localhost:7071", "http://localhost:7071"),
        ("https://a.example/behind/a/path", "https://a.example/behind/a/path"),
        ("http://[::1]:7071", "http://[::1]:7071"),
    ],
)
def test_a_url_is_accepted_without_scheme_and_with_the_path_of_the_api(value: str, url: str) -> None:
    assert parse("do", "--url", value).url == url


@pytest.mark.parametrize(
    "value", ["", "http://", "ftp://a.example", "http://a:port", "http://[::1", "file:///x"]
)
def test_an_invalid_url_is_a_usage_error(value: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a URL"):
        parse("do", "--url", value)


def test_the_last_value_of_an_option_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POKE_URL", "environment:1")

    assert parse("do").url == "http://environment:1"
    assert parse("--url", "before:1", "do").url == "http://before:1"
    assert parse("--url", "before:1", "do", "--url", "after:1").url == "http://after:1"
    assert parse("--retry-timeout", "5", "--json", "do") == Invocation(
        "http://environment:1", retry_timeout_seconds=5, as_json=True
    )


def test_headers_accumulate_and_are_split_at_their_first_colon() -> None:
    arguments = ("--header", "Cookie: a=b", "do", "--header", "X-Key:  k:1 ", "--header", "Cookie: c=d")

    assert parse(*arguments).headers == {"Cookie": "c=d", "X-Key": "k:1"}


@pytest.mark.parametrize("header", ["Cookie", ": a", "A B: c", "A: b\r\nC: d", "A: b\n", "A: \N{SNOWMAN}"])
def test_an_invalid_header_is_a_usage_error(header: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a header"):
        parse("do", "--header", header)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [(("do",), "poke show r1"), (("do", "--url", "there:1"), "poke --url http://there:1 show r1")],
)
def test_suggested_commands_use_the_same_server(arguments: Any, command: str) -> None:
    assert parse(*arguments).command("show r1") == command
