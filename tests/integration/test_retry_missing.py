"""A report that takes over the rows of a partial one: the real activities, storage and replica, in the order
in which the orchestrators call them."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from azure.data.tables import TableClient, UpdateMode

from activities.kept_rows import find_kept_rows
from activities.plan_report import run_plan_report
from activities.publish_report import run_publish_report
from activities.stage_rows import run_stage_rows
from adapters import dependencies
from adapters.pokeapi import PokeApi
from domain.csv_format import encode
from domain.errors import NothingMissingError
from domain.fan_out import ReportFanOut, divide
from domain.kept_rows import pack_ids, plan_hash
from domain.messages import ExecutionOptions, FetchShard, GenerateReport, StagedRows, StageRows
from domain.pokedex import PokemonRef
from domain.report import Failure, Report, ReportRequest, Result, Status, published
from domain.shard_fan_out import ShardFanOut
from services.pokemon_rows import fetch_rows
from tests.integration.app_instance import request_counts
from tests.integration.report_fixture import NOW, ReportFixture
from tests.pokeapi_builders import pokeapi_settings
from tests.replica_process import running_replica
from tools.local.emulators import Storage
from tools.local.replica_control import set_faults

REQUEST = ReportRequest(
    "dragon", None, include_forms=True, sample_size=None, seed=1, columns=("name", "weak_to", "hp")
)
"""117 Pokémon, and no column from which their ids could be read."""
MISSING = (147, 148, 149, 10_007)
SMALL_SHARDS = ExecutionOptions(shard_size=25, pokemon_per_activity=1)
LONG_SHARDS = ExecutionOptions(shard_size=10, most_shards=2)


@pytest.fixture(scope="module")
def replica() -> Iterator[str]:
    with running_replica("--max-age", "0") as base_url:
        yield base_url


@pytest.fixture
def pokeapi(replica: str) -> Iterator[PokeApi]:
    """A client without a cache, of a PokéAPI that lacks the MISSING Pokémon until ``recover`` is called."""
    set_faults(replica, missing=MISSING)
    yield PokeApi(pokeapi_settings(replica))
    set_faults(replica, missing=[])


def recover(pokeapi: PokeApi) -> None:
    set_faults(pokeapi.base_url, missing=[])


class Driver:
    """Makes reports as the orchestrators do. ``twice`` repeats each activity."""

    def __init__(self, reports: ReportFixture, pokeapi: PokeApi) -> None:
        self.reports, self.pokeapi = reports, pokeapi
        self.options = SMALL_SHARDS
        self.twice = False
        self.fetched: list[int] = []
        self.before_staging: Callable[[], object] = lambda: None
        self.stagings: list[StageRows] = []

    def make(self, request: ReportRequest = REQUEST) -> Report:
        return self.generate(self.reports.acceptance.accept(replace(self.reports.new(), request=request)))

    def retry_missing(self, report: Report) -> Report:
        self.fetched.clear()
        return self.generate(self.reports.acceptance.retry(report, only_missing=True))

    def generate(self, report: Report) -> Report:
        order = replace(self.reports.engine.started[-1], options=self.options)
        assert order.report == report.key
        order = GenerateReport.from_dict(order.to_dict())
        plan = self._run(lambda: run_plan_report(self.pokeapi, self.reports.stores, order))
        fan_out = ReportFanOut(order, plan)
        while not fan_out.finished:
            for staging in fan_out.stage_next():
                fan_out.on_staged(staging, self._stage(staging))
            for shard in fan_out.fetch_next():
                self._fetch(shard, fan_out)
        self._run(lambda: run_publish_report(self.reports.turns, fan_out.publication()))
        ended = self.reports.show(report)
        assert ended is not None
        return ended

    def csv(self, report: Report) -> bytes:
        content: list[bytes] = []
        self.reports.stores.blobs.scan(report.key, lambda _, chunks: content.extend(chunks))
        return b"".join(content)

    def _fetch(self, first_run: FetchShard, report: ReportFanOut) -> None:
        shard: FetchShard | None = first_run
        while shard:
            fan_out = ShardFanOut(FetchShard.from_dict(shard.to_dict()))
            while True:
                while not fan_out.finished:
                    for call in fan_out.start_next():
                        self.fetched += [pokemon.id for pokemon in call.pokemon]
                        fan_out.on_completed(call, fetch_rows(self.pokeapi, call, threads=2))
                (receipt,) = self._stage(fan_out.staging()).receipts
                if not receipt.missing:
                    break
                fan_out.on_missing(receipt.missing)
            ended = fan_out.receipt(receipt)
            shard = fan_out.next_run(ended)
            if shard is None:
                report.on_progress(fan_out.end(ended))

    def _stage(self, staging: StageRows) -> StagedRows:
        self.before_staging()
        self.stagings.append(staging)
        call = StageRows.from_dict(staging.to_dict())
        staged: StagedRows = self._run(
            lambda: run_stage_rows(self.reports.stores, self.pokeapi, call, threads=2)
        )
        return staged

    def _run(self, activity: Callable[[], Any]) -> Any:
        result = activity()
        if self.twice:
            assert activity() == result
        return result


@pytest.fixture
def driver(reports: ReportFixture, pokeapi: PokeApi) -> Driver:
    return Driver(reports, pokeapi)


@pytest.fixture
def partial(driver: Driver) -> Report:
    report = driver.make()
    assert (report.status, report.failure_count) == (Status.PARTIAL, len(MISSING))
    recover(driver.pokeapi)
    return report


@pytest.mark.parametrize(
    "options", [SMALL_SHARDS, LONG_SHARDS, ExecutionOptions()], ids=["small", "long", "default"]
)
def test_only_the_missing_pokemon_are_fetched_and_the_csv_is_that_of_a_run_without_failures(
    driver: Driver, partial: Report, options: ExecutionOptions
) -> None:
    driver.options = options
    before = request_counts(driver.pokeapi.base_url)["pokemon"]["ok"]
    completed = driver.retry_missing(partial)
    assert sorted(driver.fetched) == sorted(MISSING)
    # The one more request is for the list of the type.
    assert request_counts(driver.pokeapi.base_url)["pokemon"]["ok"] - before == len(MISSING)
    assert (completed.status, completed.retry_of, completed.warnings) == (Status.SUCCEEDED, partial.id, ())
    assert completed.result is not None
    assert completed.result.rows == 117
    assert driver.csv(completed) == driver.csv(driver.make())


def test_every_activity_can_run_twice(driver: Driver, partial: Report) -> None:
    driver.twice = True
    assert driver.csv(driver.retry_missing(partial)) == driver.csv(driver.make())


def test_rows_that_are_missing_again_can_be_retried_again(driver: Driver, partial: Report) -> None:
    set_faults(driver.pokeapi.base_url, missing=MISSING[:2])
    again = driver.retry_missing(partial)
    assert (again.status, again.failure_count) == (Status.PARTIAL, 2)
    recover(driver.pokeapi)
    completed = driver.retry_missing(again)
    assert sorted(driver.fetched) == sorted(MISSING[:2])
    assert driver.csv(completed) == driver.csv(driver.make())


def test_a_sample_takes_over_its_own_rows(driver: Driver) -> None:
    report = driver.make(replace(REQUEST, sample_size=60, seed=5))
    assert report.status is Status.PARTIAL
    recover(driver.pokeapi)
    completed = driver.retry_missing(report)
    assert len(driver.fetched) == report.failure_count
    assert driver.csv(completed) == driver.csv(driver.make(report.request))


def test_a_report_that_was_deleted_before_the_plan_is_fetched_anew_with_a_warning(
    driver: Driver, partial: Report
) -> None:
    accepted = driver.reports.acceptance.retry(partial, only_missing=True)
    driver.reports.lifecycle.delete(partial.key)
    driver.reports.settle()
    completed = driver.generate(accepted)
    assert "could not be taken over" in completed.warnings[0]
    assert driver.csv(completed) == driver.csv(driver.make())


def test_rows_of_a_report_that_is_deleted_after_the_plan_are_fetched_anew(
    driver: Driver, partial: Report
) -> None:
    stagings = 0

    def delete_at_the_third_staging() -> None:
        nonlocal stagings
        stagings += 1
        if stagings == 3:
            driver.reports.lifecycle.delete(partial.key)

    driver.before_staging = delete_at_the_third_staging
    completed = driver.retry_missing(partial)
    assert len(MISSING) < len(driver.fetched) < 117
    assert (completed.status, completed.warnings) == (Status.SUCCEEDED, ())
    assert driver.csv(completed) == driver.csv(driver.make())


def test_rows_of_a_csv_that_was_written_again_are_fetched_anew(driver: Driver, partial: Report) -> None:
    stored = driver.csv(partial)
    blobs = driver.reports.stores.blobs
    block = blobs.stage(partial.key, "again", stored.split(b"\r\n", 1)[1])

    def write_again() -> None:
        blobs.publish(partial.key, b"name,weak_to,hp\r\n", [block])

    driver.before_staging = write_again
    completed = driver.retry_missing(partial)
    assert len(driver.fetched) == 117
    assert driver.csv(completed) == driver.csv(driver.make())


@pytest.mark.parametrize("lost", ["PlanHash", "FailedIds"])
def test_rows_of_a_report_of_an_earlier_version_are_fetched_anew_with_a_warning(
    driver: Driver, partial: Report, table_client: TableClient, lost: str
) -> None:
    entity = table_client.get_entity(partial.owner, partial.id)
    del entity[lost]
    table_client.update_entity(entity, UpdateMode.REPLACE)
    completed = driver.retry_missing(partial)
    assert len(driver.fetched) == 117
    assert "could not be taken over" in completed.warnings[0]


def test_rows_are_fetched_anew_if_the_report_would_have_other_pokemon_now(
    driver: Driver, partial: Report
) -> None:
    driver.reports.stores.reports.change(
        partial.key, lambda current: replace(current, plan_hash=plan_hash([PokemonRef(1, "bulbasaur")]))
    )
    completed = driver.retry_missing(partial)
    assert "list of Pokémon has changed" in completed.warnings[0]
    assert len(driver.fetched) == 117


@pytest.mark.parametrize("status", [Status.SUCCEEDED, Status.FAILED, Status.CANCELED])
def test_only_the_rows_of_a_partial_report_can_be_missing(reports: ReportFixture, status: Status) -> None:
    with pytest.raises(NothingMissingError):
        reports.acceptance.retry(reports.add(status), only_missing=True)


def test_a_report_that_fetches_a_few_missing_pokemon_is_small(driver: Driver, partial: Report) -> None:
    accepted = driver.reports.acceptance.retry(partial, only_missing=True)
    row = driver.reports.stores.outbox.get(accepted.key)
    assert row is not None
    assert row.place.size == len(MISSING)


def test_the_reconciler_starts_a_report_with_the_rows_that_it_takes_over(
    driver: Driver, partial: Report
) -> None:
    driver.reports.engine.can_start = False
    accepted = driver.reports.acceptance.retry(partial, only_missing=True)
    driver.reports.engine.can_start = True
    driver.reports.reconcile()
    order = driver.reports.engine.started[-1]
    assert (order.report, order.rows_of) == (accepted.key, partial.id)


def test_the_messages_of_a_shard_have_no_rows_that_are_taken_over(driver: Driver, partial: Report) -> None:
    driver.stagings.clear()
    driver.retry_missing(partial)
    shards = [shard for staging in driver.stagings for shard in staging.shards]
    messages = [json.dumps(replace(shard, rows=()).to_dict()) for shard in shards]
    assert b"fairy|ice" in driver.csv(partial)
    assert not [message for message in messages if "|" in message]


def test_the_memory_that_finding_the_rows_takes_does_not_grow_with_the_csv(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ReportStorage", storage.connection_string)
    reports = ReportFixture(dependencies.stores())
    peaks = [peak_of_finding_rows(reports, count) for count in (54_040, 108_080)]
    assert peaks[1] < peaks[0] * 1.1


def peak_of_finding_rows(reports: ReportFixture, count: int) -> int:
    """The most memory, in bytes, that it takes to find the rows in a CSV of so many Pokémon."""
    pokemon = [PokemonRef(number, f"pokemon-{number}") for number in range(1, count + 1)]
    failed = {ref.id for ref in pokemon[::50]}
    csv = encode([str(ref.id), ref.name, "x" * 280] for ref in pokemon if ref.id not in failed)
    planned = replace(reports.add(Status.RUNNING), plan_hash=plan_hash(pokemon))
    failures = [Failure("a Pokémon", "Gone.")] * len(failed)
    result = Result(count - len(failed), len(csv), "")
    partial = published(planned, result, failures, NOW, pack_ids(failed) or b"")
    reports.stores.reports.change(planned.key, lambda _: partial)
    block = reports.stores.blobs.stage(planned.key, "rows", csv)
    reports.stores.blobs.publish(planned.key, b"id,name,more\r\n", [block])
    options = ExecutionOptions()
    shards = divide(pokemon, options)
    tracemalloc.start()
    kept = find_kept_rows(reports.stores, planned.key, shards, options.shard_size)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    reports.lifecycle.delete(planned.key)
    assert sum(len(shard.missing) for shard in kept) == len(failed)
    assert kept[-1].offsets[-1] == len(csv) + len("id,name,more\r\n")
    return peak
