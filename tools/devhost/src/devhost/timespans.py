"""Lengths of time as .NET writes them: ``00:10:00``, ``1.12:00:00``, ``00:00:00.5``."""

import re
from datetime import timedelta

_TIMESPAN = re.compile(r"(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(\.\d+)?")
_HOURS_A_DAY = 24


def parse_timespan(text: str) -> timedelta | None:
    """The length of time, or None for text that is none."""
    found = _TIMESPAN.fullmatch(text.strip())
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[:4])
    if hours >= _HOURS_A_DAY and not found[1]:  # as .NET reads it: 24:00:00 is 24 days
        return timedelta(days=hours, hours=minutes, minutes=seconds)
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds + float(found[5] or 0))
