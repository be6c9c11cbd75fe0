import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from domain.line import Standing
from domain.report import Failure, Progress, Report, ReportError, Result, Status
from triggers.report_view import file_name, self_link, to_shared_view, to_summary, to_view

from .builders import LATER, REPORT_ID, report, report_request

SELF = f"/api/reports/{REPORT_ID}"


def view_of(report: Report, standing: Standing | None = None) -> dict[str, Any]:
    return to_view(report, LATER, standing)


def test_the_view_of_a_new_report_has_null_for_values_that_are_not_known_yet() -> None:
    assert view_of(report()) == {
        "id": REPORT_ID,
        "name": None,
        "status": "queued",
        "request": {
            "type": "electric",
            "generation": None,
            "include_forms": True,
            "sample_size": None,
            "seed": 7,
            "columns": ["id", "name"],
        },
        "created_at": "2026-11-24T12:00:00.123Z",
        "started_at": None,
        "finished_at": None,
        "updated_at": "2026-11-24T12:00:00.123Z",
        "expires_at": "2026-12-24T12:00:00.123Z",
        "progress": {"total": 0, "done": 0, "failed": 0},
        "queue_position": None,
        "estimated_seconds_left": None,
        "result": None,
        "failures": [],
        "failure_count": 0,
        "warnings": [],
        "error": None,
        "retry_of": None,
        "links": {
            "self": SELF,
            "download": None,
            "cancel": f"{SELF}/cancel",
            "retry": None,
            "shared": None,
        },
    }


def test_the_view_of_a_partial_report_has_its_result_and_its_failures() -> None:
    view = view_of(
        report(
            status=Status.PARTIAL,
            request=report_request(columns=("name", "types", "height_m", "is_baby", "id")),
            started_at=LATER,
            finished_at=LATER + timedelta(seconds=1),
            progress=Progress(total=107, done=107, failed=1),
            result=Result(rows=106, bytes=20_000, sha256="ab" * 32),
            failures=(Failure("missingno", "PokéAPI has no pokemon/0."),),
            failure_count=1,
            warnings=("Only 107 Pokémon meet the filters.",),
            retry_of="0f000000000-fedcba9876543210",
        )
    )

    assert view["status"] == "partial"
    assert view["started_at"] == "2026-11-24T12:01:00.123Z"
    assert view["finished_at"] == "2026-11-24T12:01:01.123Z"
    assert view["progress"] == {"total": 107, "done": 107, "failed": 1}
    assert view["result"] == {
        "rows": 106,
        "bytes": 20_000,
        "sha256": "ab" * 32,
        "columns": [
            {"name": "name", "type": "string"},
            {"name": "types", "type": "list"},
            {"name": "height_m", "type": "number"},
            {"name": "is_baby", "type": "boolean"},
            {"name": "id", "type": "integer"},
        ],
    }
    assert view["failures"] == [{"pokemon": "missingno", "reason": "PokéAPI has no pokemon/0."}]
    assert view["failure_count"] == 1
    assert view["warnings"] == ["Only 107 Pokémon meet the filters."]
    assert view["retry_of"] == "0f000000000-fedcba9876543210"
    assert json.loads(json.dumps(view)) == view


def test_a_summary_is_a_report_without_its_columns_failures_and_warnings() -> None:
    partial = report(
        status=Status.PARTIAL,
        request=report_request(columns=("name", "id", "hp")),
        progress=Progress(total=107, done=107, failed=1),
        result=Result(rows=106, bytes=20_000, sha256="ab" * 32),
        failures=(Failure("missingno", "PokéAPI has no pokemon/0."),),
        failure_count=1,
        warnings=("Only 107 Pokémon meet the filters.",),
    )
    view = view_of(partial)
    del view["failures"], view["warnings"], view["request"]["columns"], view["result"]["columns"]
    view["request"]["column_count"] = 3

    assert to_summary(partial, LATER) == view


def test_the_summary_of_a_waiting_report_shows_its_standing() -> None:
    summary = to_summary(report(), LATER, Standing(3, 40))

    assert (summary["queue_position"], summary["estimated_seconds_left"]) == (3, 40)


def test_the_view_of_a_failed_report_has_its_error() -> None:
    view = view_of(report(status=Status.FAILED, error=ReportError("It failed", "PokéAPI is unavailable.")))

    assert view["error"] == {"title": "It failed", "detail": "PokéAPI is unavailable."}


