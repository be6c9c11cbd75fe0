"""The commands about the server: types, generations and health."""

import click

from . import output
from .api import Json
from .common_options import Invocation, common_options, pass_invocation
from .errors import ExitStatus
from .request_options import forms_option, generation_option, type_option


@click.command()
@generation_option
@forms_option
@common_options
@pass_invocation
def types(invocation: Invocation, generation: str | None, forms: bool | None) -> None:
    """List the Pokémon types with their number of Pokémon.

    \b
    poke types
    poke types --generation 3 --no-forms
    """
    body = invocation.api().types({"generation": generation, "include_forms": _boolean(forms)})
    _print_names(invocation, body, "types")


@click.command()
@type_option
@forms_option
@common_options
@pass_invocation
def generations(invocation: Invocation, type_: str | None, forms: bool | None) -> None:
    """List the generations with their number of Pokémon.

    \b
    poke generations
    poke generations --type water
    """
    body = invocation.api().generations({"type": type_, "include_forms": _boolean(forms)})
    _print_names(invocation, body, "generations")


@click.command()
@common_options
@pass_invocation
def health(invocation: Invocation) -> ExitStatus:
    """Check the server and its dependencies.

    The exit status is 4 if the server or a dependency is unavailable.

    \b
    until poke health; do sleep 1; done
    """
    body = invocation.api().health()
    if invocation.as_json:
        output.print_json(body)
    else:
        rows = [
            (name, dependency["status"], dependency.get("reason", ""))
            for name, dependency in sorted(body["dependencies"].items())
        ]
        click.echo(output.table([("server", body["status"], ""), *rows]))
    return ExitStatus.SUCCESS if body["status"] == "ok" else ExitStatus.UNREACHABLE


def _boolean(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()


def _print_names(invocation: Invocation, body: Json, kind: str) -> None:
    if invocation.as_json:
        output.print_json(body)
    else:
        rows = [(row["name"], str(row["pokemon_count"])) for row in body[kind]]
        click.echo(output.table([(kind[:-1].upper(), "POKÉMON"), *rows]))
