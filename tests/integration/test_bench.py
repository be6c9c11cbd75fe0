"""The benchmarks run and print plausible numbers. Speed itself is not tested.

Only the shortest benchmark and the benchmark with the highest code coverage run here.
"""

import subprocess
from importlib import import_module
from itertools import dropwhile

import pytest

from tools.bench.__main__ import BENCHES
from tools.bench.harness import percentile
from tools.local.process import REPOSITORY, python


@pytest.mark.parametrize("name", BENCHES)
def test_every_listed_benchmark_is_a_module_with_a_main_function(name: str) -> None:
    assert callable(import_module(f"tools.bench.{name}").main)


def test_devhost_fan_out_prints_the_rate_and_the_memory() -> None:
    rows = run_bench("devhost_fan_out", "--rounds", "1", "--activities", "1000")
    assert list(rows) == ["1,000"]
    rate, memory_mb = rows["1,000"]
    assert rate > 1
    assert memory_mb > 1


def test_peers_prints_a_row_for_each_script_and_each_report() -> None:
    rows = run_bench("peers", "--sizes", "3", "--rounds", "1")
    requests = {name: row[2] for name, row in rows.items()}
    assert all(seconds > 0 and memory_mb > 1 for seconds, _, _, memory_mb in rows.values())
    assert rows["asyncio, 32 connections"][1] == 1, "the floor is compared with itself"
    assert requests["Poke Queue, warm"] == requests["Poke Queue, warm, new instance"] == 0
    # The list, and for each Pokémon its document, its species and its types.
    assert 2 < requests["Poke Queue, cold"] <= 5
    assert len(rows) == 7


def test_an_unknown_benchmark_is_an_error_that_lists_the_benchmarks() -> None:
    completed = run("tools.bench", "pears")
    assert completed.returncode == 2
    assert "unknown benchmark 'pears'; the benchmarks are peers," in completed.stderr


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0, 0.5, 0.95, 1)] == [1, 51, 96, 100]


def run_bench(name: str, *arguments: str) -> dict[str, list[float]]:
    """Return the numbers of the table that a benchmark prints, by the first cell of their row."""
    completed = run(f"tools.bench.{name}", *arguments)
    assert completed.returncode == 0, completed.stderr
    lines = dropwhile(lambda line: "---:" not in line, completed.stdout.splitlines())
    next(lines)
    rows = (line.strip("| ").split(" | ") for line in lines if line.startswith("|"))
    return {label: [float(cell.replace(",", "")) for cell in cells] for label, *cells in rows}


def run(module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = python("-m", module, *arguments)
    return subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
