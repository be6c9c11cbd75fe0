"""The state of a report while its calls and its shards run, and the rules for what to do next.

The orchestrators pass in each result and start the calls that are returned. Every rule in between is here,
where it can be tested without an engine. The orchestrators rebuild this state at every replay, so it must
depend only on what was passed in.
"""

import math
from collections import deque
from collections.abc import Sequence
from itertools import batched
from typing import Any

from domain.messages import (
    ExecutionOptions,
    FetchShard,
    GenerateReport,
    PublishReport,
    Receipt,
    RecordProgress,
    ShardProgress,
    ShardRows,
    StagedRows,
    StageRows,
)
from domain.plan import Plan, unpack
from domain.pokedex import PokemonRef
from domain.report import Failure
from domain.selection import progress_step, split


class ReportFanOut:
    """A report's shards: those to stage from the cache, those to fetch, and the receipts of completed ones.

    The cache comes first. Only a shard that the cache does not have completely is fetched.
    """

    def __init__(self, order: GenerateReport, plan: Plan) -> None:
        self._order = order
        self._plan = plan
        self._total = plan.total
        self._shards = plan.shards
        longest = math.ceil(plan.total / max(1, len(plan.shards)))
        group = max(1, order.options.cached_at_once // max(1, longest))
        self._to_stage = deque(batched(range(len(plan.shards)), group, strict=False))
        self._staging = 0
        self._to_fetch: deque[FetchShard] = deque()
        self._fetching: set[int] = set()
        self._receipts: dict[int, Receipt] = {}
        self._progress: dict[int, ShardProgress] = {}
        self._done = 0
        self._failed = 0
        self._recorded = 0
        self._step = progress_step(self._total)

    @property
    def finished(self) -> bool:
        return len(self._receipts) == len(self._shards)

    def stage_next(self) -> list[StageRows]:
        """The calls that stage shards from the cache now, none while shards wait to be fetched."""
        calls = []
        while self._to_stage and not self._to_fetch and self._staging < self._order.options.shards_in_flight:
            shards = tuple(self._shard_rows(index) for index in self._to_stage.popleft())
            calls.append(StageRows(self._order.report, self._order.request.columns, shards))
            self._staging += 1
        return calls

    def fetch_next(self) -> list[FetchShard]:
        """The shards to fetch now, with at most ``shards_in_flight`` in flight."""
        room = self._order.options.shards_in_flight - len(self._fetching)
        starting = [self._to_fetch.popleft() for _ in range(min(room, len(self._to_fetch)))]
        self._fetching |= {shard.index for shard in starting}
        return starting

    def on_staged(self, call: StageRows, staged: StagedRows | None) -> None:
        """A call has staged shards. Those that it did not get to are staged by another call.

        ``staged`` is None if the result of another call arrived.
        """
        self._staging -= 1
        receipts = staged.receipts if staged else ()
        if left := call.shards[len(receipts) :]:
            self._to_stage.appendleft(tuple(shard.index for shard in left))
        for receipt in receipts:
            if receipt.missing:
                self._to_fetch.append(self._fetch(receipt))
            else:
                self.on_completed(receipt)

    def on_staging_failed(self, call: StageRows, reason: str) -> None:
        """A call failed after its retries. Each of several shards gets a call of its own."""
        self._staging -= 1
        if len(call.shards) > 1:
            self._to_stage.extend((shard.index,) for shard in call.shards)
        else:
            self.on_failed(call.shards[0].index, reason)

    def on_progress(self, progress: ShardProgress) -> None:
        """A shard reported its progress or its end. Events that arrive late are ignored."""
        if progress.receipt:
            self.on_completed(progress.receipt)
            return
        known = self._progress.get(progress.index)
        if known is None or known.done < progress.done:
            self._count(progress)

    def on_completed(self, receipt: Receipt) -> None:
        self._fetching.discard(receipt.index)
        self._receipts[receipt.index] = receipt
        failed = len(receipt.failures)
        self._count(ShardProgress(receipt.index, receipt.rows + failed, failed))

    def on_failed(self, index: int, reason: str) -> None:
        """A whole shard failed: each of its Pokémon becomes a failure, and the report continues."""
        if index in self._receipts:
            return
        pokemon = unpack(self._shards[index])
        failures = tuple(Failure(ref.name, reason) for ref in pokemon)
        failed_ids = tuple(ref.id for ref in pokemon)
        self.on_completed(Receipt(index, block_id=None, rows=0, failures=failures, failed_ids=failed_ids))

    def status(self) -> dict[str, Any]:
        return {
            "phase": "publishing" if self.finished else "fetching",
            "total": self._total,
            "done": self._done,
            "failed": self._failed,
        }

    def progress_to_record(self) -> RecordProgress | None:
        """The progress, if it has grown by at least a step since it was last recorded.

        None at the end, because the publication follows.
        """
        if self.finished or self._done - self._recorded < self._step:
            return None
        self._recorded = self._done
        return RecordProgress(self._order.report, self._done, self._failed)

    def publication(self) -> PublishReport:
        receipts = [self._receipts[index] for index in sorted(self._receipts)]
        return PublishReport(
            report=self._order.report,
            columns=self._order.request.columns,
            block_ids=tuple(block_id for receipt in receipts for block_id in receipt.block_ids),
            rows=sum(receipt.rows for receipt in receipts),
            failures=tuple(failure for receipt in receipts for failure in receipt.failures),
            failed_ids=tuple(failed_id for receipt in receipts for failed_id in receipt.failed_ids),
        )

    def _shard_rows(self, index: int) -> ShardRows:
        pokemon = unpack(self._shards[index])
        kept = self._plan.kept_shard(index)
        return ShardRows(index, pokemon, kept=kept.rows(pokemon) if kept else None)

    def _fetch(self, receipt: Receipt) -> FetchShard:
        return FetchShard(
            report=self._order.report,
            index=receipt.index,
            pokemon=unpack(self._shards[receipt.index]),
            missing=receipt.missing,
            columns=self._order.request.columns,
            progress_step=self._step,
            options=self._order.options,
            kept=self._plan.kept_shard(receipt.index),
        )

    def _count(self, progress: ShardProgress) -> None:
        known = self._progress.get(progress.index)
        self._done += progress.done - (known.done if known else 0)
        self._failed += progress.failed - (known.failed if known else 0)
        self._progress[progress.index] = progress


def divide(pokemon: Sequence[PokemonRef], options: ExecutionOptions) -> list[tuple[PokemonRef, ...]]:
    """The shards of a report.

    The report's orchestrator is replayed for each shard, so their number is bounded, and so is a shard's
    length.
    """
    longest = max(options.shard_size, math.ceil(len(pokemon) / options.most_shards))
    return split(pokemon, longest)
