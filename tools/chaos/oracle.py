"""What a report's end and its CSV must be, known from reports that were made before anything went wrong."""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from tools.chaos.findings import Rule
from tools.chaos.ledger import PUBLISHED, Stage, Told, Wish

MADE_TROUBLE = "PokéAPI"
"""Whom a failure's reason must name: nothing else that goes wrong may cost a row."""

type Table = dict[int, dict[str, str]]
type Breaches = Iterator[tuple[Rule, str]]


class Truth:
    """Every row of every filter that clients use, by the Pokémon's id, with all columns."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str | None, str | None, bool], Table] = {}

    def learn(self, wish: Wish, content: bytes) -> None:
        """Take the CSV of a report of everything that a filter lets through."""
        rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
        self._tables[wish.type, wish.generation, wish.include_forms] = {int(row["id"]): row for row in rows}

    def rows(self, request: dict[str, Any]) -> Table:
        """The rows that a report of this request must have if nothing is missing, in its order."""
        table = self._tables[request["type"], request["generation"], request["include_forms"]]
        size = request["sample_size"]
        chosen: Sequence[int] = sorted(table)
        if size is not None and size < len(chosen):
            chosen = sorted(random.Random(request["seed"]).sample(chosen, size))  # noqa: S311 - not secret
        return {number: table[number] for number in chosen}

    def breaches_of_csv(self, report: dict[str, Any], content: bytes) -> Breaches:
        """Whether the CSV has every row that it should, as it should be, and no other."""
        rows = self.rows(report["request"])
        failed = {failure["pokemon"] for failure in report["failures"]}
        columns = report["request"]["columns"]
        read = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
        names = [row["name"] for row in read]
        if len(names) != report["result"]["rows"]:
            yield Rule.WHOLE, f"{len(names)} rows, not {report['result']['rows']}"
        if len(content) != report["result"]["bytes"]:
            yield Rule.WHOLE, f"{len(content)} bytes, not {report['result']['bytes']}"
        numbers = [int(row["id"]) for row in read]
        if numbers != sorted(set(numbers)):
            yield Rule.WHOLE, f"the ids are {numbers}"
        expected = _encoded(columns, [row for row in rows.values() if row["name"] in set(names)])
        if content != expected:
            yield Rule.RIGHT, f"the CSV is {content[:500]!r} and should be {expected[:500]!r}"
        missing = {row["name"] for row in rows.values()} - set(names)
        if not failed <= missing or len(missing) != report["failure_count"]:
            yield Rule.RIGHT, f"without {sorted(missing)}, and the failures are {report['failures']}"

    def breaches_of_end(self, report: dict[str, Any], told: Told, *, troubled: bool) -> Breaches:
        """Whether the report ended in a way that what was done to it explains.

        ``troubled`` says that PokéAPI misbehaved while the report was made.
        """
        status, request = report["status"], report["request"]
        if not told.wish.is_meant_by(request):
            yield Rule.RIGHT, f"{told.wish} was asked and it is {request}"
        if status == "canceled" and told.cancel is Stage.NEVER:
            yield Rule.TRUE, "nobody canceled it"
        if status != "canceled" and told.cancel is Stage.PROMISED:
            yield Rule.TRUE, f"its cancellation was promised and it is {status}"
        if status in {"failed", "partial"} and not troubled:
            reason = report["error"] or report["failures"]
            yield Rule.TRUE, f"PokéAPI was well all the while and it is {status}: {reason}"
        if (status == "failed") != (report["error"] is not None):
            yield Rule.TRUE, f"it is {status} with the error {report['error']}"
        if report["error"] and MADE_TROUBLE not in report["error"]["detail"]:
            yield Rule.TRUE, f"it failed because of {report['error']['detail']!r}"
        for failure in report["failures"]:
            if MADE_TROUBLE not in failure["reason"]:
                yield Rule.TRUE, f"without {failure['pokemon']} because of {failure['reason']!r}"
        if (status in PUBLISHED) != bool(report["result"]) or (status in PUBLISHED) != bool(
            report["links"]["download"]
        ):
            yield Rule.TRUE, f"it is {status} with {report['result']} and {report['links']}"
        if not report["finished_at"] or moment(report["finished_at"]) < moment(report["created_at"]):
            yield Rule.TRUE, f"it ended at {report['finished_at']}"
        if status in PUBLISHED:
            yield from _breaches_of_counts(report, len(self.rows(request)))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _breaches_of_counts(report: dict[str, Any], population: int) -> Breaches:
    rows, failed = report["result"]["rows"], report["failure_count"]
    if (report["status"] == "partial") != bool(failed):
        yield Rule.TRUE, f"it is {report['status']} with {failed} failures"
    if rows + failed != population:
        yield Rule.RIGHT, f"{rows} rows and {failed} failures of {population} Pokémon"
    if report["progress"] != {"total": population, "done": population, "failed": failed}:
        yield Rule.TRUE, f"it has {rows} rows and the progress {report['progress']}"


def _encoded(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return text.getvalue().encode()
