from datetime import UTC, datetime, timedelta

import pytest

from domain.budgets import Budget, Limits, spend
from domain.errors import TooManyKeptReportsError, TooManyOpenReportsError, TooManyReportsPerHourError
from domain.line import Lane, Line, Place
from domain.report import ReportKey

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LIMITS = Limits(open=2, open_of_visitors=3, per_hour=3, kept=5)


def not_needed() -> int:
    raise AssertionError("the reports were counted without need")


def line_of(*owners: str) -> Line:
    return Line(
        tuple(Place(ReportKey(owner, str(index)), Lane.SMALL, 0, 1) for index, owner in enumerate(owners)), 1
    )


def test_the_first_request_of_an_hour_begins_it_and_counts_what_is_kept() -> None:
    assert spend(None, NOW, LIMITS, lambda: 2) == Budget(NOW, requested=1, kept=3)


def test_each_request_is_counted_within_the_hour() -> None:
    later = NOW + timedelta(minutes=59)
    assert spend(Budget(NOW, 1, 3), later, LIMITS, not_needed) == Budget(NOW, 2, 4)


def test_the_next_hour_begins_anew() -> None:
    later = NOW + timedelta(hours=1)
    assert spend(Budget(NOW, 3, 3), later, LIMITS, not_needed) == Budget(later, 1, 4)


def test_requests_beyond_the_hourly_limit_wait_for_the_end_of_the_hour() -> None:
    with pytest.raises(
        TooManyReportsPerHourError, match="At most 3 reports can be requested per hour"
    ) as caught:
        spend(Budget(NOW, 3, 3), NOW + timedelta(minutes=45), LIMITS, not_needed)
    assert caught.value.retry_after_seconds == 15 * 60


def test_reports_are_counted_again_before_one_is_refused_for_what_is_kept() -> None:
    assert spend(Budget(NOW, 0, 5), NOW, LIMITS, lambda: 4) == Budget(NOW, 1, 5)
    with pytest.raises(TooManyKeptReportsError, match="At most 5 reports can be kept"):
        spend(Budget(NOW, 0, 5), NOW, LIMITS, lambda: 5)


def test_an_owner_can_have_a_limited_number_of_open_reports() -> None:
    LIMITS.check_open(line_of("user-a", "user-b", "user-b"), "user-a")
    with pytest.raises(TooManyOpenReportsError, match="At most 2 reports can be queued"):
        LIMITS.check_open(line_of("user-a", "user-a"), "user-a")


def test_all_visitors_together_can_have_a_limited_number_of_open_reports() -> None:
    full = line_of("visitor-a", "visitor-b", "visitor-c")
    with pytest.raises(TooManyOpenReportsError, match="At most 3 reports of all visitors"):
        LIMITS.check_open(full, "visitor-d")
    LIMITS.check_open(full, "user-a")
    LIMITS.check_open(line_of("visitor-a", "visitor-b", "user-c"), "visitor-d")
