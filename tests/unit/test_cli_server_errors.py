"""The client against a server that fails: what it retries and what it reports."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from cli import csv_file
from cli.api import Api
from cli.errors import FieldError, RefusedError, ReportNotFoundError, UnreachableError
from cli.progress import POLL_SECONDS, wait_until_ended
from cli.retry_policy import RetryPolicy
from cli.transport import Transport
from tests.scripted_server import LOST, ScriptedResponse, ScriptedServer, scripted_server

CSV = b"id,name\r\n25,pikachu\r\n"
LARGE_CSV = CSV * 10_000
TRUNCATED = ScriptedResponse(200, LARGE_CSV, {"Content-Length": str(len(LARGE_CSV) + 10)})
"""The connection breaks inside the body, after the client has written a part of it."""


def api_of(
    server: ScriptedServer,
    *,
    messages: list[str] | None = None,
    sleep: Callable[[float], None] = lambda _: None,
    headers: dict[str, str] | None = None,
) -> Api:
    print_message = (messages if messages is not None else []).append
    return Api(Transport(server.url, headers=headers), RetryPolicy(60, print_message, sleep=sleep))


def report(status: str = "queued", **changes: Any) -> dict[str, Any]:
    download = "/api/reports/r1/download" if status == "succeeded" else None
    return {
        "id": "r1",
        "status": status,
        "request": {},
        "progress": {"total": 1, "done": 0, "failed": 0},
        "result": None,
        "failures": [],
        "warnings": [],
        "error": None,
        "links": {"download": download},
    } | changes


def problem(status: int, detail: str, **more: Any) -> ScriptedResponse:
    body = {"type": "urn:some", "title": "A title", "status": status, "detail": detail, **more}
    return ScriptedResponse(status, body)


def test_a_creation_whose_response_is_lost_is_repeated_byte_for_byte() -> None:
    with scripted_server(LOST, ScriptedResponse(202, report())) as server:
        created = api_of(server).create({"type": "fire"}, "a-key")

    first, second = server.requests
    assert created["id"] == "r1"
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == "a-key"
    assert first.body == second.body == b'{"type": "fire"}'


@pytest.mark.parametrize(
    "failure", [LOST, problem(503, "Storage is unavailable."), problem(429, "Too many.")]
)
def test_a_failed_retry_is_repeated_with_the_same_key(failure: ScriptedResponse) -> None:
    with scripted_server(failure, ScriptedResponse(202, report())) as server:
        assert api_of(server).retry("r1", "a-key", only_missing=True)["id"] == "r1"

    first, second = server.requests
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == "a-key"
    assert first.body == second.body == b'{"only": "missing"}'


def test_a_report_that_is_not_found_after_a_lost_response_counts_as_deleted() -> None:
    with scripted_server(LOST, problem(404, "There is no report 'r1'.")) as server:
        api_of(server).delete("r1")

    assert [request.method for request in server.requests] == ["DELETE", "DELETE"]


def test_deleting_a_report_that_does_not_exist_is_an_error() -> None:
    with (
        scripted_server(problem(404, "There is no report 'r1'.")) as server,
        pytest.raises(ReportNotFoundError, match="There is no report 'r1'"),
    ):
        api_of(server).delete("r1")


def test_a_cancellation_whose_response_is_lost_succeeds_if_the_report_is_canceled() -> None:
    canceled = ScriptedResponse(200, report("canceled"))
    with scripted_server(LOST, problem(409, "It has ended."), canceled) as server:
        assert api_of(server).cancel("r1")["status"] == "canceled"


def test_canceling_a_report_that_succeeded_is_an_error() -> None:
    succeeded = ScriptedResponse(200, report("succeeded"))
    with (
        scripted_server(problem(409, "It has ended."), succeeded) as server,
        pytest.raises(RefusedError, match="It has ended"),
    ):
        api_of(server).cancel("r1")


def test_the_retry_after_of_an_error_is_respected() -> None:
    pauses: list[float] = []
    busy = ScriptedResponse(503, {"title": "Busy", "detail": "Busy."}, {"Retry-After": "7"})
    with scripted_server(busy, ScriptedResponse(200, report())) as server:
        api_of(server, sleep=pauses.append).get("r1")

    assert pauses == [7]


def test_the_servers_retry_after_sets_the_polling_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("cli.progress.time.sleep", pauses.append)
    running = ScriptedResponse(200, report("running"), {"Retry-After": "3"})
    with scripted_server(running, running, ScriptedResponse(200, report("succeeded"))) as server:
        ended = wait_until_ended(api_of(server), report())

    assert ended["status"] == "succeeded"
    assert pauses == [POLL_SECONDS, 3, 3]


def test_waiting_for_a_report_survives_an_outage_of_the_server() -> None:
    messages: list[str] = []
    with scripted_server(
        ScriptedResponse(202, report()), ScriptedResponse(200, report("succeeded"))
    ) as server:
        actions = iter([lambda: None, lambda: None, server.start])
        api = api_of(server, messages=messages, sleep=lambda _: next(actions)())
        created = api.create({}, "a-key")
        server.stop()
        ended = wait_until_ended(api, created, poll_seconds=0.01)

    assert ended["status"] == "succeeded"
    assert messages == [
        f"Cannot reach {server.url}: connection refused. Retrying for up to 60 s.",
        "The server is available again.",
    ]


def test_a_server_that_refuses_the_first_connection_is_not_retried() -> None:
    with scripted_server() as server:
        pass

    with pytest.raises(UnreachableError, match="connection refused"):
        api_of(server, sleep=lambda _: pytest.fail("slept")).get("r1")


def test_ids_that_url_resolution_would_remove_are_not_sent() -> None:
    with scripted_server() as server:
        for report_id in ("", ".", ".."):
            with pytest.raises(ReportNotFoundError):
                api_of(server).get(report_id)

    assert server.requests == []


def test_special_characters_in_an_id_are_escaped() -> None:
    with scripted_server(problem(404, "None.")) as server, pytest.raises(ReportNotFoundError):
        api_of(server).get("../health?a=b#c")

    assert server.requests[0].path == "/api/reports/..%2Fhealth%3Fa%3Db%23c"


def test_the_users_headers_are_not_sent_to_the_storage_of_a_download() -> None:
    with scripted_server(ScriptedResponse(200, CSV)) as storage:
        redirect = ScriptedResponse(302, None, {"Location": f"{storage.url}/blob?sig=s"})
        with scripted_server(redirect) as server:
            headers = {"Authorization": "Bearer b", "Cookie": "c=1", "X-Key": "k"}
            api_of(server, headers=headers).download_csv("/api/reports/r1/download", BytesIO())

    sent_to_app = {name.title(): value for name, value in server.requests[0].headers.items()}
    assert headers.items() <= sent_to_app.items()
    assert storage.requests[0].path == "/blob?sig=s"
    assert not {"authorization", "cookie", "x-key"} & storage.requests[0].headers.keys()


def test_the_users_headers_are_sent_with_a_redirect_inside_the_deployment() -> None:
    redirect = ScriptedResponse(302, None, {"Location": "/files/r1.csv"})
    with scripted_server(redirect, ScriptedResponse(200, CSV)) as server:
        file = BytesIO()
        api_of(server, headers={"X-Key": "k"}).download_csv("/api/reports/r1/download", file)

    assert file.getvalue() == CSV
    assert server.requests[1].path == "/files/r1.csv"
    assert server.requests[1].headers["x-key"] == "k"


def test_a_truncated_download_starts_again_at_the_download_link() -> None:
    redirect = ScriptedResponse(302, None, {"Location": "/files/r1.csv"})
    with scripted_server(redirect, TRUNCATED, redirect, ScriptedResponse(200, CSV)) as server:
        file = BytesIO()
        api_of(server).download_csv("/api/reports/r1/download", file)

    assert file.getvalue() == CSV


def test_a_csv_with_a_wrong_checksum_is_not_saved(tmp_path: Path) -> None:
    published = report("succeeded", result={"rows": 1, "bytes": len(CSV), "sha256": "0" * 64})
    with (
        scripted_server(ScriptedResponse(200, CSV)) as server,
        pytest.raises(UnreachableError, match="checksum does not match"),
    ):
        csv_file.save(api_of(server), published, tmp_path / "some.csv", force=False)

    assert list(tmp_path.iterdir()) == []


def test_the_error_of_an_invalid_request_has_each_invalid_field() -> None:
    errors = [{"pointer": "/type", "detail": "There is no type 'fyre'."}]
    with (
        scripted_server(problem(400, "1 error.", errors=errors)) as server,
        pytest.raises(RefusedError) as caught,
    ):
        api_of(server).create({"type": "fyre"}, "a-key")

    assert caught.value.field_errors == (FieldError("/type", "There is no type 'fyre'."),)


def test_a_required_sign_in_is_reported_with_the_option_for_credentials() -> None:
    login = ScriptedResponse(302, None, {"Location": "https://login.example.org/"})
    with scripted_server(ScriptedResponse(401, "go away"), login) as server:
        with pytest.raises(RefusedError, match="with --header"):
            api_of(server).get("r1")
        with pytest.raises(UnreachableError, match=r"redirects to https://login.example.org/.*--header"):
            api_of(server).get("r1")


@pytest.mark.parametrize(
    "response",
    [
        ScriptedResponse(200, b"<html>"),
        ScriptedResponse(200, []),
        ScriptedResponse(200, {"id": "r1"}),
        ScriptedResponse(404, "nothing here"),
    ],
    ids=["html", "list", "other object", "404"],
)
def test_a_server_that_is_not_poke_queue_is_recognized(response: ScriptedResponse) -> None:
    with scripted_server(response) as server, pytest.raises(UnreachableError, match="Poke Queue server"):
        api_of(server).get("r1")


def test_an_unavailable_dependency_is_a_result_of_health_and_not_retried() -> None:
    body = {"status": "unavailable", "dependencies": {"pokeapi": {"status": "unavailable"}}}
    with scripted_server(ScriptedResponse(503, body, {"Retry-After": "5"})) as server:
        assert api_of(server, sleep=lambda _: pytest.fail("slept")).health() == body
