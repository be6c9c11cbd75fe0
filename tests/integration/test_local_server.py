"""Servers are waited for, and stopped with all that they started."""

import os
import signal
import time
from pathlib import Path

import pytest

from tools.local.server import Server, ServerError


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("end", [Server.stop, Server.kill])
def test_an_ended_server_leaves_none_of_its_processes(tmp_path: Path, end: object) -> None:
    script = "sleep 60 & echo child $!. listening on here. ; wait"
    server = Server(
        "A server", ["sh", "-c", script], [r"child (\d+)\.", r"listening on (\S+)\."], tmp_path / "log"
    )
    child, _ = server.start()
    assert is_running(int(child))
    end(server)  # type: ignore[operator]
    deadline = time.monotonic() + 5
    while is_running(int(child)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_running(int(child))
    assert not server.is_running


def test_a_server_that_ignores_being_asked_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.local.server.STOP_SECONDS", 0.2)
    script = "trap '' TERM; echo pid $$. ; while true; do sleep 0.05; done"
    server = Server("A server", ["sh", "-c", script], [r"pid (\d+)\."], tmp_path / "log")
    (pid,) = server.start()
    server.stop()
    assert not is_running(int(pid))


def test_a_server_that_ends_at_once_says_why(tmp_path: Path) -> None:
    server = Server("A server", ["sh", "-c", "echo no port left >&2; exit 3"], ["never"], tmp_path / "log")
    with pytest.raises(ServerError, match="A server ended before it listened:\nno port left"):
        server.start()


def test_a_stopped_server_can_be_started_again(tmp_path: Path) -> None:
    server = Server("A server", ["sh", "-c", "echo pid $$. ; sleep 60"], [r"pid (\d+)\."], tmp_path / "log")
    (first,) = server.start()
    os.kill(int(first), signal.SIGKILL)
    server.stop()
    (second,) = server.start()
    assert second != first
    server.stop()
