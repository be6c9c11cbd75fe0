"""Every activity against real storage and a real replica, run once, twice, late and for a deleted report.

Durable Functions runs an activity at least once: the second run, after the effects of the first, must
come to the same.
"""

import secrets
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from azure.storage.blob import ContainerClient

from activities import stage_rows
from activities.fail_report import run_fail_report
from activities.plan_report import run_plan_report
from activities.publish_report import run_publish_report
from activities.record_progress import run_record_progress
from activities.stage_rows import run_stage_rows
from adapters.dependencies import Stores
from adapters.pokeapi import PokeApi
from adapters.report_blobs import ReportBlobs
from adapters.report_table import ReportTable
from domain import report as transitions
from domain.columns import COLUMNS
from domain.errors import PokeApiUnavailableError
from domain.messages import (
    FailReport,
    FetchPokemon,
    GenerateReport,
    PublishReport,
    Receipt,
    RecordProgress,
    Row,
    ShardRows,
    StageRows,
)
from domain.plan import unpack
from domain.pokedex import PokemonRef
from domain.report import Failure, Progress, Report, ReportRequest, Status
from domain.report_ids import new_report_id
from services.pokemon_rows import fetch_rows
from tests.integration.report_fixture import turns_of
from tests.pokeapi_builders import electric, link, pokeapi_settings, zapdos, zapdos_species
from tests.scripted_pokeapi import ScriptedPokeApi, ScriptedResponse, json_response

COLUMN_NAMES = ("id", "name")
REQUEST = ReportRequest("electric", None, include_forms=True, sample_size=5, seed=7, columns=COLUMN_NAMES)
PIKACHU = Row(25, ("25", "pikachu"))
WITHDRAWN = [Status.DELETING, Status.CANCELING, Status.CANCELED, None]
"""What a report may be when an activity comes too late; None is a record that is gone."""


UNREACHABLE = "http://127.0.0.1:9/api/v2"


@pytest.fixture(scope="module")
def pokeapi(pokeapi_url: str) -> PokeApi:
    return PokeApi(pokeapi_settings(pokeapi_url))


@pytest.fixture
def running(table: ReportTable) -> Report:
    """A report that is under way."""
    now = datetime.now(UTC)
    queued = transitions.new_report(
        new_report_id(now, secrets.token_hex(8)), "anonymous", REQUEST, now, retention=timedelta(days=1)
    )
    table.insert(queued)
    started = table.change(queued.key, lambda current: transitions.started(current, now))
    assert started is not None
    return started.report


def stored(table: ReportTable, report: Report) -> Report | None:
    found = table.get(report.key)
    return found.report if found else None


def withdraw(table: ReportTable, report: Report, status: Status | None) -> None:
    if status is None:
        table.delete(report.key)
    else:
        table.change(report.key, lambda current: replace(current, status=status))


def traces(container: ContainerClient) -> list[str]:
    return [blob.name for blob in container.list_blobs(include=["uncommittedblobs"])]


def content(container: ContainerClient, report: Report) -> bytes:
    return container.download_blob(f"{report.owner}/{report.id}.csv").readall()


def staging(report: Report, index: int = 0, *rows: Row) -> StageRows:
    return StageRows(report.key, COLUMN_NAMES, (ShardRows(index, (), rows or (PIKACHU,)),))


def from_cache(report: Report, columns: Sequence[str], *refs: PokemonRef) -> StageRows:
    return StageRows(report.key, tuple(columns), (ShardRows(0, refs),))


def stage(stores: Stores, order: StageRows, pokeapi: PokeApi | None = None) -> Receipt:
    """Stage the only shard of a call. Without ``pokeapi``, the cache is empty."""
    client = pokeapi or PokeApi(pokeapi_settings(UNREACHABLE))
    (receipt,) = run_stage_rows(stores, client, order, threads=4).receipts
    return receipt


def publication(report: Report, *block_ids: str, failures: tuple[Failure, ...] = ()) -> PublishReport:
    return PublishReport(report.key, COLUMN_NAMES, block_ids, len(block_ids), failures)


