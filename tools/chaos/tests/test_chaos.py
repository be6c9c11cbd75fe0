"""The chaos run's own rules: its faults follow its seed, and its checks see what they are there to see."""

from itertools import pairwise
from typing import Any

import pytest

from tools.chaos.faults import HOST, LANES, planned
from tools.chaos.findings import Findings, Rule
from tools.chaos.ledger import Ledger, Stage, Told, Wish
from tools.chaos.truth import Truth

SECONDS = 102.0
WISH = Wish(type="ice", sample_size=2, seed=3, columns=("id", "name"))
EVERYTHING = b"id,name,hp\r\n1,one,10\r\n2,two,20\r\n3,three,30\r\n4,four,40\r\n"
CHOSEN = "2,two", "3,three"
MANY_KINDS = 8


@pytest.fixture
def truth() -> Truth:
    truth = Truth()
    truth.learn(WISH, EVERYTHING)
    return truth


def csv_of(*rows: str) -> bytes:
    return "".join(f"{row}\r\n" for row in ("id,name", *rows)).encode()


def a_report(content: bytes, **changes: Any) -> dict[str, Any]:
    rows = content.count(b"\r\n") - 1
    return {
        "status": "succeeded",
        "request": WISH.body() | {"columns": ["id", "name"]},
        "created_at": "2026-11-24T00:00:00.000Z",
        "finished_at": "2026-11-24T00:00:01.000Z",
        "result": {"rows": rows, "bytes": len(content)},
        "failures": [],
        "failure_count": 0,
        "progress": {"total": 2, "done": 2, "failed": 0},
        "error": None,
        "links": {"download": "/download"},
    } | changes


def rules(truth: Truth, content: bytes, told: Told) -> set[Rule]:
    report = a_report(content)
    found = [*truth.breaches_of_end(report, told, troubled=False), *truth.breaches_of_csv(report, content)]
    return {rule for rule, _ in found}


def test_the_same_seed_plans_the_same_faults() -> None:
    assert planned(7, SECONDS) == planned(7, SECONDS)
    assert planned(7, SECONDS) != planned(8, SECONDS)


@pytest.mark.parametrize("seed", range(20))
def test_two_minutes_have_every_kind_of_fault_and_faults_of_one_lane_never_overlap(seed: int) -> None:
    faults = planned(seed, SECONDS)
    assert len({fault.name for fault in faults}) == MANY_KINDS
    for lane in LANES:
        in_order = [fault for fault in faults if fault.lane == lane]
        for earlier, later in pairwise(in_order):
            assert earlier.begins + earlier.lasts < later.begins
    assert sum(fault.lane == HOST for fault in faults) > 5


def test_a_report_as_it_should_be_is_no_breach(truth: Truth) -> None:
    assert sorted(row["name"] for row in truth.rows(WISH.body()).values()) == ["three", "two"]
    assert rules(truth, csv_of(*CHOSEN), Told("r", WISH)) == set()


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        (CHOSEN[:1], {Rule.RIGHT}),
        (CHOSEN[::-1], {Rule.WHOLE, Rule.RIGHT}),
        ((CHOSEN[0], CHOSEN[0], CHOSEN[1]), {Rule.WHOLE, Rule.RIGHT}),
        (("2,two", "3,three!"), {Rule.RIGHT}),
        (("2,two", "4,four"), {Rule.RIGHT}),
    ],
    ids=["lost", "out of order", "twice", "altered", "of another Pokémon"],
)
def test_a_row_that_is_not_as_it_should_be_is_a_breach(
    truth: Truth, rows: tuple[str, ...], broken: set[Rule]
) -> None:
    assert rules(truth, csv_of(*rows), Told("r", WISH)) == broken


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "canceled", "result": None, "links": {"download": None}},
        {"status": "failed", "result": None, "links": {"download": None}, "error": {"detail": "PokéAPI"}},
        {"status": "failed", "result": None, "links": {"download": None}},
        {"progress": {"total": 3, "done": 2, "failed": 0}},
        {"links": {"download": None}},
        {"finished_at": "2026-11-23T00:00:00.000Z"},
    ],
    ids=["canceled by nobody", "failed in fair weather", "no reason", "progress", "no link", "time"],
)
def test_an_end_that_nothing_explains_is_a_breach(truth: Truth, changes: dict[str, Any]) -> None:
    report = a_report(csv_of(*CHOSEN), **changes)
    found = {rule for rule, _ in truth.breaches_of_end(report, Told("r", WISH), troubled=False)}
    assert found == {Rule.TRUE}


def test_a_failure_for_any_other_reason_than_pokeapi_is_a_breach(truth: Truth) -> None:
    report = a_report(
        b"", status="failed", result=None, links={"download": None}, error={"detail": "Connection refused"}
    )
    assert [rule for rule, _ in truth.breaches_of_end(report, Told("r", WISH), troubled=True)] == [Rule.TRUE]


def test_a_promised_cancellation_that_did_not_come_is_a_breach(truth: Truth) -> None:
    told = Told("r", WISH, cancel=Stage.PROMISED)
    assert rules(truth, csv_of(*CHOSEN), told) == {Rule.TRUE}


def test_an_end_that_changes_is_a_breach() -> None:
    ledger = Ledger(Findings())
    told = Told("r", WISH)
    ended = a_report(csv_of(*CHOSEN)) | {"started_at": None}
    ledger.saw(told, ended, asked_at=0)
    ledger.saw(told, ended, asked_at=0)
    assert ledger.findings.breaches == []
    ledger.saw(told, ended | {"status": "failed"}, asked_at=0)
    assert [breach.rule for breach in ledger.findings.breaches] == [Rule.FINAL]


def test_two_reports_of_one_key_are_a_breach_unless_the_first_was_deleted() -> None:
    ledger = Ledger(Findings())
    shown = a_report(b"", status="queued") | {"started_at": None}
    first = ledger.accepted(shown | {"id": "first"}, WISH, "key", asked_at=0)
    first.delete = Stage.SENT
    ledger.accepted(shown | {"id": "second"}, WISH, "key", asked_at=0)
    assert ledger.findings.breaches == []
    ledger.accepted(shown | {"id": "third"}, WISH, "key", asked_at=0)
    assert [breach.rule for breach in ledger.findings.breaches] == [Rule.ONE_KEY]
