"""What PokéAPI said, kept as the facts that reports use: in memory, above the table that instances share.

How long facts are fresh, and what to do when they are not, is the client's to know.
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
"""Rows in memory, of at most NEIGHBOURS documents each: room for all there are, and some."""
REREAD_SECONDS = 60
"""After so long a row is read again for facts that it lacked: another instance may have brought them."""
WRITE_AFTER_SECONDS = 1
"""Long enough for the neighbours of what is to be written to arrive."""
ETAG = re.compile(r'(W/)?"[!#-~]*"')


@dataclass(frozen=True)
class Kept[T]:
    """``fresh_until`` is in seconds since 1970: every instance must understand it."""

    facts: T
    etag: Annotated[str, StringConstraints(pattern=f"^{ETAG.pattern}$")] | None
    fresh_until: float

    @property
    def is_fresh(self) -> bool:
        return time.time() < self.fresh_until


class Resource[T]:
    """A kind of document: where it is below the base URL, and how it is read into what facts."""

    def __init__(self, name: str, path: str, read: Callable[[Any], T], facts: type[T]) -> None:
        self.name = name
        self.path = path
        self.read = read
        self._facts = facts

    # Not made at import: it takes milliseconds, which a start would wait for.
    @cached_property
    def _json(self) -> TypeAdapter[Kept[T]]:
        return TypeAdapter(Kept[self._facts])  # type: ignore[name-defined]

    def pack(self, kept: Kept[T]) -> bytes:
        return zlib.compress(self._json.dump_json(kept))

    def unpack(self, content: bytes) -> Kept[T] | None:
        """None for anything but what ``pack`` makes."""
        try:
            return self._json.validate_json(zlib.decompress(content), strict=True)
        except (zlib.error, TypeError, ValueError):
            return None


@dataclass
class _Row:
    documents: dict[int, Kept[Any]] = field(default_factory=dict)
    read_at: float = float("-inf")
    reading: Lock = field(default_factory=Lock)


class DocumentCache:
    """To be shared among threads and clients. Without a table it keeps in memory alone."""

    def __init__(self, table: PokeApiTable | None = None) -> None:
        self._table = table
        self._rows: LRUCache[str, _Row] = LRUCache(MAX_ROWS)
        self._unwritten: dict[str, dict[int, bytes]] = {}
        self._lock = Lock()
        self._writing = Lock()

    def recall[T](self, resource: Resource[T], number: int) -> Kept[T] | None:
        """The facts, fresh or not, if they are in memory."""
        with self._lock:
            row = self._rows.get(row_of(resource.name, number))
        return row.documents.get(number) if row else None

    def find[T](self, resource: Resource[T], number: int) -> Kept[T] | None:
        """The facts, fresh or not, if they are kept in memory or in the table."""
        name = row_of(resource.name, number)
        row = self._row(name)
        found: Kept[T] | None = row.documents.get(number)
        if self._table is not None and not (found and found.is_fresh):
            # Whoever wants the same row meanwhile waits here and finds it read.
            with row.reading:
                if time.monotonic() - row.read_at > REREAD_SECONDS:
                    self._read(self._table, name, row, resource)
            found = row.documents.get(number)
        return found

    def keep[T](self, resource: Resource[T], number: int, kept: Kept[T]) -> None:
        """Keep the facts in memory now, and in the table soon."""
        name = row_of(resource.name, number)
        self._row(name).documents[number] = kept
        if self._table is None or len(content := resource.pack(kept)) > MAX_BYTES:
            return
        with self._lock:
            if not self._unwritten:
                writer = Timer(WRITE_AFTER_SECONDS, self.flush)
                writer.daemon = True
                writer.start()
            self._unwritten.setdefault(name, {})[number] = content

    def flush(self) -> None:
        """Write what is still to be written. What the table does not take is lost to others, no more."""
        if self._table is None:
            return
        with self._writing:
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
            read = resource.unpack(content)
            known = row.documents.get(number)
            if read and (known is None or known.fresh_until < read.fresh_until):
                row.documents[number] = read
        row.read_at = time.monotonic()
