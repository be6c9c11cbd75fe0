"""Development of an app: restarts on changes, and breakpoints."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import requests

from tools.devhost.tests.host import ROOT, DevhostProcess, wait_until

APP = """
import azure.functions as func
app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)

@app.route(route="word")
def word(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse("first")

@app.route(route="sum/{a}/{b}")
def sum_of(req: func.HttpRequest) -> func.HttpResponse:
    numbers = [int(req.route_params["a"]), int(req.route_params["b"])]
    breakpoint()
    return func.HttpResponse(str(sum(numbers)))
"""


def write_app(folder: Path) -> Path:
    (folder / "function_app.py").write_text(APP)
    (folder / "host.json").write_text('{"version": "2.0"}')
    return folder


def wait_for(host: DevhostProcess, text: str) -> None:
    def responds() -> bool:
        try:
            return host.request("GET", "/api/word").text == text
        except requests.ConnectionError:  # the old process closed the connection as it stopped
            return False

    wait_until(responds, f"the response is {text!r}", timeout=20)


def test_a_change_of_code_or_settings_restarts_the_app_on_the_same_port(tmp_path: Path) -> None:
    code = write_app(tmp_path) / "function_app.py"
    with DevhostProcess(tmp_path, "--reload") as host:
        wait_for(host, "first")
        code.write_text(APP.replace('"first"', '"second"'))
        wait_for(host, "second")
        assert "function_app.py changed; restarting" in host.log()
        code.write_text("from os import environ\n" + APP.replace('"first"', 'environ["WORD"]'))
        (tmp_path / "local.settings.json").write_text('{"Values": {"WORD": "third"}}')
        wait_for(host, "third")
        (tmp_path / "local.settings.json").write_text('{"Values": {"WORD": "fourth"}}')
        wait_for(host, "fourth")
        (tmp_path / "notes.txt").write_text("no code")
        code.write_text(APP.replace('"first"', '"fifth"'))
        wait_for(host, "fifth")
        assert host.stop() < 5
        assert host.process.returncode == 0
        assert "notes.txt" not in host.log()
        assert "Traceback" not in host.log()


def test_an_app_that_cannot_be_run_is_started_again_when_it_changes(tmp_path: Path) -> None:
    code = write_app(tmp_path) / "function_app.py"
    with DevhostProcess(tmp_path, "--reload") as host:
        wait_for(host, "first")
        code.write_text("def\n")
        wait_until(lambda: "function_app.py:1: SyntaxError" in host.log(), "the error is logged", timeout=20)
        code.write_text(APP.replace('"first"', '"fixed"'))
        wait_for(host, "fixed")
        assert host.stop(signal.SIGINT) < 5
        assert host.process.returncode == 0


def test_the_host_stops_when_the_reload_process_is_killed(tmp_path: Path) -> None:
    with DevhostProcess(write_app(tmp_path), "--reload") as host:
        wait_for(host, "first")
        host.stop(signal.SIGKILL)

        def is_stopped() -> bool:
            try:
                host.request("GET", "/api/word")
            except requests.ConnectionError:
                return True
            return False

        wait_until(is_stopped, "the host has stopped")


@contextmanager
def interactive_host(app: Path, *arguments: str) -> Iterator[tuple[str, IO[str], IO[str]]]:
    """The URL, the stdin and the stdout of a devhost."""
    process = subprocess.Popen(
        [sys.executable, "-m", "devhost", "--app", str(app), "--port", "0", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if line.startswith("listening on "):
                yield line.split()[-1], process.stdin, process.stdout
                break
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdin.close()
        process.stdout.close()


def test_a_breakpoint_in_a_function_opens_the_debugger(tmp_path: Path) -> None:
    with interactive_host(write_app(tmp_path)) as (url, stdin, stdout):
        responses: list[str] = []
        request = threading.Thread(
            target=lambda: responses.append(requests.get(f"{url}/api/sum/20/22", timeout=30).text)
        )
        request.start()
        stdin.write("p ['numbers', *numbers]\nnumbers.append(100)\ncontinue\n")
        stdin.flush()
        request.join()
        assert responses == ["142"]
        output = ""
        while "['numbers', 20, 22]" not in output:
            character = stdout.read(1)
            assert character, f"the host stopped; its output: {output}"
            output += character
        assert "function_app.py(" in output
        assert "breakpoint()" in output
