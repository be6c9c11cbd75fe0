"""What a report and its shards know while their calls are under way, and what to do next.

The orchestrators feed what came back and start what is asked for; every rule in between is here,
where it can be tested without an engine. Nothing here may depend on anything but what was fed:
the orchestrators rebuild it at every replay.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.messages import (
    FetchedPokemon,
    FetchPokemon,
    FetchShard,
    GenerateReport,
    Pace,
    Plan,
    PublishReport,
    Receipt,
    RecordProgress,
    Row,
    ShardProgress,
    StageRows,
)
from domain.pokedex import PokemonRef
from domain.report import Failure
from domain.selection import progress_step, split


class ReportFanOut:
    """A report's shards: those to start, those under way, and the receipts of those that ended."""

    def __init__(self, order: GenerateReport, plan: Plan) -> None:
        self._order = order
        self._total = len(plan.pokemon)
        step = progress_step(self._total)
        self._shards = [
            FetchShard(
                report_id=order.report_id,
                owner=order.owner,
                index=index,
                pokemon=pokemon,
                columns=order.request.columns,
                progress_step=step,
                pace=order.pace,
            )
            for index, pokemon in enumerate(split(plan.pokemon, _shard_length(self._total, order.pace)))
        ]
        self._started = 0
        self._receipts: dict[int, Receipt] = {}
        self._heard: dict[int, ShardProgress] = {}
        self._recorded = 0
        self._step = step

    @property
    def finished(self) -> bool:
        return len(self._receipts) == len(self._shards)

    def start_next(self) -> list[FetchShard]:
        """The shards to start now, so that no more than the pace allows are under way."""
        under_way = self._started - len(self._receipts)
        room = self._order.pace.shards_in_flight - under_way
        starting = self._shards[self._started : self._started + room]
        self._started += len(starting)
        return starting

    def heard(self, progress: ShardProgress) -> None:
        """A shard told how far it is; what arrives late is old news."""
        known = self._heard.get(progress.index)
        if known is None or known.done < progress.done:
            self._heard[progress.index] = progress

    def ended(self, receipt: Receipt) -> None:
        size, failed = len(self._shards[receipt.index].pokemon), len(receipt.failures)
        self._receipts[receipt.index] = receipt
        self._heard[receipt.index] = ShardProgress(receipt.index, size, failed)

    def broke(self, index: int, reason: str) -> None:
        """A shard failed as a whole: so did each of its Pokémon, and the others are still reported."""
        failures = tuple(Failure(pokemon.name, reason) for pokemon in self._shards[index].pokemon)
        self.ended(Receipt(index, block_id=None, rows=0, failures=failures))

    def status(self) -> dict[str, Any]:
        return {
            "phase": "publishing" if self.finished else "fetching",
            "total": self._total,
            "done": self._done,
            "failed": self._failed,
        }

    def progress_to_record(self) -> RecordProgress | None:
        """The progress, where it has grown enough since it was last recorded."""
        if self._done - self._recorded < self._step:
            return None
        self._recorded = self._done
        return RecordProgress(self._order.report_id, self._order.owner, self._done, self._failed)

    def publication(self) -> PublishReport:
        receipts = [self._receipts[index] for index in sorted(self._receipts)]
        return PublishReport(
            report_id=self._order.report_id,
            owner=self._order.owner,
            columns=self._order.request.columns,
            block_ids=tuple(block_id for receipt in receipts for block_id in receipt.block_ids),
            rows=sum(receipt.rows for receipt in receipts),
            failures=tuple(failure for receipt in receipts for failure in receipt.failures),
        )

    @property
    def _done(self) -> int:
        return sum(progress.done for progress in self._heard.values())

    @property
    def _failed(self) -> int:
        return sum(progress.failed for progress in self._heard.values())


def _shard_length(total: int, pace: Pace) -> int:
    """A report's own orchestrator is replayed for each of its shards, so their number is bounded too."""
    return max(pace.shard_size, math.ceil(total / pace.most_shards)) if pace.most_shards else pace.shard_size


class ShardFanOut:
    """One run of a shard: rows and failures so far, and the calls that are still to be made."""

    def __init__(self, shard: FetchShard) -> None:
        self._shard = shard
        self._pokemon = shard.pokemon[: shard.pace.shard_size]
        self._later = shard.pokemon[shard.pace.shard_size :]
        self._left = shard.left or Receipt(shard.index, block_id=None, rows=0)
        self._rows: list[Row] = []
        self._failures: dict[int, Failure] = {}
        self._told = self._done

    def calls(self) -> list[FetchPokemon]:
        """The calls that start the shard: one per Pokémon, or one per batch of them."""
        return self._calls(split(self._pokemon, self._shard.pace.pokemon_per_activity))

    def fetched(self, call: FetchPokemon, fetched: FetchedPokemon) -> list[FetchPokemon]:
        """Take what a call brought; returns the calls of the Pokémon that it could not finish."""
        self._rows.extend(fetched.rows)
        by_name = {pokemon.name: pokemon.id for pokemon in call.pokemon}
        self._failures |= {by_name[failure.pokemon]: failure for failure in fetched.failures}
        return self._calls([(pokemon,) for pokemon in fetched.unfinished])

    def broke(self, call: FetchPokemon, reason: str) -> list[FetchPokemon]:
        """A call failed for good: a batch is tried again one by one, a single Pokémon has failed."""
        if not call.alone:
            return self._calls([(pokemon,) for pokemon in call.pokemon])
        pokemon = call.pokemon[0]
        self._failures[pokemon.id] = Failure(pokemon.name, reason)
        return []

    def status(self) -> dict[str, Any]:
        return {"total": self._done + self._to_do, "done": self._done, "failed": self._failed}

    def progress_to_tell(self) -> ShardProgress | None:
        """The progress, where the report should hear of it; the shard's end it learns by the receipt."""
        if self._done - self._told < self._shard.progress_step or not self._to_do:
            return None
        self._told = self._done
        return ShardProgress(self._shard.index, self._done, self._failed)

    def staging(self) -> StageRows:
        rows = tuple(sorted(self._rows, key=lambda row: row.pokemon_id))
        return StageRows(self._shard.report_id, self._shard.owner, self._shard.index, rows, self._shard.run)

    def receipt(self, staged: Receipt) -> Receipt:
        """What this run and those before it left, once its rows are staged."""
        return replace(
            staged,
            rows=self._left.rows + staged.rows,
            failures=self._left.failures + self.failures,
            earlier_block_ids=self._left.block_ids,
        )

    def next_run(self, receipt: Receipt) -> FetchShard | None:
        """The rest of the shard, in an instance whose history begins anew; None after the last run."""
        if not self._later:
            return None
        return replace(self._shard, pokemon=self._later, run=self._shard.run + 1, left=receipt)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Of this run, by the Pokémon's id."""
        return tuple(self._failures[key] for key in sorted(self._failures))

    @property
    def _done(self) -> int:
        return self._left.rows + len(self._rows) + self._failed

    @property
    def _failed(self) -> int:
        return len(self._left.failures) + len(self._failures)

    @property
    def _to_do(self) -> int:
        return len(self._shard.pokemon) - len(self._rows) - len(self._failures)

    def _calls(self, batches: Sequence[tuple[PokemonRef, ...]]) -> list[FetchPokemon]:
        return [FetchPokemon(batch, self._shard.columns) for batch in batches]
