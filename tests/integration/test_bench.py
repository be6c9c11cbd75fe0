"""The benches still run; what they measure is no test's matter."""

import subprocess
import sys

import pytest

from tools.bench.__main__ import BENCHES
from tools.local.process import REPOSITORY

SMALL = {
    "peers": ("--sizes", "3", "--rounds", "1"),
    "growth": ("--sizes", "3", "6"),
    "many_reports": ("--reports", "2", "--sample", "3"),
    "batch_width": ("--widths", "2", "--sample", "3", "--rounds", "1"),
    "start": ("--rounds", "1"),
    "api_load": ("--reports", "25", "--requests", "4"),
    "devhost_fan_out": ("--rounds", "1", "--activities", "1000"),
}


def test_each_bench_is_tried_here() -> None:
    assert set(SMALL) == set(BENCHES)


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_prints_its_table(name: str) -> None:
    command = [sys.executable, "-m", f"tools.bench.{name}", *SMALL[name]]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY)
    assert ran.returncode == 0, ran.stderr
    assert "| ---: |" in ran.stdout


def test_a_bench_that_there_is_not_is_named_with_those_there_are() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tools.bench", "pears"], capture_output=True, text=True, cwd=REPOSITORY
    )
    assert ran.returncode == 2
    assert "no bench 'pears'; there are: peers," in ran.stderr
