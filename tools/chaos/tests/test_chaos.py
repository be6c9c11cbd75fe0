"""Fault plans are reproducible, and the checks detect violations."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from adapters.idempotency_keys import hash_of
from domain.report_ids import new_report_id
from tools.chaos import invariants
from tools.chaos.faults import HOST, LANES, plan_faults
from tools.chaos.findings import Findings, Invariant
from tools.chaos.ledger import Ledger, RequestSpec, Stage, TrackedReport
from tools.chaos.oracle import Oracle
from tools.chaos.snapshot import StoreSnapshot

SECONDS = 102.0
LATER = 1e12
"""Monotonic seconds that are not reached."""
SPEC = RequestSpec(type="ice", sample_size=2, seed=3, columns=("id", "name"))
ALL_ROWS = b"id,name,hp\r\n1,one,10\r\n2,two,20\r\n3,three,30\r\n4,four,40\r\n"
EXPECTED = "2,two", "3,three"
KINDS_OF_FAULTS = 8


@pytest.fixture
def oracle() -> Oracle:
    oracle = Oracle()
    oracle.add(SPEC, ALL_ROWS)
    return oracle


def csv_of(*rows: str) -> bytes:
    return "".join(f"{row}\r\n" for row in ("id,name", *rows)).encode()


def view_of(content: bytes, **changes: Any) -> dict[str, Any]:
    rows = content.count(b"\r\n") - 1
    return {
        "status": "succeeded",
        "request": SPEC.body() | {"columns": ["id", "name"]},
        "created_at": "2026-11-24T00:00:00.000Z",
        "finished_at": "2026-11-24T00:00:01.000Z",
        "result": {"rows": rows, "bytes": len(content)},
        "failures": [],
        "failure_count": 0,
        "progress": {"total": 2, "done": 2, "failed": 0},
        "error": None,
        "links": {"download": "/download"},
    } | changes


def violated(oracle: Oracle, content: bytes, report: TrackedReport) -> set[Invariant]:
    view = view_of(content)
    violations = [
        *oracle.check_outcome(view, report, pokeapi_had_faults=False),
        *oracle.check_csv(view, content),
    ]
    return {invariant for invariant, _ in violations}


def test_the_same_seed_plans_the_same_faults() -> None:
    assert plan_faults(7, SECONDS) == plan_faults(7, SECONDS)
    assert plan_faults(7, SECONDS) != plan_faults(8, SECONDS)


@pytest.mark.parametrize("seed", range(20))
def test_a_plan_of_two_minutes_has_every_kind_of_fault_and_no_overlap_within_a_lane(seed: int) -> None:
    faults = plan_faults(seed, SECONDS)
    assert len({fault.name for fault in faults}) == KINDS_OF_FAULTS
    for lane in LANES:
        in_order = [fault for fault in faults if fault.lane == lane]
        for earlier, later in pairwise(in_order):
            assert earlier.starts_at + earlier.duration < later.starts_at
    assert sum(fault.lane == HOST for fault in faults) > 5


def test_a_correct_report_violates_nothing(oracle: Oracle) -> None:
    assert sorted(row["name"] for row in oracle.expected_rows(SPEC.body()).values()) == ["three", "two"]
    assert violated(oracle, csv_of(*EXPECTED), TrackedReport("r", SPEC)) == set()


@pytest.mark.parametrize(
    ("rows", "invariants"),
    [
        (EXPECTED[:1], {Invariant.CORRECT}),
        (EXPECTED[::-1], {Invariant.INTACT, Invariant.CORRECT}),
        ((EXPECTED[0], EXPECTED[0], EXPECTED[1]), {Invariant.INTACT, Invariant.CORRECT}),
        (("2,two", "3,three!"), {Invariant.CORRECT}),
        (("2,two", "4,four"), {Invariant.CORRECT}),
    ],
    ids=["missing", "out of order", "duplicate", "changed", "of another Pokémon"],
)
def test_an_incorrect_row_is_a_violation(
    oracle: Oracle, rows: tuple[str, ...], invariants: set[Invariant]
) -> None:
    assert violated(oracle, csv_of(*rows), TrackedReport("r", SPEC)) == invariants


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
    ids=["canceled by no client", "failed without faults", "no error", "progress", "no link", "time"],
)
def test_an_unexplained_outcome_is_a_violation(oracle: Oracle, changes: dict[str, Any]) -> None:
    view = view_of(csv_of(*EXPECTED), **changes)
    violations = oracle.check_outcome(view, TrackedReport("r", SPEC), pokeapi_had_faults=False)
    assert {invariant for invariant, _ in violations} == {Invariant.OUTCOME}


def test_a_failure_with_a_cause_other_than_pokeapi_is_a_violation(oracle: Oracle) -> None:
    view = view_of(
        b"", status="failed", result=None, links={"download": None}, error={"detail": "Connection refused"}
    )
    violations = oracle.check_outcome(view, TrackedReport("r", SPEC), pokeapi_had_faults=True)
    assert [invariant for invariant, _ in violations] == [Invariant.OUTCOME]


def test_an_accepted_cancellation_without_effect_is_a_violation(oracle: Oracle) -> None:
    report = TrackedReport("r", SPEC, cancel=Stage.ACCEPTED)
    assert violated(oracle, csv_of(*EXPECTED), report) == {Invariant.OUTCOME}


def test_a_changed_outcome_is_a_violation() -> None:
    ledger = Ledger(Findings())
    report = TrackedReport("r", SPEC)
    ended = view_of(csv_of(*EXPECTED)) | {"started_at": None}
    ledger.record_view(report, ended, requested_at=0)
    ledger.record_view(report, ended, requested_at=0)
    assert ledger.findings.violations == []
    ledger.record_view(report, ended | {"status": "failed"}, requested_at=0)
    assert [violation.invariant for violation in ledger.findings.violations] == [Invariant.FINAL]


def test_two_reports_of_one_key_are_a_violation_unless_the_first_was_deleted() -> None:
    ledger = Ledger(Findings())
    view = view_of(b"", status="queued") | {"started_at": None}
    first = ledger.record_accepted(view | {"id": "first"}, SPEC, "key", requested_at=0)
    first.delete = Stage.SENT
    ledger.record_accepted(view | {"id": "second"}, SPEC, "key", requested_at=0)
    assert ledger.findings.violations == []
    ledger.record_accepted(view | {"id": "third"}, SPEC, "key", requested_at=0)
    assert [violation.invariant for violation in ledger.findings.violations] == [Invariant.IDEMPOTENT]


def test_a_link_that_becomes_valid_again_is_a_violation() -> None:
    ledger = Ledger(Findings())
    report = TrackedReport("r", SPEC)
    ledger.record_link(report, "/api/shared/a", requested_at=0)
    ledger.record_link(report, "/api/shared/a", requested_at=0)
    ledger.record_revocation(report, ["/api/shared/a"])
    ledger.record_link(report, "/api/shared/b", requested_at=LATER)
    assert ledger.findings.violations == []
    ledger.record_link(report, "/api/shared/a", requested_at=LATER)
    assert [violation.invariant for violation in ledger.findings.violations] == [Invariant.LINKS]


def refuse(ledger: Ledger, name: str) -> None:
    ledger.end_attempt(ledger.begin_attempt(), name, answered=True, refused=True)


@pytest.mark.parametrize(
    "left",
    [
        {"records": {"r": {"Name": "refused"}}},
        {"keys": {"r": [hash_of(b"refused")]}},
    ],
    ids=["a record", "a key"],
)
def test_what_a_refused_request_leaves_is_a_violation_unless_it_was_accepted_later(
    left: dict[str, Any],
) -> None:
    nothing: dict[str, Any] = {
        name: {} for name in ("records", "outbox", "keys", "shares", "blobs", "instances")
    }
    ledger = Ledger(Findings())
    refuse(ledger, "refused")
    invariants.verify_refusals(ledger, StoreSnapshot(**nothing))
    assert ledger.findings.violations == []
    invariants.verify_refusals(ledger, StoreSnapshot(**nothing | left))
    assert [violation.invariant for violation in ledger.findings.violations] == [Invariant.REFUSED]

    accepted_later = Ledger(Findings())
    refuse(accepted_later, "refused")
    accepted_later.end_attempt(accepted_later.begin_attempt(), "refused", answered=False, refused=False)
    invariants.verify_refusals(accepted_later, StoreSnapshot(**nothing | left))
    assert accepted_later.findings.violations == []


def test_a_report_in_the_line_without_a_record_belongs_to_a_request_without_an_answer() -> None:
    ledger = Ledger(Findings())
    attempt = ledger.begin_attempt()
    report_id = new_report_id(datetime.now(UTC), "0" * 16)
    assert ledger.explains(report_id, datetime.now(UTC)), "its request is under way"
    assert not ledger.explains(
        new_report_id(datetime.now(UTC) - timedelta(seconds=9), "0" * 16), datetime.now(UTC)
    )
    read_before_the_answer = datetime.now(UTC)
    ledger.end_attempt(attempt, "name", answered=True, refused=True)
    assert ledger.explains(report_id, read_before_the_answer)
    assert not ledger.explains(report_id, datetime.now(UTC))
    attempt.answered = False
    assert ledger.explains(report_id, datetime.now(UTC))
