"""Starts the PokéAPI replica as its own process for a test, as a person would, and stops it afterwards."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
STOP_SECONDS = 10


def start_replica(*switches: str) -> tuple["subprocess.Popen[str]", str]:
    """A running replica and its base URL, such as `http://127.0.0.1:40123/api/v2`. Raises RuntimeError.

    `switches` are those of `python -m pokeapi_replica`, without the port.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "pokeapi_replica", "--port", "0", *switches],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    found = re.search(r"http://\S+/api/v2", process.stdout.readline())
    if found is None:
        _, errors = process.communicate(timeout=STOP_SECONDS)
        raise RuntimeError(f"the replica did not start: {errors}")
    return process, found.group()


@contextmanager
def running_replica(*switches: str) -> Iterator[str]:
    """The base URL of a replica that runs as long as the `with` block."""
    process, base = start_replica(*switches)
    try:
        yield base
    finally:
        process.terminate()
        process.communicate(timeout=STOP_SECONDS)
