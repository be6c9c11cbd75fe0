"""HTTP triggers on a running host."""

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tools.devhost.tests.host import APPS, Host, devhost_only, host_for


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_for(APPS / "http_features", environment={"OVERRIDDEN": "from the environment"}) as running:
        yield running


def test_a_function_gets_the_method_url_query_headers_and_body(host: Host) -> None:
    response = host.request(
        "PUT", "/api/echo?a=1&b=x%20y&b=z&empty=", data=bytes(range(256)), headers={"X-Thing": "one"}
    ).json()
    assert response["method"] == "PUT"
    assert response["url"] == f"{host.url}/api/echo?a=1&b=x%20y&b=z&empty="
    assert response["query"] == {"a": "1", "b": "x y,z"}
    assert response["headers"]["x-thing"] == "one"
    assert response["body"] == list(range(256))


def test_repeated_request_headers_are_joined_with_commas(host: Host) -> None:
    connection = HTTPConnection(host.url.removeprefix("http://"), timeout=10)
    connection.putrequest("GET", "/api/echo")
    connection.putheader("X-Many", "one")
    connection.putheader("X-Many", "two")
    connection.endheaders()
    assert b'"x-many": "one,two"' in connection.getresponse().read()
    connection.close()


def test_a_function_without_a_route_has_its_name_as_route_and_any_method(host: Host) -> None:
    for method in ("GET", "POST", "PATCH", "OPTIONS"):
        assert host.request(method, "/api/without_route").text == method


def test_the_home_page_says_that_the_host_is_running(host: Host) -> None:
    for method in ("GET", "POST"):
        response = host.request(method, "/")
        assert (response.status_code, response.headers["content-type"]) == (200, "text/html")
        assert "up and running" in response.text


def test_other_paths_are_not_found(host: Host) -> None:
    for path in ("/api", "/api/nowhere", "/echo", "/api/echo/more"):
        assert host.request("GET", path).status_code == 404


def test_settings_change_the_route_prefix_and_disable_the_home_page(tmp_path: Path) -> None:
    (tmp_path / "host.json").write_text('{"version": "2.0", "extensions": {"http": {"routePrefix": ""}}}')
    (tmp_path / "function_app.py").write_text((APPS / "http_features" / "function_app.py").read_text())
    with host_for(tmp_path, {"AzureWebJobsDisableHomepage": "true"}) as other:
        assert other.request("GET", "/").status_code == 204
        assert other.request("GET", "/text").text == "just text"
        assert other.request("GET", "/api/text").status_code == 404


def test_request_and_response_bodies_may_be_binary(host: Host) -> None:
    response = host.request("POST", "/api/binary", data=bytes(range(256)))
    assert response.status_code == 201
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.content == bytes(reversed(range(256)))


def test_a_response_can_set_several_cookies(host: Host) -> None:
    response = host.request("GET", "/api/cookies")
    assert response.raw.headers.getlist("set-cookie") == [
        "first=1; domain=; path=/; samesite=lax; httponly",
        "second=2; max-age=60; domain=; path=; secure",
        "third=a%3D%20b; expires=Wed, 21 Oct 2026 07:28:00 GMT; domain=example.com; path=; samesite=none",
    ]


def test_a_response_has_a_content_length_only_if_the_function_sets_it(host: Host) -> None:
    for method in ("GET", "HEAD"):
        assert "content-length" not in host.request(method, "/api/probe").headers
        assert host.request(method, "/api/probe?length=6").headers["content-length"] == "6"
    wrong = host.request("GET", "/api/probe?length=5")
    assert (wrong.status_code, wrong.content) == (500, b"")


def test_a_function_sets_the_status_and_the_headers(host: Host) -> None:
    for status in (204, 304, 418, 503):
        response = host.request("GET", f"/api/status/{status}")
        assert (response.status_code, response.headers["x-made-by"], response.content) == (
            status,
            "status",
            b"",
        )


def test_head_requests_need_a_function_that_declares_head(host: Host) -> None:
    response = host.request("HEAD", "/api/probe")
    assert (response.status_code, response.content) == (200, b"")
    assert host.request("HEAD", "/api/echo").status_code == 404


