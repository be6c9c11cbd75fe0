"""The state of a shard while its calls run, and the rules for what to do next: see ``domain/fan_out.py``."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.messages import (
    FetchedPokemon,
    FetchPokemon,
    FetchShard,
    Receipt,
    Row,
    ShardProgress,
    ShardRows,
    StageRows,
)
from domain.report import Failure
from domain.selection import split


class ShardFanOut:
    """One run of a shard: its rows and failures so far, and the calls that remain."""

    def __init__(self, shard: FetchShard) -> None:
        self._shard = shard
        self._pokemon = shard.pokemon[: shard.options.shard_size]
        self._later = shard.pokemon[shard.options.shard_size :]
        self._carried_over = shard.carried_over or Receipt(shard.index, block_id=None, rows=0)
        self._rows: list[Row] = []
        self._failures: dict[int, Failure] = {}
        missing = frozenset(shard.missing)
        self._cached = tuple(pokemon for pokemon in self._pokemon if pokemon.id not in missing)
        to_fetch = [pokemon for pokemon in self._pokemon if pokemon.id in missing]
        self._batches = deque(split(to_fetch, shard.options.pokemon_per_activity))
        self._in_flight = 0
        self._reported = self._done

    @property
    def finished(self) -> bool:
        return not self._batches and not self._in_flight

    def start_next(self) -> list[FetchPokemon]:
        """The next group of calls, if all calls of the last group have ended."""
        size = 0 if self._in_flight else min(len(self._batches), self._shard.options.calls_at_once)
        self._in_flight += size
        return [FetchPokemon(self._batches.popleft(), self._shard.columns) for _ in range(size)]

    def on_completed(self, call: FetchPokemon, fetched: FetchedPokemon) -> None:
        """Collect a call's result. Each Pokémon that the call did not finish gets a call of its own."""
        self._in_flight -= 1
        self._rows.extend(fetched.rows)
        by_name = {pokemon.name: pokemon.id for pokemon in call.pokemon}
        self._failures |= {by_name[failure.pokemon]: failure for failure in fetched.failures}
        self._batches.extend((pokemon,) for pokemon in fetched.unfinished)

    def on_lost(self, call: FetchPokemon) -> None:
        """The result of a call arrived for another call, so it has to be repeated."""
        self._in_flight -= 1
        self._batches.append(call.pokemon)

    def on_failed(self, call: FetchPokemon, reason: str) -> None:
        """A call failed after its retries. A batch is split into single calls."""
        self._in_flight -= 1
        if not call.is_single:
            self._batches.extend((pokemon,) for pokemon in call.pokemon)
            return
        pokemon = call.pokemon[0]
        self._failures[pokemon.id] = Failure(pokemon.name, reason)

    def status(self) -> dict[str, Any]:
        return {"total": self._done + self._remaining, "done": self._done, "failed": self._failed}

    def progress_to_report(self) -> ShardProgress | None:
        """The progress to send to the report before the end of the shard, or None."""
        if self._done - self._reported < self._shard.progress_step or not self._remaining:
            return None
        self._reported = self._done
        return ShardProgress(self._shard.index, self._done, self._failed)

    def staging(self) -> StageRows:
        rows = tuple(sorted(self._rows, key=lambda row: row.pokemon_id))
        shard = self._shard
        kept = shard.kept.rows_of_run(shard.run, self._pokemon) if shard.kept else None
        staging = ShardRows(shard.index, self._cached, rows, shard.run, kept)
        return StageRows(shard.report, shard.columns, (staging,))

    def on_missing(self, ids: Sequence[int]) -> None:
        """The cache no longer has these Pokémon, so they are fetched before the rows can be staged."""
        missing = frozenset(ids)
        expired = [pokemon for pokemon in self._cached if pokemon.id in missing]
        self._cached = tuple(pokemon for pokemon in self._cached if pokemon.id not in missing)
        self._batches.extend(split(expired, self._shard.options.pokemon_per_activity))

    def on_not_staged(self, reason: str) -> Receipt:
        """The rows of this run could not be staged, so each of its Pokémon becomes a failure."""
        for pokemon in self._pokemon:
            self._failures.setdefault(pokemon.id, Failure(pokemon.name, reason))
        self._rows, self._cached = [], ()
        return Receipt(self._shard.index, block_id=None, rows=0)

    def receipt(self, staged: Receipt) -> Receipt:
        """The receipt of this run and of those before it, once its rows are staged."""
        return replace(
            staged,
            rows=self._carried_over.rows + staged.rows,
            failures=self._carried_over.failures + self.failures,
            failed_ids=self._carried_over.failed_ids + tuple(sorted(self._failures)),
            earlier_block_ids=self._carried_over.block_ids,
        )

    def end(self, receipt: Receipt) -> ShardProgress:
        """What to send to the report at the end of the shard."""
        failed = len(receipt.failures)
        return ShardProgress(self._shard.index, receipt.rows + failed, failed, receipt)

    def next_run(self, receipt: Receipt) -> FetchShard | None:
        """The rest of the shard, to continue as new with, or None after the last run."""
        if not self._later:
            return None
        return replace(self._shard, pokemon=self._later, run=self._shard.run + 1, carried_over=receipt)

    @property
    def fetched(self) -> int:
        """The Pokémon of this run that were fetched."""
        return len(self._rows)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The failures of this run, in id order."""
        return tuple(self._failures[key] for key in sorted(self._failures))

    @property
    def _done(self) -> int:
        return self._carried_over.rows + len(self._cached) + len(self._rows) + self._failed

    @property
    def _failed(self) -> int:
        return len(self._carried_over.failures) + len(self._failures)

    @property
    def _remaining(self) -> int:
        return len(self._shard.pokemon) - len(self._cached) - len(self._rows) - len(self._failures)
