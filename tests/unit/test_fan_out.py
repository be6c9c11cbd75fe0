from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.fan_out import ReportFanOut, divide
from domain.messages import (
    ExecutionOptions,
    FetchedPokemon,
    FetchPokemon,
    FetchShard,
    GenerateReport,
    PublishReport,
    Receipt,
    RecordProgress,
    Row,
    ShardProgress,
    ShardRows,
    StagedRows,
    StageRows,
)
from domain.plan import Plan
from domain.pokedex import PokemonRef
from domain.report import Failure
from domain.selection import PROGRESS_UPDATES, progress_step
from domain.shard_fan_out import ShardFanOut

from .builders import REPORT_KEY, refs, report_request


def report_of(count: int, *, shard_size: int = 2, in_flight: int = 2) -> ReportFanOut:
    options = ExecutionOptions(shard_size=shard_size, shards_in_flight=in_flight)
    order = GenerateReport(REPORT_KEY, report_request(), options)
    return ReportFanOut(order, plan_of(count, options))


def plan_of(count: int, options: ExecutionOptions) -> Plan:
    return Plan.of(divide(refs(count), options))


def start(report: ReportFanOut) -> list[FetchShard]:
    """The shards that are fetched now, none of whose Pokémon are in the cache."""
    shards = []
    while calls := report.stage_next():
        for call in calls:
            receipts = [Receipt(shard.index, None, 0, missing=ids(shard.cached)) for shard in call.shards]
            report.on_staged(call, StagedRows(tuple(receipts)))
        shards += report.fetch_next()
    return shards + report.fetch_next()


def ids(pokemon: Sequence[PokemonRef]) -> tuple[int, ...]:
    return tuple(ref.id for ref in pokemon)


def full_receipt(shard: FetchShard) -> Receipt:
    return Receipt(shard.index, f"block-{shard.index}", len(shard.pokemon))


def shard_of(count: int, *, batch: int = 1, progress_step: int = 1, calls_at_once: int = 25) -> FetchShard:
    return FetchShard(
        report=REPORT_KEY,
        index=3,
        pokemon=refs(count),
        missing=ids(refs(count)),
        columns=("id", "name"),
        progress_step=progress_step,
        options=ExecutionOptions(pokemon_per_activity=batch, calls_at_once=calls_at_once),
    )


def row(pokemon: PokemonRef) -> Row:
    return Row(pokemon.id, (str(pokemon.id), pokemon.name))


def fetched(*pokemon: PokemonRef) -> FetchedPokemon:
    return FetchedPokemon(rows=tuple(row(pokemon) for pokemon in pokemon))


def test_a_shard_has_its_pokemon_its_index_and_the_reports_options() -> None:
    _first, second = start(report_of(3))

    assert second == FetchShard(
        report=REPORT_KEY,
        index=1,
        pokemon=refs(1, first=3),
        missing=(3,),
        columns=("id", "name"),
        progress_step=1,
        options=ExecutionOptions(shard_size=2, shards_in_flight=2),
    )


def test_the_shards_of_a_large_report_report_progress_in_the_reports_steps() -> None:
    total = 10 * PROGRESS_UPDATES
    [shard] = start(report_of(total, shard_size=50, in_flight=1))

    assert shard.progress_step == progress_step(total) == 10


def test_at_most_shards_in_flight_shards_are_started() -> None:
    report = report_of(9, in_flight=3)

    assert [shard.index for shard in start(report)] == [0, 1, 2]
    assert start(report) == []


def test_the_next_shard_starts_when_one_ends() -> None:
    report = report_of(9, in_flight=2)
    first, second = start(report)

    report.on_completed(full_receipt(second))
    assert [shard.index for shard in start(report)] == [2]
    assert start(report) == []

    report.on_failed(first.index, "It broke.")
    assert [shard.index for shard in start(report)] == [3]


def test_every_shard_is_started_once() -> None:
    report = report_of(9, in_flight=2)
    started: list[int] = []
    while shards := start(report):
        assert not report.finished
        started.extend(shard.index for shard in shards)
        for shard in shards:
            report.on_completed(full_receipt(shard))

    assert started == [0, 1, 2, 3, 4]
    assert report.finished


def test_a_report_waits_for_its_last_shard() -> None:
    report = report_of(4)
    first, second = start(report)

    report.on_completed(full_receipt(second))
    assert not report.finished
    report.on_completed(full_receipt(first))
    assert report.finished


def test_a_report_without_pokemon_is_finished_before_it_starts() -> None:
    report = report_of(0)

    assert report.finished
    assert start(report) == []
    assert report.status() == {"phase": "publishing", "total": 0, "done": 0, "failed": 0}
    assert report.progress_to_record() is None
    assert report.publication() == PublishReport(REPORT_KEY, ("id", "name"), (), 0, ())


