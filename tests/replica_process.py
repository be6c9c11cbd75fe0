"""Run the PokéAPI replica as a child process for a test."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
STOP_TIMEOUT_SECONDS = 10


def start_replica(*switches: str) -> tuple["subprocess.Popen[str]", str]:
    """Start a replica and return it with its base URL, such as `http://127.0.0.1:40123/api/v2`.

    `switches` are those of `python -m pokeapi_replica`, without the port. Raises RuntimeError if it exits.
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
    match = re.search(r"http://\S+/api/v2", process.stdout.readline())
    if match is None:
        _, errors = process.communicate(timeout=STOP_TIMEOUT_SECONDS)
        raise RuntimeError(f"the replica did not start: {errors}")
    return process, match.group()


@contextmanager
def running_replica(*switches: str) -> Iterator[str]:
    """Run a replica for the length of the block; yields its base URL."""
    process, base_url = start_replica(*switches)
    try:
        yield base_url
    finally:
        process.terminate()
        process.communicate(timeout=STOP_TIMEOUT_SECONDS)
