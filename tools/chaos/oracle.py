"""The expected outcome and CSV of any request, derived from reports made before fault injection."""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from domain.report import PUBLISHED
from tools.chaos.findings import Invariant
from tools.chaos.ledger import RequestSpec, Stage, TrackedReport

EXPECTED_CAUSE = "PokéAPI"
"""Every failure's reason must name it: no other fault may cost a row."""

type Table = dict[int, dict[str, str]]
type Violations = Iterator[tuple[Invariant, str]]


class Oracle:
    """For each filter that clients use, every row by the Pokémon's id, with all columns."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str | None, str | None, bool], Table] = {}

    def add(self, spec: RequestSpec, content: bytes) -> None:
        """Add the CSV of a report without a sample size."""
        rows = csv.DictReader(io.StringIO(content.decode(), newline=""))
        self._tables[spec.type, spec.generation, spec.include_forms] = {int(row["id"]): row for row in rows}

    def expected_rows(self, request: dict[str, Any]) -> Table:
        """Return the rows of a report of this request without failures, in order."""
        table = self._tables[request["type"], request["generation"], request["include_forms"]]
        size = request["sample_size"]
        chosen: Sequence[int] = sorted(table)
        if size is not None and size < len(chosen):
            chosen = sorted(random.Random(request["seed"]).sample(chosen, size))  # noqa: S311 - not secret
        return {number: table[number] for number in chosen}

    def check_csv(self, report: dict[str, Any], content: bytes) -> Violations:
        """Yield violations unless the CSV has exactly the expected rows without the failures."""
        expected = self.expected_rows(report["request"])
        failed = {failure["pokemon"] for failure in report["failures"]}
        columns = report["request"]["columns"]
        rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
        names = {row["name"] for row in rows}
        if len(rows) != report["result"]["rows"]:
            yield Invariant.INTACT, f"{len(rows)} rows instead of {report['result']['rows']}"
        if len(content) != report["result"]["bytes"]:
            yield Invariant.INTACT, f"{len(content)} bytes instead of {report['result']['bytes']}"
        ids = [int(row["id"]) for row in rows]
        if ids != sorted(set(ids)):
            yield Invariant.INTACT, f"the ids are {ids}"
        expected_csv = _encode(columns, [row for row in expected.values() if row["name"] in names])
        if content != expected_csv:
            yield Invariant.CORRECT, f"the CSV is {content[:500]!r} instead of {expected_csv[:500]!r}"
        missing = {row["name"] for row in expected.values()} - names
        if not failed <= missing or len(missing) != report["failure_count"]:
            yield (
                Invariant.CORRECT,
                f"{sorted(missing)} are missing, and the failures are {report['failures']}",
            )

    def check_outcome(
        self, view: dict[str, Any], report: TrackedReport, *, pokeapi_had_faults: bool
    ) -> Violations:
        """Yield violations unless the clients' requests and the injected faults explain the outcome.

        ``pokeapi_had_faults`` is whether PokéAPI had injected faults while the report was open.
        """
        status, request = view["status"], view["request"]
        if not report.spec.matches(request):
            yield Invariant.CORRECT, f"{report.spec} was requested, but the request is {request}"
        if status == "canceled" and report.cancel is Stage.NONE:
            yield Invariant.OUTCOME, "it is canceled, but no client canceled it"
        if status != "canceled" and report.cancel is Stage.ACCEPTED:
            yield Invariant.OUTCOME, f"its cancellation was accepted, but it is {status}"
        if status in {"failed", "partial"} and not pokeapi_had_faults:
            reason = view["error"] or view["failures"]
            yield Invariant.OUTCOME, f"PokéAPI had no faults, but it is {status}: {reason}"
        if (status == "failed") != (view["error"] is not None):
            yield Invariant.OUTCOME, f"it is {status}, and its error is {view['error']}"
        if view["error"] and EXPECTED_CAUSE not in view["error"]["detail"]:
            yield Invariant.OUTCOME, f"it failed because of {view['error']['detail']!r}"
        for failure in view["failures"]:
            if EXPECTED_CAUSE not in failure["reason"]:
                yield Invariant.OUTCOME, f"{failure['pokemon']} failed because of {failure['reason']!r}"
        if (status in PUBLISHED) != bool(view["result"]) or (status in PUBLISHED) != bool(
            view["links"]["download"]
        ):
            yield Invariant.OUTCOME, f"it is {status} with {view['result']} and {view['links']}"
        if not view["finished_at"] or parse_time(view["finished_at"]) < parse_time(view["created_at"]):
            yield Invariant.OUTCOME, f"it ended at {view['finished_at']}"
        if status in PUBLISHED:
            yield from _check_counts(view, len(self.expected_rows(request)))


def parse_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _check_counts(view: dict[str, Any], total: int) -> Violations:
    rows, failed = view["result"]["rows"], view["failure_count"]
    if (view["status"] == "partial") != bool(failed):
        yield Invariant.OUTCOME, f"it is {view['status']} with {failed} failures"
    if rows + failed != total:
        yield Invariant.CORRECT, f"{rows} rows and {failed} failures of {total} Pokémon"
    if view["progress"] != {"total": total, "done": total, "failed": failed}:
        yield Invariant.OUTCOME, f"it has {rows} rows, and its progress is {view['progress']}"


def _encode(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return text.getvalue().encode()