def test_blocks_and_failures_are_in_shard_order() -> None:
    report = report_of(6, in_flight=3)
    start(report)
    for index in (2, 0, 1):
        failure = Failure(f"pokemon-{2 * index + 1}", "Gone.")
        report.on_completed(Receipt(index, f"block-{index}", 1, (failure,)))

    assert report.publication() == PublishReport(
        report=REPORT_KEY,
        columns=("id", "name"),
        block_ids=("block-0", "block-1", "block-2"),
        rows=3,
        failures=(
            Failure("pokemon-1", "Gone."),
            Failure("pokemon-3", "Gone."),
            Failure("pokemon-5", "Gone."),
        ),
    )


def test_a_shard_without_rows_has_no_block() -> None:
    report = report_of(4)
    start(report)
    gone = (Failure("pokemon-1", "Gone."), Failure("pokemon-2", "Gone."))
    report.on_completed(Receipt(0, None, 0, gone))
    report.on_completed(Receipt(1, "block-1", 2))

    publication = report.publication()

    assert publication.block_ids == ("block-1",)
    assert (publication.rows, publication.failures) == (2, gone)


def test_a_shard_that_fails_fails_only_its_own_pokemon() -> None:
    report = report_of(3)
    start(report)
    report.on_failed(0, "The storage did not answer.")
    report.on_completed(Receipt(1, "block-1", 1))

    publication = report.publication()

    assert report.finished
    assert publication.block_ids == ("block-1",)
    assert publication.rows == 1
    assert publication.failures == (
        Failure("pokemon-1", "The storage did not answer."),
        Failure("pokemon-2", "The storage did not answer."),
    )
    assert report.status() == {"phase": "publishing", "total": 3, "done": 3, "failed": 2}


def test_the_status_adds_up_the_progress_of_the_shards() -> None:
    report = report_of(20, shard_size=10)
    start(report)
    report.on_progress(ShardProgress(0, done=4, failed=1))
    report.on_progress(ShardProgress(1, done=3, failed=2))

    assert report.status() == {"phase": "fetching", "total": 20, "done": 7, "failed": 3}


def test_a_shards_progress_replaces_its_earlier_progress() -> None:
    report = report_of(20, shard_size=10)
    start(report)
    report.on_progress(ShardProgress(0, done=4, failed=0))
    report.on_progress(ShardProgress(0, done=6, failed=1))

    assert report.status() == {"phase": "fetching", "total": 20, "done": 6, "failed": 1}


def test_a_receipt_counts_a_shard_as_done_with_the_failures_it_lists() -> None:
    report = report_of(20, shard_size=10)
    start(report)
    report.on_progress(ShardProgress(0, done=4, failed=0))
    report.on_completed(Receipt(0, "block-0", 8, (Failure("a", "Gone."), Failure("b", "Gone."))))

    assert report.status() == {"phase": "fetching", "total": 20, "done": 10, "failed": 2}


def test_progress_that_arrives_after_the_receipt_is_ignored() -> None:
    report = report_of(20, shard_size=10)
    start(report)
    report.on_completed(Receipt(0, "block-0", 10))
    report.on_progress(ShardProgress(0, done=9, failed=3))

    assert report.status() == {"phase": "fetching", "total": 20, "done": 10, "failed": 0}


def test_progress_that_arrives_after_a_shard_failed_is_ignored() -> None:
    report = report_of(20, shard_size=10)
    start(report)
    report.on_failed(0, "It broke.")
    report.on_progress(ShardProgress(0, done=9, failed=0))

    assert report.status() == {"phase": "fetching", "total": 20, "done": 10, "failed": 10}


def test_progress_is_recorded_once_it_has_grown_by_a_step() -> None:
    total = 10 * PROGRESS_UPDATES
    report = report_of(total, shard_size=total)
    start(report)

    assert report.progress_to_record() is None
    report.on_progress(ShardProgress(0, done=9, failed=0))
    assert report.progress_to_record() is None
    report.on_progress(ShardProgress(0, done=10, failed=2))
    assert report.progress_to_record() == RecordProgress(REPORT_KEY, done=10, failed=2)
    assert report.progress_to_record() is None
    report.on_progress(ShardProgress(0, done=19, failed=2))
    assert report.progress_to_record() is None
    report.on_progress(ShardProgress(0, done=25, failed=3))
    assert report.progress_to_record() == RecordProgress(REPORT_KEY, done=25, failed=3)


def test_a_shard_makes_one_call_per_pokemon() -> None:
    calls = ShardFanOut(shard_of(3)).start_next()

    assert calls == [FetchPokemon((pokemon,), ("id", "name")) for pokemon in refs(3)]
    assert all(call.is_single for call in calls)


