"""HTTP triggers on a real devhost."""

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tools.devhost.tests.devhost_process import APPS, Host, devhost_only, host_of


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_of(APPS / "http_features", environment={"OVERRIDDEN": "from the environment"}) as running:
        yield running


def test_a_request_arrives_with_its_method_url_query_headers_and_body(host: Host) -> None:
    answer = host.call(
        "PUT", "/api/echo?a=1&b=x%20y&b=z&empty=", data=bytes(range(256)), headers={"X-Thing": "one"}
    ).json()
    assert answer["method"] == "PUT"
    assert answer["url"] == f"{host.url}/api/echo?a=1&b=x%20y&b=z&empty="
    assert answer["query"] == {"a": "1", "b": "x y,z"}
    assert answer["headers"]["x-thing"] == "one"
    assert answer["body"] == list(range(256))


def test_repeated_request_headers_arrive_joined_with_commas(host: Host) -> None:
    connection = HTTPConnection(host.url.removeprefix("http://"), timeout=10)
    connection.putrequest("GET", "/api/echo")
    connection.putheader("X-Many", "one")
    connection.putheader("X-Many", "two")
    connection.endheaders()
    assert b'"x-many": "one,two"' in connection.getresponse().read()
    connection.close()


def test_a_function_without_a_route_is_found_under_its_name_with_any_method(host: Host) -> None:
    for method in ("GET", "POST", "PATCH", "OPTIONS"):
        assert host.call(method, "/api/without_route").text == method


def test_a_page_at_the_root_tells_that_the_host_is_up(host: Host) -> None:
    for method in ("GET", "POST"):
        answer = host.call(method, "/")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html")
        assert "up and running" in answer.text


def test_nothing_else_is_served_outside_the_routes(host: Host) -> None:
    for path in ("/api", "/api/nowhere", "/echo", "/api/echo/more"):
        assert host.call("GET", path).status_code == 404


def test_the_route_prefix_comes_from_host_json_and_a_setting_leaves_the_page_out(tmp_path: Path) -> None:
    (tmp_path / "host.json").write_text('{"version": "2.0", "extensions": {"http": {"routePrefix": ""}}}')
    (tmp_path / "function_app.py").write_text((APPS / "http_features" / "function_app.py").read_text())
    with host_of(tmp_path, {"AzureWebJobsDisableHomepage": "true"}) as other:
        assert other.call("GET", "/").status_code == 204
        assert other.call("GET", "/text").text == "just text"
        assert other.call("GET", "/api/text").status_code == 404


def test_binary_bodies_go_both_ways_with_status_and_content_type(host: Host) -> None:
    answer = host.call("POST", "/api/binary", data=bytes(range(256)))
    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.content == bytes(reversed(range(256)))


def test_a_response_can_set_several_cookies(host: Host) -> None:
    answer = host.call("GET", "/api/cookies")
    assert answer.raw.headers.getlist("set-cookie") == [
        "first=1; domain=; path=/; samesite=lax; httponly",
        "second=2; max-age=60; domain=; path=; secure",
        "third=a%3D%20b; expires=Wed, 21 Oct 2026 07:28:00 GMT; domain=example.com; path=; samesite=none",
    ]


def test_an_answer_has_a_length_only_where_the_function_gave_one(host: Host) -> None:
    for method in ("GET", "HEAD"):
        assert "content-length" not in host.call(method, "/api/probe").headers
        assert host.call(method, "/api/probe?length=6").headers["content-length"] == "6"
    wrong = host.call("GET", "/api/probe?length=5")
    assert (wrong.status_code, wrong.content) == (500, b"")


def test_status_and_headers_are_the_functions(host: Host) -> None:
    for status in (204, 304, 418, 503):
        answer = host.call("GET", f"/api/status/{status}")
        assert (answer.status_code, answer.headers["x-made-by"], answer.content) == (status, "status", b"")


def test_head_is_served_only_where_it_is_declared(host: Host) -> None:
    answer = host.call("HEAD", "/api/probe")
    assert (answer.status_code, answer.content) == (200, b"")
    assert host.call("HEAD", "/api/echo").status_code == 404


def test_a_returned_string_is_text(host: Host) -> None:
    answer = host.call("GET", "/api/text")
    assert (answer.text, answer.headers["content-type"]) == ("just text", "text/plain; charset=utf-8")


