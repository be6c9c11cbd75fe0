"""The app emits what ``infra/telemetry.json`` says: every event, outcome and dimension, and no others.

The app's own functions run against Azurite, the replica and the SDK's engine, and a listener keeps what
they log. ``test_infra_queries.py`` holds the queries to the same file, ``test_infra_telemetry.py`` shows
what of a record reaches Application Insights.
"""

import json
import logging
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import pytest

from activities.fail_report import run_fail_report
from activities.plan_report import run_plan_report
from activities.publish_report import run_publish_report
from activities.stage_rows import run_stage_rows
from adapters.orchestrations import Instance, Phase
from adapters.pokeapi import PokeApi, PokeApiError
from adapters.settings import PokeApiSettings
from domain import report as life
from domain.messages import (
    ExecutionOptions,
    FailReport,
    FetchedPokemon,
    FetchPokemon,
    GenerateReport,
    PlanReport,
    PublishReport,
    Row,
    StageRows,
)
from domain.report import Failure, Report, Status
from domain.report_ids import new_report_id
from tests.engine import POKEMON, Activities, options, running_engine
from tests.integration.world import NOW, FakeOrchestrations, World, a_world
from tests.replica_process import running_replica
from tools.local.server import REPOSITORY
from tools.local.servers import EMULATOR_KEY, Storage
from triggers.acceptance import Terms, accept, accept_once
from triggers.expiry import expire
from triggers.removal import finish_canceling, finish_deleting, mark_canceling, mark_deleting

TELEMETRY = json.loads((REPOSITORY / "infra/telemetry.json").read_text())
EVENTS: dict[str, dict[str, Any]] = TELEMETRY["events"]
TYPES = {"string": str, "int": int, "float": float}
TERMS = Terms(ExecutionOptions(), max_open=100)
USUAL = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
NOBODY = "http://trainer:pikachu@127.0.0.1:9/api/v2"


class Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @property
    def events(self) -> list[logging.LogRecord]:
        return [record for record in self.records if "event" in dimensions(record)]


class Away(FakeOrchestrations):
    def start(self, order: GenerateReport) -> None:
        raise grpc.RpcError


@contextmanager
def listening(handler: logging.Handler) -> Iterator[None]:
    logger = logging.getLogger(TELEMETRY["logger"])
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def dimensions(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in USUAL}


@pytest.fixture(scope="module")
def heard(storage: Storage, pokeapi_url: str) -> Listener:
    """What was logged while everything that can happen to reports has happened."""
    listener = Listener()
    with pytest.MonkeyPatch.context() as settings, listening(listener), a_world(storage) as world:
        settings.setenv("LAST_LOOK_AFTER_SECONDS", "0")
        reports_are_accepted(world)
        reports_are_planned(world, pokeapi_url)
        shards_finish()
        reports_finish(world)
        rounds_are_made(world)
        pokeapi_is_troubled()
    return listener


def reports_are_accepted(world: World) -> None:
    stored = world.add()
    fresh = replace(stored, id=new_report_id(datetime.now(UTC), secrets.token_hex(8)))
    accept(world.engine, world.stores, fresh, TERMS)
    accept(world.engine, world.stores, replace(fresh, created_at=NOW + timedelta(hours=1)), TERMS)
    again = replace(fresh, id=new_report_id(datetime.now(UTC), secrets.token_hex(8)), retry_of=stored.id)
    accept(Away(), world.stores, again, TERMS)
    for _ in range(2):
        keyed = replace(fresh, id=new_report_id(datetime.now(UTC), secrets.token_hex(8)))
        accept_once(world.engine, world.stores, keyed, TERMS, key="a key", body=b"{}")


def reports_are_planned(world: World, pokeapi_url: str) -> None:
    pokeapi = PokeApi(PokeApiSettings(pokeapi_url, 8, 2, 5, 0, 0))
    report = world.add()
    order = PlanReport(report.id, report.owner, report.request)
    run_plan_report(pokeapi, world.stores, order)
    impossible = replace(order, request=replace(report.request, type="nope"))
    run_plan_report(pokeapi, world.stores, impossible)
    run_plan_report(pokeapi, world.stores, replace(order, report_id="gone"))


