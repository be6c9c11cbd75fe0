"""A server process is started, awaited, and stopped together with its child processes."""

import os
import signal
import time
from pathlib import Path

import pytest

from tools.local.process import ServerError, ServerProcess


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("stop", [ServerProcess.stop, ServerProcess.kill])
def test_stopping_a_server_ends_its_child_processes(tmp_path: Path, stop: object) -> None:
    script = "sleep 60 & echo child $!. listening on here. ; wait"
    server = ServerProcess(
        "A server", ["sh", "-c", script], [r"child (\d+)\.", r"listening on (\S+)\."], tmp_path / "log"
    )
    child, _ = server.start()
    assert is_running(int(child))
    stop(server)  # type: ignore[operator]
    deadline = time.monotonic() + 5
    while is_running(int(child)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_running(int(child))
    assert not server.is_running


def test_a_server_that_ignores_sigterm_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.local.process.STOP_TIMEOUT_SECONDS", 0.2)
    script = "trap '' TERM; echo pid $$. ; while true; do sleep 0.05; done"
    server = ServerProcess("A server", ["sh", "-c", script], [r"pid (\d+)\."], tmp_path / "log")
    (pid,) = server.start()
    server.stop()
    assert not is_running(int(pid))


@pytest.mark.parametrize("at_sigterm", ["exit", ""], ids=["stops", "ignores SIGTERM"])
def test_interrupts_of_the_start_and_of_the_stop_leave_no_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_sigterm: str
) -> None:
    pid_file = tmp_path / "pid"

    def interrupt(_seconds: float) -> None:
        if pid_file.exists() and pid_file.read_text():
            raise KeyboardInterrupt

    script = f"trap '{at_sigterm}' TERM; echo $$ > {pid_file}; while true; do sleep 0.05; done"
    server = ServerProcess("A server", ["sh", "-c", script], ["never"], tmp_path / "log")
    # Popen.wait sleeps too, so a server that takes time to stop is interrupted a second time.
    monkeypatch.setattr("tools.local.process.time.sleep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        server.start()
    assert not is_running(int(pid_file.read_text()))


def test_the_error_for_a_server_that_exits_at_once_has_its_last_output(tmp_path: Path) -> None:
    server = ServerProcess(
        "A server", ["sh", "-c", "echo no port left >&2; exit 3"], ["never"], tmp_path / "log"
    )
    with pytest.raises(ServerError, match="A server exited before it was ready:\nno port left"):
        server.start()


def test_a_stopped_server_can_be_started_again(tmp_path: Path) -> None:
    server = ServerProcess(
        "A server", ["sh", "-c", "echo pid $$. ; sleep 60"], [r"pid (\d+)\."], tmp_path / "log"
    )
    (first,) = server.start()
    os.kill(int(first), signal.SIGKILL)
    server.stop()
    (second,) = server.start()
    assert second != first
    server.stop()
