"""What the Tab key offers: names and reports that the server knows at that moment, or nothing."""

from collections.abc import Callable

import click
from click.shell_completion import CompletionItem

from .api import LARGEST_PAGE, Api, Json
from .faults import PokeError
from .options import Invocation
from .output import asked_for
from .patience import Patience
from .transport import Transport

ANSWER_SECONDS = 3.0
"""Who presses Tab does not wait longer."""

type Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _offering(ask: Callable[[Api], list[CompletionItem]]) -> Completer:
    def complete(context: click.Context, _option: click.Parameter, begun: str) -> list[CompletionItem]:
        invocation = context.ensure_object(Invocation)
        transport = Transport(invocation.url, headers=invocation.headers, answer_seconds=ANSWER_SECONDS)
        try:
            items = ask(Api(transport, Patience(0, say=lambda _: None)))
        except PokeError:
            return []
        return [item for item in items if item.value.startswith(begun)]

    return complete


def _counted(names: list[Json]) -> list[CompletionItem]:
    return [CompletionItem(one["name"], help=f"{one['pokemon_count']} Pokémon") for one in names]


def _reports(api: Api) -> list[CompletionItem]:
    reports, _ = api.page(LARGEST_PAGE, None, {})
    return [
        CompletionItem(report["id"], help=f"{report['status']}: {asked_for(report['request'])}")
        for report in reports
    ]


types = _offering(lambda api: _counted(api.types()["types"]))
generations = _offering(lambda api: _counted(api.generations()["generations"]))
reports = _offering(_reports)