def test_a_returned_string_is_a_text_response(host: Host) -> None:
    response = host.request("GET", "/api/text")
    assert (response.text, response.headers["content-type"]) == ("just text", "text/plain; charset=utf-8")


def test_a_response_may_come_from_an_output_binding_and_no_response_is_204(host: Host) -> None:
    response = host.request("GET", "/api/output?response=1")
    assert (response.status_code, response.text) == (203, "by an output binding")
    assert host.request("GET", "/api/output").status_code == 204


def test_an_exception_causes_an_empty_500_response_and_a_traceback_in_the_log(host: Host) -> None:
    response = host.request("GET", "/api/boom")
    assert (response.status_code, response.content) == (500, b"")
    log = host.log()
    assert "boom" in log
    assert "LookupError: the cupboard is bare" in log
    assert "Traceback (most recent call last)" in log


def test_a_function_gets_its_context(host: Host) -> None:
    context = host.request("GET", "/api/context").json()
    assert context["function"] == "context_of"
    assert context["directory"] == host.request("GET", "/api/where").json()["cwd"]
    assert re.fullmatch("[0-9a-f-]{36}", context["invocation"])


@devhost_only("a function gets the traceparent of its request")
def test_a_function_gets_the_traceparent_of_its_request(host: Host) -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    response = host.request("GET", "/api/context", headers={"traceparent": parent})
    assert response.json()["traceparent"] == parent


def test_environment_variables_override_local_settings(host: Host) -> None:
    where = host.request("GET", "/api/where").json()
    assert Path(where["cwd"], "host.json").is_file()
    assert where["GREETING"] == "from local.settings.json"
    assert where["OVERRIDDEN"] == "from the environment"


def test_the_log_level_of_host_json_applies_to_the_apps_messages(host: Host) -> None:
    host.request("GET", "/api/log")
    assert "logged by the app at info" in host.log()
    assert "logged by the app at debug" not in host.log()


def test_sync_functions_run_concurrently_up_to_the_thread_count(host: Host) -> None:
    started_at = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        threads = {
            response.text for response in pool.map(lambda _: host.request("GET", "/api/sync/0.2"), range(8))
        }
    assert len(threads) == 4  # PYTHON_THREADPOOL_THREAD_COUNT in the app's local.settings.json
    assert time.monotonic() - started_at >= 0.4


def test_async_functions_run_concurrently_on_one_thread(host: Host) -> None:
    started_at = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        threads = {
            response.text for response in pool.map(lambda _: host.request("GET", "/api/async/0.2"), range(8))
        }
    assert len(threads) == 1
    assert time.monotonic() - started_at < 8 * 0.2


def test_a_function_that_blocks_the_workers_loop_does_not_block_the_host(host: Host) -> None:
    with ThreadPoolExecutor(1) as pool:
        blocked = pool.submit(host.request, "GET", "/api/block/2")
        time.sleep(0.1)
        assert host.request("GET", "/admin/host/status").json()["state"] == "Running"
        assert host.request("GET", "/api/nowhere").status_code == 404
        assert not blocked.done()
        assert blocked.result().text == "unblocked"


def test_a_body_over_100_mb_is_rejected_and_one_of_10_mb_is_accepted(host: Host) -> None:
    connection = HTTPConnection(host.url.removeprefix("http://"), timeout=10)
    connection.putrequest("POST", "/api/size")
    connection.putheader("Content-Length", str(100 * 1024 * 1024 + 1))
    connection.endheaders()
    response = connection.getresponse()
    assert (response.status, response.read()) == (500, b"")
    connection.close()
    body = bytes(10 * 1024 * 1024)
    assert host.request("POST", "/api/size", data=body).text == str(len(body))


def test_a_chunked_request_body_is_lost(host: Host) -> None:
    assert host.request("POST", "/api/size", data=(part for part in (b"a", b"b"))).text == "0"


def test_an_incomplete_request_invokes_no_function(host: Host) -> None:
    address, _, port = host.url.removeprefix("http://").partition(":")
    before = host.log().count(" binary ")
    with socket.create_connection((address, int(port))) as connection:
        connection.sendall(b"POST /api/binary HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
    time.sleep(0.1)
    assert host.request("GET", "/api/text").status_code == 200
    assert host.log().count(" binary ") == before
