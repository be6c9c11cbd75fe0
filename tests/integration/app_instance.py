"""An instance of the app as PokéAPI and the shared table see it, and a count of the requests it sends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from azure.data.tables import TableClient

from adapters.pokeapi import PokeApi
from adapters.pokeapi_cache import DocumentCache
from adapters.pokeapi_table import PokeApiTable
from tests.pokeapi_builders import pokeapi_settings
from tools.local.replica_control import stats


class Instance:
    """An instance of the app: its own cache in memory, backed by the table that all share."""

    def __init__(self, base_url: str, table: TableClient | Callable[[], TableClient]) -> None:
        opened: Callable[[], TableClient] = table if callable(table) else lambda: table
        self.cache = DocumentCache(PokeApiTable(base_url, opened))
        self.pokeapi = PokeApi(pokeapi_settings(base_url), self.cache)


def request_counts(base_url: str) -> dict[str, dict[str, int]]:
    resources: dict[str, dict[str, int]] = stats(base_url)["resources"]
    return resources


@contextmanager
def counting_requests(base_url: str) -> Iterator[dict[str, int]]:
    """Count the replica's responses to the block's requests, by outcome. The counts are set when it ends."""
    before, outcomes = request_counts(base_url), dict[str, int]()
    yield outcomes
    for resource, counts in request_counts(base_url).items():
        for outcome, count in counts.items():
            more = count - before.get(resource, {}).get(outcome, 0)
            if more:
                outcomes[outcome] = outcomes.get(outcome, 0) + more