def test_a_batch_has_several_pokemon_and_the_last_batch_the_rest() -> None:
    calls = ShardFanOut(shard_of(5, batch=3)).start_next()

    assert [call.pokemon for call in calls] == [refs(3), refs(2, first=4)]
    assert not any(call.is_single for call in calls)


def test_a_shard_starts_the_next_group_of_calls_when_the_last_has_ended() -> None:
    fan_out = ShardFanOut(shard_of(5, calls_at_once=2))
    first, second = fan_out.start_next()
    assert fan_out.start_next() == []
    fan_out.on_failed(second, "It broke.")
    assert fan_out.start_next() == []
    fan_out.on_completed(first, fetched(*first.pokemon))

    assert [call.pokemon[0].id for call in fan_out.start_next()] == [3, 4]
    assert not fan_out.finished


def test_the_pokemon_of_a_failed_batch_wait_for_the_rest_of_the_group() -> None:
    fan_out = ShardFanOut(shard_of(6, batch=2, calls_at_once=2))
    first, second = fan_out.start_next()
    fan_out.on_failed(first, "It broke.")
    assert fan_out.start_next() == []
    fan_out.on_completed(second, fetched(*second.pokemon))

    assert [call.pokemon for call in fan_out.start_next()] == [refs(2, first=5), refs(1)]
    assert not fan_out.finished


@pytest.mark.parametrize(
    ("total", "shards", "longest"),
    [(3, 1, 3), (41, 11, 4), (80, 20, 4), (81, 17, 5), (400, 20, 20)],
)
def test_a_larger_report_has_longer_shards_instead_of_more(total: int, shards: int, longest: int) -> None:
    options = ExecutionOptions(shard_size=4, shards_in_flight=1000, most_shards=20)
    order = GenerateReport(REPORT_KEY, report_request(), options)

    lengths = [len(shard.pokemon) for shard in start(ReportFanOut(order, plan_of(total, options)))]

    assert (len(lengths), max(lengths), sum(lengths)) == (shards, longest, total)


def test_a_long_shard_fetches_a_part_in_each_run_and_carries_its_receipt_over() -> None:
    shard = replace(shard_of(5), options=ExecutionOptions(shard_size=2))
    reported = []
    for run, (failing, rows) in enumerate([(2, 1), (None, 2), (5, 0)]):
        fan_out = ShardFanOut(shard)
        assert fan_out.status()["total"] == 5
        for call in fan_out.start_next():
            if call.pokemon[0].id == failing:
                fan_out.on_failed(call, "It broke.")
            else:
                fan_out.on_completed(call, fetched(*call.pokemon))
            reported.append(fan_out.progress_to_report())
        (staging,) = fan_out.staging().shards
        assert (staging.run, len(staging.rows)) == (run, rows)
        receipt = fan_out.receipt(Receipt(3, f"block-{run}" if rows else None, rows))
        if run < 2:
            following = fan_out.next_run(receipt)
            assert following is not None
            shard = FetchShard.from_dict(following.to_dict())

    assert fan_out.next_run(receipt) is None
    assert fan_out.status() == {"total": 5, "done": 5, "failed": 2}
    assert receipt.block_ids == ("block-0", "block-1")
    assert receipt.rows == 3
    assert [failure.pokemon for failure in receipt.failures] == ["pokemon-2", "pokemon-5"]
    assert [progress and (progress.done, progress.failed) for progress in reported] == [
        (1, 0),
        (2, 1),
        (3, 1),
        (4, 1),
        None,
    ]


def test_rows_are_staged_in_id_order() -> None:
    fan_out = ShardFanOut(shard_of(3))
    calls = fan_out.start_next()
    for call in (calls[2], calls[0], calls[1]):
        fan_out.on_completed(call, fetched(*call.pokemon))

    rows = tuple(row(pokemon) for pokemon in refs(3))
    assert fan_out.staging() == StageRows(REPORT_KEY, ("id", "name"), (ShardRows(3, (), rows),))


def test_the_unfinished_pokemon_of_a_batch_get_single_calls() -> None:
    fan_out = ShardFanOut(shard_of(4, batch=4))
    [batch] = fan_out.start_next()
    first, second, third, fourth = batch.pokemon

    answer = FetchedPokemon((row(first),), (Failure(second.name, "Gone."),), unfinished=(third, fourth))
    fan_out.on_completed(batch, answer)

    assert [call.pokemon for call in fan_out.start_next()] == [(third,), (fourth,)]
    assert fan_out.status() == {"total": 4, "done": 2, "failed": 1}