def test_planning_twice_chooses_the_same_pokemon(
    stores: Stores, table: ReportTable, pokeapi: PokeApi, running: Report
) -> None:
    order = GenerateReport(running.key, REQUEST)
    first = run_plan_report(pokeapi, stores, order)
    after_first = stored(table, running)
    assert run_plan_report(pokeapi, stores, order) == first
    after_second = stored(table, running)
    assert after_first is not None
    assert after_second is not None
    assert replace(after_second, updated_at=after_first.updated_at) == after_first
    assert after_second.progress == Progress(total=5)
    assert (first.total, len(unpack(first.shards[0]))) == (5, 5)


@pytest.mark.parametrize("status", WITHDRAWN)
def test_a_withdrawn_report_is_not_planned(
    stores: Stores, table: ReportTable, pokeapi: PokeApi, running: Report, status: Status | None
) -> None:
    withdraw(table, running, status)
    plan = run_plan_report(pokeapi, stores, GenerateReport(running.key, REQUEST))
    assert plan.shards == ()
    assert plan.impossible is not None
    after = stored(table, running)
    assert (after and after.status) == status


def test_an_unknown_generation_makes_the_plan_impossible(
    stores: Stores, pokeapi: PokeApi, running: Report
) -> None:
    wrong = replace(REQUEST, generation="generation-x")
    plan = run_plan_report(pokeapi, stores, GenerateReport(running.key, wrong))
    assert plan.impossible is not None
    assert plan.impossible.startswith("There is no generation 'generation-x'. Did you mean 'generation-ix'?")


def test_an_unknown_type_makes_the_plan_impossible(stores: Stores, pokeapi: PokeApi, running: Report) -> None:
    wrong = replace(REQUEST, type="elektric")
    plan = run_plan_report(pokeapi, stores, GenerateReport(running.key, wrong))
    assert plan.impossible is not None
    assert plan.impossible.startswith("There is no type 'elektric'. Did you mean 'electric'?")


@pytest.mark.parametrize(
    ("request_", "total", "warning"),
    [
        (replace(REQUEST, sample_size=115), 114, "sample_size is 115, but only 114 Pokémon match"),
        (replace(REQUEST, type="stellar"), 0, "No Pokémon matches the filters"),
        (replace(REQUEST, type=None, generation="generation-i", sample_size=None), 238, ""),
        (replace(REQUEST, sample_size=114), 114, ""),
    ],
)
def test_a_plan_counts_its_pokemon_and_warns_about_small_populations(
    stores: Stores,
    table: ReportTable,
    pokeapi: PokeApi,
    running: Report,
    request_: ReportRequest,
    total: int,
    warning: str,
) -> None:
    plan = run_plan_report(pokeapi, stores, GenerateReport(running.key, request_))
    planned = stored(table, running)
    assert planned is not None
    assert plan.total == planned.progress.total == total
    assert sum(len(unpack(shard)) for shard in plan.shards) == total
    assert " ".join(planned.warnings).startswith(warning)
    assert bool(planned.warnings) == bool(warning)


def test_fetching_twice_gives_the_same_rows(pokeapi: PokeApi) -> None:
    call = FetchPokemon((PokemonRef(25, "pikachu"), PokemonRef(6, "charizard")), tuple(COLUMNS))
    first = fetch_rows(pokeapi, call, threads=4)
    assert fetch_rows(pokeapi, call, threads=4) == first
    assert [row.pokemon_id for row in first.rows] == [25, 6]
    assert all(len(row.cells) == len(COLUMNS) for row in first.rows)


def test_a_missing_pokemon_is_a_failure_and_is_not_retried(pokeapi: PokeApi) -> None:
    call = FetchPokemon((PokemonRef(25, "pikachu"), PokemonRef(9999, "missingno")), COLUMN_NAMES)
    fetched = fetch_rows(pokeapi, call, threads=4)
    assert fetched.rows == (PIKACHU,)
    assert fetched.failures == (Failure("missingno", "PokéAPI has no pokemon/9999."),)
    assert fetched.unfinished == ()


