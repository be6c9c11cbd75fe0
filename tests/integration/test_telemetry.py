"""The app emits its events: when each is emitted, how often, and what it says.

``test_pokeapi_telemetry.py`` covers the events about PokéAPI, ``test_infra_queries.py`` the queries that use
the events, and ``test_infra_telemetry.py`` what reaches Application Insights.
"""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from activities.fail_report import run_fail_report
from activities.plan_report import run_plan_report
from activities.publish_report import run_publish_report
from activities.stage_rows import run_stage_rows
from adapters.orchestrations import Instance, Phase
from adapters.pokeapi import PokeApi
from domain.errors import PokeApiError
from domain.messages import (
    FailReport,
    FetchedPokemon,
    FetchPokemon,
    GenerateReport,
    PublishReport,
    Row,
    ShardRows,
    StageRows,
)
from domain.report import Failure, Report, ReportKey, Status
from domain.telemetry import LOGGER, Event, ReportDeleted, emit, log_exception
from services.expiry import expire
from tests.engine import POKEMON, Activities, options, running_engine
from tests.integration.report_fixture import NOW, OWNER, ReportFixture
from tests.pokeapi_builders import pokeapi_settings
from tools.local.emulators import EMULATOR_KEY
from tools.local.process import REPOSITORY

STANDARD_ATTRIBUTES = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
MISSING = Failure("mew", "PokéAPI has no pokemon/151.")


