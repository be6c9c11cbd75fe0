"""What people and programs read."""

from pathlib import Path
from typing import Any

from cli import output
from cli.faults import FieldFault, RefusedError

REQUEST = {
    "type": "fire",
    "generation": None,
    "include_forms": True,
    "sample_size": 4,
    "seed": 9,
    "columns": ["id", "name"],
}
PARTIAL: dict[str, Any] = {
    "id": "r1",
    "status": "partial",
    "request": REQUEST,
    "created_at": "2026-11-24T03:55:42.123Z",
    "finished_at": "2026-11-24T03:55:43.000Z",
    "expires_at": "2026-12-24T03:55:42.123Z",
    "progress": {"total": 4, "done": 4, "failed": 1},
    "result": {"rows": 3, "bytes": 12345, "sha256": "ab" * 32},
    "failures": [{"pokemon": "vulpix", "reason": "PokéAPI answered 500."}],
    "failure_count": 1,
    "warnings": ["There are 4 Pokémon only."],
    "error": None,
    "retry_of": "r0",
}


def test_a_refusal_names_the_options_as_they_are_typed() -> None:
    fault = RefusedError(
        "The request is not valid.",
        [
            FieldFault("/sample_size", "Too small."),
            FieldFault("/columns/1", "There is no column 'colour'."),
            FieldFault("/include_forms", "Not a truth."),
            FieldFault("/a~1b~0c", "There is no such field."),
            FieldFault("", "Not an object."),
        ],
    )

    assert output.told(fault).splitlines() == [
        "The request is not valid.",
        "  --sample: Too small.",
        "  --columns (number 2): There is no column 'colour'.",
        "  --forms: Not a truth.",
        "  --a/b~c: There is no such field.",
        "  Not an object.",
    ]


def test_a_refusal_as_json_is_what_the_page_promises() -> None:
    fault = RefusedError("No.", [FieldFault("/type", "None.")])

    faults = [{"pointer": "/type", "detail": "None."}]
    assert output.error_json(fault) == {"error": {"exit_status": 2, "message": "No.", "faults": faults}}


def test_a_summary_says_what_was_made_and_what_is_missing() -> None:
    assert output.summary(PARTIAL, 1.25, Path("some.csv")).splitlines() == [
        "3 rows in some.csv (12,345 bytes)",
        "status partial, 1 failures",
        "seed 9, 1.2 s",
        "  without vulpix: PokéAPI answered 500.",
        "  note: There are 4 Pokémon only.",
    ]


def test_failures_that_the_report_does_not_name_are_counted() -> None:
    assert "  without 6 more" in output.remarks(PARTIAL | {"failure_count": 7})


def test_details_tell_all_there_is_and_leave_out_what_is_not() -> None:
    lines = output.details(PARTIAL).splitlines()

    assert "request   fire, 4 at random" in lines
    assert "progress  4 of 4 Pokémon, 1 failed" in lines
    assert "retry of  r0" in lines
    assert "created   2026-11-24 03:55:42 UTC" in lines
    assert not [line for line in lines if line.startswith("error")]


def test_a_report_that_failed_says_why() -> None:
    error = {"title": "No plan", "detail": "There is no type 'fyre'."}
    failed = PARTIAL | {"status": "failed", "result": None, "error": error}

    assert output.why_no_csv(failed) == "No plan. There is no type 'fyre'."
    assert "error     No plan. There is no type 'fyre'." in output.details(failed).splitlines()
    assert output.why_no_csv(PARTIAL | {"status": "canceled"}) == "The report is canceled."


def test_a_request_is_put_in_words() -> None:
    every = REQUEST | {"type": None, "sample_size": None, "include_forms": False}

    assert output.asked_for(every) == "every Pokémon, without forms"
    assert output.asked_for(REQUEST | {"generation": "generation-i"}) == "fire, generation-i, 4 at random"


def test_a_list_is_a_table_as_wide_as_what_is_in_it() -> None:
    queued = PARTIAL | {"id": "a-longer-id", "status": "queued", "result": None}

    assert output.listing([PARTIAL, queued]).splitlines() == [
        "REPORT       STATUS   CREATED                  ROWS  REQUEST",
        "r1           partial  2026-11-24 03:55:42 UTC  3     fire, 4 at random",
        "a-longer-id  queued   2026-11-24 03:55:42 UTC        fire, 4 at random",
    ]
