"""What devhost says at start, what it refuses, and how it stops."""

import contextlib
import json
import signal
import socket
import threading
import time
from pathlib import Path

import pytest
import requests

from tools.devhost.tests.devhost_process import APPS, DevhostProcess, start, start_and_fail

HTTP_APP = """
import azure.functions as func
app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)

@app.route(route="hello")
def hello(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("hello")
"""


def write_app(folder: Path, code: str = HTTP_APP, host_json: str = '{"version": "2.0"}') -> Path:
    (folder / "host.json").write_text(host_json)
    (folder / "function_app.py").write_text(code)
    return folder


def test_the_start_names_every_function_and_where_it_is_served() -> None:
    with DevhostProcess(APPS / "durable_v1") as host:
        lines = host.announced.splitlines()
    assert lines[0] == "Functions:"
    assert f"  start: httpTrigger POST {host.url}/api/orchestrators/{{name}}" in lines
    assert "  plus_one: activityTrigger add_one" in lines
    assert "  fan_out: orchestrationTrigger named_otherwise" in lines
    assert "  tally: entityTrigger tally" in lines
    assert lines[-1] == f"listening on {host.url}"


def test_another_script_name_is_honoured(tmp_path: Path) -> None:
    write_app(tmp_path)
    (tmp_path / "function_app.py").rename(tmp_path / "my_app.py")
    with DevhostProcess(tmp_path, environment={"PYTHON_SCRIPT_FILE_NAME": "my_app.py"}) as host:
        assert host.call("GET", "/api/hello").text == "hello"


def test_an_app_may_keep_its_functions_in_modules_beside_it(tmp_path: Path) -> None:
    write_app(tmp_path, "from parts.web import app\n")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "web.py").write_text(HTTP_APP)
    with DevhostProcess(tmp_path) as host:
        assert host.call("GET", "/api/hello").text == "hello"


def test_a_missing_folder_or_host_json_or_script_is_refused(tmp_path: Path) -> None:
    assert "nowhere is not a folder" in start_and_fail(tmp_path / "nowhere")
    assert "host.json is missing" in start_and_fail(tmp_path)
    (tmp_path / "host.json").write_text("{}")
    assert "function_app.py is missing" in start_and_fail(tmp_path)


def test_a_port_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    assert "cannot listen on 127.0.0.1:99999" in start_and_fail(write_app(tmp_path), "--port", "99999")


def test_a_taken_port_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert f"cannot listen on 127.0.0.1:{port}" in start_and_fail(write_app(tmp_path), "--port", port)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("host.json", "{", "host.json cannot be read"),
        ("host.json", "[]", "host.json must hold a JSON object"),
        ("host.json", '{"extensions": []}', "extensions must be an object"),
        ("host.json", '{"logging": {"logLevel": {"default": "Loud"}}}', "'Loud'"),
        (
            "host.json",
            '{"extensions": {"durableTask": {"maxConcurrentActivityFunctions": 0}}}',
            "maxConcurrentActivityFunctions must be a whole number above 0",
        ),
        ("local.settings.json", "nonsense", "local.settings.json cannot be read"),
        ("local.settings.json", '{"IsEncrypted": true, "Values": {}}', "is encrypted"),
        ("local.settings.json", '{"Values": {"COUNT": 3}}', "Values.COUNT must be a string"),
    ],
)
def test_a_broken_settings_file_is_refused(tmp_path: Path, name: str, text: str, reason: str) -> None:
    write_app(tmp_path)
    (tmp_path / name).write_text(text)
    assert reason in start_and_fail(tmp_path)


def refusal_of(folder: Path, code: str) -> str:
    return start_and_fail(write_app(folder, HTTP_APP + code))


def test_an_import_error_names_the_line_of_the_app(tmp_path: Path) -> None:
    line = start_and_fail(write_app(tmp_path, "import json\n\nimport no_such_module\n"))
    assert f"{tmp_path}/function_app.py:3: ModuleNotFoundError: No module named 'no_such_module'" in line


def test_an_error_while_the_app_is_imported_names_its_line(tmp_path: Path) -> None:
    assert "function_app.py:2: ZeroDivisionError: " in start_and_fail(write_app(tmp_path, "\nx = 1 / 0\n"))
    assert "function_app.py:1: SyntaxError: " in start_and_fail(write_app(tmp_path, "def\n"))


def test_an_app_without_an_app_object_is_refused(tmp_path: Path) -> None:
    assert "function app" in start_and_fail(write_app(tmp_path, "import azure.functions as func\n"))


def test_an_unknown_trigger_or_binding_is_refused_with_function_and_type(tmp_path: Path) -> None:
    queue = """
@app.queue_trigger(arg_name="message", queue_name="q", connection="AzureWebJobsStorage")
def from_queue(message: func.QueueMessage) -> None: ...
"""
    line = refusal_of(tmp_path, queue)
    assert "function from_queue" in line
    assert "'queueTrigger'" in line
    blob = """
@app.route(route="blob")
@app.blob_output(arg_name="blob", path="a/b", connection="AzureWebJobsStorage")
def to_blob(req: func.HttpRequest, blob: func.Out[str]) -> func.HttpResponse: ...
"""
    line = refusal_of(tmp_path, blob)
    assert "function to_blob" in line
    assert "'blob'" in line