def test_the_view_has_neither_the_owner_nor_the_idempotency_key() -> None:
    view = json.dumps(view_of(report(owner="user-1", idempotency_key="abc123")))

    assert "user-1" not in view
    assert "abc123" not in view


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        (Status.QUEUED, {"cancel"}),
        (Status.RUNNING, {"cancel"}),
        (Status.SUCCEEDED, {"download", "retry"}),
        (Status.PARTIAL, {"download", "retry"}),
        (Status.FAILED, {"retry"}),
        (Status.CANCELING, set()),
        (Status.CANCELED, {"retry"}),
    ],
)
def test_a_report_links_to_the_actions_that_its_status_allows(status: Status, allowed: set[str]) -> None:
    links = view_of(report(status=status))["links"]

    assert links.pop("self") == self_link(REPORT_ID) == SELF
    assert links.pop("shared") is None
    assert links == {
        name: f"{SELF}/{name}" if name in allowed else None for name in ("download", "cancel", "retry")
    }


def test_a_shared_report_shows_its_link_to_its_owner() -> None:
    shared = report(status=Status.SUCCEEDED, share_token="abc")

    assert view_of(shared)["links"]["shared"] == "/api/shared/abc"
    assert to_summary(shared, LATER)["links"]["shared"] == "/api/shared/abc"


def test_whoever_has_the_link_sees_the_report_without_the_actions_of_its_owner() -> None:
    shared = report(
        status=Status.SUCCEEDED, name="My team", share_token="abc", retry_of="0f000000000-fedcba9876543210"
    )
    seen, own = to_shared_view(shared, LATER), view_of(shared)

    assert seen.pop("links") == {
        "self": "/api/shared/abc",
        "download": "/api/shared/abc/download",
        "cancel": None,
        "retry": None,
        "shared": None,
    }
    assert seen.pop("retry_of") is None
    assert seen == {name: own[name] for name in seen}
    assert own.keys() - seen.keys() == {"links", "retry_of"}


def test_times_are_in_utc() -> None:
    tokyo = datetime(2026, 11, 24, 21, 0, tzinfo=timezone(timedelta(hours=9)))

    assert view_of(report(created_at=tokyo))["created_at"] == "2026-11-24T12:00:00.000Z"


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        ({}, "pokemon.csv"),
        ({"type": "electric"}, "pokemon-electric.csv"),
        ({"generation": "generation-i"}, "pokemon-generation-i.csv"),
        ({"include_forms": False}, "pokemon-default.csv"),
        ({"sample_size": 10}, "pokemon-10-seed7.csv"),
        (
            {"type": "water", "generation": "generation-iii", "include_forms": False, "sample_size": 10},
            "pokemon-water-generation-iii-default-10-seed7.csv",
        ),
        ({"type": 'e"\r\n/é;x'}, "pokemon-e-e-x.csv"),
    ],
)
def test_the_csv_is_named_after_its_request(request_: dict[str, Any], name: str) -> None:
    assert file_name(report(request=report_request(**{"type": None, **request_}))) == name


@pytest.mark.parametrize(
    ("report_name", "name"),
    [
        ("My team", "my-team-pokemon-electric.csv"),
        ("Équipe d'été: 100 %!", "equipe-d-ete-100-pokemon-electric.csv"),
        ("チーム 1", "1-pokemon-electric.csv"),
        ("チーム", "pokemon-electric.csv"),
    ],
)
def test_the_csv_of_a_named_report_starts_with_its_name_in_ascii(report_name: str, name: str) -> None:
    assert file_name(report(name=report_name)) == name


def test_the_view_and_the_summary_have_the_name() -> None:
    named = report(name="Mi equipo")

    assert (view_of(named)["name"], to_summary(named, LATER)["name"]) == ("Mi equipo", "Mi equipo")


def test_a_waiting_report_shows_its_standing() -> None:
    view = view_of(report(), Standing(3, 40))

    assert (view["queue_position"], view["estimated_seconds_left"]) == (3, 40)


@pytest.mark.parametrize(
    ("progress", "seconds"), [(Progress(total=100, done=25), 30), (Progress(total=100), None)]
)
def test_a_running_report_shows_the_time_left_at_its_pace(progress: Progress, seconds: int | None) -> None:
    running = report(status=Status.RUNNING, started_at=LATER - timedelta(seconds=10), progress=progress)
    view = view_of(running)

    assert (view["queue_position"], view["estimated_seconds_left"]) == (None, seconds)
