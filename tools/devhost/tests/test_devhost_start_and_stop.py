"""The startup output of devhost, the apps that it rejects, and its stop."""

import contextlib
import json
import signal
import socket
import threading
import time
from pathlib import Path

import pytest
import requests

from tools.devhost.tests.host import APPS, DevhostProcess, start_devhost, startup_error, wait_until

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


def test_the_startup_output_lists_every_function_and_the_address() -> None:
    with DevhostProcess(APPS / "durable_v1") as host:
        lines = host.startup_output.splitlines()
    assert lines[0] == "Functions:"
    assert f"  start: httpTrigger POST {host.url}/api/orchestrators/{{name}}" in lines
    assert "  plus_one: activityTrigger add_one" in lines
    assert "  fan_out: orchestrationTrigger named_otherwise" in lines
    assert "  tally: entityTrigger tally" in lines
    assert lines[-1] == f"listening on {host.url}"


def test_a_setting_changes_the_name_of_the_script(tmp_path: Path) -> None:
    write_app(tmp_path)
    (tmp_path / "function_app.py").rename(tmp_path / "my_app.py")
    with DevhostProcess(tmp_path, environment={"PYTHON_SCRIPT_FILE_NAME": "my_app.py"}) as host:
        assert host.request("GET", "/api/hello").text == "hello"


def test_an_app_may_import_its_own_modules(tmp_path: Path) -> None:
    write_app(tmp_path, "from parts.web import app\n")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "web.py").write_text(HTTP_APP)
    with DevhostProcess(tmp_path) as host:
        assert host.request("GET", "/api/hello").text == "hello"


def test_a_missing_folder_host_json_or_script_is_rejected(tmp_path: Path) -> None:
    assert "nowhere is not a folder" in startup_error(tmp_path / "nowhere")
    assert "host.json not found" in startup_error(tmp_path)
    (tmp_path / "host.json").write_text("{}")
    assert "function_app.py not found" in startup_error(tmp_path)


def test_an_invalid_port_is_rejected(tmp_path: Path) -> None:
    assert "cannot listen on 127.0.0.1:99999" in startup_error(write_app(tmp_path), "--port", "99999")


def test_a_port_in_use_is_rejected(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        assert f"cannot listen on 127.0.0.1:{port}" in startup_error(write_app(tmp_path), "--port", port)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("host.json", "{", "host.json cannot be read"),
        ("host.json", "[]", "host.json must contain a JSON object"),
        ("host.json", '{"extensions": []}', "extensions must be a JSON object"),
        ("host.json", '{"logging": {"logLevel": {"default": "Loud"}}}', "'Loud'"),
        (
            "host.json",
            '{"extensions": {"durableTask": {"maxConcurrentActivityFunctions": 0}}}',
            "maxConcurrentActivityFunctions must be a whole number greater than 0",
        ),
        ("local.settings.json", "nonsense", "local.settings.json cannot be read"),
        ("local.settings.json", '{"IsEncrypted": true, "Values": {}}', "is encrypted"),
        ("local.settings.json", '{"Values": {"COUNT": 3}}', "Values.COUNT must be a string"),
    ],
)
def test_an_invalid_settings_file_is_rejected(tmp_path: Path, name: str, text: str, reason: str) -> None:
    write_app(tmp_path)
    (tmp_path / name).write_text(text)
    assert reason in startup_error(tmp_path)


def error_of(folder: Path, code: str) -> str:
    return startup_error(write_app(folder, HTTP_APP + code))


def test_an_import_error_names_its_line_in_the_app(tmp_path: Path) -> None:
    line = startup_error(write_app(tmp_path, "import json\n\nimport no_such_module\n"))
    assert f"{tmp_path}/function_app.py:3: ModuleNotFoundError: No module named 'no_such_module'" in line


def test_an_error_during_the_import_names_its_line(tmp_path: Path) -> None:
    assert "function_app.py:2: ZeroDivisionError: " in startup_error(write_app(tmp_path, "\nx = 1 / 0\n"))
    assert "function_app.py:1: SyntaxError: " in startup_error(write_app(tmp_path, "def\n"))


def test_a_script_without_an_app_is_rejected(tmp_path: Path) -> None:
    assert "function app" in startup_error(write_app(tmp_path, "import azure.functions as func\n"))


def test_an_unsupported_binding_is_rejected_with_its_function_and_type(tmp_path: Path) -> None:
    queue = """
@app.queue_trigger(arg_name="message", queue_name="q", connection="AzureWebJobsStorage")
def from_queue(message: func.QueueMessage) -> None: ...
"""
    line = error_of(tmp_path, queue)
    assert "function from_queue" in line
    assert "'queueTrigger'" in line
    blob = """
@app.route(route="blob")
@app.blob_output(arg_name="blob", path="a/b", connection="AzureWebJobsStorage")
def to_blob(req: func.HttpRequest, blob: func.Out[str]) -> func.HttpResponse: ...
"""
    line = error_of(tmp_path, blob)
    assert "function to_blob" in line
    assert "'blob'" in line


