import re
from datetime import UTC, datetime, timedelta

import pytest

from domain.report_ids import is_report_id, made_at, new_report_id

from .builders import NOW

NONCE = "0123456789abcdef"


def test_later_reports_sort_first() -> None:
    moments = [NOW, NOW + timedelta(milliseconds=1), NOW + timedelta(days=1), NOW.replace(year=2500)]

    ids = [new_report_id(moment, NONCE) for moment in moments]

    assert sorted(ids) == ids[::-1]


def test_an_id_counts_down_from_the_last_millisecond_in_hex() -> None:
    assert new_report_id(datetime(1970, 1, 1, tzinfo=UTC), NONCE) == f"fffffffffff-{NONCE}"
    assert new_report_id(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), NONCE) == f"ffffffffc17-{NONCE}"


def test_an_id_late_in_time_keeps_its_length() -> None:
    last = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=2**44 - 1)

    assert new_report_id(last, NONCE) == f"00000000000-{NONCE}"
    assert last.year == 2527


def test_reports_of_one_millisecond_differ_by_their_nonce() -> None:
    assert new_report_id(NOW, "0" * 16) != new_report_id(NOW, "f" * 16)


@pytest.mark.parametrize("milliseconds", range(0, 1000, 37))
def test_no_millisecond_is_lost_between_an_id_and_its_moment(milliseconds: int) -> None:
    moment = NOW.replace(year=2040, microsecond=milliseconds * 1000)

    assert made_at(new_report_id(moment, NONCE)) == moment


def test_an_id_is_safe_in_a_url_and_as_a_table_key() -> None:
    report_id = new_report_id(NOW, NONCE)

    assert re.fullmatch(r"[A-Za-z0-9_-]+", report_id)
    assert is_report_id(report_id)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fffffffffff",
        f"fffffffffff-{NONCE}\n",
        f" fffffffffff-{NONCE}",
        f"FFFFFFFFFFF-{NONCE}",
        f"fffffffffff_{NONCE}",
        f"ffffffffff-{NONCE}",
        f"fffffffffff-{NONCE}0",
        f"fffffffffff-{NONCE}/../x",
        f"fffffffffff-{NONCE}-shard-0000",
        "fffffffffff-0123456789abcdeg",
    ],
)
def test_anything_else_is_not_an_id(text: str) -> None:
    assert not is_report_id(text)
