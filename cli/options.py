"""The options of every command: where the server is, what it is sent, how patiently, how it is told.

They may stand before the command's name or after it, as people write them; what comes last holds.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from .api import Api
from .patience import Patience
from .transport import Transport
from .waiting import say

DEFAULT_URL = "http://localhost:7071"
URL_VARIABLE = "POKE_URL"
HEADER_VALUE = re.compile(r"[\t\x20-\x7e\xa0-\xff]*")
HEADER = re.compile(rf"([!#$%&'*+.^_`|~0-9A-Za-z-]+):({HEADER_VALUE.pattern})")
"""A name, which is RFC 9110's token, and what its value may hold."""


@dataclass
class Invocation:
    """What the options of one run of `poke` come to."""

    url: str = DEFAULT_URL
    url_was_typed: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    patience: float = 60.0
    as_json: bool = False

    def api(self) -> Api:
        return Api(Transport(self.url, headers=self.headers), Patience(self.patience, say))

    def command(self, arguments: str) -> str:
        """A command that the user can give next, to the same server."""
        return f"poke --url {self.url} {arguments}" if self.url_was_typed else f"poke {arguments}"


pass_invocation = click.make_pass_decorator(Invocation, ensure=True)


class Url(click.ParamType[str]):
    """The address of a deployment; `http://` may be left out, and `/api` at its end is."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        url = value if "://" in value else f"http://{value}"
        try:
            parts = urlsplit(url)
            usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            self.fail(f"{value!r} is not an address such as https://reports.example.org.", param, ctx)
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
            self.fail(f"{value!r} has characters that an HTTP header cannot hold.", param, ctx)
        return value


def common[F: Callable[..., Any]](command: F) -> F:
    """Give a command the options of every command."""
    return _with_options(command, url_variable=None)


def common_and_environment[F: Callable[..., Any]](command: F) -> F:
    """The same for `poke` itself: what stands before the command's name, and what the environment says."""
    return _with_options(command, url_variable=URL_VARIABLE)


def _with_options[F: Callable[..., Any]](command: F, *, url_variable: str | None) -> F:
    options = [
        click.option(
            "--url",
            type=Url(),
            metavar="URL",
            envvar=url_variable,
            expose_value=False,
            callback=_keep,
            help=f"Where the Poke Queue is.  [default: ${URL_VARIABLE}, else {DEFAULT_URL}]",
        ),
        click.option(
            "--header",
            "headers",
            type=Header(),
            multiple=True,
            metavar="'NAME: VALUE'",
            expose_value=False,
            callback=_keep,
            help="Send this as well, such as a cookie or a bearer token. As often as you need it.",
        ),
        click.option(
            "--patience",
            type=click.FloatRange(min=0),
            metavar="SECONDS",
            expose_value=False,
            callback=_keep,
            help="How long to try again while the server does not answer.  [default: 60]",
        ),
        click.option(
            "--json",
            "as_json",
            is_flag=True,
            expose_value=False,
            callback=_keep,
            help="Write one JSON document, for programs.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _keep(context: click.Context, option: click.Parameter, value: Any) -> None:
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
        invocation.url_was_typed = source is ParameterSource.COMMANDLINE