def shards_finish() -> None:
    def fetch(call: FetchPokemon) -> FetchedPokemon:
        (pokemon,) = call.pokemon
        if pokemon.id in (3, 21, 22, 23):
            return FetchedPokemon(failures=(Failure(pokemon.name, f"PokéAPI has no {pokemon.id}."),))
        return Activities.fetch_pokemon(call)

    with running_engine() as engine:
        engine.activities = Activities(fetch_pokemon=fetch)
        engine.run(options())


def reports_finish(world: World) -> None:
    publish(world, world.add(Status.RUNNING))
    publish(world, world.add(Status.RUNNING), Failure("mew", "PokéAPI has no pokemon/151."))
    queued = world.add()
    started = world.stores.reports.change(queued.owner, queued.id, lambda one: life.started(one, NOW))
    assert started
    run_fail_report(world.stores, FailReport(started.id, started.owner, "PokéAPI is away."))
    broken = world.add(Status.RUNNING)
    world.engine.instances[broken.id] = Instance(Phase.BROKEN, "terminated")
    world.reconcile()
    canceled, deleted = world.add(Status.RUNNING), world.add(Status.FAILED)
    found = world.stores.reports.get(canceled.owner, canceled.id)
    assert found
    marked = mark_canceling(world.stores, found)
    assert marked
    finish_canceling(world.engine, world.stores, marked)
    marked = mark_deleting(world.stores, deleted.owner, deleted.id)
    assert marked
    finish_deleting(world.engine, world.stores, marked)


def publish(world: World, report: Report, *failures: Failure) -> None:
    staged = StageRows(report.id, report.owner, 0, (Row(25, ("25",)),))
    receipt = run_stage_rows(world.stores, staged)
    assert receipt.block_id
    order = PublishReport(report.id, report.owner, ("id",), (receipt.block_id,), 1, failures)
    run_publish_report(world.stores, order)


def rounds_are_made(world: World) -> None:
    expire(world.engine, world.stores, NOW)
    world.add(Status.CANCELING)
    world.engine.away = True
    world.reconcile()
    expire(world.engine, world.stores, NOW + timedelta(days=60))


def pokeapi_is_troubled() -> None:
    settings = PokeApiSettings("", 8, 1, 1, 4, 0, pause_after_failures=1000, pause_seconds=30.0)
    with running_replica("--error-rate", "0.4", "--missing", "25") as url:
        client = PokeApi(replace(settings, base_url=url))
        for number in range(1, 40):
            ask(client, number)
    away = PokeApi(replace(settings, base_url=NOBODY, pause_after_failures=2))
    for number in range(1, 5):
        ask(away, number)


def ask(client: PokeApi, number: int) -> None:
    with suppress(PokeApiError):
        client.pokemon(number)


def events(heard: Listener, name: str) -> list[logging.LogRecord]:
    return [record for record in heard.events if dimensions(record)["event"] == name]


def test_no_other_event_is_emitted(heard: Listener) -> None:
    assert {dimensions(record)["event"] for record in heard.events} == set(EVENTS)


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_has_every_outcome_that_is_described_and_no_other(name: str, heard: Listener) -> None:
    outcomes = {dimensions(record)["outcome"] for record in events(heard, name)}
    assert outcomes == set(EVENTS[name]["outcomes"])


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_has_every_dimension_that_is_described_and_no_other(name: str, heard: Listener) -> None:
    seen = set().union(*(dimensions(record) for record in events(heard, name)))
    assert seen == set(EVENTS[name]["dimensions"]) | set(TELEMETRY["common"])


@pytest.mark.parametrize("name", EVENTS)
def test_a_dimension_is_of_the_type_that_is_described(name: str, heard: Listener) -> None:
    described = TELEMETRY["common"] | EVENTS[name]["dimensions"]
    for record in events(heard, name):
        for dimension, value in dimensions(record).items():
            kind = re.match(r"\w+", described[dimension])
            assert kind
            assert type(value) is TYPES[kind[0]], f"{dimension} is {value!r}"


