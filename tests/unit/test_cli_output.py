"""The texts that people read and the JSON that programs read."""

from pathlib import Path
from typing import Any

import pytest

from cli import output
from cli.errors import FieldError, RefusedError

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
    "queue_position": None,
    "estimated_seconds_left": None,
    "result": {"rows": 3, "bytes": 12345, "sha256": "ab" * 32},
    "failures": [{"pokemon": "vulpix", "reason": "PokéAPI answered 500."}],
    "failure_count": 1,
    "warnings": ["There are 4 Pokémon only."],
    "error": None,
    "retry_of": "r0",
    "links": {"self": "/api/reports/r1", "shared": None},
}


def test_an_error_names_each_invalid_field_by_its_option() -> None:
    error = RefusedError(
        "The request is not valid.",
        [
            FieldError("/sample_size", "Too small."),
            FieldError("/columns/1", "There is no column 'nom'."),
            FieldError("/include_forms", "Not a boolean."),
            FieldError("/Idempotency-Key", "Too long."),
            FieldError("/a~1b~0c", "There is no such field."),
            FieldError("", "Not an object."),
        ],
    )

    assert output.format_error(error).splitlines() == [
        "The request is not valid.",
        "  --sample: Too small.",
        "  --columns (number 2): There is no column 'nom'.",
        "  --forms: Not a boolean.",
        "  --idempotency-key: Too long.",
        "  --a/b~c: There is no such field.",
        "  Not an object.",
    ]


def test_an_error_in_json_has_the_documented_fields() -> None:
    error = RefusedError("No.", [FieldError("/type", "None.")])

    assert output.error_json(error) == {
        "error": {
            "exit_status": 2,
            "message": "No.",
            "errors": [{"pointer": "/type", "detail": "None."}],
        }
    }


@pytest.mark.parametrize(
    ("status", "total", "line"),
    [
        ("queued", 0, "Report r1 queued."),
        ("running", 20, "Report r1 running: 4 of 20 Pokémon."),
        ("succeeded", 4, "Report r1 succeeded: 4 of 4 Pokémon."),
    ],
)
def test_a_status_line_shows_the_progress_once_the_total_is_known(status: str, total: int, line: str) -> None:
    report = PARTIAL | {"status": status, "progress": {"total": total, "done": 4, "failed": 0}}

    assert output.status_line(report) == line


def test_a_waiting_report_shows_its_position_and_the_time_left() -> None:
    report = PARTIAL | {"status": "queued", "progress": {"total": 0, "done": 0}, "queue_position": 3}

    assert output.status_line(report) == "Report r1 queued: number 3 in line."
    assert output.stage(report) == "Number 3 in line"
    report["estimated_seconds_left"] = 40
    assert output.status_line(report) == "Report r1 queued: number 3 in line, about 40 s left."
    assert output.stage(report) == "Number 3 in line, about 40 s left"


def test_a_running_report_shows_the_time_left() -> None:
    report = PARTIAL | {"status": "running", "estimated_seconds_left": 0}

    assert output.status_line(report) == "Report r1 running: 4 of 4 Pokémon, about 0 s left."
    assert output.stage(report) == "Creating the report"


def test_a_summary_shows_the_result_and_the_missing_pokemon() -> None:
    assert output.summary(PARTIAL, Path("some.csv"), 1.25).splitlines() == [
        "3 rows in some.csv (12,345 bytes)",
        "status partial, 1 failure",
        "seed 9, 1.2 s",
        "  missing vulpix: PokéAPI answered 500.",
        "  note: There are 4 Pokémon only.",
    ]


def test_failures_that_the_report_does_not_list_are_counted() -> None:
    summary = output.summary(PARTIAL | {"failure_count": 7}, Path("some.csv"))

    assert "  missing 6 more" in summary.splitlines()


def test_details_show_the_fields_that_have_a_value() -> None:
    lines = output.details(PARTIAL).splitlines()

    assert "request   fire, random sample of 4" in lines
    assert "progress  4 of 4 Pokémon, 1 failed" in lines
    assert "retry of  r0" in lines
    assert "created   2026-11-24 03:55:42 UTC" in lines
    assert not [line for line in lines if line.startswith("error")]


def test_a_failed_report_shows_its_reason() -> None:
    error = {"title": "No plan", "detail": "There is no type 'fyre'."}
    failed = PARTIAL | {"status": "failed", "result": None, "error": error}

    assert output.missing_csv_reason(failed) == "No plan. There is no type 'fyre'."
    assert "error     No plan. There is no type 'fyre'." in output.details(failed).splitlines()


def test_a_canceled_report_is_the_reason_for_a_missing_csv() -> None:
    assert output.missing_csv_reason(PARTIAL | {"status": "canceled"}) == "The report was canceled."


def test_a_request_is_described_in_words() -> None:
    all_pokemon = REQUEST | {"type": None, "sample_size": None, "include_forms": False}
    generation = REQUEST | {"generation": "generation-i"}

    assert output.describe_request(all_pokemon) == "all Pokémon, without forms"
    assert output.describe_request(generation) == "fire, generation-i, random sample of 4"


def test_the_columns_of_a_table_are_as_wide_as_their_longest_cell() -> None:
    queued = PARTIAL | {"id": "a-longer-id", "status": "queued", "result": None}

    assert output.report_table([PARTIAL, queued]).splitlines() == [
        "REPORT       STATUS   CREATED                  ROWS  REQUEST",
        "r1           partial  2026-11-24 03:55:42 UTC  3     fire, random sample of 4",
        "a-longer-id  queued   2026-11-24 03:55:42 UTC        fire, random sample of 4",
    ]
