"""What a person reads while a real devhost runs."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.devhost.tests.devhost_process import APPS, ROOT, DevhostProcess, start


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
def test_the_invocation_and_what_the_app_logs_in_it_have_the_id_that_the_response_has(
    http: DevhostProcess, path: str, function: str
) -> None:
    invocation_id = http.call("GET", path).headers["x-ms-invocation-id"]
    said, done = lines_with(http, invocation_id)
    time = r"\d\d:\d\d:\d\d\.\d{3}"
    call = f"{function} {invocation_id}"
    assert re.fullmatch(rf"{time} INFO:     root \[{call}\]: said by the app at info", said)
    assert re.fullmatch(rf"{time} INFO:     devhost\.invocations: {call} \d+ ms ok", done)


def test_a_failed_call_has_its_id_in_the_response_too(http: DevhostProcess) -> None:
    answer = http.call("GET", "/api/boom")
    (line,) = lines_with(http, answer.headers["x-ms-invocation-id"])
    assert " ERROR: " in line
    assert line.endswith("failed: LookupError: the cupboard is bare")


def test_an_orchestration_is_told_from_its_start_to_its_end(durable: DevhostProcess) -> None:
    status = durable.run("/api/start/parent", [1])
    started, ended = (
        line for line in lines_with(durable, status["instanceId"]) if " parent instance" in line
    )
    assert started.endswith(f"parent instance {status['instanceId']} started")
    assert re.search(rf"parent instance {status['instanceId']} completed after \d+\.\d s$", ended)
    assert sum("child instance" in line for line in durable.log().splitlines()) == 2


def test_what_an_activity_logs_names_its_instance(durable: DevhostProcess) -> None:
    instance_id = durable.run("/api/start/telling", "a secret")["instanceId"]
    (line,) = lines_with(durable, "told: a secret")
    assert re.search(rf"root \[tell [0-9a-f-]{{36}} instance {instance_id}\]: told", line)


def test_a_terminated_orchestration_is_told_so(durable: DevhostProcess) -> None:
    links = durable.call("POST", "/api/start/approval", json=30).json()
    durable.call("POST", links["terminatePostUri"].removeprefix(durable.url).format(text="enough"))
    while not lines_with(durable, f"approval instance {links['id']} terminated after "):
        pass


def test_a_failed_orchestration_is_told_so(durable: DevhostProcess) -> None:
    status = durable.run("/api/start/failing", "mew")
    assert f"failing instance {status['instanceId']} failed after " in durable.log()


def test_durable_invocations_are_logged_only_when_asked(durable: DevhostProcess) -> None:
    durable.run("/api/start/chain", 1)
    assert " double " not in durable.log()
    with DevhostProcess(APPS / "durable_native", "--verbose") as verbose:
        status = verbose.run("/api/start/chain", 1)
        lines = [line for line in verbose.log().splitlines() if " double " in line]
        assert len(lines) == 2
        assert all(status["instanceId"] in line and line.endswith(" ok") for line in lines)


def test_each_episode_tells_how_much_it_replays_when_asked() -> None:
    with DevhostProcess(APPS / "durable_native", "--verbose") as verbose:
        status = verbose.run("/api/start/chain", 1)
        told = rf"chain instance {status['instanceId']} replays (\d+) events for (\d+) new, \d+ bytes\n"
        first, second, third = re.findall(told, verbose.log())
    assert first[0] == "0"
    assert int(first[1]) <= int(second[0]) < int(third[0])


def log_on_a_terminal(folder: Path, **environment: str) -> str:
    """What a host writes to a terminal: a warning about a setting, then why it cannot run."""
    (folder / "host.json").write_text('{"loging": {}}')
    terminal, device = pty.openpty()
    with os.fdopen(terminal, "rb", buffering=0) as reading:
        process = subprocess.Popen(
            [sys.executable, "-m", "devhost", "--app", str(folder), "--port", "0"],
            cwd=ROOT,
            env={**os.environ, **environment},
            stderr=device,
            stdout=subprocess.DEVNULL,
        )
        os.close(device)
        written = b""
        try:
            while part := reading.read(1000):
                written += part
        except OSError:  # how Linux says that the other end is closed
            pass
        process.wait(timeout=20)
    return written.decode()


def test_colours_are_for_terminals_and_for_those_who_want_them(tmp_path: Path) -> None:
    assert "\x1b[33mWARNING\x1b[0m: " in log_on_a_terminal(tmp_path)
    plain = log_on_a_terminal(tmp_path, NO_COLOR="1")
    assert "WARNING: " in plain
    assert "\x1b" not in plain
    with start(tmp_path) as process:
        _, errors = process.communicate(timeout=20)
    assert "WARNING: " in errors
    assert "\x1b" not in errors
