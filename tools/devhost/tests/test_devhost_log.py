"""The log of a running devhost."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.devhost.tests.host import APPS, ROOT, DevhostProcess, start_devhost, wait_until


@pytest.fixture(scope="module")
def http() -> Iterator[DevhostProcess]:
    with DevhostProcess(APPS / "http_features") as running:
        yield running


@pytest.fixture(scope="module")
def durable() -> Iterator[DevhostProcess]:
    with DevhostProcess(APPS / "durable_native") as running:
        yield running


def lines_with(host: DevhostProcess, text: str) -> list[str]:
    return [line for line in host.log().splitlines() if text in line]


@pytest.mark.parametrize(("path", "function"), [("/api/log", "log"), ("/api/async-log", "async_log")])
def test_the_log_lines_of_an_invocation_have_the_id_in_its_response(
    http: DevhostProcess, path: str, function: str
) -> None:
    invocation_id = http.request("GET", path).headers["x-ms-invocation-id"]
    app_line, host_line = lines_with(http, invocation_id)
    time = r"\d\d:\d\d:\d\d\.\d{3}"
    label = f"{function} {invocation_id}"
    assert re.fullmatch(rf"{time} INFO:     root \[{label}\]: logged by the app at info", app_line)
    assert re.fullmatch(rf"{time} INFO:     devhost\.invocations: {label} \d+ ms ok", host_line)


def test_the_response_of_a_failed_invocation_has_its_id_too(http: DevhostProcess) -> None:
    response = http.request("GET", "/api/boom")
    (line,) = lines_with(http, response.headers["x-ms-invocation-id"])
    assert " ERROR: " in line
    assert line.endswith("failed: LookupError: the cupboard is bare")


def test_the_start_and_the_end_of_an_orchestration_are_logged(durable: DevhostProcess) -> None:
    instance_id = durable.run("/api/start/parent", [1])["instanceId"]
    started, ended = (line for line in lines_with(durable, instance_id) if " parent instance" in line)
    assert started.endswith(f"parent instance {instance_id} started")
    assert re.search(rf"parent instance {instance_id} completed after \d+\.\d s$", ended)
    assert len(lines_with(durable, "child instance")) == 2


def test_the_log_lines_of_an_activity_name_its_instance(durable: DevhostProcess) -> None:
    instance_id = durable.run("/api/start/logging_once", "a secret")["instanceId"]
    (line,) = lines_with(durable, "logged: a secret")
    assert re.search(rf"root \[log_text [0-9a-f-]{{36}} instance {instance_id}\]: logged", line)


def test_the_termination_of_an_orchestration_is_logged(durable: DevhostProcess) -> None:
    links = durable.request("POST", "/api/start/approval", json=30).json()
    durable.request("POST", links["terminatePostUri"].format(text="enough"))
    line = f"approval instance {links['id']} terminated after "
    wait_until(lambda: bool(lines_with(durable, line)), f"the log contains {line!r}")


def test_the_failure_of_an_orchestration_is_logged(durable: DevhostProcess) -> None:
    status = durable.run("/api/start/failing", "mew")
    assert f"failing instance {status['instanceId']} failed after " in durable.log()


def test_durable_invocations_are_logged_only_with_verbose(durable: DevhostProcess) -> None:
    durable.run("/api/start/chain", 1)
    assert " double " not in durable.log()
    with DevhostProcess(APPS / "durable_native", "--verbose") as verbose:
        status = verbose.run("/api/start/chain", 1)
        lines = lines_with(verbose, " double ")
        assert len(lines) == 2
        assert all(status["instanceId"] in line and line.endswith(" ok") for line in lines)


def test_verbose_logs_how_many_events_each_episode_replays() -> None:
    with DevhostProcess(APPS / "durable_native", "--verbose") as verbose:
        instance_id = verbose.run("/api/start/chain", 1)["instanceId"]
        pattern = rf"chain instance {instance_id} replays (\d+) events for (\d+) new, \d+ bytes\n"
        first, second, third = re.findall(pattern, verbose.log())
    assert first[0] == "0"
    assert int(first[1]) <= int(second[0]) < int(third[0])


def log_on_a_terminal(folder: Path, **environment: str) -> str:
    """The stderr of a host on a terminal: a warning about a setting, then the reason why it cannot run."""
    (folder / "host.json").write_text('{"loging": {}}')
    terminal, device = pty.openpty()
    with os.fdopen(terminal, "rb", buffering=0) as reader:
        process = subprocess.Popen(
            [sys.executable, "-m", "devhost", "--app", str(folder), "--port", "0"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stderr=device,
            stdout=subprocess.DEVNULL,
        )
        os.close(device)
        output = b""
        try:
            while part := reader.read(1000):
                output += part
        except OSError:  # Linux raises this when the other end is closed
            pass
        process.wait(timeout=20)
    return output.decode()


def test_the_log_is_colored_only_on_a_terminal_without_no_color(tmp_path: Path) -> None:
    assert "\x1b[33mWARNING\x1b[0m: " in log_on_a_terminal(tmp_path)
    plain = log_on_a_terminal(tmp_path, NO_COLOR="1")
    assert "WARNING: " in plain
    assert "\x1b" not in plain
    with start_devhost(tmp_path) as process:
        _, errors = process.communicate(timeout=20)
    assert "WARNING: " in errors
    assert "\x1b" not in errors
