"""Working on an app: restarts when it changes, and breakpoints."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import requests

from tools.devhost.tests.devhost_process import ROOT, DevhostProcess

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
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if host.call("GET", "/api/word").text == text:
                return
        except requests.ConnectionError:  # the old process closed it while it stopped
            pass
        time.sleep(0.05)
    raise AssertionError(f"never {text!r}: {host.log()}")


def test_a_change_of_code_or_settings_restarts_the_app_on_the_same_port(tmp_path: Path) -> None:
    code = write_app(tmp_path) / "function_app.py"
    with DevhostProcess(tmp_path, "--reload") as host:
        wait_for(host, "first")
        code.write_text(APP.replace('"first"', '"second"'))
        wait_for(host, "second")
        assert "function_app.py changed, starting again" in host.log()
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


def test_an_app_that_cannot_be_run_is_tried_again_when_it_changes(tmp_path: Path) -> None:
    code = write_app(tmp_path) / "function_app.py"
    with DevhostProcess(tmp_path, "--reload") as host:
        wait_for(host, "first")
        code.write_text("def\n")
        deadline = time.monotonic() + 20
        while "function_app.py:1: SyntaxError" not in host.log():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        code.write_text(APP.replace('"first"', '"mended"'))
        wait_for(host, "mended")
        assert host.stop(signal.SIGINT) < 5
        assert host.process.returncode == 0


def test_a_host_ends_with_the_killed_process_that_would_restart_it(tmp_path: Path) -> None:
    with DevhostProcess(write_app(tmp_path), "--reload") as host:
        wait_for(host, "first")
        host.stop(signal.SIGKILL)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                host.call("GET", "/api/word")
            except requests.ConnectionError:
                return
            time.sleep(0.05)
    raise AssertionError("it still answers")


@contextmanager
def host_with_a_keyboard(app: Path, *arguments: str) -> Iterator[tuple[str, IO[str], IO[str]]]:
    """A devhost's URL, and what a person types to it and reads from it."""
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


def test_a_breakpoint_in_a_function_stops_there_with_its_variables(tmp_path: Path) -> None:
    with host_with_a_keyboard(write_app(tmp_path)) as (url, keyboard, screen):
        answers: list[str] = []
        request = threading.Thread(
            target=lambda: answers.append(requests.get(f"{url}/api/sum/20/22", timeout=30).text)
        )
        request.start()
        keyboard.write("p ['seen', *numbers]\nnumbers.append(100)\ncontinue\n")
        keyboard.flush()
        request.join()
        assert answers == ["142"]
        shown = ""
        while "['seen', 20, 22]" not in shown:
            shown += screen.read(1)
        assert "function_app.py(" in shown
        assert "breakpoint()" in shown
