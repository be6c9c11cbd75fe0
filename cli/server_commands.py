"""The commands about the server: types, generations and health."""

import click

from . import output
from .api import Json
from .common_options import Invocation, common_options, pass_invocation
from .errors import ExitStatus


@click.command()
@common_options
@pass_invocation
def types(invocation: Invocation) -> None:
    """List the Pokémon types with their number of Pokémon.

    \b
    poke types
    """
    _print_names(invocation, invocation.api().types(), "types")


@click.command()
@common_options
@pass_invocation
def generations(invocation: Invocation) -> None:
    """List the generations with their number of Pokémon.

    \b
    poke generations
    """
    _print_names(invocation, invocation.api().generations(), "generations")


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


def _print_names(invocation: Invocation, body: Json, kind: str) -> None:
    if invocation.as_json:
        output.print_json(body)
    else:
        rows = [(row["name"], str(row["pokemon_count"])) for row in body[kind]]
        click.echo(output.table([(kind[:-1].upper(), "POKÉMON"), *rows]))
