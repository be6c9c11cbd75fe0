"""What people read: faults in the words of the command line, reports, tables."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from .api import Json
from .faults import FieldFault, PokeError
from .saving import STDOUT

OPTIONS = {"sample_size": "--sample", "include_forms": "--forms", "Idempotency-Key": "--idempotency-key"}
"""Where an option is not called as the field of the API is."""


def write_json(body: Any) -> None:
    click.echo(json.dumps(body, indent=2, ensure_ascii=False))


def told(fault: PokeError) -> str:
    """The fault's message, and a line for each field that is wrong, named as its option is."""
    return "\n".join([str(fault), *(f"  {_told(one)}" for one in fault.faults)])


def error_json(fault: PokeError) -> Json:
    """``{"error": {"exit_status", "message", "faults": [{"pointer", "detail"}]}}``, a promise to scripts."""
    faults = [{"pointer": one.pointer, "detail": one.detail} for one in fault.faults]
    return {"error": {"exit_status": int(fault.exit_status), "message": str(fault), "faults": faults}}


def why_no_csv(report: Json) -> str:
    error = report["error"]
    if error:
        return f"{error['title']}. {error['detail']}"
    return f"The report is {report['status']}."


def summary(report: Json, seconds: float, out: Path) -> str:
    """What was made, a line each."""
    lines = [
        saved(report, out),
        f"status {report['status']}, {report['failure_count']} failures",
        f"seed {report['request']['seed']}, {seconds:.1f} s",
        *remarks(report),
    ]
    return "\n".join(lines)


def saved(report: Json, out: Path) -> str:
    where = "standard output" if out == STDOUT else out
    return f"{report['result']['rows']} rows in {where} ({report['result']['bytes']:,} bytes)"


def remarks(report: Json) -> list[str]:
    """What is missing from the report and why, and what its reader should know."""
    failures, warnings = report["failures"], report["warnings"]
    unnamed = report["failure_count"] - len(failures)
    return [
        *(f"  without {failure['pokemon']}: {failure['reason']}" for failure in failures),
        *([f"  without {unnamed} more"] if unnamed > 0 else []),
        *(f"  note: {warning}" for warning in warnings),
    ]


def details(report: Json) -> str:
    """All there is to know of a report, a line each."""
    progress, result, error = report["progress"], report["result"], report["error"]
    known = {
        "report": report["id"],
        "status": report["status"],
        "request": asked_for(report["request"]),
        "seed": report["request"]["seed"],
        "columns": ", ".join(report["request"]["columns"]),
        "progress": f"{progress['done']} of {progress['total']} Pokémon, {progress['failed']} failed",
        "result": f"{result['rows']} rows, {result['bytes']:,} bytes" if result else None,
        "sha256": result["sha256"] if result else None,
        "error": f"{error['title']}. {error['detail']}" if error else None,
        "retry of": report["retry_of"],
        "created": _time(report["created_at"]),
        "finished": _time(report["finished_at"]),
        "expires": _time(report["expires_at"]),
    }
    lines = [f"{name:<9} {value}" for name, value in known.items() if value is not None]
    return "\n".join([*lines, *remarks(report)])


def listing(reports: Sequence[Json]) -> str:
    rows = [
        (
            report["id"],
            report["status"],
            _time(report["created_at"]) or "",
            str(report["result"]["rows"]) if report["result"] else "",
            asked_for(report["request"]),
        )
        for report in reports
    ]
    return table([("REPORT", "STATUS", "CREATED", "ROWS", "REQUEST"), *rows])


def table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, widths) for row in rows)


def asked_for(request: Json) -> str:
    """``electric, generation-i, 20 at random, without forms``"""
    filters = [name for name in (request["type"], request["generation"]) if name]
    sample = [f"{request['sample_size']} at random"] if request["sample_size"] else []
    forms = [] if request["include_forms"] else ["without forms"]
    return ", ".join([*(filters or ["every Pokémon"]), *sample, *forms])


def _row(cells: Iterable[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _time(value: str | None) -> str | None:
    return f"{datetime.fromisoformat(value):%Y-%m-%d %H:%M:%S} UTC" if value else None


def _told(fault: FieldFault) -> str:
    field, *inner = [part.replace("~1", "/").replace("~0", "~") for part in fault.pointer.split("/")[1:]] or [
        ""
    ]
    if not field:
        return fault.detail
    option = OPTIONS.get(field, f"--{field}")
    place = f" (number {int(inner[0]) + 1})" if inner and inner[0].isdecimal() else ""
    return f"{option}{place}: {fault.detail}"