def test_a_batch_that_fails_is_split_into_single_calls() -> None:
    fan_out = ShardFanOut(shard_of(3, batch=3))
    [batch] = fan_out.start_next()

    fan_out.on_failed(batch, "It broke.")

    assert [call.pokemon for call in fan_out.start_next()] == [(pokemon,) for pokemon in refs(3)]
    assert fan_out.status() == {"total": 3, "done": 0, "failed": 0}


def test_a_pokemon_whose_single_call_fails_is_a_failure_with_the_reason() -> None:
    fan_out = ShardFanOut(shard_of(2))
    first, second = fan_out.start_next()

    fan_out.on_failed(first, "PokéAPI answered 503.")
    fan_out.on_completed(second, fetched(*second.pokemon))

    assert fan_out.finished
    assert fan_out.status() == {"total": 2, "done": 2, "failed": 1}
    receipt = fan_out.receipt(Receipt(3, "block-3", 1))
    failure = Failure("pokemon-1", "PokéAPI answered 503.")
    assert receipt == Receipt(3, "block-3", 1, (failure,), failed_ids=(1,))


def test_rows_that_cannot_be_staged_become_failures_of_this_run_only() -> None:
    shard = replace(shard_of(5), missing=(1, 2, 4, 5), options=ExecutionOptions(shard_size=3))
    fan_out = ShardFanOut(shard)
    first, second = fan_out.start_next()
    fan_out.on_failed(first, "Gone.")
    fan_out.on_completed(second, fetched(*second.pokemon))

    receipt = fan_out.receipt(fan_out.on_not_staged("It broke."))

    assert (receipt.rows, receipt.block_ids) == (0, ())
    assert receipt.failures == (
        Failure("pokemon-1", "Gone."),
        Failure("pokemon-2", "It broke."),
        Failure("pokemon-3", "It broke."),
    )
    assert (fan_out.fetched, fan_out.status()) == (0, {"total": 5, "done": 3, "failed": 3})
    following = fan_out.next_run(receipt)
    assert following is not None
    assert [pokemon.id for pokemon in following.pokemon] == [4, 5]


def test_a_missing_pokemon_is_not_retried() -> None:
    fan_out = ShardFanOut(shard_of(1))
    [call] = fan_out.start_next()

    fan_out.on_completed(call, FetchedPokemon(failures=(Failure("pokemon-1", "Gone."),)))

    assert fan_out.finished
    assert fan_out.staging().shards[0].rows == ()


def test_a_receipt_lists_the_failures_in_id_order() -> None:
    fan_out = ShardFanOut(shard_of(3))
    first, second, third = fan_out.start_next()
    fan_out.on_failed(third, "Third.")
    fan_out.on_completed(second, FetchedPokemon(failures=(Failure("pokemon-2", "Second."),)))
    fan_out.on_failed(first, "First.")

    receipt = fan_out.receipt(Receipt(3, None, 0))

    assert [failure.reason for failure in receipt.failures] == ["First.", "Second.", "Third."]


def test_a_shard_reports_its_progress_when_it_has_grown_by_a_step() -> None:
    fan_out = ShardFanOut(shard_of(9, progress_step=2))
    reported = []
    for call in fan_out.start_next():
        if call.pokemon[0].id % 3:
            fan_out.on_completed(call, fetched(*call.pokemon))
        else:
            fan_out.on_failed(call, "It broke.")
        reported.append(fan_out.progress_to_report())

    assert [progress for progress in reported if progress] == [
        ShardProgress(3, done=2, failed=0),
        ShardProgress(3, done=4, failed=1),
        ShardProgress(3, done=6, failed=2),
        ShardProgress(3, done=8, failed=2),
    ]
    assert fan_out.progress_to_report() is None


def test_a_shard_does_not_report_its_end_as_progress() -> None:
    fan_out = ShardFanOut(shard_of(2))
    first, second = fan_out.start_next()

    fan_out.on_completed(first, fetched(*first.pokemon))
    assert fan_out.progress_to_report() == ShardProgress(3, done=1, failed=0)
    fan_out.on_completed(second, fetched(*second.pokemon))
    assert fan_out.progress_to_report() is None


def test_a_shard_without_new_progress_reports_nothing() -> None:
    fan_out = ShardFanOut(shard_of(3))
    first, *_ = fan_out.start_next()
    fan_out.on_completed(first, fetched(*first.pokemon))

    assert fan_out.progress_to_report() is not None
    assert fan_out.progress_to_report() is None


def test_a_smaller_count_that_arrives_after_a_larger_one_is_ignored() -> None:
    report = report_of(20, shard_size=10)
    start(report)
    report.on_progress(ShardProgress(0, done=6, failed=1))
    report.on_progress(ShardProgress(0, done=4, failed=0))

    assert report.status()["done"] == 6
