import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.report import (
    ENDED,
    OPEN,
    PUBLISHED,
    Failure,
    Progress,
    Report,
    ReportError,
    ReportRequest,
    Result,
    Status,
    advanced,
    canceled,
    canceling,
    deleting,
    failed,
    new_report,
    planned,
    published,
    shared,
    started,
    unshared,
)

from .builders import LATER, NOW, REPORT_ID, report, report_request

RESULT = Result(rows=107, bytes=20_000, sha256="ab" * 32)
ERROR = ReportError("The report could not be made", "PokéAPI did not answer.")
MUCH_LATER = LATER + timedelta(hours=1)
MISSING = Failure("missingno", "PokéAPI has no pokemon/0.")

TRANSITIONS: dict[str, Callable[[Report], Report | None]] = {
    "started": lambda report_: started(report_, LATER),
    "planned": lambda report_: planned(report_, 107, [], LATER),
    "advanced": lambda report_: advanced(report_, 50, 0, LATER),
    "published": lambda report_: published(report_, RESULT, [], LATER),
    "failed": lambda report_: failed(report_, ERROR, LATER),
}


def changed(report_: Report | None) -> Report:
    assert report_ is not None
    return report_


def test_a_new_report_is_queued_and_expires_after_the_retention() -> None:
    new = new_report(REPORT_ID, "anonymous", report_request(), NOW, retention=timedelta(days=30))

    assert new == Report(
        id=REPORT_ID,
        owner="anonymous",
        status=Status.QUEUED,
        request=report_request(),
        created_at=NOW,
        updated_at=NOW,
        expires_at=NOW + timedelta(days=30),
        started_at=None,
        finished_at=None,
        progress=Progress(total=0, done=0, failed=0),
        result=None,
        failures=(),
        failure_count=0,
        warnings=(),
        error=None,
        retry_of=None,
        idempotency_key=None,
    )


def test_a_new_report_can_be_a_retry_and_have_a_key() -> None:
    plain = new_report(REPORT_ID, "anonymous", report_request(), NOW, retention=timedelta(days=30))

    new = new_report(
        REPORT_ID,
        "anonymous",
        report_request(),
        NOW,
        retention=timedelta(days=30),
        retry_of="0f000000000-fedcba9876543210",
        idempotency_key="abc123",
    )

    assert new == replace(plain, retry_of="0f000000000-fedcba9876543210", idempotency_key="abc123")


def test_a_queued_report_becomes_running() -> None:
    running = started(report(), LATER)

    assert running == report(status=Status.RUNNING, started_at=LATER, updated_at=LATER)


def test_a_report_that_starts_twice_keeps_its_first_start_time() -> None:
    running = report(status=Status.RUNNING, started_at=NOW)

    assert started(running, LATER) == replace(running, updated_at=LATER)


def test_a_plan_sets_the_total_and_the_warnings_and_keeps_the_progress() -> None:
    running = report(status=Status.RUNNING, progress=Progress(0, 3, 1))

    after = planned(running, 107, ["Only 107 meet the filters."], LATER)

    assert after == replace(
        running,
        progress=Progress(107, 3, 1),
        warnings=("Only 107 meet the filters.",),
        updated_at=LATER,
    )


def test_progress_grows() -> None:
    running = report(status=Status.RUNNING, progress=Progress(107, 10, 0))

    assert advanced(running, 20, 1, LATER) == replace(
        running, progress=Progress(107, 20, 1), updated_at=LATER
    )


def test_progress_that_arrives_late_changes_nothing() -> None:
    running = report(status=Status.RUNNING, progress=Progress(107, 20, 1))

    assert advanced(running, 19, 0, LATER) is None


def test_the_same_progress_can_be_recorded_twice() -> None:
    running = report(status=Status.RUNNING, progress=Progress(107, 20, 1))

    assert changed(advanced(running, 20, 1, LATER)).progress == Progress(107, 20, 1)


