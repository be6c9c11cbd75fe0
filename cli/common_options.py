"""The options of every command: the server, its headers, the retry timeout and the output format.

They are accepted before and after the command's name. The last value wins.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from .api import Api
from .output import print_message
from .retry_policy import RetryPolicy
from .transport import Transport
from .visitors import Visitors

DEFAULT_URL = "http://localhost:7071"
URL_VARIABLE = "POKE_URL"
HEADER_VALUE = re.compile(r"[\t\x20-\x7e\xa0-\xff]*")
HEADER = re.compile(rf"([!#$%&'*+.^_`|~0-9A-Za-z-]+):({HEADER_VALUE.pattern})")
"""A header's name, which is a token of RFC 9110, and the characters allowed in its value."""


@dataclass
class Invocation:
    """The values of the common options in one run of `poke`."""

    url: str = DEFAULT_URL
    url_is_option: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    retry_timeout_seconds: float = 60.0
    as_json: bool = False

    def api(self) -> Api:
        return Api(
            Transport(self.url, headers=self.headers, visitors=Visitors(print_message)),
            RetryPolicy(self.retry_timeout_seconds, print_message),
        )

    def command(self, arguments: str) -> str:
        """A command for the user to run next, on the same server."""
        return f"poke --url {self.url} {arguments}" if self.url_is_option else f"poke {arguments}"


pass_invocation = click.make_pass_decorator(Invocation, ensure=True)


class Url(click.ParamType[str]):
    """The address of a deployment. Adds a missing `http://` and removes `/api` at the end."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        url = value if "://" in value else f"http://{value}"
        try:
            parts = urlsplit(url)
            is_valid = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            is_valid = False
        if not is_valid:
            self.fail(f"{value!r} is not a URL such as https://reports.example.org.", param, ctx)
        return url.rstrip("/").removesuffix("/api")


class Header(click.ParamType[str]):
    name = "header"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not HEADER.fullmatch(value):
            self.fail(f"{value!r} is not a header such as 'Authorization: Bearer abc'.", param, ctx)
        return value


class HeaderValue(click.ParamType[str]):
    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not HEADER_VALUE.fullmatch(value):
            self.fail(f"{value!r} contains characters that are not allowed in an HTTP header.", param, ctx)
        return value


def common_options[F: Callable[..., Any]](command: F) -> F:
    """Add the common options to a command."""
    return _add_options(command, url_variable=None)


def group_options[F: Callable[..., Any]](command: F) -> F:
    """Add the common options to `poke` itself, where the environment may set the URL."""
    return _add_options(command, url_variable=URL_VARIABLE)


def _add_options[F: Callable[..., Any]](command: F, *, url_variable: str | None) -> F:
    options = [
        click.option(
            "--url",
            type=Url(),
            metavar="URL",
            envvar=url_variable,
            expose_value=False,
            callback=_store,
            help=f"Address of the Poke Queue server.  [default: ${URL_VARIABLE} or {DEFAULT_URL}]",
        ),
        click.option(
            "--header",
            "headers",
            type=Header(),
            multiple=True,
            metavar="'NAME: VALUE'",
            expose_value=False,
            callback=_store,
            help="Header to send, such as a cookie or a bearer token. Can be repeated.",
        ),
        click.option(
            "--retry-timeout",
            "retry_timeout_seconds",
            type=click.FloatRange(min=0),
            metavar="SECONDS",
            expose_value=False,
            callback=_store,
            help="How long to retry while the server is unavailable.  [default: 60]",
        ),
        click.option(
            "--json",
            "as_json",
            is_flag=True,
            expose_value=False,
            callback=_store,
            help="Print a JSON document, for scripts.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _store(context: click.Context, option: click.Parameter, value: Any) -> None:
    source = context.get_parameter_source(option.name or "")
    if option.name is None or source is ParameterSource.DEFAULT:
        return
    invocation = context.ensure_object(Invocation)
    if option.name == "headers":
        matches = [HEADER.fullmatch(header) for header in value]
        invocation.headers.update({match[1]: match[2].strip() for match in matches if match})
    else:
        setattr(invocation, option.name, value)
    if option.name == "url":
        invocation.url_is_option = source is ParameterSource.COMMANDLINE