def test_an_unreachable_pokeapi_fails_a_single_call_and_leaves_a_batch_unfinished() -> None:
    nobody = PokeApi(pokeapi_settings("http://127.0.0.1:9/api/v2"))
    pikachu, charizard = PokemonRef(25, "pikachu"), PokemonRef(6, "charizard")
    with pytest.raises(PokeApiUnavailableError):
        fetch_rows(nobody, FetchPokemon((pikachu,), COLUMN_NAMES), threads=4)
    fetched = fetch_rows(nobody, FetchPokemon((pikachu, charizard), COLUMN_NAMES), threads=4)
    assert fetched.unfinished == (pikachu, charizard)


def serve_zapdos(scripted: ScriptedPokeApi, cache_control: str = "max-age=60") -> None:
    documents = {
        "pokemon/145": zapdos(),
        "pokemon-species/145": zapdos_species(),
        "type/13": electric(),
        "type/3": electric(id=3, name="flying"),
    }
    scripted.respond = lambda path, _count: json_response(
        documents[path], headers={"Cache-Control": cache_control}
    )


def test_only_the_documents_that_the_columns_need_are_fetched(scripted: ScriptedPokeApi) -> None:
    serve_zapdos(scripted)
    client = PokeApi(pokeapi_settings(scripted.base_url))
    for columns, requested in {
        ("id", "hp", "abilities"): {"pokemon/145"},
        ("id", "weak_to"): {"type/13", "type/3"},
        ("habitat", "resists"): {"pokemon-species/145"},
    }.items():
        already_requested = len(scripted.requested_paths)
        fetch_rows(client, FetchPokemon((PokemonRef(145, "zapdos"),), columns), threads=4)
        assert set(scripted.requested_paths[already_requested:]) == requested


def test_a_form_shares_the_species_of_its_default_pokemon(scripted: ScriptedPokeApi) -> None:
    documents = {
        "pokemon/145": zapdos(),
        "pokemon-species/145": zapdos_species(),
        "pokemon/10169": zapdos(id=10169, name="zapdos-galar", is_default=False),
    }
    scripted.respond = lambda path, _count: json_response(
        documents[path], headers={"Cache-Control": "max-age=60"}
    )
    client = PokeApi(pokeapi_settings(scripted.base_url))
    for pokemon in (PokemonRef(145, "zapdos"), PokemonRef(10169, "zapdos-galar")):
        fetch_rows(client, FetchPokemon((pokemon,), ("habitat",)), threads=4)
    assert sorted(scripted.requested_paths) == ["pokemon-species/145", "pokemon/10169", "pokemon/145"]


def test_a_pokemon_and_its_species_are_requested_together(scripted: ScriptedPokeApi) -> None:
    client = PokeApi(pokeapi_settings(scripted.base_url))
    together = threading.Barrier(2, timeout=5)

    def answer(path: str, _count: int) -> ScriptedResponse:
        together.wait()
        return json_response(zapdos_species() if path.startswith("pokemon-species/") else zapdos())

    scripted.respond = answer
    zapdos_alone = FetchPokemon((PokemonRef(145, "zapdos"),), ("name", "habitat"))
    fetched = fetch_rows(client, zapdos_alone, threads=4)
    assert fetched.rows == (Row(145, ("zapdos", "rare")),)


def test_a_pokemons_own_species_link_overrides_the_guess(scripted: ScriptedPokeApi) -> None:
    client = PokeApi(pokeapi_settings(scripted.base_url))
    documents = {
        "pokemon/25": zapdos(id=25, name="pikachu", species=link("pokemon-species", 145, "zapdos")),
        "pokemon-species/145": zapdos_species(),
    }
    scripted.respond = lambda path, _count: (
        json_response(documents[path]) if path in documents else (404, {}, b"Not Found")
    )
    pikachu = FetchPokemon((PokemonRef(25, "pikachu"),), ("name", "habitat"))
    assert fetch_rows(client, pikachu, threads=4).rows == (Row(25, ("pikachu", "rare")),)


