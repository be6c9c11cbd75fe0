"""Report ids: opaque, valid in URLs and as table keys, and sorted newest first."""

import re
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
LAST_MILLISECOND = 2**44 - 1
"""11 hex digits; reached in the year 2527."""

ID_PATTERN = "[0-9a-f]{11}-[0-9a-f]{16}"


def new_report_id(now: datetime, nonce: str) -> str:
    """The milliseconds until LAST_MILLISECOND, so that later reports sort first, and the nonce: 16 hex
    digits, which make the id unique and hard to guess."""
    return f"{LAST_MILLISECOND - (now - EPOCH) // MILLISECOND:011x}-{nonce}"


def made_at(report_id: str) -> datetime:
    """The creation time of the report with this id, to the millisecond."""
    milliseconds = LAST_MILLISECOND - int(report_id.partition("-")[0], 16)
    return EPOCH + milliseconds * MILLISECOND


def is_report_id(text: str) -> bool:
    return re.fullmatch(ID_PATTERN, text) is not None
