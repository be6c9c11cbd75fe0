"""Shell completion: the `completion` command, and completers that query the server.

Completers offer nothing if the server is unreachable.
"""

from collections.abc import Callable

import click
from click.shell_completion import CompletionItem, get_completion_class

from .api import MAX_PAGE_SIZE, Api, Json
from .common_options import Invocation
from .errors import PokeError
from .output import describe
from .retry_policy import RetryPolicy
from .transport import Transport

SHELLS = ("bash", "zsh", "fish")
COMPLETE_VARIABLE = "_POKE_COMPLETE"
READ_TIMEOUT_SECONDS = 3.0
"""Short, because the user waits at the prompt."""

type Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the shell code that enables Tab completion.

    It completes commands, options, types, generations and reports.

    \b
    bash, in ~/.bashrc:                   eval "$(poke completion bash)"
    zsh, in ~/.zshrc after compinit:      eval "$(poke completion zsh)"
    fish, in ~/.config/fish/config.fish:  poke completion fish | source
    """
    completion_class = get_completion_class(shell)
    if completion_class is not None:
        click.echo(completion_class(context.find_root().command, {}, "poke", COMPLETE_VARIABLE).source())


def _completer(load_items: Callable[[Api], list[CompletionItem]]) -> Completer:
    def complete(context: click.Context, _option: click.Parameter, prefix: str) -> list[CompletionItem]:
        invocation = context.ensure_object(Invocation)
        transport = Transport(
            invocation.url, headers=invocation.headers, read_timeout_seconds=READ_TIMEOUT_SECONDS
        )
        try:
            items = load_items(Api(transport, RetryPolicy(0, print_message=lambda _: None)))
        except PokeError:
            return []
        return [item for item in items if item.value.startswith(prefix)]

    return complete


def _name_items(rows: list[Json]) -> list[CompletionItem]:
    return [CompletionItem(row["name"], help=f"{row['pokemon_count']} Pokémon") for row in rows]


def _report_items(api: Api) -> list[CompletionItem]:
    reports, _ = api.list_page(MAX_PAGE_SIZE, None, {})
    return [
        CompletionItem(report["id"], help=f"{report['status']}: {describe(report)}") for report in reports
    ]


complete_types = _completer(lambda api: _name_items(api.types()["types"]))
complete_generations = _completer(lambda api: _name_items(api.generations()["generations"]))
complete_reports = _completer(_report_items)
