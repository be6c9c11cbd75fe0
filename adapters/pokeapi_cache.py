"""The cache of parsed PokéAPI documents: memory, backed by the table that all instances share.

The client decides how long an entry is fresh, and revalidates it when it is not.
"""

import re
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock, Timer
from typing import Annotated, Any

from cachetools import LRUCache
from pydantic import StringConstraints, TypeAdapter

from adapters.pokeapi_table import MAX_BYTES, PokeApiTable, row_of

MAX_ROWS = 64
"""Rows in memory, of at most DOCUMENTS_PER_ROW documents each. All of PokéAPI's documents fit."""
NEGATIVE_CACHE_TTL_SECONDS = 60
"""After this time a row is read again for documents that it lacked, which another instance may have added."""
WRITE_DELAY_SECONDS = 1
"""Collects the documents of one row into one write."""
MAX_DOCUMENT_BYTES = 4 * 1024 * 1024
"""The largest document that is read, decoded. PokéAPI's largest Pokémon has 559 KB."""
ETAG = re.compile(r'(W/)?"[!#-~]*"')


@dataclass(frozen=True)
class CacheEntry[T]:
    """A parsed document. Times are in Unix seconds, because instances share it.

    ``transferred_at`` is when PokéAPI last sent the document itself, and not only that it is unchanged.
    """

    value: T
    etag: Annotated[str, StringConstraints(pattern=f"^{ETAG.pattern}$")] | None
    fresh_until: float
    transferred_at: float = 0

    @property
    def is_fresh(self) -> bool:
        return time.time() < self.fresh_until


class Resource[T]:
    """A kind of document: its path below the base URL, its parser, the type that the parser returns, and the
    size of the largest document."""

    def __init__(
        self,
        name: str,
        path: str,
        parse: Callable[[Any], T],
        model: type[T],
        max_bytes: int = MAX_DOCUMENT_BYTES,
    ) -> None:
        self.name = name
        self.path = path
        self.parse = parse
        self.max_bytes = max_bytes
        self._model = model

    # Built at first use: it takes milliseconds, which would slow down every start.
    @cached_property
    def _json(self) -> TypeAdapter[CacheEntry[T]]:
        return TypeAdapter(CacheEntry[self._model])  # type: ignore[name-defined]

    def pack(self, entry: CacheEntry[T]) -> bytes:
        return zlib.compress(self._json.dump_json(entry))

    def unpack(self, content: bytes) -> CacheEntry[T] | None:
        """Return None for anything that ``pack`` does not produce."""
        try:
            return self._json.validate_json(zlib.decompress(content), strict=True)
        except (zlib.error, TypeError, ValueError):
            return None


@dataclass
class _Row:
    entries: dict[int, CacheEntry[Any]] = field(default_factory=dict)
    read_at: float = float("-inf")
    """When the table's row was last read, on the monotonic clock."""
    lock: Lock = field(default_factory=Lock)
    """Held while the table's row is read."""


class DocumentCache:
    """Can be shared by threads and by clients. Without a table it is a cache in memory."""

    def __init__(self, table: PokeApiTable | None = None) -> None:
        self._table = table
        self._rows: LRUCache[str, _Row] = LRUCache(MAX_ROWS)
        self._unwritten: dict[str, dict[int, bytes]] = {}
        self._lock = Lock()
        self._write_lock = Lock()

    def peek[T](self, resource: Resource[T], number: int) -> CacheEntry[T] | None:
        """The entry in memory, fresh or stale."""
        with self._lock:
            row = self._rows.get(row_of(resource.name, number))
        return row.entries.get(number) if row else None

    def get[T](self, resource: Resource[T], number: int) -> CacheEntry[T] | None:
        """The entry in memory or in the table, fresh or stale."""
        name = row_of(resource.name, number)
        row = self._row(name)
        entry: CacheEntry[T] | None = row.entries.get(number)
        if self._table is not None and not (entry and entry.is_fresh):
            # Other threads that need the same row wait here for this read.
            with row.lock:
                if time.monotonic() - row.read_at > NEGATIVE_CACHE_TTL_SECONDS:
                    self._read(self._table, name, row, resource)
            entry = row.entries.get(number)
        return entry

    def put[T](self, resource: Resource[T], number: int, entry: CacheEntry[T]) -> None:
        """Store the entry in memory now, and in the table after WRITE_DELAY_SECONDS."""
        name = row_of(resource.name, number)
        self._row(name).entries[number] = entry
        if self._table is None or len(content := resource.pack(entry)) > MAX_BYTES:
            return
        with self._lock:
            if not self._unwritten:
                writer = Timer(WRITE_DELAY_SECONDS, self.flush)
                writer.daemon = True
                writer.start()
            self._unwritten.setdefault(name, {})[number] = content

    def flush(self) -> None:
        """Write the pending entries to the table. Entries that cannot be written stay in memory only."""
        if self._table is None:
            return
        with self._write_lock:
            with self._lock:
                unwritten, self._unwritten = self._unwritten, {}
            for name, contents in unwritten.items():
                self._table.write(name, contents)

    def _row(self, name: str) -> _Row:
        with self._lock:
            row = self._rows.get(name)
            if row is None:
                row = self._rows[name] = _Row()
            return row

    @staticmethod
    def _read(table: PokeApiTable, name: str, row: _Row, resource: Resource[Any]) -> None:
        for number, content in table.read(name).items():
            stored = resource.unpack(content)
            current = row.entries.get(number)
            if stored and (current is None or current.fresh_until < stored.fresh_until):
                row.entries[number] = stored
        row.read_at = time.monotonic()
