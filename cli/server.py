"""The commands about the server itself: what can be asked for, and whether it is well."""

import click
from click.shell_completion import get_completion_class

from . import output
from .api import Json
from .faults import Exit
from .options import Invocation, common, pass_invocation

SHELLS = ("bash", "zsh", "fish")
COMPLETE_VARIABLE = "_POKE_COMPLETE"


@click.command()
@common
@pass_invocation
def types(invocation: Invocation) -> None:
    """List the types, with how many Pokémon each has.

    \b
    poke types
    """
    _write_names(invocation, invocation.api().types(), "types")


@click.command()
@common
@pass_invocation
def generations(invocation: Invocation) -> None:
    """List the generations, with their Pokémon counted.

    \b
    poke generations
    """
    _write_names(invocation, invocation.api().generations(), "generations")


@click.command()
@common
@pass_invocation
def health(invocation: Invocation) -> Exit:
    """Tell whether the server is well.

    It exits 4 where something that the server depends on cannot be reached.

    \b
    until poke health; do sleep 1; done
    """
    body = invocation.api().health()
    if invocation.as_json:
        output.write_json(body)
    else:
        rows = [
            (name, one["status"], one.get("reason", "")) for name, one in sorted(body["dependencies"].items())
        ]
        click.echo(output.table([("server", body["status"], ""), *rows]))
    return Exit.DONE if body["status"] == "ok" else Exit.UNREACHABLE


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Write what makes the Tab key complete.

    It completes commands, options, types, generations and reports.

    \b
    bash, in ~/.bashrc:                   eval "$(poke completion bash)"
    zsh, in ~/.zshrc after compinit:      eval "$(poke completion zsh)"
    fish, in ~/.config/fish/config.fish:  poke completion fish | source
    """
    completer = get_completion_class(shell)
    if completer is not None:
        click.echo(completer(context.find_root().command, {}, "poke", COMPLETE_VARIABLE).source())


def _write_names(invocation: Invocation, body: Json, kind: str) -> None:
    if invocation.as_json:
        output.write_json(body)
    else:
        rows = [(one["name"], str(one["pokemon_count"])) for one in body[kind]]
        click.echo(output.table([(kind[:-1].upper(), "POKÉMON"), *rows]))