def test_an_answer_may_come_from_an_output_binding_and_none_at_all_is_204(host: Host) -> None:
    answer = host.call("GET", "/api/output?answer=1")
    assert (answer.status_code, answer.text) == (203, "by an output binding")
    assert host.call("GET", "/api/output").status_code == 204


def test_an_exception_is_an_empty_500_and_a_traceback_in_the_log(host: Host) -> None:
    answer = host.call("GET", "/api/boom")
    assert (answer.status_code, answer.content) == (500, b"")
    log = host.log()
    assert "boom" in log
    assert "LookupError: the cupboard is bare" in log
    assert "Traceback (most recent call last)" in log


def test_a_function_gets_its_context(host: Host) -> None:
    context = host.call("GET", "/api/context").json()
    assert context["function"] == "context_of"
    assert context["directory"] == host.call("GET", "/api/where").json()["cwd"]
    assert re.fullmatch("[0-9a-f-]{36}", context["invocation"])


@devhost_only("a function gets the traceparent of its request")
def test_a_function_gets_the_traceparent_of_its_request(host: Host) -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    answer = host.call("GET", "/api/context", headers={"traceparent": parent})
    assert answer.json()["traceparent"] == parent


def test_local_settings_reach_the_app_but_the_real_environment_wins(host: Host) -> None:
    where = host.call("GET", "/api/where").json()
    assert Path(where["cwd"], "host.json").is_file()
    assert where["GREETING"] == "from local.settings.json"
    assert where["OVERRIDDEN"] == "from the environment"


def test_the_apps_own_log_passes_from_the_level_of_host_json_up(host: Host) -> None:
    host.call("GET", "/api/log")
    assert "said by the app at info" in host.log()
    assert "said by the app at debug" not in host.log()


def test_sync_functions_run_side_by_side_up_to_the_thread_count(host: Host) -> None:
    started = time.monotonic()
    with ThreadPoolExecutor(8) as callers:
        threads = {
            answer.text for answer in callers.map(lambda _: host.call("GET", "/api/sync/0.2"), range(8))
        }
    assert len(threads) == 4  # PYTHON_THREADPOOL_THREAD_COUNT in the app's local.settings.json
    assert time.monotonic() - started >= 0.4


def test_async_functions_share_one_thread_and_wait_side_by_side(host: Host) -> None:
    started = time.monotonic()
    with ThreadPoolExecutor(8) as callers:
        threads = {
            answer.text for answer in callers.map(lambda _: host.call("GET", "/api/async/0.2"), range(8))
        }
    assert len(threads) == 1
    assert time.monotonic() - started < 8 * 0.2


def test_a_function_that_blocks_the_workers_loop_does_not_freeze_the_host(host: Host) -> None:
    with ThreadPoolExecutor(1) as callers:
        blocked = callers.submit(host.call, "GET", "/api/block/2")
        time.sleep(0.1)
        assert host.call("GET", "/admin/host/status").json()["state"] == "Running"
        assert host.call("GET", "/api/nowhere").status_code == 404
        assert not blocked.done()
        assert blocked.result().text == "unblocked"


def test_a_body_over_100_mb_fails_its_request_and_one_just_under_does_not(host: Host) -> None:
    connection = HTTPConnection(host.url.removeprefix("http://"), timeout=10)
    connection.putrequest("POST", "/api/size")
    connection.putheader("Content-Length", str(100 * 1024 * 1024 + 1))
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (500, b"")
    connection.close()
    body = bytes(10 * 1024 * 1024)
    assert host.call("POST", "/api/size", data=body).text == str(len(body))


def test_a_body_that_comes_in_chunks_does_not_arrive(host: Host) -> None:
    assert host.call("POST", "/api/size", data=(part for part in (b"a", b"b"))).text == "0"


def test_a_request_that_breaks_off_calls_no_function(host: Host) -> None:
    address, _, port = host.url.removeprefix("http://").partition(":")
    before = host.log().count(" binary ")
    with socket.create_connection((address, int(port))) as connection:
        connection.sendall(b"POST /api/binary HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
    time.sleep(0.1)
    assert host.call("GET", "/api/text").status_code == 200
    assert host.log().count(" binary ") == before
