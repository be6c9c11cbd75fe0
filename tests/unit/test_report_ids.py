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


def test_the_last_id_has_the_same_length() -> None:
    last = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=2**44 - 1)

    assert new_report_id(last, NONCE) == f"00000000000-{NONCE}"
    assert last.year == 2527


@pytest.mark.parametrize("milliseconds", range(0, 1000, 37))
def test_the_creation_time_of_an_id_is_exact_to_the_millisecond(milliseconds: int) -> None:
    moment = NOW.replace(year=2040, microsecond=milliseconds * 1000)

    assert made_at(new_report_id(moment, NONCE)) == moment


def test_an_id_is_valid_in_a_url_and_as_a_table_key() -> None:
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
def test_any_other_text_is_not_an_id(text: str) -> None:
    assert not is_report_id(text)
