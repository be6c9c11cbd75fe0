"""Report ids: opaque, safe in a URL and as a table key, and sorted newest first."""

import re
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
LAST_MILLISECOND = 2**44 - 1
"""In the year 2527; 11 hex digits."""

ID_PATTERN = "[0-9a-f]{11}-[0-9a-f]{16}"


def new_report_id(now: datetime, nonce: str) -> str:
    """The time left until the last millisecond, so that later reports sort first, and a nonce of
    16 hex digits against guessing and chance."""
    return f"{LAST_MILLISECOND - (now - EPOCH) // MILLISECOND:011x}-{nonce}"


def made_at(report_id: str) -> datetime:
    """When the report of this id was asked for, to the millisecond."""
    milliseconds = LAST_MILLISECOND - int(report_id.partition("-")[0], 16)
    return EPOCH + milliseconds * MILLISECOND


def is_report_id(text: str) -> bool:
    return re.fullmatch(ID_PATTERN, text) is not None
