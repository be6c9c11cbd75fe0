"""Kept facts in Table Storage, next to the reports, where every instance of the app finds them.

One entity holds up to NEIGHBOURS documents of a resource, a property each. So a shard's Pokémon take
one read and one write, not fifty, and instances that write different documents of an entity at the same
time merge. Nothing here may hold up a report: calls end after seconds, and after a few that failed
the table is left alone.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode
from circuitbreaker import CircuitBreaker

from domain.events import tell_fault

VERSION = 2
"""Of the facts in the table. Raise it when `domain/pokedex.py` or how documents are read into it changes:
versions do not see each other's facts, so old and new instances can run side by side."""
NEIGHBOURS = 50
MAX_BYTES = 18 * 1024
"""Of one document. An entity may have 1 MiB and a property 64 KiB."""
PATIENCE: dict[str, Any] = {"connection_timeout": 1, "read_timeout": 1, "retry_total": 0}
"""For the client of the table, in seconds."""
FAILURES_BEFORE_PAUSE = 2
PAUSE_SECONDS = 60


class PokeApiTable:
    """``open_table`` gives the table's client; it may fail, and is then called again later.

    Facts are known by the base URL they came from: those of a replica are never another's.
    """

    def __init__(self, base_url: str, open_table: Callable[[], TableClient]) -> None:
        self._partition = f"v{VERSION}-{hashlib.sha256(base_url.encode()).hexdigest()[:16]}"
        self._open_table = open_table
        self._breaker = CircuitBreaker(FAILURES_BEFORE_PAUSE, PAUSE_SECONDS)

    def read(self, row: str) -> dict[int, Any]:
        """What is in the row's properties, by number: bytes, unless someone else wrote there."""
        return self._attempt(lambda table: self._read(table, row)) or {}

    def write(self, row: str, contents: Mapping[int, bytes]) -> None:
        """Add these documents to the row, in place of older ones; may fail without a word."""
        entity = {"PartitionKey": self._partition, "RowKey": row}
        properties = {f"N{number}": content for number, content in contents.items()}
        self._attempt(lambda table: table.upsert_entity(entity | properties, UpdateMode.MERGE))

    def _read(self, table: TableClient, row: str) -> dict[int, Any]:
        try:
            entity = table.get_entity(self._partition, row)
        except ResourceNotFoundError:
            return {}
        return {
            int(name[1:]): value
            for name, value in entity.items()
            if name.startswith("N") and name[1:].isdecimal()
        }

    def _attempt[T](self, call: Callable[[TableClient], T]) -> T | None:
        if self._breaker.opened:
            return None
        try:
            with self._breaker:
                return call(self._open_table())
        except Exception:  # noqa: BLE001 - whatever is wrong with the table, reports go on
            tell_fault("The table of PokéAPI's facts cannot be used.", level=logging.WARNING)
            return None


def row_of(resource: str, number: int) -> str:
    return f"{resource}-{number // NEIGHBOURS:06d}"