@pytest.mark.parametrize("name", EVENTS)
def test_only_dimensions_that_say_so_are_ever_left_out(name: str, heard: Listener) -> None:
    always = {one for one, text in EVENTS[name]["dimensions"].items() if "only where" not in text}
    for record in events(heard, name):
        assert always <= set(dimensions(record))


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_has_the_phase_level_and_message_that_are_described(name: str, heard: Listener) -> None:
    described = EVENTS[name]
    message = re.escape(described["message"]).replace("%s", ".+").replace("%d", r"\d+")
    usual, _, unusual = described["level"].partition(", ")
    for record in events(heard, name):
        outcome = dimensions(record)["outcome"]
        level = unusual.partition(" ")[0] if unusual.endswith(f" {outcome}") else usual
        assert record.levelname == level
        assert dimensions(record)["phase"] == described["phase"]
        assert re.fullmatch(message, record.getMessage())


def test_who_closed_a_report_is_told(heard: Listener) -> None:
    told = Counter(
        (dimensions(record)["outcome"], dimensions(record)["closed_by"])
        for record in events(heard, "report_finished")
    )
    assert set(told) == {
        ("succeeded", "orchestration"),
        ("partial", "orchestration"),
        ("failed", "orchestration"),
        ("failed", "reconciler"),
        ("canceled", "visitor"),
    }


def test_a_fault_is_told_with_its_report(heard: Listener) -> None:
    faults = [record for record in heard.records if record not in heard.events]
    of_no_report = {"The instances could not be listed; the next round tries again."}
    assert len(faults) > len(of_no_report)
    for fault in faults:
        assert set(dimensions(fault)) == (set() if fault.getMessage() in of_no_report else {"report_id"})
        assert fault.exc_info


def test_nothing_secret_is_told(heard: Listener) -> None:
    told = " ".join(f"{record.getMessage()} {dimensions(record)}" for record in heard.records)
    assert EMULATOR_KEY not in told
    assert "trainer" not in told
    assert "sig=" not in told
    assert "a key" not in told


def test_the_circuit_is_told_of_once_when_it_opens(heard: Listener) -> None:
    (paused,) = events(heard, "pokeapi_paused")
    assert dimensions(paused)["failures"] == 2


def test_a_shard_is_told_of_once_however_often_it_is_replayed(heard: Listener) -> None:
    shards = [dimensions(record) for record in events(heard, "shard_finished")]
    told = {shard["shard"]: (shard["outcome"], shard["fetched"], shard["failed"]) for shard in shards}
    assert len(shards) == 3
    assert told == {0: ("partial", 9, 1), 1: ("complete", 10, 0), 2: ("failed", 0, 3)}
    assert sum(shard["fetched"] + shard["failed"] for shard in shards) == len(POKEMON)


def test_the_oldest_open_report_is_told_though_nothing_can_be_done_about_it(storage: Storage) -> None:
    listener = Listener()
    with pytest.MonkeyPatch.context() as settings, listening(listener), a_world(storage) as world:
        settings.setenv("LAST_LOOK_AFTER_SECONDS", "0")
        world.engine = Away(away=True)
        old = world.add(age=timedelta(hours=2))
        world.add(age=timedelta(minutes=1))
        world.add(Status.SUCCEEDED, age=timedelta(hours=3))
        deleted = world.add(age=timedelta(hours=4))
        mark_deleting(world.stores, deleted.owner, deleted.id)
        world.reconcile()
    (round_,) = [dimensions(record) for record in events(listener, "reports_reconciled")]
    assert (round_["open"], round_["oldest_report_id"]) == (2, old.id)
    assert 7200 <= round_["oldest_seconds"] < 7300 + (datetime.now(UTC) - NOW).total_seconds()
    assert (round_["outcome"], round_["put_off"], round_["dropped"]) == ("put_off", 3, 1)


class _Broken(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise OSError("nobody is listening")


def test_a_listener_that_fails_costs_no_report(storage: Storage, pokeapi_url: str) -> None:
    with listening(_Broken()), a_world(storage) as world:
        reports_are_accepted(world)
        reports_are_planned(world, pokeapi_url)
        report = world.add(Status.RUNNING)
        publish(world, report)
        world.reconcile()
        shown = world.show(report)
        assert shown
        assert shown.status is Status.SUCCEEDED
    with listening(_Broken()), running_engine() as engine:
        assert engine.run(options()) == {"status": "succeeded"}


def test_a_report_is_made_where_logging_is_off() -> None:
    logging.disable(logging.CRITICAL)
    try:
        with running_engine() as engine:
            assert engine.run(options()) == {"status": "succeeded"}
    finally:
        logging.disable(logging.NOTSET)
