"""`poke` as a process: its output streams, signals, shell completion and installation."""

import json
import os
import pty
import signal
import subprocess
import termios
import venv
from pathlib import Path

import pytest
import requests

from tests.e2e.client import Client
from tools.local.process import REPOSITORY, python


def test_standard_output_contains_only_the_csv(url: str) -> None:
    arguments = ("report", "--type", "ice", "--sample", "2", "--columns", "name", "--out", "-")
    command = python("-m", "cli", "--url", url, *arguments)
    process = subprocess.run(command, capture_output=True, cwd=REPOSITORY, check=False)

    assert process.returncode == 0, process.stderr
    assert process.stdout.startswith(b"name\r\n")
    assert process.stdout.count(b"\n") == 3
    assert b"2 rows in standard output" in process.stderr


@pytest.mark.usefixtures("slow_pokeapi")
def test_ctrl_c_stops_waiting_and_prints_the_commands_for_later(url: str, client: Client) -> None:
    command = python("-m", "cli", "report", "--url", url)
    # A process in the background ignores SIGINT, and its children inherit that.
    process = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stderr is not None
    report_id = process.stderr.readline().split()[1]
    process.send_signal(signal.SIGINT)
    err = process.stderr.read()

    assert process.wait() == 130
    assert "The report continues on the server." in err
    assert f"poke --url {url} show --wait {report_id}" in err
    assert "Traceback" not in err
    assert client.show({"id": report_id})["status"] in {"queued", "running"}
    client.call("DELETE", f"/reports/{report_id}")


def test_a_terminal_shows_a_progress_bar(url: str) -> None:
    terminal, child_terminal = pty.openpty()
    termios.tcsetwinsize(child_terminal, (24, 90))
    arguments = ("report", "--url", url, "--type", "ice", "--out", os.devnull)
    command = python("-m", "cli", *arguments)
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=child_terminal, stderr=child_terminal) as process:
        os.close(child_terminal)
        shown = b"".join(iter(lambda: read(terminal), b"")).decode()

    assert process.returncode == 0, shown
    assert "Creating the report" in shown
    assert "100%" in shown
    assert "queued" not in shown


def read(terminal: int) -> bytes:
    """The available output; empty once the other side is closed."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


@pytest.mark.parametrize(
    ("shell", "words", "expected"),
    [
        ("bash", "poke re", {"plain,report", "plain,retry"}),
        ("bash", "poke report --type fi", {"plain,fire", "plain,fighting"}),
        ("bash", "poke list --status can", {"plain,canceled", "plain,canceling"}),
        ("zsh", "poke report --generation generation-i", {"generation-i", "238 Pokémon"}),
        ("fish", "poke report --type fi", {"plain,fire\t109 Pokémon"}),
    ],
)
def test_completion_offers_the_names_of_the_server(
    url: str, shell: str, words: str, expected: set[str]
) -> None:
    for names in ("types", "generations"):
        # Fills the app's cache, because completion waits for three seconds at most.
        requests.get(f"{url}/api/{names}", timeout=60).raise_for_status()
    typed = words.split()
    position = typed[-1] if shell == "fish" else str(len(typed) - 1)
    environment = os.environ | {
        "POKE_URL": url,
        "_POKE_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": position,
    }
    process = subprocess.run(
        python("-m", "cli"), capture_output=True, text=True, env=environment, cwd=REPOSITORY, check=False
    )

    assert not process.stderr
    assert expected <= set(process.stdout.splitlines())


def test_the_client_installs_without_packages_of_azure(tmp_path: Path) -> None:
    venv.create(tmp_path, with_pip=True)
    pip = [str(tmp_path / "bin/python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", str(REPOSITORY / "cli")], check=True, capture_output=True)
    packages = json.loads(subprocess.check_output([*pip, "list", "--format=json"]))
    version = subprocess.check_output([tmp_path / "bin/poke", "--version"], text=True, cwd=tmp_path)

    assert version.startswith("poke, version ")
    assert not [package["name"] for package in packages if "azure" in package["name"]]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["types"], ["report", "--type", "ice", "--out", "-"]])
def test_a_full_device_is_an_error_without_a_traceback(url: str, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = python("-m", "cli", "--url", url, *arguments)
        process = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY, check=False
        )

    assert process.returncode == 2
    assert process.stderr.endswith("Cannot write the output: No space left on device.\n")


def test_a_closed_pipe_is_an_error_without_a_traceback(url: str) -> None:
    command = python("-m", "cli", "--url", url, "report", "--out", "-")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=REPOSITORY) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read().decode()

    assert process.returncode == 1
    assert "Traceback" not in err
    assert "Exception" not in err
