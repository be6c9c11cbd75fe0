"""What a report and its shards know while their calls are under way, and what to do next.

The orchestrators feed what came back and start what is asked for; every rule in between is here,
where it can be tested without an engine. Nothing here may depend on anything but what was fed:
the orchestrators rebuild it at every replay.
"""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.messages import (
    ExecutionOptions,
    FetchedPokemon,
    FetchPokemon,
    FetchShard,
    GenerateReport,
    Plan,
    PublishReport,
    Receipt,
    RecordProgress,
    Row,
    ShardProgress,
    StageRows,
    pack,
    unpack,
)
from domain.pokedex import PokemonRef
from domain.report import Failure
from domain.selection import progress_step, split


class ReportFanOut:
    """A report's shards: those to start, those under way, and the receipts of those that ended."""

    def __init__(self, order: GenerateReport, plan: Plan) -> None:
        self._order = order
        self._total = plan.total or len(plan.pokemon)
        self._shards = plan.shards or divide(plan.pokemon, order.options)
        self._started = 0
        self._receipts: dict[int, Receipt] = {}
        self._heard: dict[int, ShardProgress] = {}
        self._done = 0
        self._failed = 0
        self._recorded = 0
        self._step = progress_step(self._total)

    @property
    def finished(self) -> bool:
        return len(self._receipts) == len(self._shards)

    def start_next(self) -> list[FetchShard]:
        """The shards to start now, so that no more than the options allow are under way."""
        under_way = self._started - len(self._receipts)
        room = self._order.options.shards_in_flight - under_way
        starting = range(self._started, min(self._started + room, len(self._shards)))
        self._started += len(starting)
        return [
            FetchShard(
                report_id=self._order.report_id,
                owner=self._order.owner,
                index=index,
                pokemon=unpack(self._shards[index]),
                columns=self._order.request.columns,
                progress_step=self._step,
                options=self._order.options,
            )
            for index in starting
        ]

    def heard(self, progress: ShardProgress) -> None:
        """A shard told how far it is; what arrives late is old news."""
        known = self._heard.get(progress.index)
        if known is None or known.done < progress.done:
            self._count(progress)

    def ended(self, receipt: Receipt) -> None:
        self._receipts[receipt.index] = receipt
        failed = len(receipt.failures)
        self._count(ShardProgress(receipt.index, receipt.rows + failed, failed))

    def broke(self, index: int, reason: str) -> None:
        """A shard failed as a whole: so did each of its Pokémon, and the others are still reported."""
        failures = tuple(Failure(pokemon.name, reason) for pokemon in unpack(self._shards[index]))
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

    def _count(self, progress: ShardProgress) -> None:
        known = self._heard.get(progress.index)
        self._done += progress.done - (known.done if known else 0)
        self._failed += progress.failed - (known.failed if known else 0)
        self._heard[progress.index] = progress


def divide(pokemon: Sequence[PokemonRef], options: ExecutionOptions) -> tuple[str, ...]:
    """The shards of a plan.

    A report's own orchestrator is replayed for each of them, so their number is bounded as their length is.
    """
    longest = options.shard_size
    if options.most_shards:
        longest = max(longest, math.ceil(len(pokemon) / options.most_shards))
    return tuple(pack(shard) for shard in split(pokemon, longest))


class ShardFanOut:
    """One run of a shard: rows and failures so far, and the calls that are still to be made."""

    def __init__(self, shard: FetchShard) -> None:
        self._shard = shard
        self._pokemon = shard.pokemon[: shard.options.shard_size]
        self._later = shard.pokemon[shard.options.shard_size :]
        self._left = shard.left or Receipt(shard.index, block_id=None, rows=0)
        self._rows: list[Row] = []
        self._failures: dict[int, Failure] = {}
        self._told = self._done
        self._batches = deque(split(self._pokemon, shard.options.pokemon_per_activity))
        self._under_way = 0

    @property
    def finished(self) -> bool:
        return not self._batches and not self._under_way

    def start_next(self) -> list[FetchPokemon]:
        """The calls to start now: the next group of them, when all of the last have ended."""
        size = len(self._batches)
        if self._shard.options.calls_at_once is not None:
            size = 0 if self._under_way else min(size, self._shard.options.calls_at_once)
        self._under_way += size
        return [FetchPokemon(self._batches.popleft(), self._shard.columns) for _ in range(size)]

    def fetched(self, call: FetchPokemon, fetched: FetchedPokemon) -> None:
        """Take what a call brought; the Pokémon that it could not finish have calls of their own."""
        self._under_way -= 1
        self._rows.extend(fetched.rows)
        by_name = {pokemon.name: pokemon.id for pokemon in call.pokemon}
        self._failures |= {by_name[failure.pokemon]: failure for failure in fetched.failures}
        self._batches.extend((pokemon,) for pokemon in fetched.unfinished)

    def broke(self, call: FetchPokemon, reason: str) -> None:
        """A call failed for good: a batch is tried again one by one, a single Pokémon has failed."""
        self._under_way -= 1
        if not call.is_single:
            self._batches.extend((pokemon,) for pokemon in call.pokemon)
            return
        pokemon = call.pokemon[0]
        self._failures[pokemon.id] = Failure(pokemon.name, reason)

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