def test_a_parameter_the_worker_would_not_accept_is_refused(tmp_path: Path) -> None:
    code = """
@app.route(route="odd")
def odd(request: func.HttpRequest) -> func.HttpResponse: ...
"""
    assert "cannot load the odd function" in refusal_of(tmp_path, code)


def test_two_functions_on_one_route_and_method_are_refused(tmp_path: Path) -> None:
    code = """
@app.route(route="Hello/")
def again(req: func.HttpRequest) -> func.HttpResponse: ...
"""
    line = refusal_of(tmp_path, code)
    assert "function again" in line
    assert "function hello" in line


@pytest.mark.parametrize("name", ["hello", "Hello"])
def test_two_functions_whose_names_are_equal_but_for_case_are_refused(tmp_path: Path, name: str) -> None:
    code = f"""
@app.function_name("{name}")
@app.route(route="again")
def again(req: func.HttpRequest) -> func.HttpResponse: ...
"""
    line = refusal_of(tmp_path, code)
    assert "unction hello" in line
    assert f"unction {name}" in line


def test_a_route_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    code = """
@app.route(route="odd/{id:colour}")
def odd(req: func.HttpRequest) -> func.HttpResponse: ...
"""
    line = refusal_of(tmp_path, code)
    assert "function odd" in line
    assert "'colour'" in line


def test_two_activities_of_one_name_are_refused(tmp_path: Path) -> None:
    code = """
@app.activity_trigger(input_name="x")
def work(x: int) -> int: ...

@app.activity_trigger(input_name="x", activity="Work")
def other_work(x: int) -> int: ...
"""
    durable = HTTP_APP.replace("func.FunctionApp", "df.DFApp")
    line = start_and_fail(write_app(tmp_path, f"import azure.durable_functions as df\n{durable}{code}"))
    assert "function other_work" in line
    assert "function work" in line


def test_a_bad_schedule_is_refused_at_start(tmp_path: Path) -> None:
    code = """
@app.timer_trigger(arg_name="t", schedule="now and then")
def tick(t: func.TimerRequest) -> None: ...
"""
    assert "function tick: the schedule 'now and then'" in refusal_of(tmp_path, code)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once_with_status_0_and_no_traceback(number: signal.Signals) -> None:
    with DevhostProcess(APPS / "http_features") as host:
        assert host.call("GET", "/api/text").status_code == 200
        assert host.stop(number) < 1.5
        assert host.process.returncode == 0
        assert "Traceback" not in host.log()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_during_a_slow_start_ends_it_with_status_0(tmp_path: Path, number: signal.Signals) -> None:
    write_app(tmp_path, "import pathlib, time\npathlib.Path('importing').touch()\ntime.sleep(30)\n")
    with start(tmp_path) as process:
        while not (tmp_path / "importing").exists():
            time.sleep(0.01)
        process.send_signal(number)
        _, errors = process.communicate(timeout=3)
    assert (process.returncode, errors) == (0, "")


def test_it_cuts_off_async_functions_without_a_word() -> None:
    with DevhostProcess(APPS / "http_features") as host:
        waiting = threading.Thread(target=ignore_errors, args=(host, "/api/async/30"))
        waiting.start()
        time.sleep(0.2)
        assert host.stop() < 2.5
        assert host.process.returncode == 0
        assert host.log() == ""
        waiting.join()


def test_it_stops_within_two_seconds_while_everything_is_busy() -> None:
    with DevhostProcess(APPS / "durable_native") as host:
        for body in range(3):
            host.call("POST", "/api/start/lingering", json=30 + body)
            host.call("POST", "/api/start/approval", json=600)
        waiting = threading.Thread(target=ignore_errors, args=(host, "/api/sync-start/lingering"))
        waiting.start()
        time.sleep(0.3)
        assert host.stop() < 2.5
        assert host.process.returncode == 0
        assert "Traceback" not in host.log()
        waiting.join()


def test_it_stops_within_two_seconds_while_a_function_blocks_the_workers_loop() -> None:
    with DevhostProcess(APPS / "http_features") as host:
        blocked = threading.Thread(target=ignore_errors, args=(host, "/api/block/30"))
        blocked.start()
        time.sleep(0.3)
        assert host.stop() < 2.5
        assert host.process.returncode == 0
        assert "Traceback" not in host.log()
        blocked.join()


def ignore_errors(host: DevhostProcess, path: str) -> None:
    with contextlib.suppress(requests.RequestException):
        host.call("POST", path, json=30)


def test_its_parts_on_disk_are_left_as_they_were(tmp_path: Path) -> None:
    write_app(tmp_path, host_json=json.dumps({"version": "2.0"}))
    with DevhostProcess(tmp_path, environment={"PYTHONDONTWRITEBYTECODE": "1"}) as host:
        host.call("GET", "/api/hello")
        host.stop()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["function_app.py", "host.json"]
