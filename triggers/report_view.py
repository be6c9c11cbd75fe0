"""The JSON views of a report, its links, and the name of its CSV file."""

import re
import unicodedata
from datetime import datetime
from typing import Any

from domain.columns import COLUMNS
from domain.line import Standing
from domain.report import ENDED, OPEN, PUBLISHED, Report, ReportRequest, seconds_left
from triggers.report_schemas import ReportSummaryView, ReportView


def to_view(report: Report, now: datetime, standing: Standing | None = None) -> dict[str, Any]:
    """The report as the JSON of a ``ReportView``. ``standing`` is that of a waiting report."""
    result = report.result
    view = ReportView.model_validate(
        {
            **_common(report, now, standing),
            "request": report.request.to_dict(),
            "result": result and {**vars(result), "columns": column_views(report.request)},
            "failures": [failure.to_dict() for failure in report.failures],
            "warnings": list(report.warnings),
        }
    )
    return view.model_dump(mode="json")


def to_summary(report: Report, now: datetime, standing: Standing | None = None) -> dict[str, Any]:
    """The report as the JSON of a ``ReportSummaryView``, which is a third of the size of ``to_view``."""
    request = report.request.to_dict()
    column_count = len(request.pop("columns"))
    view = ReportSummaryView.model_validate(
        {
            **_common(report, now, standing),
            "request": {**request, "column_count": column_count},
            "result": report.result and vars(report.result),
        }
    )
    return view.model_dump(mode="json")


def to_shared_view(report: Report, now: datetime) -> dict[str, Any]:
    """A shared report as the JSON of a ``ReportView``, without the links that only its owner can use."""
    link = shared_link(report.share_token or "")
    links = {"self": link, "download": f"{link}/download", "cancel": None, "retry": None, "shared": None}
    return {**to_view(report, now), "retry_of": None, "links": links}


def column_views(request: ReportRequest) -> list[dict[str, str]]:
    """The columns of the CSV, as the JSON of ``ColumnView``."""
    return [{"name": name, "type": COLUMNS[name].type} for name in request.columns]


def self_link(report_id: str) -> str:
    return f"/api/reports/{report_id}"


def shared_link(token: str) -> str:
    return f"/api/shared/{token}"


def file_name(report: Report) -> str:
    """The name of the downloaded CSV, such as my-team-pokemon-electric-generation-i-default-20-seed7.csv.

    It is ASCII, because clients disagree about other characters in a Content-Disposition header.
    """
    request = report.request
    parts = [
        report.name,
        "pokemon",
        request.type,
        request.generation,
        None if request.include_forms else "default",
        f"{request.sample_size}-seed{request.seed}" if request.sample_size else None,
    ]
    return "-".join(slug for part in parts if (slug := _slug(part or ""))) + ".csv"


def _slug(text: str) -> str:
    """Lower-case words joined with hyphens, without accents: "Mi equipo de água" is mi-equipo-de-agua."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text.lower()))


def _common(report: Report, now: datetime, standing: Standing | None) -> dict[str, Any]:
    """The fields that a report and its summary share."""
    return {
        "id": report.id,
        "name": report.name,
        "status": report.status.value,
        "created_at": report.created_at,
        "started_at": report.started_at,
        "finished_at": report.finished_at,
        "updated_at": report.updated_at,
        "expires_at": report.expires_at,
        "progress": vars(report.progress),
        "queue_position": standing.position if standing else None,
        "estimated_seconds_left": standing.seconds_left if standing else seconds_left(report, now),
        "failure_count": report.failure_count,
        "error": report.error and vars(report.error),
        "retry_of": report.retry_of,
        "links": _links(report),
    }


def _links(report: Report) -> dict[str, str | None]:
    url = self_link(report.id)
    return {
        "self": url,
        "download": f"{url}/download" if report.status in PUBLISHED else None,
        "cancel": f"{url}/cancel" if report.status in OPEN else None,
        "retry": f"{url}/retry" if report.status in ENDED else None,
        "shared": shared_link(report.share_token) if report.share_token else None,
    }
