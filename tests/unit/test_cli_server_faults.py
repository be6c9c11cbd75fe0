"""A server on its bad days, played by a script: what the client sends again, and what it makes of it."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from cli import saving, waiting
from cli.api import Api
from cli.faults import FieldFault, NoSuchReportError, RefusedError, UnreachableError
from cli.patience import Patience
from cli.transport import Transport

CSV = b"id,name\r\n25,pikachu\r\n"


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


LOST = Answer(0)
"""The request arrives, and the connection breaks before an answer comes."""
LONG = CSV * 10_000
CUT = Answer(200, LONG, {"Content-Length": str(len(LONG) + 10)})
"""The connection breaks in the body, when some of it has been written already."""


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class ScriptedServer:
    """Gives the answers in turn, whatever it is asked, and keeps what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[Request] = []
        self._address = ("127.0.0.1", 0)
        self.start()

    def start(self) -> None:
        script = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                script.requests.append(Request(self.command, self.path, headers, body))
                answer = script.answers.pop(0) if script.answers else Answer(418, "the script is over")
                if answer is LOST:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                content = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
                self.send_response(answer.status)
                for name, value in ({"Content-Length": str(len(content))} | answer.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_DELETE = answer  # noqa: N815 - names of http.server

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(self._address, Handler)
        self._address = ("127.0.0.1", self._server.server_port)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def scripted(*answers: Answer) -> Iterator[ScriptedServer]:
    server = ScriptedServer(*answers)
    try:
        yield server
    finally:
        server.stop()


def api_of(
    server: ScriptedServer,
    *,
    said: list[str] | None = None,
    sleep: Callable[[float], None] = lambda _: None,
    headers: dict[str, str] | None = None,
) -> Api:
    say = (said if said is not None else []).append
    return Api(Transport(server.url, headers=headers), Patience(60, say, sleep=sleep))


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


def problem(status: int, detail: str, **more: Any) -> Answer:
    body = {"type": "urn:some", "title": "A title", "status": status, "detail": detail, **more}
    return Answer(status, body)


def test_a_request_whose_answer_was_lost_is_sent_again_the_same_to_the_byte() -> None:
    with scripted(LOST, Answer(202, report())) as server:
        made = api_of(server).create({"type": "fire"}, "a-key")

    first, second = server.requests
    assert made["id"] == "r1"
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == "a-key"
    assert first.body == second.body == b'{"type": "fire"}'


@pytest.mark.parametrize("trouble", [LOST, problem(503, "The storage is away.")], ids=["lost", "503"])
def test_a_retry_that_may_have_arrived_is_not_sent_again_and_the_user_is_told(trouble: Answer) -> None:
    with scripted(trouble, Answer(202, report())) as server, pytest.raises(UnreachableError) as fault:
        api_of(server).retry("r1")

    assert len(server.requests) == 1
    assert "is not known: `poke list` shows it" in str(fault.value)


def test_a_retry_that_was_turned_away_for_now_is_sent_again() -> None:
    with scripted(problem(429, "Too many."), Answer(202, report())) as server:
        assert api_of(server).retry("r1")["id"] == "r1"


def test_a_report_that_is_gone_once_an_answer_was_lost_counts_as_deleted() -> None:
    with scripted(LOST, problem(404, "There is no report 'r1'.")) as server:
        api_of(server).delete("r1")

    assert [request.method for request in server.requests] == ["DELETE", "DELETE"]


def test_deleting_what_was_never_there_is_told() -> None:
    with (
        scripted(problem(404, "There is no report 'r1'.")) as server,
        pytest.raises(NoSuchReportError, match="There is no report 'r1'"),
    ):
        api_of(server).delete("r1")


def test_a_cancellation_whose_answer_was_lost_is_done_when_the_report_is_canceled() -> None:
    with scripted(LOST, problem(409, "It has ended."), Answer(200, report("canceled"))) as server:
        assert api_of(server).cancel("r1")["status"] == "canceled"


def test_canceling_what_has_ended_otherwise_is_refused() -> None:
    with (
        scripted(problem(409, "It has ended."), Answer(200, report("succeeded"))) as server,
        pytest.raises(RefusedError, match="It has ended"),
    ):
        api_of(server).cancel("r1")


def test_a_server_that_asks_to_be_left_alone_is() -> None:
    slept: list[float] = []
    busy = Answer(503, {"title": "Busy", "detail": "Busy."}, {"Retry-After": "7"})
    with scripted(busy, Answer(200, report())) as server:
        api_of(server, sleep=slept.append).show("r1")

    assert slept == [7]


def test_the_pace_of_looking_is_what_the_server_says(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("cli.waiting.time.sleep", slept.append)
    running = Answer(200, report("running"), {"Retry-After": "3"})
    with scripted(running, running, Answer(200, report("succeeded"))) as server:
        ended = waiting.until_ended(api_of(server), report())

    assert ended["status"] == "succeeded"
    assert slept == [waiting.POLL_SECONDS, 3, 3]


def test_a_server_that_goes_away_while_a_report_is_made_is_waited_for() -> None:
    said: list[str] = []
    with scripted(Answer(202, report()), Answer(200, report("succeeded"))) as server:
        pauses = iter([lambda: None, lambda: None, server.start])
        api = api_of(server, said=said, sleep=lambda _: next(pauses)())
        accepted = api.create({}, "a-key")
        server.stop()
        ended = waiting.until_ended(api, accepted, pause=0.01)

    assert ended["status"] == "succeeded"
    away, back = said
    assert away == f"{server.url} cannot be reached: connection refused. Trying again for up to 60 s."
    assert back == "The server answers again."


def test_a_server_that_was_never_there_is_not_waited_for() -> None:
    with scripted() as server:
        pass

    with pytest.raises(UnreachableError, match="connection refused"):
        api_of(server, sleep=lambda _: pytest.fail("waited")).show("r1")


def test_ids_that_a_path_would_swallow_are_not_asked_for() -> None:
    with scripted() as server:
        for report_id in ("", ".", ".."):
            with pytest.raises(NoSuchReportError):
                api_of(server).show(report_id)

    assert server.requests == []


def test_an_id_is_one_step_of_the_path_whatever_is_in_it() -> None:
    with scripted(problem(404, "None.")) as server, pytest.raises(NoSuchReportError):
        api_of(server).show("../health?a=b#c")

    assert server.requests[0].path == "/api/reports/..%2Fhealth%3Fa%3Db%23c"


def test_a_download_leaves_the_users_headers_behind_when_it_is_sent_to_storage() -> None:
    with scripted(Answer(200, CSV)) as storage:
        redirect = Answer(302, None, {"Location": f"{storage.url}/blob?sig=s"})
        with scripted(redirect) as server:
            headers = {"Authorization": "Bearer b", "Cookie": "c=1", "X-Key": "k"}
            api_of(server, headers=headers).copy_csv("/api/reports/r1/download", BytesIO())

    assert (
        headers.items() <= {name.title(): value for name, value in server.requests[0].headers.items()}.items()
    )
    assert storage.requests[0].path == "/blob?sig=s"
    assert not {"authorization", "cookie", "x-key"} & storage.requests[0].headers.keys()


def test_a_download_within_the_deployment_keeps_the_headers() -> None:
    with scripted(Answer(302, None, {"Location": "/files/r1.csv"}), Answer(200, CSV)) as server:
        file = BytesIO()
        api_of(server, headers={"X-Key": "k"}).copy_csv("/api/reports/r1/download", file)

    assert file.getvalue() == CSV
    assert server.requests[1].path == "/files/r1.csv"
    assert server.requests[1].headers["x-key"] == "k"


def test_a_download_that_breaks_off_starts_again_from_the_link() -> None:
    redirect = Answer(302, None, {"Location": "/files/r1.csv"})
    with scripted(redirect, CUT, redirect, Answer(200, CSV)) as server:
        file = BytesIO()
        api_of(server).copy_csv("/api/reports/r1/download", file)

    assert file.getvalue() == CSV


def test_a_csv_with_another_checksum_is_not_kept(tmp_path: Path) -> None:
    published = report("succeeded", result={"rows": 1, "bytes": len(CSV), "sha256": "0" * 64})
    with scripted(Answer(200, CSV)) as server, pytest.raises(UnreachableError, match="checksum differs"):
        saving.save(api_of(server), published, tmp_path / "some.csv", force=False)

    assert list(tmp_path.iterdir()) == []


def test_a_refusal_names_each_field() -> None:
    errors = [{"pointer": "/type", "detail": "There is no type 'fyre'."}]
    with scripted(problem(400, "1 thing.", errors=errors)) as server, pytest.raises(RefusedError) as fault:
        api_of(server).create({"type": "fyre"}, "a-key")

    assert fault.value.faults == (FieldFault("/type", "There is no type 'fyre'."),)


def test_a_platform_that_wants_a_sign_in_is_told_apart() -> None:
    login = Answer(302, None, {"Location": "https://login.example.org/"})
    with scripted(Answer(401, "go away"), login) as server:
        with pytest.raises(RefusedError, match="with --header"):
            api_of(server).show("r1")
        with pytest.raises(UnreachableError, match=r"leads to https://login.example.org/.*--header"):
            api_of(server).show("r1")


@pytest.mark.parametrize(
    "answer",
    [Answer(200, b"<html>"), Answer(200, []), Answer(200, {"id": "r1"}), Answer(404, "nothing here")],
    ids=["html", "list", "other", "404"],
)
def test_what_is_not_a_poke_queue_is_told_so(answer: Answer) -> None:
    with scripted(answer) as server, pytest.raises(UnreachableError, match="Poke Queue"):
        api_of(server).show("r1")


def test_health_is_answered_at_once_also_when_it_is_bad() -> None:
    ill = {"status": "unavailable", "dependencies": {"pokeapi": {"status": "unavailable"}}}
    with scripted(Answer(503, ill, {"Retry-After": "5"})) as server:
        assert api_of(server, sleep=lambda _: pytest.fail("waited")).health() == ill
