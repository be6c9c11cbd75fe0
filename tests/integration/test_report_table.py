"""The reports' records in a real Azurite."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy
from azure.core.rest import HttpRequest, HttpResponse
from azure.data.tables import TableClient

from adapters import report_table
from adapters.report_table import ConflictError, ReportTable
from domain import report
from domain.columns import COLUMNS
from domain.report import (
    UNFINISHED,
    Failure,
    Progress,
    Report,
    ReportError,
    ReportKey,
    ReportRequest,
    Result,
    Status,
)
from domain.report_ids import new_report_id
from tools.local.emulators import Storage

NOW = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
REQUEST = ReportRequest("fire", None, include_forms=False, sample_size=3, seed=2**53 - 1, columns=("id",))


def new(owner: str = "anonymous", age: int = 0, request: ReportRequest = REQUEST) -> Report:
    """A report made ``age`` seconds before NOW."""
    made = NOW - timedelta(seconds=age)
    report_id = new_report_id(made, secrets.token_hex(8))
    return report.new_report(report_id, owner, request, made, retention=timedelta(days=30))


def test_a_report_comes_back_as_it_was_stored(table: ReportTable) -> None:
    stored = replace(
        new(),
        status=Status.PARTIAL,
        started_at=NOW,
        finished_at=NOW + timedelta(seconds=3),
        progress=Progress(3, 3, 1),
        result=Result(2, 120, "ab" * 32),
        failures=(Failure("pikachu", "PokéAPI has no pokemon/25."),),
        failure_count=1,
        warnings=("Only 3 Pokémon.",),
        error=ReportError("Title", "Détail"),
        name="Équipe 🔥",
        share_token="a token",
        retry_of="another",
    )
    table.insert(stored)
    found = table.get(stored.key)
    assert found is not None
    assert found.report == stored


def test_the_largest_report_fits_into_its_record(table: ReportTable) -> None:
    everything = replace(REQUEST, columns=tuple(COLUMNS))
    ended = replace(new(request=everything), status=Status.RUNNING)
    failures = [Failure("é" * 60, "ü" * 500) for _ in range(5000)]
    closed = report.failed(ended, ReportError("T", "x" * 1000), NOW, failures)
    assert closed is not None
    table.insert(closed)
    found = table.get(closed.key)
    assert found is not None
    assert found.report.failure_count == 5000
    assert len(found.report.failures) == report.MAX_LISTED_FAILURES


def test_a_report_is_inserted_once_and_then_found(table: ReportTable) -> None:
    one = new()
    assert table.insert(one) == one
    assert table.insert(replace(one, status=Status.FAILED)) == one


def test_another_owner_does_not_find_it(table: ReportTable) -> None:
    other = new(owner="user-a")
    table.insert(other)
    key = ReportKey("user-b", other.id)
    assert table.get(key) is None
    assert table.change(key, lambda found: found) is None


def test_a_change_applies_to_what_another_writer_left(table: ReportTable) -> None:
    one = new()
    table.insert(one)
    raced: list[bool] = []

    def change(found: Report) -> Report:
        if not raced:
            raced.append(True)
            table.change(one.key, lambda other: replace(other, warnings=("first",)))
        return replace(found, warnings=(*found.warnings, "second"))

    changed = table.change(one.key, change)
    assert changed is not None
    assert changed.report.warnings == ("first", "second")
    assert table.get(one.key) == changed


def test_a_change_that_declines_leaves_the_record_alone(table: ReportTable) -> None:
    one = new()
    table.insert(one)
    before = table.get(one.key)
    assert table.change(one.key, lambda _: None) is None
    assert table.get(one.key) == before


def test_a_change_of_a_deleted_report_does_not_bring_it_back(table: ReportTable) -> None:
    one = new()
    table.insert(one)

    def deleted_meanwhile(found: Report) -> Report:
        table.delete(one.key)
        return found

    assert table.change(one.key, deleted_meanwhile) is None
    assert table.get(one.key) is None


def test_a_record_that_never_rests_is_given_up(table: ReportTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_table, "MAX_CONFLICTS", 2)
    one = new()
    table.insert(one)

    def always_beaten(found: Report) -> Report:
        table.change(one.key, lambda other: replace(other, failure_count=other.failure_count + 1))
        return found

    with pytest.raises(ConflictError, match=one.id):
        table.change(one.key, always_beaten)


def test_deleting_twice_is_harmless(table: ReportTable) -> None:
    one = new()
    table.insert(one)
    table.delete(one.key)
    table.delete(one.key)
    assert table.get(one.key) is None


def test_pages_are_newest_first_and_hold_what_was_asked_for(table: ReportTable) -> None:
    fire = [new(age=age) for age in range(5)]
    water = new(age=9, request=replace(REQUEST, type="water"))
    gone = replace(new(age=1), status=Status.DELETING)
    failed = replace(new(age=2), status=Status.FAILED)
    stranger = new(owner="user-b")
    for report_ in (*fire, water, gone, failed, stranger):
        table.insert(report_)

    def page(**asked: object) -> list[str]:
        return [report_.id for report_ in table.page("anonymous", **{"limit": 50, **asked})]  # type: ignore[arg-type]

    everything = page()
    assert set(everything) == {report_.id for report_ in (*fire, water, failed)}
    assert everything == sorted(everything)
    assert page(limit=2) == everything[:2]
    assert page(limit=3, after=everything[1]) == everything[2:5]
    assert page(statuses={Status.FAILED}) == [failed.id]
    assert page(statuses={Status.FAILED, Status.QUEUED}) == everything
    assert page(statuses={Status.QUEUED}, type_="fire", limit=2) == sorted(one.id for one in fire)[:2]
    assert page(type_="water") == [water.id]
    assert page(type_="' or RowKey ne '") == []


def test_a_listed_report_has_every_field_but_its_failures_and_warnings(table: ReportTable) -> None:
    ended = replace(
        new(),
        status=Status.PARTIAL,
        started_at=NOW,
        finished_at=NOW,
        progress=Progress(3, 3, 1),
        result=Result(2, 99, "0" * 64),
        failures=(Failure("missingno", "It does not exist."),),
        failure_count=1,
        warnings=("A warning.",),
        error=ReportError("Title", "Detail"),
        name="My team",
        share_token="a token",
        retry_of="another",
    )
    queued = new(age=1)
    for report_ in (ended, queued):
        table.insert(report_)

    assert table.page("anonymous", limit=9) == [replace(ended, failures=(), warnings=()), queued]


@pytest.mark.parametrize("statuses", [None, UNFINISHED])
def test_a_page_is_one_request(
    storage: Storage, table_client: TableClient, statuses: frozenset[Status] | None
) -> None:
    requests: list[str] = []

    class CountRequests(SansIOHTTPPolicy[HttpRequest, HttpResponse]):
        def on_request(self, request: PipelineRequest[HttpRequest]) -> None:
            requests.append(request.http_request.url)

    counted = TableClient.from_connection_string(
        storage.connection_string, table_client.table_name, per_call_policies=[CountRequests()]
    )
    table = ReportTable(counted)
    for age in range(8):
        table.insert(new(age=age))
    requests.clear()

    assert len(table.page("anonymous", limit=5, statuses=statuses)) == 5
    assert len(requests) == 1
