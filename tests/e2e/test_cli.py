"""`poke` against the running system, as people and scripts use it."""

import base64
import json
import os
import pty
import signal
import socket
import subprocess
import termios
import venv
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests

from cli.__main__ import main
from tests.e2e.client import Client
from tools.local import stack
from tools.local.process import REPOSITORY, python
from tools.local.stack import Stack

type Poke = Callable[..., tuple[int, str, str]]


@pytest.fixture
def url(system: Stack) -> str:
    return system.api_url.removesuffix("/api")


@pytest.fixture
def poke(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Poke:
    """Runs `poke` in an empty folder; returns its exit status, its output and what it said on stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POKE_URL", url)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        written = capsys.readouterr()
        return status, written.out, written.err

    return run


class Between:
    """A server between the client and the app that loses the first answer to each POST."""

    def __init__(self, app_url: str) -> None:
        between = self
        self.posts = 0

        class Handler(BaseHTTPRequestHandler):
            def pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answer = requests.request(
                    self.command, app_url + self.path, headers=dict(self.headers), data=body, timeout=30
                )
                if self.command == "POST":
                    between.posts += 1
                    if between.posts == 1:
                        self.connection.shutdown(socket.SHUT_RDWR)
                        return
                self.send_response(answer.status_code)
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            do_GET = do_POST = pass_on  # noqa: N815 - names of http.server

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def between(url: str) -> Iterator[Between]:
    proxy = Between(url)
    Thread(target=proxy.server.serve_forever, args=(0.01,), daemon=True).start()
    yield proxy
    proxy.server.shutdown()
    proxy.server.server_close()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A system whose PokéAPI lacks Pikachu, and which believes who the user is said to be."""
    settings = {"ACTIVITY_FIRST_RETRY_SECONDS": "0.1", "TRUST_CLIENT_PRINCIPAL": "true"}
    with stack.running(
        tmp_path_factory.mktemp("other"), replica_switches=("--missing", "25"), settings=settings
    ) as running:
        yield running


def principal(user_id: str) -> str:
    return base64.b64encode(json.dumps({"identityProvider": "github", "userId": user_id}).encode()).decode()


def test_a_report_is_made_and_saved_and_told(poke: Poke, client: Client) -> None:
    status, out, err = poke("report", "--type", "fire", "--sample", "4", "--seed", "9", "--out", "some.csv")

    assert status == 0
    assert Path("some.csv").read_bytes() == client.csv_of(type="fire", sample_size=4, seed=9)
    assert "4 rows in some.csv" in out
    assert "seed 9" in out
    assert "is queued." in err
    assert "is succeeded: 4 of 4 Pokémon." in err


def test_every_option_of_a_report_reaches_the_request(poke: Poke) -> None:
    status, out, _ = poke(
        *("report", "-t", "Electric", "-g", "generation-i", "--no-forms", "-n", "2", "--seed", "3"),
        *("-c", "name, hp", "--json"),
    )
    made = json.loads(out)

    assert status == 0
    assert made["request"] == {
        "type": "electric",
        "generation": "generation-i",
        "include_forms": False,
        "sample_size": 2,
        "seed": 3,
        "columns": ["name", "hp"],
    }
    assert made["file"] == f"report-{made['id']}.csv"
    assert Path(made["file"]).read_bytes().startswith(b"name,hp\r\n")


def test_a_csv_on_standard_output_is_all_that_is_there(system: Stack, url: str) -> None:
    arguments = ("report", "--type", "ice", "--sample", "2", "--columns", "name", "--out", "-")
    command = python("-m", "cli", "--url", url, *arguments)
    ran = subprocess.run(command, capture_output=True, cwd=REPOSITORY, check=False)

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(b"name\r\n")
    assert ran.stdout.count(b"\n") == 3
    assert b"2 rows in standard output" in ran.stderr


def test_a_lost_answer_to_a_report_does_not_make_two(poke: Poke, between: Between) -> None:
    seed = "771771"
    status, out, err = poke("--url", between.url, "report", "--type", "bug", "--seed", seed, "--no-wait")
    _, listed, _ = poke("list", "--type", "bug", "--all", "--json")

    made = [one["id"] for one in json.loads(listed)["reports"] if str(one["request"]["seed"]) == seed]
    assert status == 0
    assert between.posts == 2
    assert "cannot be reached" in err
    assert made == [out.strip()]


def test_a_lost_answer_to_a_retry_is_told_and_not_asked_for_again(
    poke: Poke, client: Client, between: Between
) -> None:
    report = client.make(type="ice", sample_size=1)
    status, _, err = poke("--url", between.url, "retry", report["id"])

    assert status == 4
    assert between.posts == 1
    assert "poke list" in err


def test_a_request_with_a_key_of_ones_own_is_made_once(poke: Poke) -> None:
    asked = ("report", "--type", "ice", "--sample", "1", "--no-wait", "--idempotency-key", "of-mine")
    _, first, _ = poke(*asked)
    _, second, _ = poke(*asked)

    assert first == second
    assert poke(*asked, "--seed", "5")[0] == 2


def test_a_wrong_request_is_told_field_by_field(poke: Poke) -> None:
    asked = ("report", "--type", "fyre", "--sample", "0", "--columns", "name,colour")
    status, out, err = poke(*asked)
    _, as_json, _ = poke(*asked, "--json")

    assert (status, out) == (2, "")
    assert "--type: There is no type 'fyre'" in err
    assert "--sample: " in err
    assert "--columns (number 2): There is no column 'colour'" in err
    error = json.loads(as_json)["error"]
    assert error["exit_status"] == 2
    assert {fault["pointer"] for fault in error["faults"]} == {"/type", "/sample_size", "/columns/1"}


def test_a_file_that_is_there_is_told_before_a_report_is_made(poke: Poke) -> None:
    Path("some.csv").touch()
    before = newest(poke)
    status, _, err = poke("report", "--type", "ice", "--out", "some.csv")

    assert status == 2
    assert "--force" in err
    assert newest(poke) == before


def newest(poke: Poke) -> list[str]:
    reports = json.loads(poke("list", "--limit", "1", "--json")[1])["reports"]
    return [report["id"] for report in reports]


def test_a_partial_report_is_saved_and_exits_5(poke: Poke, other: Stack) -> None:
    asked = ("report", "--url", other.api_url, "--type", "electric", "--out", "some.csv")
    status, out, _ = poke(*asked)

    assert status == 5
    assert "status partial, 1 failures" in out
    assert "without pikachu: PokéAPI has no" in out
    assert Path("some.csv").exists()


def test_the_users_headers_reach_the_app(poke: Poke, other: Stack) -> None:
    someone = ("--url", other.api_url, "--header", f"x-ms-client-principal: {principal('someone')}")
    report_id = poke(*someone, "report", "--type", "ice", "--sample", "1", "--no-wait")[1].strip()

    assert poke(*someone, "show", "--wait", report_id)[0] == 0
    assert poke(*someone, "download", report_id)[0] == 0
    assert poke("--url", other.api_url, "show", report_id)[0] == 3


@pytest.mark.usefixtures("slow_pokeapi")
def test_a_report_that_is_canceled_exits_1_for_who_waits_for_it(poke: Poke) -> None:
    report_id = poke("report", "--no-wait")[1].strip()

    assert poke("download", report_id)[0] == 2
    assert poke("retry", report_id)[0] == 2
    assert poke("cancel", report_id)[0] == 0
    assert poke("cancel", report_id)[0] == 0
    assert poke("show", "--wait", report_id)[0] == 1
    status, _, err = poke("download", report_id)
    assert status == 1
    assert "canceled" in err


def test_a_report_is_shown_downloaded_made_again_and_deleted(poke: Poke) -> None:
    report_id = poke("report", "--type", "ice", "--sample", "2", "--no-wait")[1].strip()

    status, shown, _ = poke("show", "--wait", report_id)
    assert status == 0
    assert "status    succeeded" in shown
    assert poke("download", report_id)[0] == 0
    assert json.loads(poke("show", report_id, "--json")[1])["id"] == report_id

    again = json.loads(poke("retry", report_id, "--json")[1])
    assert again["retry_of"] == report_id
    assert Path(again["file"]).read_bytes() == Path(f"report-{report_id}.csv").read_bytes()

    status, out, err = poke("delete", report_id, "none", again["id"], "--yes", "--json")
    assert status == 3
    assert json.loads(out) == {"deleted": [report_id, again["id"]], "missing": ["none"]}
    assert "There is no report 'none'." in err


@pytest.mark.parametrize("command", ["show", "download", "cancel", "retry", "delete"])
def test_a_report_that_is_not_there_exits_3(poke: Poke, command: str) -> None:
    yes = ["--yes"] if command == "delete" else []
    status, _, err = poke(command, "none", *yes)

    assert status == 3
    assert "There is no report 'none'." in err


def test_deleting_asks_first_and_needs_somebody_to_ask(poke: Poke, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        status, _, err = poke("delete", "none")

    assert status == 2
    assert "--yes" in err


def test_all_reports_are_listed_page_after_page(
    poke: Poke, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {client.ask(type="ghost", sample_size=1, columns=["id"])["id"] for _ in range(5)}
    monkeypatch.setattr("cli.reports.LARGEST_PAGE", 2)

    def ids(*arguments: str) -> tuple[list[str], bool]:
        listed = json.loads(poke("list", "--type", "ghost", "--json", *arguments)[1])
        return [report["id"] for report in listed["reports"]], listed["more"]

    everything, more = ids("--all")
    assert len(everything) == len(set(everything))
    assert made <= set(everything)
    assert not more
    assert ids("--limit", "3") == (everything[:3], True)


def test_a_list_of_nothing_is_no_fault(poke: Poke) -> None:
    status, out, err = poke("list", "--type", "no-such-type")

    assert (status, out) == (0, "")
    assert "There are no reports." in err


def test_types_and_generations_are_listed_with_their_pokemon(poke: Poke) -> None:
    _, types, _ = poke("types")
    _, generations, _ = poke("generations", "--json")

    assert types.splitlines()[0].split() == ["TYPE", "POKÉMON"]
    assert len(types.splitlines()) == 1 + 21
    assert {"name": "generation-i", "pokemon_count": 238} in json.loads(generations)["generations"]


def test_health_names_every_dependency(poke: Poke) -> None:
    status, out, _ = poke("health")

    assert status == 0
    assert {line.split()[0] for line in out.splitlines()} == {
        *("server", "blob_storage", "durable_engine", "pokeapi", "table_storage")
    }


def test_a_server_that_is_not_there_exits_4_at_once(poke: Poke) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        status, out, err = poke("--url", f"127.0.0.1:{unused.getsockname()[1]}", "list", "--json")

    assert status == 4
    assert "cannot be reached: connection refused" in err
    assert json.loads(out)["error"]["exit_status"] == 4


@pytest.mark.usefixtures("slow_pokeapi")
def test_ctrl_c_leaves_the_report_to_be_made_and_says_how_to_see_it(url: str, client: Client) -> None:
    command = python("-m", "cli", "report", "--url", url)
    # What is started in the background ignores Ctrl-C, and so would what it starts.
    process = subprocess.Popen(
        command,
        cwd=REPOSITORY,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    report_id = first.split()[1]
    process.send_signal(signal.SIGINT)
    said = process.stderr.read()

    assert process.wait() == 130
    assert "The report goes on" in said
    assert f"poke --url {url} show --wait {report_id}" in said
    assert "Traceback" not in said
    assert client.show({"id": report_id})["status"] in {"queued", "running"}
    client.call("DELETE", f"/reports/{report_id}")


def test_the_bar_is_for_terminals(url: str) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 90))
    arguments = ("report", "--url", url, "--type", "ice", "--out", os.devnull)
    command = python("-m", "cli", *arguments)
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: read(ours), b"")).decode()

    assert process.returncode == 0, shown
    assert "Making the report" in shown
    assert "100%" in shown
    assert "is queued" not in shown


