"""A report as the API shows it."""

import re
from datetime import UTC, datetime
from typing import Any

from domain.columns import COLUMNS
from domain.report import ENDED, OPEN, PUBLISHED, Report


def represent(report: Report) -> dict[str, Any]:
    """The report's JSON: times are RFC 3339 in UTC, sizes in bytes, absent things null."""
    return {
        "id": report.id,
        "status": report.status.value,
        "request": report.request.to_dict(),
        "created_at": _time(report.created_at),
        "started_at": _time(report.started_at),
        "finished_at": _time(report.finished_at),
        "updated_at": _time(report.updated_at),
        "expires_at": _time(report.expires_at),
        "progress": {
            "total": report.progress.total,
            "done": report.progress.done,
            "failed": report.progress.failed,
        },
        "result": _result(report),
        "failures": [failure.to_dict() for failure in report.failures],
        "failure_count": report.failure_count,
        "warnings": list(report.warnings),
        "error": report.error and {"title": report.error.title, "detail": report.error.detail},
        "retry_of": report.retry_of,
        "links": _links(report),
    }


def self_link(report_id: str) -> str:
    return f"/api/reports/{report_id}"


def file_name(report: Report) -> str:
    """What a browser saves the CSV as: "pokemon-electric-generation-i.csv"."""
    parts = ["pokemon", report.request.type, report.request.generation]
    name = "-".join(part for part in parts if part)
    return re.sub(r"[^a-z0-9-]", "", name) + ".csv"


def _result(report: Report) -> dict[str, Any] | None:
    if report.result is None:
        return None
    return {
        "rows": report.result.rows,
        "bytes": report.result.bytes,
        "sha256": report.result.sha256,
        "columns": [{"name": name, "type": COLUMNS[name].type} for name in report.request.columns],
    }


def _links(report: Report) -> dict[str, str | None]:
    own = self_link(report.id)
    return {
        "self": own,
        "download": f"{own}/download" if report.status in PUBLISHED else None,
        "cancel": f"{own}/cancel" if report.status in OPEN else None,
        "retry": f"{own}/retry" if report.status in ENDED else None,
    }


def _time(time: datetime | None) -> str | None:
    if time is None:
        return None
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
