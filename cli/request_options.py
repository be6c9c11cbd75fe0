"""The options that describe a request, of `report` and `preview`."""

import re
from collections.abc import Callable
from typing import Any

import click

from .api import Json
from .shell_completion import complete_generations, complete_types

ROMAN_DIGITS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
FIELDS = {
    "type_": "type",
    "generation": "generation",
    "forms": "include_forms",
    "sample": "sample_size",
    "seed": "seed",
    "columns": "columns",
}
"""The fields of the request by the parameters of the options."""


def generation_name(text: str) -> str:
    """The name of a generation. Its number is enough: 3 and iii are generation-iii."""
    number = text.strip().lower()
    if re.fullmatch(r"[1-9]\d?", number):
        number = _roman(int(number))
    return f"generation-{number}" if re.fullmatch("[ivx]+", number) else text


def type_option[F: Callable[..., Any]](command: F) -> F:
    return click.option(
        *("-t", "--type", "type_"),
        metavar="NAME",
        shell_complete=complete_types,
        help="Pokémon type, such as electric.",
    )(command)


def generation_option[F: Callable[..., Any]](command: F) -> F:
    return click.option(
        *("-g", "--generation"),
        type=generation_name,
        metavar="NAME",
        shell_complete=complete_generations,
        help="Generation, such as generation-iii, iii or 3.",
    )(command)


def forms_option[F: Callable[..., Any]](command: F) -> F:
    return click.option(
        "--forms/--no-forms",
        default=None,
        help="Include or exclude forms such as mega evolutions.  [default: --forms]",
    )(command)


def request_options[F: Callable[..., Any]](command: F) -> F:
    """Add the options of a request. The command passes their values to ``request_of``."""
    options = [
        type_option,
        generation_option,
        forms_option,
        click.option(
            "-n", "--sample", type=int, metavar="COUNT", help="Size of a random sample.  [default: all]"
        ),
        click.option(
            "--seed",
            type=int,
            metavar="NUMBER",
            help="Seed of the sample: the same seed gives the same sample.",
        ),
        click.option(
            *("-c", "--columns"),
            metavar="NAMES",
            help="Columns, separated by commas, such as name,hp,speed.  [default: all]",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def request_of(options: Json) -> Json:
    """The request that the options describe, without those that were not given."""
    fields = {FIELDS[name]: value for name, value in options.items() if value is not None}
    if "columns" in fields:
        fields["columns"] = [name.strip() for name in fields["columns"].split(",")]
    return fields


def _roman(number: int) -> str:
    text = ""
    for value, digits in ROMAN_DIGITS:
        text += digits * (number // value)
        number %= value
    return text
