"""The commands of `poke` against the running system."""

import base64
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.visitors import Visitors
from tests.e2e.client import VISITOR_TOKEN, Client, Poke
from tests.e2e.lossy_proxy import LossyProxy
from tools.local import stack
from tools.local.replica_control import set_faults
from tools.local.stack import Stack


@pytest.fixture
def lossy_proxy(url: str) -> Iterator[LossyProxy]:
    proxy = LossyProxy(url)
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def other_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A system that trusts the client principal header, and whose PokéAPI lacks Pikachu."""
    settings = {"ACTIVITY_FIRST_RETRY_SECONDS": "0.1", "TRUST_CLIENT_PRINCIPAL": "true"}
    with stack.running(
        tmp_path_factory.mktemp("other_system"), replica_switches=("--missing", "25"), settings=settings
    ) as running:
        yield running


def principal(user_id: str) -> str:
    return base64.b64encode(json.dumps({"identityProvider": "github", "userId": user_id}).encode()).decode()


def test_report_creates_a_report_and_saves_its_csv(poke: Poke, client: Client) -> None:
    status, out, err = poke("report", "--type", "fire", "--sample", "4", "--seed", "9", "--out", "some.csv")

    assert status == 0
    assert Path("some.csv").read_bytes() == client.csv_of(type="fire", sample_size=4, seed=9)
    assert "4 rows in some.csv" in out
    assert "seed 9" in out
    assert " queued." in err
    assert " succeeded: 4 of 4 Pokémon." in err


def test_report_sends_every_option(poke: Poke) -> None:
    status, out, _ = poke(
        *("report", "-t", "Electric", "-g", "generation-i", "--no-forms", "-n", "2", "--seed", "3"),
        *("-c", "name, hp", "--name", "My pair", "--json"),
    )
    report = json.loads(out)

    assert status == 0
    assert report["request"] == {
        "type": "electric",
        "generation": "generation-i",
        "include_forms": False,
        "sample_size": 2,
        "seed": 3,
        "columns": ["name", "hp"],
    }
    assert report["name"] == "My pair"
    assert "name      My pair" in poke("show", report["id"])[1]
    assert "  My pair: electric, generation-i" in poke("list", "--type", "electric", "--limit", "1")[1]
    assert report["file"] == f"report-{report['id']}.csv"
    assert Path(report["file"]).read_bytes().startswith(b"name,hp\r\n")


def test_report_creates_a_single_report_if_the_response_is_lost(poke: Poke, lossy_proxy: LossyProxy) -> None:
    seed = "771771"
    status, out, err = poke("--url", lossy_proxy.url, "report", "--type", "bug", "--seed", seed, "--no-wait")
    _, listed, _ = poke("--url", lossy_proxy.url, "list", "--type", "bug", "--all", "--json")

    reports = json.loads(listed)["reports"]
    created = [report["id"] for report in reports if str(report["request"]["seed"]) == seed]
    assert status == 0
    assert lossy_proxy.posts == 2
    assert "Cannot reach" in err
    assert created == [out.strip()]


@pytest.mark.parametrize("options", [(), ("--missing",)])
def test_retry_creates_a_single_report_if_the_response_is_lost(
    poke: Poke, client: Client, system: Stack, lossy_proxy: LossyProxy, options: tuple[str, ...]
) -> None:
    set_faults(system.pokeapi_url, missing=[92])
    partial = client.make(type="ghost", generation="generation-i", columns=["name"])
    set_faults(system.pokeapi_url, missing=[])
    Visitors(pytest.fail).store(lossy_proxy.url, VISITOR_TOKEN)
    status, out, err = poke("--url", lossy_proxy.url, "retry", partial["id"], *options, "--no-wait")

    listed = client.call("GET", "/reports?type=ghost&limit=100").json()["reports"]
    assert status == 0
    assert lossy_proxy.posts == 2
    assert "Cannot reach" in err
    assert [report["id"] for report in listed if report["retry_of"] == partial["id"]] == [out.strip()]


def test_retry_with_the_same_idempotency_key_creates_a_single_report(poke: Poke, client: Client) -> None:
    report = client.make(type="ice", sample_size=1)
    command = ("retry", report["id"], "--no-wait", "--idempotency-key", f"again-{report['id']}")
    assert poke(*command)[1] == poke(*command)[1]


def test_report_with_the_same_idempotency_key_creates_a_single_report(poke: Poke) -> None:
    command = ("report", "--type", "ice", "--sample", "1", "--no-wait", "--idempotency-key", "of-mine")
    _, first, _ = poke(*command)
    _, second, _ = poke(*command)

    assert first == second
    assert poke(*command, "--seed", "5")[0] == 2


def test_an_invalid_request_is_reported_field_by_field_with_suggestions(poke: Poke) -> None:
    command = ("report", "--type", "fyre", "--sample", "0", "--columns", "name,speeed")
    status, out, err = poke(*command)
    _, as_json, _ = poke(*command, "--json")

    assert (status, out) == (2, "")
    assert "--type: There is no type 'fyre'. Did you mean 'fire'?" in err
    assert "--sample: " in err
    assert "--columns (number 2): There is no column 'speeed'. Did you mean 'speed'?" in err
    error = json.loads(as_json)["error"]
    assert error["exit_status"] == 2
    assert {field["pointer"] for field in error["errors"]} == {"/type", "/sample_size", "/columns/1"}


def test_an_existing_file_is_reported_before_a_report_is_created(poke: Poke) -> None:
    Path("some.csv").touch()
    newest_before = newest_ids(poke)
    status, _, err = poke("report", "--type", "ice", "--out", "some.csv")

    assert status == 2
    assert "--force" in err
    assert newest_ids(poke) == newest_before


def newest_ids(poke: Poke) -> list[str]:
    reports = json.loads(poke("list", "--limit", "1", "--json")[1])["reports"]
    return [report["id"] for report in reports]


def test_a_partial_report_is_saved_and_exits_5(poke: Poke, other_system: Stack) -> None:
    command = ("report", "--url", other_system.api_url, "--type", "electric", "--out", "some.csv")
    status, out, _ = poke(*command)

    assert status == 5
    assert "status partial, 1 failure" in out
    assert "missing pikachu: PokéAPI has no" in out
    assert Path("some.csv").exists()


def test_the_headers_of_the_user_are_sent_to_the_app(poke: Poke, other_system: Stack) -> None:
    as_someone = ("--url", other_system.api_url, "--header", f"x-ms-client-principal: {principal('someone')}")
    report_id = poke(*as_someone, "report", "--type", "ice", "--sample", "1", "--no-wait")[1].strip()

    assert poke(*as_someone, "show", "--wait", report_id)[0] == 0
    assert poke(*as_someone, "download", report_id)[0] == 0
    assert poke("--url", other_system.api_url, "show", report_id)[0] == 3


@pytest.mark.usefixtures("slow_pokeapi")
def test_waiting_for_a_canceled_report_exits_1(poke: Poke) -> None:
    report_id = poke("report", "--no-wait")[1].strip()

    assert poke("download", report_id)[0] == 2
    assert poke("retry", report_id)[0] == 2
    assert poke("cancel", report_id)[0] == 0
    assert poke("cancel", report_id)[0] == 0
    assert poke("show", "--wait", report_id)[0] == 1
    status, _, err = poke("download", report_id)
    assert status == 1
    assert "canceled" in err


def test_a_report_can_be_shown_downloaded_retried_and_deleted(poke: Poke) -> None:
    report_id = poke("report", "--type", "ice", "--sample", "2", "--no-wait")[1].strip()

    status, shown, _ = poke("show", "--wait", report_id)
    assert status == 0
    assert "status    succeeded" in shown
    assert poke("download", report_id)[0] == 0
    assert json.loads(poke("show", report_id, "--json")[1])["id"] == report_id

    retried = json.loads(poke("retry", report_id, "--json")[1])
    assert retried["retry_of"] == report_id
    assert Path(retried["file"]).read_bytes() == Path(f"report-{report_id}.csv").read_bytes()

    status, out, err = poke("delete", report_id, "none", retried["id"], "--yes", "--json")
    assert status == 3
    assert json.loads(out) == {"deleted": [report_id, retried["id"]], "missing": ["none"]}
    assert "There is no report 'none'." in err


@pytest.mark.parametrize("command", ["show", "download", "cancel", "retry", "share", "unshare", "delete"])
def test_a_report_that_does_not_exist_exits_3(poke: Poke, command: str) -> None:
    yes = ["--yes"] if command == "delete" else []
    status, _, err = poke(command, "none", *yes)

    assert status == 3
    assert "There is no report 'none'." in err


def test_delete_without_a_terminal_requires_yes(poke: Poke, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(os.devnull).open() as no_terminal:
        monkeypatch.setattr("sys.stdin", no_terminal)
        status, _, err = poke("delete", "none")

    assert status == 2
    assert "--yes" in err


def test_list_loads_as_many_pages_as_it_needs(
    poke: Poke, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    created = {client.request(type="ghost", sample_size=1, columns=["id"])["id"] for _ in range(5)}
    monkeypatch.setattr("cli.report_commands.MAX_PAGE_SIZE", 2)

    def ids(*arguments: str) -> tuple[list[str], bool]:
        listed = json.loads(poke("list", "--type", "ghost", "--json", *arguments)[1])
        return [report["id"] for report in listed["reports"]], listed["more"]

    all_ids, has_more = ids("--all")
    assert len(all_ids) == len(set(all_ids))
    assert created <= set(all_ids)
    assert not has_more
    assert ids("--limit", "3") == (all_ids[:3], True)


def test_an_empty_list_is_a_success(poke: Poke) -> None:
    status, out, err = poke("list", "--type", "no-such-type")

    assert (status, out) == (0, "")
    assert "No reports found." in err


def test_types_and_generations_show_their_number_of_pokemon(poke: Poke) -> None:
    _, types, _ = poke("types")
    _, generations, _ = poke("generations", "--json")

    assert types.splitlines()[0].split() == ["TYPE", "POKÉMON"]
    assert len(types.splitlines()) == 1 + 21
    assert {"name": "generation-i", "pokemon_count": 238} in json.loads(generations)["generations"]


def test_health_shows_every_dependency(poke: Poke) -> None:
    status, out, _ = poke("health")

    assert status == 0
    assert {line.split()[0] for line in out.splitlines()} == {
        *("server", "blob_storage", "durable_engine", "pokeapi", "table_storage")
    }


def test_an_unreachable_server_exits_4_at_once(poke: Poke) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        status, out, err = poke("--url", f"127.0.0.1:{unused.getsockname()[1]}", "list", "--json")

    assert status == 4
    assert err.endswith(": connection refused.\n")
    assert json.loads(out)["error"]["exit_status"] == 4


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_code_of_the_shell(poke: Poke, shell: str) -> None:
    status, out, _ = poke("completion", shell)

    assert status == 0
    assert f"_POKE_COMPLETE={shell}_complete" in out


def test_the_help_of_every_command_has_an_example(poke: Poke) -> None:
    commands = [line.split()[0] for line in poke("--help")[1].partition("Commands:\n")[2].splitlines()]

    assert len(commands) == 15
    for command in commands:
        status, out, _ = poke(command, "--help")
        assert status == 0
        assert f"poke {'completion bash' if command == 'completion' else command}" in out.split("Options:")[0]
