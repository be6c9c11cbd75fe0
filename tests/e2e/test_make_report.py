"""The command `make report`, as its module."""

import os
import re
import subprocess
from pathlib import Path

from tools.local.server import REPOSITORY, python
from tools.local.stack import Stack


def test_make_report_saves_the_csv_and_says_what_it_made(system: Stack, tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    made = make_report("--type", "fire", "--sample", "4", "--seed", "9", "--out", str(out), system=system)
    assert made.returncode == 0, made.stderr
    assert out.read_bytes().count(b"\r\n") == 1 + 4
    rows, status, seed = made.stdout.splitlines()
    assert rows == f"4 rows in {out} ({out.stat().st_size:,} bytes)"
    assert status == "status succeeded, 0 failures"
    assert re.fullmatch(r"seed 9, \d+\.\d s", seed)


def test_make_report_takes_the_place_of_the_report_before(system: Stack, tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    out.write_bytes(b"of before")
    made = make_report("--type", "ice", "--sample", "1", "--out", str(out), system=system)
    assert made.returncode == 0, made.stderr
    assert out.read_bytes().startswith(b"id,name,")


def test_make_report_exits_1_with_the_reason(system: Stack, tmp_path: Path) -> None:
    made = make_report("--type", "fyre", "--out", str(tmp_path / "none.csv"), system=system)
    assert made.returncode == 1
    assert "There is no type 'fyre'" in made.stderr
    assert not (tmp_path / "none.csv").exists()


def test_make_report_exits_1_when_the_report_fails(tmp_path: Path) -> None:
    quick = {"POKEAPI_RETRIES": "0", "ACTIVITY_ATTEMPTS": "2", "ACTIVITY_FIRST_RETRY_SECONDS": "0.1"}
    command = ("--pokeapi", "http://127.0.0.1:9/api/v2", "--out", str(tmp_path / "none.csv"))
    made = run(*command, environment=quick)
    assert made.returncode == 1
    assert re.search("No report: .*PokéAPI did not answer", made.stderr)
    assert not (tmp_path / "none.csv").exists()


def test_make_report_finds_at_once_that_there_is_no_folder_to_save_in(tmp_path: Path) -> None:
    made = run("--out", str(tmp_path / "none" / "some.csv"))
    assert made.returncode == 2
    assert "There is no folder" in made.stderr


def make_report(*arguments: str, system: Stack) -> "subprocess.CompletedProcess[str]":
    return run("--pokeapi", system.pokeapi_url, *arguments)


def run(*arguments: str, environment: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    command = python("-m", "tools.local.make_report", *arguments)
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env=os.environ | (environment or {}),
        check=False,
    )