def test_staging_twice_leaves_one_block(stores: Stores, container: ContainerClient, running: Report) -> None:
    first = stage(stores, staging(running))
    assert stage(stores, staging(running)) == first
    assert first.block_id is not None
    run_publish_report(turns_of(stores), publication(running, first.block_id))
    assert content(container, running) == b"id,name\r\n25,pikachu\r\n"


def test_a_shard_without_rows_stages_nothing(
    stores: Stores, container: ContainerClient, running: Report
) -> None:
    receipt = stage(stores, from_cache(running, COLUMN_NAMES))
    assert (receipt.block_id, receipt.rows) == (None, 0)
    assert traces(container) == []


def test_the_rows_of_cached_pokemon_are_staged_without_a_request_to_pokeapi(
    stores: Stores, container: ContainerClient, running: Report, scripted: ScriptedPokeApi
) -> None:
    refs = (PokemonRef(144, "articuno"), PokemonRef(145, "zapdos"))
    columns = ("id", "weak_to", "habitat")
    serve_zapdos(scripted)
    client = PokeApi(pokeapi_settings(scripted.base_url))
    fetch_rows(client, FetchPokemon(refs[1:], columns), threads=4)
    requests_before = list(scripted.requested_paths)
    order = from_cache(running, columns, *refs)
    assert stage(stores, order, client) == Receipt(0, None, 0, missing=(144,))
    assert traces(container) == []
    articuno = Row(144, ("144", "rock", "rare"))
    receipt = stage(stores, StageRows(running.key, columns, (ShardRows(0, refs[1:], (articuno,)),)), client)
    assert receipt.rows == 2
    assert receipt.block_id is not None
    run_publish_report(turns_of(stores), replace(publication(running, receipt.block_id), columns=columns))
    lines = content(container, running).decode().splitlines()
    assert [line.split(",")[0] for line in lines] == ["id", "144", "145"]
    assert scripted.requested_paths == requests_before


@pytest.mark.parametrize("column", ["habitat", "weak_to"])
def test_a_pokemon_of_which_one_document_is_not_cached_is_missing(
    stores: Stores, running: Report, scripted: ScriptedPokeApi, column: str
) -> None:
    serve_zapdos(scripted)
    client = PokeApi(pokeapi_settings(scripted.base_url))
    refs = (PokemonRef(145, "zapdos"),)
    fetch_rows(client, FetchPokemon(refs, ("id",)), threads=4)
    assert stage(stores, from_cache(running, ("id", column), *refs), client).missing == (145,)
    assert stage(stores, from_cache(running, ("id",), *refs), client).rows == 1


def test_stale_documents_are_missing(stores: Stores, running: Report, scripted: ScriptedPokeApi) -> None:
    serve_zapdos(scripted, "max-age=0")
    client = PokeApi(pokeapi_settings(scripted.base_url))
    refs = (PokemonRef(145, "zapdos"),)
    fetch_rows(client, FetchPokemon(refs, ("id",)), threads=4)
    assert stage(stores, from_cache(running, ("id",), *refs), client).missing == (145,)