def test_a_report_with_all_its_pokemon_succeeds() -> None:
    running = report(status=Status.RUNNING, progress=Progress(107, 100, 0))

    assert published(running, RESULT, [], LATER) == replace(
        running,
        status=Status.SUCCEEDED,
        result=RESULT,
        progress=Progress(107, 107, 0),
        finished_at=LATER,
        updated_at=LATER,
    )


def test_a_report_without_some_pokemon_is_partial_and_lists_them() -> None:
    after = changed(published(report(status=Status.RUNNING), RESULT, [MISSING], LATER))

    assert after.status is Status.PARTIAL
    assert after.progress == Progress(108, 108, 1)
    assert after.failures == (MISSING,)
    assert after.failure_count == 1


def test_a_failed_report_has_its_error() -> None:
    running = report(status=Status.RUNNING, progress=Progress(107, 20, 0))

    assert failed(running, ERROR, LATER) == replace(
        running, status=Status.FAILED, error=ERROR, finished_at=LATER, updated_at=LATER
    )


def test_a_report_whose_pokemon_all_failed_lists_them() -> None:
    running = report(status=Status.RUNNING, progress=Progress(total=2, done=1, failed=1))
    other = Failure("zapdos", "PokéAPI answered 503.")

    after = changed(failed(running, ERROR, LATER, [MISSING, other]))

    assert after.progress == Progress(total=2, done=2, failed=2)
    assert after.failures == (MISSING, other)
    assert after.failure_count == 2


def test_a_report_that_fails_late_keeps_the_failures_it_counted() -> None:
    running = report(status=Status.RUNNING, progress=Progress(total=107, done=50, failed=5))

    assert changed(failed(running, ERROR, LATER)).progress == Progress(total=107, done=50, failed=5)


def test_at_most_a_hundred_failures_are_listed_and_all_are_counted() -> None:
    failures = [Failure(f"pokemon-{number}", "Gone.") for number in range(150)]

    after = changed(published(report(), RESULT, failures, LATER))

    assert after.failures == tuple(failures[:100])
    assert after.failure_count == 150
    assert after.progress == Progress(257, 257, 150)


def test_a_reason_is_truncated_to_two_hundred_characters() -> None:
    longest, too_long = "x" * 200, "y" * 201

    after = changed(failed(report(), ERROR, LATER, [Failure("zapdos", longest), Failure("rotom", too_long)]))

    assert [failure.reason for failure in after.failures] == [longest, "y" * 200]
    assert [failure.pokemon for failure in after.failures] == ["zapdos", "rotom"]


def test_a_name_is_truncated_to_a_hundred_characters() -> None:
    after = changed(failed(report(), ERROR, LATER, [Failure("p" * 20_000, "Gone.")]))

    assert after.failures == (Failure("p" * 100, "Gone."),)


@pytest.mark.parametrize(
    ("character", "count"), [("x", 100), ("é", 100), ('"', 68), ("\n", 68), ("\U0001f4a5", 68), ("\0", 24)]
)
def test_the_listed_failures_fit_into_one_table_property(character: str, count: int) -> None:
    failures = [Failure("zapdos", character * 1000)] * 1000

    after = changed(published(report(), RESULT, failures, LATER))

    listed = [failure.to_dict() for failure in after.failures]
    assert len(listed) == count
    assert {failure.reason for failure in after.failures} == {character * 200}
    assert len(json.dumps(listed, ensure_ascii=False).encode("utf-16-le")) <= 64 * 1024
    assert after.failure_count == 1000


@pytest.mark.parametrize("change", TRANSITIONS)
@pytest.mark.parametrize("status", [Status.QUEUED, Status.RUNNING])
def test_an_open_report_accepts_every_change_and_records_the_time(change: str, status: Status) -> None:
    after = changed(TRANSITIONS[change](report(status=status)))

    assert after.updated_at == LATER


@pytest.mark.parametrize("change", TRANSITIONS)
@pytest.mark.parametrize("status", sorted(set(Status) - {Status.QUEUED, Status.RUNNING}))
def test_a_report_that_has_ended_or_is_being_withdrawn_accepts_no_change(change: str, status: Status) -> None:
    assert TRANSITIONS[change](report(status=status)) is None


