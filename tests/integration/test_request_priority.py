"""Activities pause while a report is being created, and no longer than a limit."""

import secrets
from collections.abc import Callable
from threading import Thread

import pytest

from activities.stage_rows import run_stage_rows
from adapters import dependencies, request_priority
from adapters.pokeapi import PokeApi
from adapters.pokeapi_catalog import TYPE
from adapters.request_priority import pause_for_requests, requests_first
from domain.messages import Receipt, ShardRows, StageRows
from domain.pokedex import PokemonRef
from domain.report import Report
from tests.integration.app_instance import counting_requests
from tests.integration.report_fixture import OWNER, REQUEST, ReportFixture
from tests.pokeapi_builders import pokeapi_settings
from tools.bench.harness import running_replica
from tools.local.emulators import Storage

ENOUGH_SECONDS = 0.5
"""A thread that does not pause ends within this time."""


@pytest.fixture
def long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_priority, "LONGEST_PAUSE_SECONDS", 3600)


def started(work: Callable[[], object]) -> Thread:
    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


def pauses(thread: Thread) -> bool:
    thread.join(ENOUGH_SECONDS)
    return thread.is_alive()


def test_an_activity_continues_while_requests_never_end() -> None:
    with requests_first():
        pause_for_requests()


def test_an_activity_waits_for_the_last_of_several_requests(long_pauses: None) -> None:
    with requests_first():
        with requests_first():
            activity = started(pause_for_requests)
            assert pauses(activity)
        assert pauses(activity)
    activity.join()
    pause_for_requests()


def test_the_next_request_to_pokeapi_waits_for_a_request_to_the_app(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, long_pauses: None
) -> None:
    with running_replica() as base_url:
        monkeypatch.setenv("POKEAPI_BASE_URL", base_url)
        monkeypatch.setenv("ReportStorage", storage.connection_string)
        with requests_first():
            with counting_requests(base_url) as sent:
                activity = started(lambda: dependencies.pokeapi().get(TYPE, 13))
                assert pauses(activity)
            assert sent == {}
            assert dependencies.pokeapi_for_requests().get(TYPE, 10).name == "fire"
        activity.join()
        assert dependencies.pokeapi().peek(TYPE, 13)


def test_staging_from_the_cache_waits_for_a_request(
    reports: ReportFixture, pokeapi_url: str, long_pauses: None
) -> None:
    pokeapi = PokeApi(pokeapi_settings(pokeapi_url))
    report = reports.new()
    order = StageRows(report.key, ("id",), (ShardRows(0, (PokemonRef(25, "pikachu"),)),))
    receipts: list[Receipt] = []
    with requests_first():
        activity = started(
            lambda: receipts.extend(run_stage_rows(reports.stores, pokeapi, order, threads=1).receipts)
        )
        assert pauses(activity)
    activity.join()
    assert [receipt.missing for receipt in receipts] == [(25,)]


@pytest.mark.parametrize("key", [None, "key"])
def test_activities_pause_while_a_report_is_created_and_retried(
    reports: ReportFixture, long_pauses: None, key: str | None
) -> None:
    paused = []

    def look() -> None:
        paused.append(pauses(started(pause_for_requests)))

    reports.engine.meanwhile = look
    canceled = ended(reports, reports.acceptance.create(OWNER, REQUEST, key=key))
    reports.engine.meanwhile = look
    reports.acceptance.retry(canceled, key=secrets.token_hex(8) if key else None)
    assert paused == [True, True]
    pause_for_requests()


def ended(reports: ReportFixture, report: Report) -> Report:
    stored = reports.stores.reports.get(report.key)
    assert stored
    reports.lifecycle.cancel(stored)
    reports.settle()
    canceled = reports.stores.reports.get(report.key)
    assert canceled
    return canceled.report
