"""Share links in real storage: what a link opens, and what is left when processes die or race."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from azure.data.tables import TableClient

from adapters.report_table import Stored
from domain.errors import LinkNotFoundError, ReportNotFoundError, ReportNotPublishedError
from domain.report import ENDED, PUBLISHED, Report, ReportKey, Status
from services.expiry import expire
from services.sharing import find_shared, revoke, share
from tests.integration.report_fixture import NOW, ReportFixture


def stored(reports: ReportFixture, report: Report) -> Stored:
    found = reports.stores.reports.get(report.key)
    assert found is not None
    return found


def shared(reports: ReportFixture) -> tuple[Report, str]:
    """A shared report, and its token."""
    report = share(reports.stores, stored(reports, reports.add(Status.SUCCEEDED)))
    assert report.share_token is not None
    return report, report.share_token


def rows(reports: ReportFixture) -> list[ReportKey]:
    return [row.report for row in reports.stores.shares.all()]


def opens(reports: ReportFixture, token: str) -> bool:
    try:
        find_shared(reports.stores, token)
    except LinkNotFoundError:
        return False
    return True


def test_a_link_opens_its_report(reports: ReportFixture) -> None:
    report, token = shared(reports)
    shared(reports)
    assert find_shared(reports.stores, token) == report
    assert re.fullmatch(r"[\w-]{22}", token), "128 bits in base64"


@pytest.mark.parametrize("token", ["", "x", "x" * 2000, "a'b/c?d#e\\f", "é\n", "\ud800", "../reports"])
def test_an_unknown_link_opens_nothing(reports: ReportFixture, token: str) -> None:
    shared(reports)
    assert not opens(reports, token)


def test_the_key_of_a_row_is_not_the_token(reports: ReportFixture, table_client: TableClient) -> None:
    _, token = shared(reports)
    (row,) = table_client.query_entities("PartitionKey eq 'shares'")
    assert token not in str(dict(row))


def test_a_report_that_is_shared_twice_has_one_link(reports: ReportFixture) -> None:
    report, _ = shared(reports)
    assert share(reports.stores, stored(reports, report)) == report
    assert rows(reports) == [report.key]


def test_concurrent_requests_get_the_same_link(reports: ReportFixture) -> None:
    report = reports.add(Status.PARTIAL)
    as_read = stored(reports, report)
    with ThreadPoolExecutor(8) as pool:
        tokens = {
            shared.share_token for shared in pool.map(lambda _: share(reports.stores, as_read), range(8))
        }
    assert len(tokens) == 1
    assert rows(reports) == [report.key]


@pytest.mark.parametrize("status", sorted(set(Status) - PUBLISHED))
def test_only_a_published_report_can_be_shared(reports: ReportFixture, status: Status) -> None:
    with pytest.raises(ReportNotPublishedError):
        share(reports.stores, stored(reports, reports.add(status)))
    assert rows(reports) == []


def test_a_report_that_is_deleted_while_it_is_shared_has_no_link(reports: ReportFixture) -> None:
    report = reports.add(Status.SUCCEEDED)
    as_read = stored(reports, report)
    reports.lifecycle.delete(report.key)
    with pytest.raises(ReportNotFoundError):
        share(reports.stores, as_read)
    assert rows(reports) == []


def test_a_revoked_link_opens_nothing_and_the_next_link_is_another(reports: ReportFixture) -> None:
    report, token = shared(reports)
    revoke(reports.stores, stored(reports, report))
    assert not opens(reports, token)
    assert (stored(reports, report).report.share_token, rows(reports)) == (None, [])
    revoke(reports.stores, stored(reports, report))
    again = share(reports.stores, stored(reports, report)).share_token
    assert again is not None
    assert (again != token, opens(reports, again), opens(reports, token)) == (True, True, False)


def test_a_late_revocation_does_not_end_a_newer_link(reports: ReportFixture) -> None:
    report, _ = shared(reports)
    as_read = stored(reports, report)
    revoke(reports.stores, as_read)
    newer = share(reports.stores, stored(reports, report)).share_token
    revoke(reports.stores, as_read)
    assert newer is not None
    assert opens(reports, newer)


def test_a_link_opens_nothing_from_the_moment_its_report_is_deleted(reports: ReportFixture) -> None:
    report, token = shared(reports)
    reports.lifecycle.delete(report.key)
    assert not opens(reports, token)
    reports.settle()
    assert (rows(reports), reports.show(report)) == ([], None)


def test_a_link_ends_when_its_report_expires(reports: ReportFixture) -> None:
    report, token = shared(reports)
    expire(reports.lifecycle, NOW + timedelta(days=31))
    assert not opens(reports, token)
    assert rows(reports) == []
    assert reports.show(report) is None


def test_a_link_of_an_expired_report_opens_nothing_before_the_daily_cleanup(reports: ReportFixture) -> None:
    report, token = shared(reports)
    expired = replace(report, expires_at=NOW - timedelta(seconds=1), share_token=token)
    reports.stores.reports.change(report.key, lambda _: expired)
    assert not opens(reports, token)


def test_a_row_that_a_dead_request_left_opens_nothing_and_is_deleted_with_its_report(
    reports: ReportFixture,
) -> None:
    report, _ = shared(reports)
    reports.stores.shares.add("of a request that died before it changed the record", report.key)
    assert not opens(reports, "of a request that died before it changed the record")
    reports.lifecycle.delete(report.key)
    reports.settle()
    assert rows(reports) == []


@pytest.mark.parametrize("status", sorted(ENDED))
def test_the_daily_cleanup_removes_rows_of_links_that_are_not_valid(
    reports: ReportFixture, status: Status
) -> None:
    report, token = shared(reports)
    reports.stores.shares.add("left", report.key)
    gone = reports.new()
    reports.stores.shares.add("of a report that is gone", gone.key)
    reports.stores.reports.change(report.key, lambda current: replace(current, status=status))
    assert expire(reports.lifecycle, NOW)["shares"] == 0, "younger rows may belong to a request"
    tomorrow = datetime.now(UTC) + timedelta(days=1, minutes=1)
    assert expire(reports.lifecycle, tomorrow)["shares"] == (2 if status in PUBLISHED else 3)
    assert opens(reports, token) == (status in PUBLISHED)