def test_a_parameter_that_the_worker_rejects_is_rejected(tmp_path: Path) -> None:
    code = """
@app.route(route="odd")
def odd(request: func.HttpRequest) -> func.HttpResponse: ...
"""
    assert "cannot load the odd function" in error_of(tmp_path, code)


def test_two_functions_with_the_same_route_and_method_are_rejected(tmp_path: Path) -> None:
    code = """
@app.route(route="Hello/")
def again(req: func.HttpRequest) -> func.HttpResponse: ...
"""
    line = error_of(tmp_path, code)
    assert "function again" in line
    assert "function hello" in line


@pytest.mark.parametrize("name", ["hello", "Hello"])
def test_two_functions_whose_names_differ_only_in_case_are_rejected(tmp_path: Path, name: str) -> None:
    code = f"""
@app.function_name("{name}")
@app.route(route="again")
def again(req: func.HttpRequest) -> func.HttpResponse: ...
"""
    line = error_of(tmp_path, code)
    assert "unction hello" in line
    assert f"unction {name}" in line


def test_an_invalid_route_is_rejected(tmp_path: Path) -> None:
    code = """
@app.route(route="odd/{id:color}")
def odd(req: func.HttpRequest) -> func.HttpResponse: ...
"""
    line = error_of(tmp_path, code)
    assert "function odd" in line
    assert "'color'" in line


def test_two_activities_with_the_same_name_are_rejected(tmp_path: Path) -> None:
    code = """
@app.activity_trigger(input_name="x")
def work(x: int) -> int: ...

@app.activity_trigger(input_name="x", activity="Work")
def other_work(x: int) -> int: ...
"""
    durable = HTTP_APP.replace("func.FunctionApp", "df.DFApp")
    line = startup_error(write_app(tmp_path, f"import azure.durable_functions as df\n{durable}{code}"))
    assert "function other_work" in line
    assert "function work" in line


def test_an_invalid_schedule_is_rejected_at_startup(tmp_path: Path) -> None:
    code = """
@app.timer_trigger(arg_name="t", schedule="now and then")
def tick(t: func.TimerRequest) -> None: ...
"""
    assert "function tick: the schedule 'now and then'" in error_of(tmp_path, code)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_host_with_status_0_and_no_traceback(number: signal.Signals) -> None:
    with DevhostProcess(APPS / "http_features") as host:
        assert host.request("GET", "/api/text").status_code == 200
        assert host.stop(number) < 1.5
        assert host.process.returncode == 0
        assert "Traceback" not in host.log()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_during_a_slow_import_stops_the_host_with_status_0(
    tmp_path: Path, number: signal.Signals
) -> None:
    write_app(tmp_path, "import pathlib, time\npathlib.Path('importing').touch()\ntime.sleep(30)\n")
    with start_devhost(tmp_path) as process:
        wait_until((tmp_path / "importing").exists, "the import has started")
        process.send_signal(number)
        _, errors = process.communicate(timeout=3)
    assert (process.returncode, errors) == (0, "")


def test_a_stop_cancels_async_functions_and_logs_nothing() -> None:
    with DevhostProcess(APPS / "http_features") as host:
        waiting = threading.Thread(target=ignore_errors, args=(host, "/api/async/30"))
        waiting.start()
        time.sleep(0.2)
        assert host.stop() < 2.5
        assert host.process.returncode == 0
        assert host.log() == ""
        waiting.join()


def test_the_host_stops_within_two_seconds_while_everything_is_busy() -> None:
    with DevhostProcess(APPS / "durable_native") as host:
        for body in range(3):
            host.request("POST", "/api/start/lingering", json=30 + body)
            host.request("POST", "/api/start/approval", json=600)
        waiting = threading.Thread(target=ignore_errors, args=(host, "/api/sync-start/lingering"))
        waiting.start()
        time.sleep(0.3)
        assert host.stop() < 2.5
        assert host.process.returncode == 0
        assert "Traceback" not in host.log()
        waiting.join()


def test_the_host_stops_within_two_seconds_while_a_function_blocks_the_workers_loop() -> None:
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
        host.request("POST", path, json=30)


def test_the_host_writes_no_files_into_the_app_folder(tmp_path: Path) -> None:
    write_app(tmp_path, host_json=json.dumps({"version": "2.0"}))
    with DevhostProcess(tmp_path, environment={"PYTHONDONTWRITEBYTECODE": "1"}) as host:
        host.request("GET", "/api/hello")
        host.stop()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["function_app.py", "host.json"]
