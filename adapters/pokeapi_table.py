"""The PokéAPI cache in Table Storage, which all instances of the app share.

One entity holds up to DOCUMENTS_PER_ROW documents of a resource, one property each. A shard's Pokémon thus
take one read and one write instead of fifty, and concurrent writes of different documents to one entity
merge. The cache must not delay a report: calls time out after a second, and a circuit breaker stops them
after a few failures.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.data.tables import TableClient, UpdateMode
from pybreaker import CircuitBreaker, CircuitBreakerError

from adapters import pokeapi_documents
from domain import pokedex
from domain.telemetry import log_exception


def hash_of_files(*sources: str) -> str:
    """A short hash of the contents of the files."""
    return hashlib.sha256(b"".join(Path(source).read_bytes() for source in sources)).hexdigest()[:8]


VERSION = hash_of_files(pokedex.__file__, pokeapi_documents.__file__)
"""The version of the entries in the table: a hash of the code that gives them their shape and meaning.
Versions do not see each other's entries, so old and new instances can run side by side."""
DOCUMENTS_PER_ROW = 50
MAX_BYTES = 18 * 1024
"""The largest document that is stored. Table Storage allows 1 MiB per entity and 64 KiB per property."""
TIMEOUTS: dict[str, Any] = {"connection_timeout": 1, "read_timeout": 1, "retry_total": 0}
"""Options for the table's client; the timeouts are in seconds."""
FAILURES_BEFORE_PAUSE = 2
PAUSE_SECONDS = 60


class PokeApiTable:
    """The table's rows for one base URL; rows of different base URLs are separate.

    ``open_table`` returns the table's client. If it raises, the next call tries again.
    """

    def __init__(self, base_url: str, open_table: Callable[[], TableClient]) -> None:
        self._partition = f"v{VERSION}-{hashlib.sha256(base_url.encode()).hexdigest()[:16]}"
        self._open_table = open_table
        self._breaker = CircuitBreaker(
            FAILURES_BEFORE_PAUSE, PAUSE_SECONDS, throw_new_error_on_trip=False, name="pokeapi-table"
        )

    def read(self, row: str) -> dict[int, Any]:
        """The row's documents by number (bytes, unless corrupt). Empty if the read fails."""
        return self._attempt(lambda table: self._read(table, row)) or {}

    def write(self, row: str, contents: Mapping[int, bytes]) -> None:
        """Add these documents to the row, or replace their older versions. Errors are logged, not raised."""
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
        try:
            # `calling` holds the breaker's lock for its state only; `call` would hold it during the request.
            with self._breaker.calling():
                return call(self._open_table())
        except CircuitBreakerError:
            return None
        except Exception:  # noqa: BLE001 - a report must not fail because of the cache
            log_exception("The table of the PokéAPI cache is unavailable.", level=logging.WARNING)
            return None


def row_of(resource: str, number: int) -> str:
    """The key of the row that holds the document."""
    return f"{resource}-{number // DOCUMENTS_PER_ROW:06d}"
