"""The rows that a report takes over: where they are in the earlier CSV, and which shard and run gets them."""

import random
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.csv_format import encode, records
from domain.fan_out import ReportFanOut, divide
from domain.kept_rows import MAX_PACKED_BYTES, KeptShard, locate, pack_ids, plan_hash, unpack_ids
from domain.messages import ExecutionOptions, FetchedPokemon, FetchShard, GenerateReport, Receipt, StagedRows
from domain.plan import Plan
from domain.report import ReportKey
from domain.shard_fan_out import ShardFanOut

from .builders import REPORT_KEY, refs, report_request

EARLIER = ReportKey("anonymous", "0f000000000-fedcba9876543210")
HEADER = b"id,name\r\n"


def line(number: int) -> bytes:
    """Rows of different lengths, some of which have line breaks and quotes in a cell."""
    return encode([[str(number), 'a "b"\r\nc' if number % 3 == 0 else "x" * number]])


def csv_of(count: int, missing: set[int]) -> bytes:
    return HEADER + b"".join(line(number) for number in range(1, count + 1) if number not in missing)


def kept_shards(count: int, missing: set[int], options: ExecutionOptions, csv: bytes) -> list[KeptShard]:
    ends = accumulate(map(len, records([csv])))
    located = locate(divide(refs(count), options), options.shard_size, missing, ends)
    assert located is not None
    return [KeptShard(EARLIER, "etag", *found) for found in located]


@given(st.lists(st.lists(st.text('ab",\r\n=é', max_size=5), min_size=1, max_size=3)), st.integers(1, 9))
def test_a_csv_is_divided_into_its_records_whatever_its_cells_and_chunks_are(
    rows: list[list[str]], size: int
) -> None:
    csv = encode(rows)
    chunks = [csv[start : start + size] for start in range(0, len(csv), size)]

    assert list(records(chunks)) == [encode([row]) for row in rows]


@given(
    st.integers(0, 40).flatmap(lambda count: st.tuples(st.just(count), st.sets(st.integers(1, count or 1)))),
    st.integers(1, 7),
    st.integers(1, 4),
)
def test_the_kept_rows_of_all_shards_and_runs_are_the_earlier_csv(
    report: tuple[int, set[int]], shard_size: int, most_shards: int
) -> None:
    count, missing = report
    options = ExecutionOptions(shard_size=shard_size, most_shards=most_shards)
    csv = csv_of(count, missing)
    shards = divide(refs(count), options)
    taken: dict[int, bytes] = {}
    for shard, kept in zip(shards, kept_shards(count, missing, options, csv), strict=True):
        runs = [shard[start : start + shard_size] for start in range(0, len(shard), shard_size)]
        rows_of_runs = [kept.rows_of_run(run, pokemon) for run, pokemon in enumerate(runs)]
        whole = kept.rows(shard)
        assert whole.ids == tuple(number for rows in rows_of_runs for number in rows.ids)
        assert (whole.start, whole.end) == (rows_of_runs[0].start, rows_of_runs[-1].end)
        for rows in (whole, *rows_of_runs):
            lines = records([csv[rows.start : rows.end]])
            taken |= dict(zip(rows.ids, lines, strict=True))

    assert taken == {number: line(number) for number in range(1, count + 1) if number not in missing}


@pytest.mark.parametrize(
    "csv",
    [b"", HEADER, csv_of(9, {4}), csv_of(9, {4, 5, 6})],
    ids=["empty", "header", "one more row", "one row less"],
)
def test_a_csv_with_another_number_of_rows_has_no_rows_to_keep(csv: bytes) -> None:
    ends = accumulate(map(len, records([csv])))

    assert locate([refs(9)], 50, {4, 5}, ends) is None


@given(st.sets(st.integers(1, 100_000)))
def test_packed_ids_are_unpacked_again(ids: set[int]) -> None:
    packed = pack_ids(ids)

    assert packed is not None
    assert unpack_ids(packed) == ids


def test_the_ids_of_any_half_of_54_040_pokemon_fit_into_a_table_property() -> None:
    ids = random.Random(1).sample(range(1, 54_041), 27_020)
    packed = pack_ids(ids)

    assert packed is not None
    assert len(packed) < MAX_PACKED_BYTES / 3
    assert pack_ids(random.Random(1).sample(range(1, 10**9), 40_000)) is None


def test_a_plan_is_identified_by_its_pokemon() -> None:
    assert plan_hash(refs(3)) == plan_hash(refs(3))
    assert len({plan_hash(refs(3)), plan_hash(refs(4)), plan_hash(refs(3, first=2)), plan_hash([])}) == 4


def test_each_shard_gets_its_kept_rows_and_fetches_only_what_the_cache_lacks_too() -> None:
    options = ExecutionOptions(shard_size=4, shards_in_flight=3)
    missing = {2, 9}
    kept = kept_shards(10, missing, options, csv_of(10, missing))
    order = GenerateReport(REPORT_KEY, report_request(), options, rows_of=EARLIER.report_id)
    plan = Plan.of(divide(refs(10), options), kept)
    report = ReportFanOut(order, plan)

    assert plan.rows_kept == 8
    (call,) = report.stage_next()
    assert [shard.kept and shard.kept.ids for shard in call.shards] == [(1, 3, 4), (5, 6, 7, 8), (10,)]
    report.on_staged(call, StagedRows((Receipt(0, None, 0, missing=(2,)),)))
    (shard,) = report.fetch_next()
    assert (shard.missing, shard.kept) == ((2,), kept[0])


def test_each_run_of_a_long_shard_gets_its_own_kept_rows() -> None:
    options = ExecutionOptions(shard_size=2, most_shards=1)
    csv = csv_of(5, {2, 5})
    (kept,) = kept_shards(5, {2, 5}, options, csv)
    order = GenerateReport(REPORT_KEY, report_request(), options, rows_of=EARLIER.report_id)
    report = ReportFanOut(order, Plan.of(divide(refs(5), options), [kept]))
    (call,) = report.stage_next()
    report.on_staged(call, StagedRows((Receipt(0, None, 0, missing=(2, 5)),)))
    shard: FetchShard | None = report.fetch_next()[0]
    ids, content = [], b""
    while shard:
        fan_out = ShardFanOut(shard)
        for fetch in fan_out.start_next():
            fan_out.on_completed(fetch, FetchedPokemon())
        rows = fan_out.staging().shards[0].kept
        assert rows is not None
        ids.append(rows.ids)
        content += csv[rows.start : rows.end]
        shard = fan_out.next_run(fan_out.receipt(Receipt(0, "block", len(rows.ids))))

    assert ids == [(1,), (3, 4), ()]
    assert HEADER + content == csv


def test_the_publication_has_the_ids_of_the_failures() -> None:
    report = ReportFanOut(
        GenerateReport(REPORT_KEY, report_request(), ExecutionOptions(shard_size=2)),
        Plan.of(divide(refs(4), ExecutionOptions(shard_size=2))),
    )
    report.stage_next()
    report.on_failed(1, "It broke.")
    report.on_completed(Receipt(0, "block", 1, failed_ids=(2,)))

    assert report.publication().failed_ids == (2, 3, 4)
