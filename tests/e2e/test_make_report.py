"""The command `make report`, as its module."""

import subprocess
from pathlib import Path

from local.server import REPOSITORY, python
from local.stack import Stack


def test_make_report_saves_the_csv_and_says_what_it_made(system: Stack, tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    made = make_report("--type", "fire", "--sample", "4", "--seed", "9", "--out", str(out), system=system)
    assert made.returncode == 0, made.stderr
    assert out.read_bytes().count(b"\r\n") == 1 + 4
    assert "4 rows" in made.stdout
    assert "seed 9" in made.stdout


def test_make_report_exits_1_with_the_reason(system: Stack, tmp_path: Path) -> None:
    made = make_report("--type", "fyre", "--out", str(tmp_path / "none.csv"), system=system)
    assert made.returncode == 1
    assert "There is no type 'fyre'" in made.stderr
    assert not (tmp_path / "none.csv").exists()


def make_report(*arguments: str, system: Stack) -> "subprocess.CompletedProcess[str]":
    command = python("-m", "local.make_report", "--pokeapi", system.pokeapi_url, *arguments)
    return subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