@pytest.mark.parametrize("change", ["published", "failed"])
def test_a_report_ends_once(change: str) -> None:
    ended = changed(published(report(), RESULT, [MISSING], LATER))

    assert TRANSITIONS[change](ended) is None


def test_statuses_have_these_names() -> None:
    assert [status.value for status in Status] == [
        "queued",
        "running",
        "succeeded",
        "partial",
        "failed",
        "canceling",
        "canceled",
        "deleting",
    ]


@pytest.mark.parametrize("status", [Status.QUEUED, Status.RUNNING, Status.CANCELING])
def test_an_open_report_can_be_canceled_more_than_once(status: Status) -> None:
    report_ = report(status=status)

    assert canceling(report_, LATER) == replace(report_, status=Status.CANCELING, updated_at=LATER)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.QUEUED, Status.RUNNING, Status.CANCELING}))
def test_a_report_that_has_ended_or_is_being_deleted_cannot_be_canceled(status: Status) -> None:
    assert canceling(report(status=status), LATER) is None


def test_a_report_that_is_being_canceled_ends_canceled() -> None:
    report_ = report(status=Status.CANCELING)

    assert canceled(report_, LATER) == replace(
        report_, status=Status.CANCELED, finished_at=LATER, updated_at=LATER
    )


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.CANCELING}))
def test_a_report_that_is_not_being_canceled_does_not_become_canceled(status: Status) -> None:
    assert canceled(report(status=status), LATER) is None


@pytest.mark.parametrize(
    ("status", "is_open", "is_published", "has_ended"),
    [
        (Status.QUEUED, True, False, False),
        (Status.RUNNING, True, False, False),
        (Status.SUCCEEDED, False, True, True),
        (Status.PARTIAL, False, True, True),
        (Status.FAILED, False, False, True),
        (Status.CANCELING, False, False, False),
        (Status.CANCELED, False, False, True),
        (Status.DELETING, False, False, False),
    ],
)
def test_a_status_is_open_ended_or_in_transition(
    status: Status, is_open: bool, is_published: bool, has_ended: bool
) -> None:
    assert (status in OPEN, status in PUBLISHED, status in ENDED) == (is_open, is_published, has_ended)


@pytest.mark.parametrize("status", Status)
def test_a_report_can_be_deleted_at_any_time(status: Status) -> None:
    report_ = report(status=status, updated_at=NOW)

    assert deleting(report_, MUCH_LATER) == replace(report_, status=Status.DELETING, updated_at=MUCH_LATER)


@pytest.mark.parametrize("status", Status)
def test_only_a_published_report_can_be_shared_and_only_once(status: Status) -> None:
    after = shared(report(status=status), "a token")

    assert (after and after.share_token) == ("a token" if status in PUBLISHED else None)
    assert after is None or shared(after, "another") is None


def test_a_link_is_revoked_if_it_still_has_the_same_token() -> None:
    one = report(status=Status.SUCCEEDED, share_token="a token")

    assert unshared(one, "a token") == replace(one, share_token=None)
    assert unshared(one, "another") is None


def test_a_request_survives_its_json_form() -> None:
    request = report_request(generation="generation-i", sample_size=20, include_forms=False)

    data = json.loads(json.dumps(request.to_dict()))

    assert data == {
        "type": "electric",
        "generation": "generation-i",
        "include_forms": False,
        "sample_size": 20,
        "seed": 7,
        "columns": ["id", "name"],
    }
    assert ReportRequest.from_dict(data) == request


def test_a_failure_is_a_pokemon_and_a_reason() -> None:
    assert MISSING.to_dict() == {"pokemon": "missingno", "reason": "PokéAPI has no pokemon/0."}


def test_an_errors_detail_is_truncated_to_what_a_record_can_hold() -> None:
    after = changed(failed(report(), ReportError("Title", "x" * 100_000), LATER))

    assert after.error is not None
    assert after.error.detail == "x" * 1000