def test_pokemon_that_are_not_read_in_time_are_missing(
    stores: Stores, running: Report, pokeapi: PokeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = (PokemonRef(25, "pikachu"),)
    fetch_rows(pokeapi, FetchPokemon(refs, ("id",)), threads=4)
    order = from_cache(running, ("id",), *refs)
    assert stage(stores, order, pokeapi).rows == 1
    monkeypatch.setattr(stage_rows, "CACHE_BUDGET_SECONDS", 0)
    assert stage(stores, order, pokeapi).missing == (25,)


def test_shards_that_are_not_read_in_time_are_left_to_another_call(
    stores: Stores, running: Report, pokeapi: PokeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    shards = tuple(ShardRows(index, (), (Row(index, (str(index),)),)) for index in range(3))
    order = StageRows(running.key, ("id",), shards)
    assert [receipt.index for receipt in run_stage_rows(stores, pokeapi, order, threads=4).receipts] == [
        0,
        1,
        2,
    ]
    monkeypatch.setattr(stage_rows, "CACHE_BUDGET_SECONDS", 0)
    assert [receipt.index for receipt in run_stage_rows(stores, pokeapi, order, threads=4).receipts] == [0]


@pytest.mark.parametrize("status", WITHDRAWN)
def test_staging_for_a_withdrawn_report_leaves_nothing(
    table: ReportTable,
    stores: Stores,
    container: ContainerClient,
    running: Report,
    status: Status | None,
) -> None:
    withdraw(table, running, status)
    stage(stores, staging(running))
    assert traces(container) == []


def test_an_activity_of_a_deleted_report_makes_the_reconciler_check_again(
    stores: Stores, table: ReportTable, pokeapi: PokeApi, running: Report
) -> None:
    """The engine shows a shard whose host was killed only when its message is visible again."""
    withdraw(table, running, None)
    for call in (
        lambda: run_plan_report(pokeapi, stores, GenerateReport(running.key, REQUEST)),
        lambda: stage(stores, from_cache(running, COLUMN_NAMES)),
        lambda: run_publish_report(turns_of(stores), publication(running)),
        lambda: run_fail_report(turns_of(stores), FailReport(running.key, "a reason")),
    ):
        call()
        (row,) = stores.outbox.read().rows.values()
        assert (row.key, row.closing) == (running.key, True)
        stores.outbox.delete(running.id)


@pytest.mark.parametrize("status", WITHDRAWN)
def test_staging_discards_its_block_if_the_report_is_withdrawn_in_the_meantime(
    stores: Stores, table: ReportTable, container: ContainerClient, running: Report, status: Status | None
) -> None:
    class WithdrawnMeanwhile(ReportBlobs):
        def stage(self, *order: object) -> str:
            block_id = super().stage(*order)  # type: ignore[arg-type]
            withdraw(table, running, status)
            return block_id

    stage(replace(stores, blobs=WithdrawnMeanwhile(container, delegation_keys=None)), staging(running))
    assert traces(container) == []


def test_a_block_that_is_staged_after_publication_does_not_change_the_csv(
    stores: Stores, container: ContainerClient, running: Report
) -> None:
    receipt = stage(stores, staging(running))
    assert receipt.block_id is not None
    run_publish_report(turns_of(stores), publication(running, receipt.block_id))
    stage(stores, staging(running, 0, Row(1, ("1", "bulbasaur"))))
    assert content(container, running) == b"id,name\r\n25,pikachu\r\n"


def test_recording_progress_twice_or_late_changes_nothing(table: ReportTable, running: Report) -> None:
    run_record_progress(table, RecordProgress(running.key, done=4, failed=1))
    run_record_progress(table, RecordProgress(running.key, done=4, failed=1))
    run_record_progress(table, RecordProgress(running.key, done=2, failed=0))
    after = stored(table, running)
    assert after is not None
    assert (after.progress.done, after.progress.failed) == (4, 1)


@pytest.mark.parametrize("status", [*WITHDRAWN, Status.SUCCEEDED, Status.FAILED])
def test_progress_of_an_ended_report_is_not_recorded(
    table: ReportTable, running: Report, status: Status | None
) -> None:
    withdraw(table, running, status)
    before = stored(table, running)
    run_record_progress(table, RecordProgress(running.key, done=4, failed=1))
    assert stored(table, running) == before


def test_publishing_twice_gives_the_same_csv_and_record(
    table: ReportTable, stores: Stores, container: ContainerClient, running: Report
) -> None:
    receipt = stage(stores, staging(running))
    assert receipt.block_id is not None
    order = publication(
        running, receipt.block_id, failures=(Failure("raichu", "PokéAPI has no pokemon/26."),)
    )
    assert run_publish_report(turns_of(stores), order) == {"status": "partial"}
    csv, record = content(container, running), stored(table, running)
    assert run_publish_report(turns_of(stores), order) == {"status": "partial"}
    assert content(container, running) == csv
    assert stored(table, running) == record
    assert record is not None
    assert record.progress == Progress(total=2, done=2, failed=1)


def test_a_publication_that_died_before_it_wrote_the_record_is_repeated(
    table: ReportTable, stores: Stores, container: ContainerClient, running: Report
) -> None:
    receipt = stage(stores, staging(running))
    assert receipt.block_id is not None
    stores.blobs.publish(running.key, b"id,name\r\n", [receipt.block_id])
    run_publish_report(turns_of(stores), publication(running, receipt.block_id))
    record = stored(table, running)
    assert record is not None
    assert record.status is Status.SUCCEEDED
    assert content(container, running) == b"id,name\r\n25,pikachu\r\n"


@pytest.mark.parametrize("status", WITHDRAWN)
def test_publishing_a_withdrawn_report_leaves_nothing(
    table: ReportTable,
    stores: Stores,
    container: ContainerClient,
    running: Report,
    status: Status | None,
) -> None:
    receipt = stage(stores, staging(running))
    assert receipt.block_id is not None
    withdraw(table, running, status)
    run_publish_report(turns_of(stores), publication(running, receipt.block_id))
    assert traces(container) == []
    after = stored(table, running)
    assert (after and after.status) == status


@pytest.mark.parametrize("status", WITHDRAWN)
def test_publishing_discards_its_csv_if_the_report_is_withdrawn_in_the_meantime(
    stores: Stores, table: ReportTable, container: ContainerClient, running: Report, status: Status | None
) -> None:
    class WithdrawnMeanwhile(ReportBlobs):
        def publish(self, *order: object) -> object:  # type: ignore[override]
            published = super().publish(*order)  # type: ignore[arg-type]
            withdraw(table, running, status)
            return published

    overtaken = replace(stores, blobs=WithdrawnMeanwhile(container, delegation_keys=None))
    run_publish_report(turns_of(overtaken), publication(running))
    assert traces(container) == []


def test_a_report_whose_pokemon_all_failed_fails_with_the_first_reason(
    table: ReportTable, stores: Stores, container: ContainerClient, running: Report
) -> None:
    failures = (Failure("a", "PokéAPI answered 503 for pokemon/1."), Failure("b", "Another."))
    order = publication(running, failures=failures)
    for _ in range(2):
        assert run_publish_report(turns_of(stores), order) == {"status": "failed"}
        record = stored(table, running)
        assert record is not None
        assert record.error is not None
        assert "PokéAPI answered 503 for pokemon/1." in record.error.detail
        assert record.failure_count == 2
        assert traces(container) == []


def test_a_report_whose_blocks_were_deleted_fails_with_that_reason(
    stores: Stores, table: ReportTable, container: ContainerClient, running: Report
) -> None:
    """Azure deletes blocks that stay uncommitted for a week."""
    receipt = stage(stores, staging(running))
    assert receipt.block_id is not None
    stores.blobs.discard(running.key)
    assert run_publish_report(turns_of(stores), publication(running, receipt.block_id)) == {
        "status": "failed"
    }
    record = stored(table, running)
    assert record is not None
    assert record.error is not None
    assert "made no progress for a week" in record.error.detail
    assert traces(container) == []


def test_failing_twice_keeps_the_first_reason_and_leaves_no_block(
    table: ReportTable, stores: Stores, container: ContainerClient, running: Report
) -> None:
    stage(stores, staging(running))
    assert run_fail_report(turns_of(stores), FailReport(running.key, "first")) == {"status": "failed"}
    record = stored(table, running)
    assert run_fail_report(turns_of(stores), FailReport(running.key, "second")) == {"status": "failed"}
    assert stored(table, running) == record
    assert traces(container) == []


def test_a_published_report_cannot_fail(
    table: ReportTable, stores: Stores, container: ContainerClient, running: Report
) -> None:
    run_publish_report(turns_of(stores), publication(running))
    run_fail_report(turns_of(stores), FailReport(running.key, "late"))
    record = stored(table, running)
    assert record is not None
    assert record.status is Status.SUCCEEDED
    assert content(container, running) == b"id,name\r\n"