def read(terminal: int) -> bytes:
    """What is there, or nothing once the other side is closed."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


@pytest.mark.parametrize(
    ("shell", "words", "offered"),
    [
        ("bash", "poke re", {"plain,report", "plain,retry"}),
        ("bash", "poke report --type fi", {"plain,fire", "plain,fighting"}),
        ("bash", "poke list --status can", {"plain,canceled", "plain,canceling"}),
        ("zsh", "poke report --generation generation-i", {"generation-i", "238 Pokémon"}),
        ("fish", "poke report --type fi", {"plain,fire\t109 Pokémon"}),
    ],
)
def test_the_tab_key_offers_what_the_server_knows(
    url: str, shell: str, words: str, offered: set[str]
) -> None:
    for known in ("types", "generations"):
        # The app keeps these from here on: who presses Tab waits three seconds at most.
        requests.get(f"{url}/api/{known}", timeout=60).raise_for_status()
    begun = words.split()
    position = begun[-1] if shell == "fish" else str(len(begun) - 1)
    environment = os.environ | {
        "POKE_URL": url,
        "_POKE_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": position,
    }
    ran = subprocess.run(
        python("-m", "cli"), capture_output=True, text=True, env=environment, cwd=REPOSITORY, check=False
    )

    assert not ran.stderr
    assert offered <= set(ran.stdout.splitlines())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_given_what_makes_its_tab_key_work(poke: Poke, shell: str) -> None:
    status, out, _ = poke("completion", shell)

    assert status == 0
    assert f"_POKE_COMPLETE={shell}_complete" in out


def test_help_teaches_by_example_for_every_command(poke: Poke) -> None:
    commands = [line.split()[0] for line in poke("--help")[1].partition("Commands:\n")[2].splitlines()]

    assert len(commands) == 11
    for command in commands:
        status, out, _ = poke(command, "--help")
        assert status == 0
        assert f"poke {'completion bash' if command == 'completion' else command}" in out.split("Options:")[0]


def test_the_client_can_be_installed_by_itself_and_brings_nothing_of_azure(tmp_path: Path) -> None:
    venv.create(tmp_path, with_pip=True)
    pip = [str(tmp_path / "bin/python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", str(REPOSITORY / "cli")], check=True, capture_output=True)
    packages = json.loads(subprocess.check_output([*pip, "list", "--format=json"]))
    helped = subprocess.check_output([tmp_path / "bin/poke", "--version"], text=True, cwd=tmp_path)

    assert helped.startswith("poke, version ")
    assert not [one["name"] for one in packages if "azure" in one["name"]]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["types"], ["report", "--type", "ice", "--out", "-"]])
def test_output_that_nothing_takes_is_told_and_not_a_traceback(url: str, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = python("-m", "cli", "--url", url, *arguments)
        ran = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY, check=False
        )

    assert ran.returncode == 2
    assert ran.stderr.endswith("The output cannot be written: No space left on device.\n")


def test_a_reader_that_has_seen_enough_is_no_fault_to_tell(url: str) -> None:
    command = python("-m", "cli", "--url", url, "report", "--out", "-")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=REPOSITORY) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()

    assert process.returncode == 1
    assert "Traceback" not in said
    assert "Exception" not in said
