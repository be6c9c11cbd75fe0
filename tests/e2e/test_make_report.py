"""`make report`, run as `python -m tools.local.make_report`."""

import os
import re
import subprocess
from pathlib import Path

from tools.local.process import REPOSITORY, python
from tools.local.stack import Stack


def test_make_report_saves_the_csv_and_prints_a_summary(system: Stack, tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    completed = make_report(
        "--type", "fire", "--sample", "4", "--seed", "9", "--out", str(out), system=system
    )
    assert completed.returncode == 0, completed.stderr
    assert out.read_bytes().count(b"\r\n") == 1 + 4
    rows, status, seed = completed.stdout.splitlines()
    assert rows == f"4 rows in {out} ({out.stat().st_size:,} bytes)"
    assert status == "status succeeded, 0 failures"
    assert re.fullmatch(r"seed 9, \d+\.\d s", seed)


def test_make_report_overwrites_an_earlier_csv(system: Stack, tmp_path: Path) -> None:
    out = tmp_path / "some.csv"
    out.write_bytes(b"an earlier report")
    completed = make_report("--type", "ice", "--sample", "1", "--out", str(out), system=system)
    assert completed.returncode == 0, completed.stderr
    assert out.read_bytes().startswith(b"id,name,")


def test_make_report_exits_1_with_the_reason(system: Stack, tmp_path: Path) -> None:
    completed = make_report("--type", "fyre", "--out", str(tmp_path / "none.csv"), system=system)
    assert completed.returncode == 1
    assert "TYPE: There is no type 'fyre'. Did you mean 'fire'?" in completed.stderr
    assert "--" not in completed.stderr
    assert not (tmp_path / "none.csv").exists()


def test_make_report_names_every_invalid_setting_of_make(system: Stack, tmp_path: Path) -> None:
    settings = ("--generation", "3", "--type", "watr", "--sample", "many", "--seed", "-1")
    completed = make_report(*settings, "--out", str(tmp_path / "none.csv"), system=system)
    assert completed.returncode == 1
    lines = [line.strip().partition(":")[0] for line in completed.stderr.splitlines()]
    assert lines == [
        "No report",
        "SAMPLE",
        "SEED",
        "TYPE",
        "The logs are in " + lines[-1].partition("in ")[2],
    ]


def test_make_report_exits_1_when_the_report_fails(tmp_path: Path) -> None:
    quick = {"POKEAPI_RETRIES": "0", "ACTIVITY_ATTEMPTS": "2", "ACTIVITY_FIRST_RETRY_SECONDS": "0.1"}
    command = ("--pokeapi", "http://127.0.0.1:9/api/v2", "--out", str(tmp_path / "none.csv"))
    completed = run(*command, environment=quick)
    assert completed.returncode == 1
    assert re.search("No report: .*PokéAPI did not answer", completed.stderr)
    assert not (tmp_path / "none.csv").exists()


def test_make_report_exits_2_if_the_folder_to_save_in_does_not_exist(tmp_path: Path) -> None:
    completed = run("--out", str(tmp_path / "none" / "some.csv"))
    assert completed.returncode == 2
    assert f"OUT={tmp_path}" in completed.stderr
    assert "does not exist" in completed.stderr


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
