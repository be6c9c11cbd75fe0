"""`make up`, run as `python -m tools.local.up`."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tools.local import hosts, ports
from tools.local.process import REPOSITORY, ServerError, python

RUNNING = "Poke Queue is running."


@contextmanager
def make_up(folder: Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    command = python("-m", "tools.local.up", "--folder", str(folder), *arguments)
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def lines_until_running(process: "subprocess.Popen[str]") -> list[str]:
    assert process.stdout is not None
    lines: list[str] = []
    while RUNNING not in lines:
        line = process.stdout.readline()
        assert line, process.stderr and process.stderr.read()
        lines.append(line.strip())
    return lines


def free_ports() -> list[str]:
    port, site_port = ports.reusable_ports(2)
    return ["--port", port, "--site-port", site_port]


@pytest.mark.timeout(300)
def test_make_up_says_what_it_does_until_the_system_runs(tmp_path: Path) -> None:
    arguments = free_ports()
    with make_up(tmp_path, *arguments) as process:
        steps = [line for line in lines_until_running(process) if not line.startswith("Building")]
        assert requests.get(f"http://127.0.0.1:{arguments[1]}/api/health", timeout=30).status_code == 200
        page = requests.get(f"http://127.0.0.1:{arguments[3]}/", timeout=30)
    assert steps == [
        "Starting Azurite ...",
        "Starting the PokéAPI replica ...",
        "Starting the function app ...",
        "Starting the Static Web Apps emulator ...",
        RUNNING,
    ]
    assert page.headers["Content-Type"].startswith("text/html")


@pytest.mark.timeout(300)
def test_the_end_of_the_apps_log_is_shown_if_the_app_exits(tmp_path: Path) -> None:
    with make_up(tmp_path, *free_ports()) as process:
        lines_until_running(process)
        os.kill(_app_of(process.pid), signal.SIGKILL)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "The function app exited unexpectedly." in errors
    log = (tmp_path / "up/function-app.log").read_text().splitlines()
    assert errors.splitlines()[-1] == log[-1]


@pytest.mark.parametrize(("setting", "option"), [("PORT", "--port"), ("SITE_PORT", "--site-port")])
def test_a_port_that_is_in_use_is_an_error_that_names_the_way_out(
    tmp_path: Path, setting: str, option: str
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        arguments = dict(zip(free_ports()[::2], free_ports()[1::2], strict=True)) | {option: port}
        with make_up(tmp_path, *(word for pair in arguments.items() for word in pair)) as process:
            output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (1, "")
    assert re.fullmatch(
        rf"Port {port} is in use\. Stop the process that uses it, or choose another port: "
        rf"make up {setting}=\d+\n",
        errors,
    )


@pytest.mark.parametrize("port", ["", "0", "65536", "many", "-1", "٣"])
def test_an_invalid_port_is_an_error_that_names_the_setting(port: str) -> None:
    with pytest.raises(ServerError, match=r"^SITE_PORT must be a port number from 1 to 65535; got"):
        ports.require_free(port, "SITE_PORT")


def _app_of(pid: int) -> int:
    """The process id of the function app among the children of a process."""
    command = b"devhost" if hosts.selected() == hosts.DEVHOST else b"func\0start"
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    (app,) = [child for child in children if command in Path(f"/proc/{child}/cmdline").read_bytes()]
    return int(app)
