"""Formats and prints messages, errors, reports and tables for people, and JSON for scripts."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from .api import Json
from .csv_file import STDOUT
from .errors import FieldError, PokeError

OPTION_OF_FIELD = {
    "sample_size": "--sample",
    "include_forms": "--forms",
    "Idempotency-Key": "--idempotency-key",
}
"""The options whose names differ from the API's fields."""


def print_message(text: str) -> None:
    """Print a line to stderr, above the progress bar if there is one."""
    tqdm.write(text, file=sys.stderr)


def print_json(body: Any) -> None:
    click.echo(json.dumps(body, indent=2, ensure_ascii=False))


def format_error(error: PokeError, options: Mapping[str, str] = OPTION_OF_FIELD) -> str:
    """The error's message, and a line per invalid field, named after its option."""
    lines = [f"  {_format_field_error(field, options)}" for field in error.field_errors]
    return "\n".join([str(error), *lines])


def error_json(error: PokeError) -> Json:
    """The error as documented in docs/poke.md for scripts."""
    field_errors = [{"pointer": field.pointer, "detail": field.detail} for field in error.field_errors]
    return {"error": {"exit_status": int(error.exit_status), "message": str(error), "errors": field_errors}}


def status_line(report: Json) -> str:
    """``Report e5df… running: 12 of 20 Pokémon, about 3 s left.``"""
    progress, position, seconds = report["progress"], *_standing(report)
    parts = [
        f"{progress['done']} of {progress['total']} Pokémon" if progress["total"] else None,
        f"number {position} in line" if position else None,
        f"about {seconds} s left" if seconds is not None else None,
    ]
    known = ", ".join(part for part in parts if part)
    return f"Report {report['id']} {report['status']}{': ' if known else ''}{known}."


def stage(report: Json) -> str:
    """What happens to an open report, in front of its progress bar."""
    position, seconds = _standing(report)
    if position is None:
        return "Creating the report"
    return f"Number {position} in line" + (f", about {seconds} s left" if seconds is not None else "")


def _standing(report: Json) -> tuple[int | None, int | None]:
    """The position in the line and the seconds left, which servers of earlier versions do not have."""
    return report.get("queue_position"), report.get("estimated_seconds_left")


def missing_csv_reason(report: Json) -> str:
    """Why a report that ended has no CSV."""
    if report["error"]:
        return _failure(report["error"])
    return "The report was canceled." if report["status"] == "canceled" else "The report failed."


def summary(report: Json, out: Path, seconds: float | None = None) -> str:
    """A few lines about a saved report. ``seconds`` is how long it took, if known."""
    result = report["result"]
    target = "standard output" if out == STDOUT else out
    duration = f", {seconds:.1f} s" if seconds is not None else ""
    return "\n".join(
        [
            f"{_count(result['rows'], 'row')} in {target} ({result['bytes']:,} bytes)",
            f"status {report['status']}, {_count(report['failure_count'], 'failure')}",
            f"seed {report['request']['seed']}{duration}",
            *_remarks(report),
        ]
    )


def details(report: Json) -> str:
    """Everything about a report, a line per field."""
    progress, result, error = report["progress"], report["result"], report["error"]
    fields = {
        "report": report["id"],
        "name": report.get("name"),
        "status": report["status"],
        "request": describe_request(report["request"]),
        "seed": report["request"]["seed"],
        "columns": ", ".join(report["request"]["columns"]),
        "progress": f"{progress['done']} of {progress['total']} Pokémon, {progress['failed']} failed",
        "result": f"{_count(result['rows'], 'row')}, {result['bytes']:,} bytes" if result else None,
        "sha256": result["sha256"] if result else None,
        "error": _failure(error) if error else None,
        "retry of": report["retry_of"],
        "shared": report["links"].get("shared"),
        "created": _time(report["created_at"]),
        "finished": _time(report["finished_at"]),
        "expires": _time(report["expires_at"]),
    }
    lines = [f"{name:<9} {value}" for name, value in fields.items() if value is not None]
    return "\n".join([*lines, *_remarks(report)])


def preview_table(preview: Json) -> str:
    """A line per column with the cells of each row, because there are more columns than rows."""
    names = [column["name"] for column in preview["columns"]]
    return table([(name, *cells) for name, *cells in zip(names, *preview["rows"], strict=True)])


def preview_summary(preview: Json) -> str:
    shown, request = len(preview["rows"]), preview["request"]
    of_total = f"{shown} of {_count(preview['total'], 'row')}" if shown else "No rows"
    return f"{of_total}: {describe_request(request)}, seed {request['seed']}."


def report_table(reports: Sequence[Json]) -> str:
    rows = [
        (
            report["id"],
            report["status"],
            _time(report["created_at"]) or "",
            str(report["result"]["rows"]) if report["result"] else "",
            describe(report),
        )
        for report in reports
    ]
    return table([("REPORT", "STATUS", "CREATED", "ROWS", "REQUEST"), *rows])


def table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, widths) for row in rows)


def describe(report: Json) -> str:
    """The report's request, after its name if it has one. Servers of earlier versions have no names."""
    name = report.get("name")
    return f"{name}: {describe_request(report['request'])}" if name else describe_request(report["request"])


def describe_request(request: Json) -> str:
    """``electric, generation-i, random sample of 20, without forms``"""
    filters = [name for name in (request["type"], request["generation"]) if name]
    sample = [f"random sample of {request['sample_size']}"] if request["sample_size"] else []
    forms = [] if request["include_forms"] else ["without forms"]
    return ", ".join([*(filters or ["all Pokémon"]), *sample, *forms])


def _row(cells: Iterable[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _time(value: str | None) -> str | None:
    return f"{datetime.fromisoformat(value):%Y-%m-%d %H:%M:%S} UTC" if value else None


def _remarks(report: Json) -> list[str]:
    """The Pokémon missing from the report with the reasons, and the report's warnings."""
    failures, warnings = report["failures"], report["warnings"]
    unlisted = report["failure_count"] - len(failures)
    return [
        *(f"  missing {failure['pokemon']}: {failure['reason']}" for failure in failures),
        *([f"  missing {unlisted} more"] if unlisted > 0 else []),
        *(f"  note: {warning}" for warning in warnings),
    ]


def _failure(error: Json) -> str:
    return f"{error['title']}. {error['detail']}"


def _format_field_error(error: FieldError, options: Mapping[str, str]) -> str:
    """``--columns (number 2): …``, or the detail alone for an error of the whole request."""
    field, *inner = [part.replace("~1", "/").replace("~0", "~") for part in error.pointer.split("/")[1:]] or [
        ""
    ]
    if not field:
        return error.detail
    option = options.get(field, f"--{field}")
    position = f" (number {int(inner[0]) + 1})" if inner and inner[0].isdecimal() else ""
    return f"{option}{position}: {error.detail}"
