"""Clients of the running system for the end-to-end tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.__main__ import main
from cli.visitors import Visitors
from tests.e2e.client import VISITOR_TOKEN, Client, Poke
from tools.local.replica_control import set_faults
from tools.local.stack import Stack


@pytest.fixture(scope="session")
def client(system: Stack) -> Client:
    return Client(system)


@pytest.fixture
def url(system: Stack, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The server that `poke` uses, as the same visitor as the other clients of the tests."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    url = system.api_url.removesuffix("/api")
    Visitors(pytest.fail).store(url, VISITOR_TOKEN)
    return url


@pytest.fixture
def slow_pokeapi(system: Stack) -> Iterator[None]:
    set_faults(system.pokeapi_url, latency_ms=150)
    yield
    set_faults(system.pokeapi_url, latency_ms=0)


@pytest.fixture
def poke(
    url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Poke:
    """Run `poke` in an empty folder. Returns its exit status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POKE_URL", url)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        written = capsys.readouterr()
        return status, written.out, written.err

    return run
