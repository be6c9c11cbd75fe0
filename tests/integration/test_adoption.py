"""Moving a visitor's reports to a user, also if the process dies in between."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.report_table import ReportTable
from domain.report import Report, Result, Status
from domain.report_ids import made_at
from services.adoption import Adoption, adopt
from services.lifecycle import ReportLifecycle
from services.sharing import find_shared, share
from tests.integration.report_fixture import OWNER, ReportFixture

USER = "user-octocat"
CSV = b"id\r\n25\r\n"


def published(reports: ReportFixture, minutes_ago: int = 0) -> Report:
    new = reports.new(Status.SUCCEEDED, age=timedelta(minutes=minutes_ago))
    report = replace(new, result=Result(1, len(CSV), "sha"), idempotency_key="hash")
    reports.stores.blobs.publish(report.key, CSV, [])
    return reports.stores.reports.insert(report)


def of(reports: ReportFixture, owner: str) -> list[Report]:
    return reports.stores.reports.page(owner, limit=99)


def test_a_report_moves_with_its_csv_and_its_place_in_the_list(reports: ReportFixture) -> None:
    earlier, later = published(reports, minutes_ago=5), published(reports, minutes_ago=1)
    adoption = adopt(reports.lifecycle, OWNER, USER)
    reports.settle()
    moved = of(reports, USER)
    assert adoption == Adoption({later.id: moved[0].id, earlier.id: moved[1].id}, remaining=0)
    assert [made_at(report.id) for report in moved] == [made_at(later.id), made_at(earlier.id)]
    assert set(reports.csvs) == {report.key for report in moved}
    assert {report.idempotency_key for report in moved} == {None}
    assert of(reports, OWNER) == []


def test_the_link_of_a_shared_report_still_works(reports: ReportFixture) -> None:
    stored = reports.stores.reports.get(published(reports).key)
    assert stored
    token = share(reports.stores, stored).share_token
    assert token
    adopt(reports.lifecycle, OWNER, USER)
    reports.settle()
    assert find_shared(reports.stores, token).owner == USER


def test_open_reports_stay_until_they_end(reports: ReportFixture) -> None:
    reports.add(Status.RUNNING)
    ended = reports.add(Status.CANCELED)
    adoption = adopt(reports.lifecycle, OWNER, USER)
    assert (list(adoption.moved), adoption.remaining) == ([ended.id], 1)


@pytest.mark.parametrize("step", [(ReportTable, "insert"), (ReportLifecycle, "delete")])
def test_a_move_that_died_is_completed_by_the_next_one_and_makes_no_copy(
    reports: ReportFixture, monkeypatch: pytest.MonkeyPatch, step: tuple[type, str]
) -> None:
    published(reports)
    owner_of_step, name = step
    original: Callable[..., object] = getattr(owner_of_step, name)

    def die(*arguments: object) -> None:
        original(*arguments)
        raise OSError("the process died")

    monkeypatch.setattr(owner_of_step, name, die)
    with pytest.raises(OSError, match="died"):
        adopt(reports.lifecycle, OWNER, USER)
    monkeypatch.setattr(owner_of_step, name, original)
    adopt(reports.lifecycle, OWNER, USER)
    reports.settle()
    (moved,) = of(reports, USER)
    assert reports.csvs == [moved.key]
    assert of(reports, OWNER) == []