class Recorder(logging.Handler):
    """Keeps the log records of the app's logger."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def events(self, name: str) -> list[dict[str, Any]]:
        """The dimensions of each event of this name."""
        return [dimensions(record) for record in self.records if dimensions(record).get("event") == name]

    def outcomes(self, name: str) -> list[str]:
        return [event["outcome"] for event in self.events(name)]


class BrokenHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise OSError("The log cannot be written.")


def dimensions(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in STANDARD_ATTRIBUTES}


@contextmanager
def handling(handler: logging.Handler) -> Iterator[None]:
    level = LOGGER.level
    LOGGER.setLevel(logging.INFO)
    LOGGER.addHandler(handler)
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(level)


@pytest.fixture
def log() -> Iterator[Recorder]:
    recorder = Recorder()
    with handling(recorder):
        yield recorder


@pytest.fixture
def pokeapi(pokeapi_url: str) -> PokeApi:
    return PokeApi(pokeapi_settings(pokeapi_url))


def publish(reports: ReportFixture, report: Report, *failures: Failure) -> None:
    order = StageRows(report.key, ("id",), (ShardRows(0, (), (Row(25, ("25",)),)),))
    (receipt,) = run_stage_rows(
        reports.stores, PokeApi(pokeapi_settings("http://127.0.0.1:9/api/v2")), order, threads=1
    ).receipts
    assert receipt.block_id
    run_publish_report(reports.turns, PublishReport(report.key, ("id",), (receipt.block_id,), 1, failures))


def closings(log: Recorder) -> list[tuple[str, str]]:
    return [(event["outcome"], event["closed_by"]) for event in log.events("report_finished")]


def test_the_catalog_of_events_is_up_to_date() -> None:
    subprocess.run([sys.executable, "-m", "infra.telemetry", "--check"], cwd=REPOSITORY, check=True)


def test_an_event_is_one_log_record_with_its_fields_as_dimensions(log: Recorder) -> None:
    emit(ReportDeleted(report_id="r1"))
    (record,) = log.records
    assert record.levelname == "INFO"
    assert record.getMessage() == "Report r1 was deleted."
    assert dimensions(record) == {
        "event": "report_deleted",
        "phase": "finish",
        "outcome": "deleted",
        "report_id": "r1",
    }


def test_every_event_has_a_name_of_its_own() -> None:
    names = [event.name for event in Event.__subclasses__()]
    assert len(set(names)) == len(names)


def test_an_exception_is_logged_with_its_report(log: Recorder) -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        log_exception("It failed.", "r1")
        log_exception("It failed.")
    of_report, of_none = log.records
    assert of_report.exc_info
    assert (dimensions(of_report), dimensions(of_none)) == ({"report_id": "r1"}, {})


def test_an_accepted_report_is_started_and_repeated_if_it_is_accepted_again(
    reports: ReportFixture, log: Recorder
) -> None:
    report = reports.new()
    reports.acceptance.accept(report)
    reports.acceptance.accept(replace(report, created_at=NOW + timedelta(hours=1)))
    assert log.outcomes("report_accepted") == ["started", "repeated"]


def test_a_report_that_cannot_be_started_now_is_deferred(reports: ReportFixture, log: Recorder) -> None:
    reports.engine.can_start = False
    reports.acceptance.accept(replace(reports.new(), retry_of="earlier"))
    (accepted,) = log.events("report_accepted")
    assert (accepted["outcome"], accepted["retry_of"]) == ("deferred", "earlier")
    (warning,) = [record for record in log.records if record.exc_info]
    assert warning.levelname == "WARNING"
    assert dimensions(warning) == {"report_id": accepted["report_id"]}


def test_a_request_with_a_used_idempotency_key_is_repeated(reports: ReportFixture, log: Recorder) -> None:
    for _ in range(2):
        reports.acceptance.accept_once(reports.new(), key="a key", body=b"{}")
    assert log.outcomes("report_accepted") == ["started", "repeated"]
    assert "a key" not in str([dimensions(record) for record in log.records])


def test_a_planned_report_emits_how_many_pokemon_were_chosen(
    reports: ReportFixture, pokeapi: PokeApi, log: Recorder
) -> None:
    report = reports.add()
    plan = run_plan_report(pokeapi, reports.stores, GenerateReport(report.key, report.request))
    (planned,) = log.events("report_planned")
    assert (planned["outcome"], planned["pokemon"]) == ("planned", plan.total)


def test_a_plan_of_an_unknown_type_is_impossible(
    reports: ReportFixture, pokeapi: PokeApi, log: Recorder
) -> None:
    report = reports.add()
    request = replace(report.request, type="nope")
    run_plan_report(pokeapi, reports.stores, GenerateReport(report.key, request))
    assert log.outcomes("report_planned") == ["impossible"]


def test_a_plan_of_a_deleted_report_is_withdrawn(
    reports: ReportFixture, pokeapi: PokeApi, log: Recorder
) -> None:
    deleted = GenerateReport(ReportKey(OWNER, "gone"), reports.new().request)
    run_plan_report(pokeapi, reports.stores, deleted)
    assert log.outcomes("report_planned") == ["withdrawn"]


def test_a_shard_emits_one_event_however_often_it_is_replayed(log: Recorder) -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        (pokemon,) = call.pokemon
        if pokemon.id in (3, 21, 22, 23):
            return FetchedPokemon(failures=(Failure(pokemon.name, f"PokéAPI has no {pokemon.id}."),))
        return Activities.fetch_pokemon(call)

    with running_engine() as engine:
        engine.activities = Activities(fetch_pokemon=fetch)
        engine.run(options())
    shards = log.events("shard_finished")
    emitted = {shard["shard"]: (shard["outcome"], shard["fetched"], shard["failed"]) for shard in shards}
    assert len(shards) == 3
    assert emitted == {0: ("partial", 9, 1), 1: ("complete", 10, 0), 2: ("failed", 0, 3)}
    assert sum(shard["fetched"] + shard["failed"] for shard in shards) == len(POKEMON)
    assert {shard.get("reason") for shard in shards} == {"PokéAPI has no 3.", None, "PokéAPI has no 21."}


@pytest.mark.parametrize(("failures", "outcome"), [((), "succeeded"), ((MISSING,), "partial")])
def test_a_published_report_is_closed_by_its_orchestration(
    failures: tuple[Failure, ...], outcome: str, reports: ReportFixture, log: Recorder
) -> None:
    publish(reports, reports.add(Status.RUNNING), *failures)
    assert closings(log) == [(outcome, "orchestration")]
    (finished,) = log.events("report_finished")
    assert (finished["rows"], finished["failed"]) == (1, len(failures))


def test_a_failed_report_emits_a_warning_with_the_reason(reports: ReportFixture, log: Recorder) -> None:
    report = reports.add(Status.RUNNING)
    for _ in range(2):
        run_fail_report(reports.turns, FailReport(report.key, "PokéAPI is unavailable."))
    assert closings(log) == [("failed", "orchestration")]
    assert log.events("report_finished")[0]["reason"] == "PokéAPI is unavailable."
    assert [record.levelname for record in log.records] == ["WARNING"]


def test_a_report_whose_orchestration_was_terminated_is_closed_by_the_reconciler(
    reports: ReportFixture, log: Recorder
) -> None:
    report = reports.add(Status.RUNNING)
    reports.engine.instances[report.id] = Instance(Phase.BROKEN, "terminated")
    reports.reconcile()
    assert closings(log) == [("failed", "reconciler")]
    (run,) = log.events("reports_reconciled")
    assert (run["outcome"], run["closed"], run["open"]) == ("done", 1, 0)
    assert "oldest_report_id" not in run


def test_a_canceled_report_is_closed_by_its_user(reports: ReportFixture, log: Recorder) -> None:
    stored = reports.stores.reports.get(reports.add(Status.RUNNING).key)
    assert stored
    reports.lifecycle.cancel(stored)
    assert closings(log) == [("canceled", "user")]


def test_a_deleted_report_emits_its_deletion(reports: ReportFixture, log: Recorder) -> None:
    report = reports.add(Status.FAILED)
    reports.lifecycle.finish_deleting(reports.mark_deleting(report.key))
    assert [event["report_id"] for event in log.events("report_deleted")] == [report.id]


def test_the_reconciler_emits_the_oldest_open_report_even_if_it_can_do_nothing(
    reports: ReportFixture, log: Recorder
) -> None:
    reports.engine.can_start = False
    reports.engine.unavailable = True
    old = reports.add(age=timedelta(hours=2))
    reports.add(age=timedelta(minutes=1))
    reports.add(Status.SUCCEEDED, age=timedelta(hours=3))
    deleted = reports.add(age=timedelta(hours=4))
    reports.mark_deleting(deleted.key)
    reports.reconcile()
    (run,) = log.events("reports_reconciled")
    assert (run["open"], run["oldest_report_id"]) == (2, old.id)
    assert 7200 <= run["oldest_seconds"] < 7300 + (datetime.now(UTC) - NOW).total_seconds()
    assert (run["outcome"], run["deferred"], run["dropped"]) == ("deferred", 3, 1)
    assert all(dimensions(record)["report_id"] for record in log.records if record.exc_info)


def test_the_daily_cleanup_emits_what_it_deleted(reports: ReportFixture, log: Recorder) -> None:
    expire(reports.lifecycle, NOW)
    reports.add(Status.SUCCEEDED)
    expire(reports.lifecycle, NOW + timedelta(days=60))
    runs = log.events("reports_expired")
    assert [(run["outcome"], run["reports"]) for run in runs] == [("done", 0), ("done", 1)]


def test_the_daily_cleanup_defers_what_it_cannot_delete(reports: ReportFixture, log: Recorder) -> None:
    reports.engine.unavailable = True
    reports.add(Status.SUCCEEDED)
    expire(reports.lifecycle, NOW + timedelta(days=60))
    assert log.outcomes("reports_expired") == ["deferred"]


def test_credentials_are_never_logged(reports: ReportFixture, log: Recorder) -> None:
    unreachable = PokeApi(pokeapi_settings("http://trainer:pikachu@127.0.0.1:9/api/v2", retries=0))
    with pytest.raises(PokeApiError):
        unreachable.types()
    publish(reports, reports.add(Status.RUNNING))
    logged = " ".join(f"{record.getMessage()} {dimensions(record)}" for record in log.records)
    assert "pokeapi_request_retried" in logged
    assert "pikachu" not in logged
    assert EMULATOR_KEY not in logged
    assert "sig=" not in logged


def test_a_failing_log_handler_does_not_fail_a_report(reports: ReportFixture) -> None:
    report = reports.new(Status.RUNNING)
    with handling(BrokenHandler()):
        reports.acceptance.accept(report)
        publish(reports, report)
        reports.reconcile()
        with running_engine() as engine:
            assert engine.run(options()) == {"status": "succeeded"}
    published = reports.show(report)
    assert published
    assert published.status is Status.SUCCEEDED


def test_a_report_succeeds_if_logging_is_off() -> None:
    logging.disable(logging.CRITICAL)
    try:
        with running_engine() as engine:
            assert engine.run(options()) == {"status": "succeeded"}
    finally:
        logging.disable(logging.NOTSET)
