"""Durations in .NET's TimeSpan format: ``00:10:00``, ``1.12:00:00``, ``00:00:00.5``."""

import re
from datetime import timedelta

_TIMESPAN = re.compile(r"(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(\.\d+)?")
_HOURS_PER_DAY = 24


def parse_timespan(text: str) -> timedelta | None:
    """Parse a duration; None if ``text`` is not one."""
    match = _TIMESPAN.fullmatch(text.strip())
    if match is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[:4])
    if hours >= _HOURS_PER_DAY and not match[1]:  # .NET reads 24:00:00 as 24 days
        return timedelta(days=hours, hours=minutes, minutes=seconds)
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds + float(match[5] or 0))
